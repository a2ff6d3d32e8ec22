"""sources.yaml, or a directory of such files -> the sources that are read."""

from collections.abc import Iterable
from pathlib import Path

from aggregator.config.complaints import filled
from aggregator.config.sources.api_form import ApiForm
from aggregator.config.sources.form import SourceForm, SourcesForm
from aggregator.config.yaml_file import YamlFile, read_yaml, yaml_files
from aggregator.errors import ConfigError
from aggregator.model import Api, Oai, PageSelect, Select, Source
from aggregator.text.countries import COUNTRIES


def read_sources(path: Path) -> tuple[Source, ...]:
    """Return the sources of the file, or of a directory's *.yaml files by name, in their order.

    Raises:
        ConfigError: a file is not as the schema says, or two sources have the same id.
    """
    sources = sources_there(path)
    if not sources:
        remedy = "add one as docs/schema/sources.json says, or run `aggregator init DIR`"
        raise ConfigError("holds no source", file=str(path), remedy=remedy)
    return sources


def sources_there(path: Path) -> tuple[Source, ...]:
    """Return the sources at the path, () while nobody has written any.

    Raises:
        ConfigError: as `read_sources`, but for that.
    """
    files = yaml_files(path) if path.is_dir() else (path,)
    return sources_of([read_yaml(each) for each in files])


def is_empty(file: YamlFile) -> bool:
    """Tell whether the file holds nothing but remarks, or says that there is no source."""
    return file.data in (None, [], {"sources": None}, {"sources": []})


def sources_of(files: Iterable[YamlFile]) -> tuple[Source, ...]:
    """Return the sources that some files hold, none when they are empty.

    Raises:
        ConfigError: as `read_sources`.
    """
    first_at: dict[str, str] = {}
    return tuple(source for file in files for source in _in_file(file, first_at))


def _in_file(file: YamlFile, first_at: dict[str, str]) -> list[Source]:
    if is_empty(file):
        return []
    forms = filled(file, SourcesForm)
    for position, form in enumerate(forms):
        _note_id(file, position, form.id, first_at)
    return [_source(form) for form in forms]


def _note_id(file: YamlFile, position: int, id: str, first_at: dict[str, str]) -> None:
    if id in first_at:
        raise file.error(
            (position, "id"),
            f"a source of this id stands in {first_at[id]} already",
            "give one of the two another id, or remove it",
        )
    line = file.line((position, "id"))
    first_at[id] = f"{file.name}:{line}"


def _source(form: SourceForm) -> Source:
    return Source(
        id=form.id,
        name=form.name,
        name_en=form.name_en,
        country=form.country,
        language=form.language,
        homepage=form.homepage,
        url=form.url,
        format=form.format,
        kinds=tuple(form.kinds),
        timezone=form.timezone or COUNTRIES[form.country].zone,
        select=Select(**form.select.model_dump()) if form.select else None,
        oai=Oai(**form.oai.model_dump()) if form.oai else None,
        api=_api(form.api) if form.api else None,
        match=form.match,
        page=PageSelect(**form.page.model_dump()) if form.page else None,
        pages=form.pages,
        referer=form.referer,
        charset=form.charset,
        remove=tuple(form.remove or ()),
        keep=tuple(form.keep or ()),
        enabled=form.enabled,
        reason=form.reason,
    )


def _api(form: ApiForm) -> Api:
    return Api(
        records=form.records,
        fields=tuple(form.fields.items()),
        next=form.next,
        parameter=form.parameter,
        step=form.step,
    )
