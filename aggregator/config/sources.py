"""sources.yaml, or a directory of such files -> the sources that are read."""

from pathlib import Path
from typing import Annotated, Literal, Self

import soupsieve
from pydantic import AfterValidator, ConfigDict, Field, model_validator

from aggregator.config.complaints import filled
from aggregator.config.fields import (
    UNIQUE,
    Charset,
    CountryCode,
    Form,
    Language,
    Slug,
    Text,
    Url,
    Zone,
    has_placeholder,
    wrong,
)
from aggregator.config.yaml_file import YamlFile, read_yaml, yaml_files
from aggregator.errors import ConfigError
from aggregator.model import Kind, PageSelect, Select, Source
from aggregator.text.countries import COUNTRIES

#: Every form of source that may be listed.
Format = Literal[
    "rss",
    "atom",
    "json-feed",
    "html-list",
    "oai-pmh",
    "json-api",
    "xml-api",
    "ical",
    "sitemap",
]

#: Those that the program can read; the others are listed for the day it can, and disabled.
READ_FORMATS = ("rss", "atom", "html-list")


def _compiles(value: str) -> str:
    try:
        soupsieve.compile(value)
    # Pseudo-elements and at-rules are valid CSS that soupsieve says it does not implement.
    except (soupsieve.SelectorSyntaxError, NotImplementedError) as err:
        said = str(err).split("\n", 1)[0].rstrip(".")
        raise wrong(
            f"`{value}` is not a CSS selector ({said})",
            'write one that Beautiful Soup knows, in quotes: "ul.news > li"',
        ) from err
    return value


Selector = Annotated[str, AfterValidator(_compiles), Field(json_schema_extra={"minLength": 1})]


class PageForm(Form):
    """What is looked for on an article's own page; it wins over what the list says."""

    title: Selector | None = Field(None, description="selector of the headline")
    date: Selector | None = Field(None, description="selector of the date")
    summary: Selector | None = Field(None, description="selector of the lead paragraph")
    body: Selector | None = Field(None, description="selector of the text")
    author: Selector | None = Field(None, description="selector of the author's name")


class SelectForm(Form):
    """Where the articles stand on an HTML page that lists them.

    `item` finds the rows, and the others look inside one row. `item` may find the links
    themselves, for a page whose rows nobody has seen yet (`a[href*="/news/"]`): an item that is
    an <a> is its own link, and its text is the title unless `title` says otherwise.
    """

    item: Selector = Field(description="selector of one row of the list, or of the link itself")
    link: Selector = Field("a[href]", description="selector of the link in a row")
    title: Selector | None = Field(None, description="selector of the title; without: the link")
    date: Selector | None = Field(None, description="selector of the date in a row")
    summary: Selector | None = Field(None, description="selector of the summary in a row")
    page: PageForm | None = Field(
        None, description="fetch each article's page as well, and read these there"
    )


class SourceForm(Form):
    """One site that is read."""

    model_config = ConfigDict(
        # What the validators below ask for, in the schema's words, so that editors show it.
        json_schema_extra={
            "allOf": [
                {
                    "if": {"properties": {"format": {"enum": list(READ_FORMATS)}}},
                    "else": {
                        "properties": {"enabled": {"const": False}},
                        "required": ["enabled", "reason"],
                    },
                },
                {
                    "if": {"properties": {"enabled": {"const": False}}, "required": ["enabled"]},
                    "then": {"required": ["reason"]},
                    "else": {"not": {"required": ["reason"]}},
                },
            ]
        }
    )

    id: Slug = Field(description="country code and short name; never changed, entries build on it")
    name: Text = Field(description="as the site calls itself")
    name_en: Text = Field(description="English, with a word on what it is")
    country: CountryCode = Field(description="country code, `int` for the network itself")
    language: Language = Field(description="what it writes in")
    homepage: Url = Field(description="where its readers go")
    url: Url = Field(description="what is fetched: the feed or the list page")
    format: Format = Field(description=f"only {', '.join(READ_FORMATS)} can be read so far")
    kinds: Annotated[list[Kind], *UNIQUE] = Field(
        description="what it publishes; the first is the kind of an item that says nothing itself"
    )
    timezone: Zone | None = Field(
        None, description="IANA name for dates without a zone; without: the country's"
    )
    charset: Charset | None = Field(
        None, description="overrides what the server and the document say"
    )
    select: SelectForm | None = Field(None, description="for html-list: where the articles stand")
    enabled: bool = Field(default=True, description="false: listed, but not read")
    reason: Text | None = Field(None, description="why it is not enabled")

    @model_validator(mode="after")
    def _says_why_it_is_disabled(self) -> Self:
        if not self.enabled and self.reason is None:
            raise wrong("is missing", "say why: `reason: …`", key="reason")
        if self.enabled and self.reason is not None:
            remedy = "add `enabled: false`, or remove the reason"
            raise wrong("is given for a source that is enabled", remedy, key="reason")
        return self

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        if self.enabled and self.format not in READ_FORMATS:
            raise wrong(
                f"`{self.format}` cannot be read yet",
                f"add `enabled: false` and a reason, or use one of: {', '.join(READ_FORMATS)}",
                key="format",
            )
        if has_placeholder(self.homepage):
            raise wrong("has a placeholder in braces", "write the real address", key="homepage")
        if self.enabled and has_placeholder(self.url):
            remedy = "write the real address, or add `enabled: false` and a reason"
            raise wrong("has a placeholder in braces", remedy, key="url")
        return self

    @model_validator(mode="after")
    def _selects_where_needed(self) -> Self:
        if self.select is not None and self.format != "html-list":
            remedy = "remove it, or write `format: html-list`"
            raise wrong(f"is only for html-list, not for {self.format}", remedy, key="select")
        if self.enabled and self.format == "html-list" and self.select is None:
            remedy = 'add `select: {item: "ul.news > li"}`: html-list needs selectors'
            raise wrong("is missing", remedy, key="select")
        return self


#: The form of one whole file.
SourcesForm = list[SourceForm]


def read_sources(path: Path) -> tuple[Source, ...]:
    """Return the sources of the file, or of a directory's *.yaml files by name, in their order.

    Raises:
        ConfigError: a file is not as the schema says, or two sources have the same id.
    """
    files = yaml_files(path) if path.is_dir() else (path,)
    first_at: dict[str, str] = {}
    sources = [source for each in files for source in _read_file(each, first_at)]
    if not sources:
        remedy = "add one as docs/schema/sources.json says, or run `aggregator init DIR`"
        raise ConfigError("holds no source", file=str(path), remedy=remedy)
    return tuple(sources)


def _read_file(path: Path, first_at: dict[str, str]) -> list[Source]:
    file = read_yaml(path)
    if file.data is None:
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
        select=_select(form.select) if form.select else None,
        charset=form.charset,
        enabled=form.enabled,
        reason=form.reason,
    )


def _select(form: SelectForm) -> Select:
    page = PageSelect(**form.page.model_dump()) if form.page else None
    return Select(**form.model_dump(exclude={"page"}), page=page)
