"""The pipelines' directory and the sources -> the pipelines, none in another's way."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal, Self

from apscheduler.triggers.cron import CronTrigger
from pydantic import AfterValidator, Field, model_validator

from aggregator.config.complaints import Complaint, filled, one_error
from aggregator.config.fields import (
    UNIQUE,
    CountryCode,
    Form,
    Language,
    Slug,
    Text,
    Zone,
    suggestion,
    wrong,
)
from aggregator.config.yaml_file import YamlFile, read_yaml, yaml_files
from aggregator.errors import ConfigError
from aggregator.model import Kind, Outputs, Pipeline, Schedule, Scope, Source

#: `original` shows every article in its own words.
Target = Literal[Language, "original"]

Feed = Literal["all", "country", "from", "picks"]

#: Any moment will do to ask whether a schedule has a next one; leap days come back within eight
#: years of each.
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def _cron(value: str) -> str:
    form = 'write five fields: minute hour day month weekday: "15 * * * *"'
    try:
        trigger = CronTrigger.from_crontab(value, timezone=UTC)
    except ValueError as err:
        raise wrong(f"`{value}` is not a schedule ({err})", form) from err
    # cron counts weekdays from Sunday, APScheduler from Monday: a number means two days.
    if any(sign.isdigit() for sign in value.split()[4]):
        raise wrong(f"`{value}` gives the weekday as a number", "write mon, tue … sun: mon-fri")
    if trigger.get_next_fire_time(None, _SOME_DAY) is None:
        raise wrong(f"`{value}` never comes", "write a day that its month has")
    return value


class ScopeForm(Form):
    """Which sources; a source must fit every list that is given, and {} takes all."""

    ids: Annotated[list[Slug], *UNIQUE] | None = Field(None, description="ids of sources.yaml")
    countries: Annotated[list[CountryCode], *UNIQUE] | None = Field(
        None, description="country codes"
    )
    languages: Annotated[list[Language], *UNIQUE] | None = Field(
        None, description="what the source writes in"
    )
    kinds: Annotated[list[Kind], *UNIQUE] | None = Field(
        None, description="what the source publishes: one of these at least"
    )


class ScheduleForm(Form):
    """When it runs."""

    cron: Annotated[str, AfterValidator(_cron)] = Field(
        description="minute hour day month weekday, the weekday by name; "
        "a day and a weekday must both fit"
    )
    timezone: Zone = Field(description="IANA name: Asia/Tokyo")


class OutputsForm(Form):
    """What is written below output/; one of them at least."""

    feeds: Annotated[list[Feed], *UNIQUE] | None = Field(
        None, description="all; country: one each; from: one each language; picks: the editors'"
    )
    digest: Slug | None = Field(None, description="name of the folder below digests/")
    opml: bool = Field(default=False, description="feeds.opml: the list of feeds")
    site: bool = Field(default=False, description="index page, story pages and trends")

    @model_validator(mode="after")
    def _makes_something(self) -> Self:
        if not (self.feeds or self.digest or self.opml or self.site):
            remedy = "add one of: feeds: [all], digest: daily, opml: true, site: true"
            raise wrong("ask for nothing", remedy)
        return self


class PipelineForm(Form):
    """One edition: which sources, in which languages, when, and what comes out."""

    title: Text = Field(description="as its readers see it")
    description: Text = Field(description="one sentence on what is in it")
    sources: ScopeForm = Field(description="{} for all")
    topics: Annotated[list[Slug], *UNIQUE] | None = Field(
        None, description="ids of topics.yaml: only stories about one of these"
    )
    relevance: float = Field(
        0.0, ge=0, le=1, description="only stories that concern schools this much: 0.5 if they do"
    )
    targets: Annotated[list[Target], *UNIQUE] = Field(
        description="language codes and `original`; the first one's files lie at the top"
    )
    schedule: ScheduleForm | None = Field(None, description="without: only when you run it")
    review: Literal["none", "optional", "required"] = Field(
        description="none: editors' decisions don't matter; optional: rejected stories are left "
        "out; required: only approved ones are in"
    )
    outputs: OutputsForm = Field(description="what is written")


def read_pipelines(
    directory: Path, sources: Sequence[Source], topics: Collection[str] = ()
) -> tuple[Pipeline, ...]:
    """Return the pipelines of the directory's *.yaml files by name, each named as its file is.

    *topics* are the ids that there are.

    Raises:
        ConfigError: a file is not as the schema says, asks for sources or topics that there are
            not, or writes a file that another one writes too.
    """
    written_by: dict[str, str] = {}
    pipelines = [_read_file(path, sources, topics, written_by) for path in yaml_files(directory)]
    if not pipelines:
        remedy = "add one as docs/schema/pipeline.json says, or run `aggregator init DIR`"
        raise ConfigError("holds no pipeline", file=str(directory), remedy=remedy)
    return tuple(pipelines)


def _read_file(
    path: Path, sources: Sequence[Source], topics: Collection[str], written_by: dict[str, str]
) -> Pipeline:
    file = read_yaml(path)
    form = filled(file, PipelineForm)
    pipeline = _pipeline(_name(path), form)
    covered = [source for source in sources if pipeline.scope.covers(source)]
    complaints = [
        *_scope_complaints(pipeline.scope, sources, covered),
        *_topic_complaints(pipeline, topics),
    ]
    if complaints:
        raise one_error(file, complaints)
    for output, key in _written(pipeline, covered):
        _note_output(file, output, key, written_by)
    return pipeline


def _name(path: Path) -> str:
    if path.stem.strip("abcdefghijklmnopqrstuvwxyz0123456789-"):
        raise ConfigError(
            f"`{path.stem}` is not a pipeline's name",
            file=str(path),
            remedy="name the file with the letters a-z, digits and hyphens: daily-digest.yaml",
        )
    return path.stem


def _scope_complaints(
    scope: Scope, sources: Sequence[Source], covered: Sequence[Source]
) -> Iterator[Complaint]:
    known_ids = tuple(source.id for source in sources)
    for position, asked_id in enumerate(scope.ids):
        if asked_id not in known_ids:
            yield Complaint(
                path=("sources", "ids", position),
                said=f"there is no source `{asked_id}`",
                remedy=suggestion(asked_id, known_ids) + "the ids stand in sources.yaml",
            )
    for key, asked, there in (
        ("countries", scope.countries, {source.country for source in sources}),
        ("languages", scope.languages, {source.language for source in sources}),
        ("kinds", scope.kinds, {kind for source in sources for kind in source.kinds}),
    ):
        for position, value in enumerate(asked):
            if value not in there:
                yield Complaint(
                    path=("sources", key, position),
                    said=f"no source has `{value}`",
                    remedy=f"sources.yaml has: {', '.join(sorted(there))}",
                )
    if not covered:
        remedy = "a source must fit every list: take one away, or write {} for all sources"
        yield Complaint(path=("sources",), said="no source fits", remedy=remedy)


def _topic_complaints(pipeline: Pipeline, topics: Collection[str]) -> Iterator[Complaint]:
    for position, asked in enumerate(pipeline.topics):
        if asked not in topics:
            yield Complaint(
                path=("topics", position),
                said=f"there is no topic `{asked}`",
                remedy=suggestion(asked, topics) + "the ids stand in topics.yaml",
            )


def _written(pipeline: Pipeline, covered: Sequence[Source]) -> Iterator[tuple[str, str]]:
    """Yield what the pipeline writes below output/, and the key of `outputs` that asks for it."""
    countries = sorted({source.country for source in covered})
    languages = sorted({source.language for source in covered})
    for number, target in enumerate(pipeline.targets):
        tree = f"feeds/{target}" if number else "feeds"
        for feed in pipeline.outputs.feeds:
            names = {"country": countries, "from": languages}.get(feed)
            for name in [f"{feed}/{each}" for each in names] if names else [feed]:
                yield f"{tree}/{name}", "feeds"
    if pipeline.outputs.digest:
        yield f"digests/{pipeline.outputs.digest}/", "digest"
    if pipeline.outputs.opml:
        yield "feeds.opml", "opml"
    if pipeline.outputs.site:
        yield "index.html", "site"


def _note_output(file: YamlFile, output: str, key: str, written_by: dict[str, str]) -> None:
    path = ("outputs", key)
    if output in written_by:
        raise file.error(
            path,
            f"output/{output} is written by {written_by[output]} already",
            "take it out of one of the two, or give them other sources or digest names",
        )
    written_by[output] = f"{file.name}:{file.line(path)}"


def _pipeline(name: str, form: PipelineForm) -> Pipeline:
    scope, schedule, outputs = form.sources, form.schedule, form.outputs
    return Pipeline(
        name=name,
        title=form.title,
        description=form.description,
        scope=Scope(
            ids=tuple(scope.ids or ()),
            countries=tuple(scope.countries or ()),
            languages=tuple(scope.languages or ()),
            kinds=tuple(scope.kinds or ()),
        ),
        topics=tuple(form.topics or ()),
        relevance=form.relevance,
        targets=tuple(form.targets),
        schedule=Schedule(cron=schedule.cron, timezone=schedule.timezone) if schedule else None,
        review=form.review,
        outputs=Outputs(
            feeds=tuple(outputs.feeds or ()),
            digest=outputs.digest,
            opml=outputs.opml,
            site=outputs.site,
        ),
    )
