"""Publish: pipelines this run has not written yet -> files below the output folder."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from aggregator import curate, publish
from aggregator.errors import PublishError
from aggregator.flow.reading import Entries, read_entries, read_stories
from aggregator.flow.run import Run
from aggregator.model import Edition, Failure, Pipeline
from aggregator.store import Connection, articles, runs, stories
from aggregator.trends import weekly

#: Weeks that the trends page shows: a quarter of a year fits a screen.
TREND_WEEKS = 12

#: Days whose digest is kept up to date and linked from the front page: a week.
_DIGEST_DAYS = 7

#: Folders that hold one page a story, country or week: those of a story that editors rejected, or
#: of a week long past, are removed.
_OWN_FOLDERS = ("stories", "countries", "trends")


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A pipeline that was written, with how its entries came to their language."""

    pipeline: str
    files: tuple[int, int]  #: written, unchanged
    states: dict[str, int]


def lacks(db: Connection, run: Run) -> Sequence[Pipeline]:
    """Return the run's pipelines that are not written yet; none if no source could be read.

    Without any source there is no news to publish, and what is published stays untouched. A source
    that was not due is as good as one that was read, unless there is nothing yet of any.
    """
    outcomes = runs.outcomes(db, run.id)
    tried = [outcomes.get(place, "waiting") for place in run.asked.items()]
    if tried and all(outcome == "failed" for outcome in tried):
        return []
    unread = tried and all(outcome in ("failed", "waiting") for outcome in tried)
    if unread and not (runs.ever_published(db) or articles.are_there(db)):
        return []
    done = runs.published(db, run.id) | runs.failed(db, run.id, "publish")
    return [pipeline for pipeline in run.pipelines if pipeline.name not in done]


def does(run: Run, batch: Sequence[Pipeline]) -> Iterator[Entries | Publication | Failure]:
    """Yield the entries that changed, then each pipeline as it is written."""
    try:
        with publish.alone(run.site.output):
            yield from _publish(run, batch)
    except PublishError as err:
        yield from (_failure(pipeline, err) for pipeline in batch)


def _publish(run: Run, batch: Sequence[Pipeline]) -> Iterator[Entries | Publication | Failure]:
    with run.database.read() as db:
        told = read_stories(db, run.sources)
        targets = dict.fromkeys(t for pipeline in run.site.pipelines for t in pipeline.targets)
        entries = {target: read_entries(db, told, target, run.now) for target in targets}
    yield from entries.values()
    editions = {
        pipeline.name: [_edition(pipeline, entries[target]) for target in pipeline.targets]
        for pipeline in run.site.pipelines
    }
    for pipeline in batch:
        own = editions[pipeline.name]
        beside = [each for found in editions.values() if found is not own for each in found]
        archive = _edition(pipeline, entries[pipeline.targets[0]], backlog=True)
        yield _write(run, own, beside, archive)


def _edition(pipeline: Pipeline, entries: Entries, *, backlog: bool = False) -> Edition:
    some = [entry for entry in entries.every if entry.story.backlog == backlog]
    return curate.edition(pipeline, entries.target, some)


def _write(
    run: Run, own: Sequence[Edition], beside: Sequence[Edition], archive: Edition
) -> Publication | Failure:
    first = own[0]
    imprint = publish.Imprint(
        base_url=run.site.base_url,
        contact=run.site.contact,
        sources=tuple(run.sources.values()),
        topic_names=run.site.topics,
    )
    files = publish.render(
        own,
        imprint,
        beside=beside,
        archive=archive.entries,
        trends=weekly([e.story for e in first.entries], weeks=TREND_WEEKS, until=run.now),
        days=_days(run),
    )
    try:
        result = publish.write(run.site.output, files)
        _tidy(run, first.pipeline, result.paths)
    except PublishError as err:
        return _failure(first.pipeline, err)
    return Publication(
        pipeline=first.pipeline.name,
        files=(len(result.written), len(result.unchanged)),
        states=curate.count_states(first.entries),
    )


def _tidy(run: Run, pipeline: Pipeline, kept: Collection[str]) -> None:
    """Remove what the pipeline published and no longer does: editors may have rejected a story."""
    if pipeline.outputs.site:
        publish.prune(run.site.output, kept, _OWN_FOLDERS)
    if pipeline.outputs.digest:
        own = publish.digest_paths(pipeline.outputs.digest, _days(run))
        publish.remove(run.site.output, own.difference(kept))


def _failure(pipeline: Pipeline, err: PublishError) -> Failure:
    return Failure(
        stage="publish", subject=pipeline.name, reason=str(err), error=type(err).__name__
    )


def _days(run: Run) -> list[date]:
    """Return the days of the digests, tomorrow included: in some zone it has begun."""
    tomorrow = run.now.date() + timedelta(days=1)
    return [tomorrow - timedelta(days=back) for back in range(_DIGEST_DAYS + 1)]


def saves(db: Connection, run: Run, results: Sequence[Entries | Publication]) -> None:
    """Keep when entries changed, and that pipelines are written."""
    for result in results:
        match result:
            case Entries():
                stories.save_entries(db, result.target, result.changed)
            case Publication():
                runs.save_publication(db, run.id, result.pipeline, result.files, result.states)
