"""Publish: pipelines this run has not written yet -> files below the output folder."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from aggregator import curate, publish
from aggregator.errors import PublishError
from aggregator.flow.reading import Entries, read_entries, read_stories
from aggregator.flow.run import Run
from aggregator.model import Edition, Entry, Failure, Pipeline
from aggregator.store import runs, stories
from aggregator.trends import weekly

#: Weeks that the trends page shows: a quarter of a year fits a screen.
TREND_WEEKS = 12

#: Days whose digest is written: today's grows until midnight, yesterday's is complete.
_DIGEST_DAYS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A pipeline that was written, with how its entries came to their language."""

    pipeline: str
    files: tuple[int, int]  #: written, unchanged
    states: dict[str, int]


def lacks(db: Connection, run: Run) -> Sequence[Pipeline]:
    """Return the run's pipelines that are not written yet; none if no source could be read.

    Without any source there is no news to publish, and what is published stays untouched.
    """
    outcomes = runs.outcomes(db, run.id)
    if outcomes and all(outcome == "failed" for outcome in outcomes.values()):
        return []
    done = runs.published(db, run.id) | runs.failed(db, run.id, "publish")
    return [pipeline for pipeline in run.pipelines if pipeline.name not in done]


def does(run: Run, batch: Sequence[Pipeline]) -> Iterator[Entries | Publication | Failure]:
    """Yield the entries that changed, then each pipeline as it is written."""
    with run.database.read() as db:
        told = read_stories(db, run.sources)
        targets = {target for pipeline in batch for target in pipeline.targets}
        entries = {target: read_entries(db, told, target, run.now) for target in sorted(targets)}
    yield from entries.values()
    live = {
        target: [entry for entry in found.every if not entry.story.backlog]
        for target, found in entries.items()
    }
    for pipeline in batch:
        editions = [curate.edition(pipeline, each, live[each]) for each in pipeline.targets]
        archive = [e for e in entries[pipeline.targets[0]].every if e.story.backlog]
        yield _write(run, pipeline, editions, archive)


def _write(
    run: Run, pipeline: Pipeline, editions: Sequence[Edition], archive: Sequence[Entry]
) -> Publication | Failure:
    kept = curate.edition(pipeline, pipeline.targets[0], archive)
    trends = weekly(
        [entry.story for entry in editions[0].entries], weeks=TREND_WEEKS, until=run.now
    )
    files = publish.render(
        editions,
        publish.Imprint(
            base_url=run.site.base_url,
            contact=run.site.contact,
            sources=tuple(run.sources.values()),
        ),
        archive=kept.entries,
        trends=trends,
        days=_days(run, pipeline),
    )
    try:
        result = publish.write(run.site.output, files)
    except PublishError as err:
        return Failure(
            stage="publish", subject=pipeline.name, reason=str(err), error=type(err).__name__
        )
    return Publication(
        pipeline=pipeline.name,
        files=(len(result.written), len(result.unchanged)),
        states=curate.count_states(editions[0].entries),
    )


def _days(run: Run, pipeline: Pipeline) -> list[date]:
    zone = ZoneInfo(pipeline.schedule.timezone if pipeline.schedule else "UTC")
    today = run.now.astimezone(zone).date()
    return [today - timedelta(days=back) for back in range(_DIGEST_DAYS)]


def saves(db: Connection, run: Run, results: Sequence[Entries | Publication]) -> None:
    """Keep when entries changed, and that pipelines are written."""
    for result in results:
        match result:
            case Entries():
                stories.save_entries(db, result.target, result.changed)
            case Publication():
                runs.save_publication(db, run.id, result.pipeline, result.files, result.states)
