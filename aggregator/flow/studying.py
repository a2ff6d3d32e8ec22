"""Study: articles of which something new was read -> their events, series and records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aggregator.flow.run import Run
from aggregator.model import Article, Failure, Item, Study
from aggregator.model.events import Event
from aggregator.normalize import study
from aggregator.normalize.records import record_key
from aggregator.store import Connection, items, studies

_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An article, what it was made from, and the events it told of before."""

    article: Article
    stamp: str
    parts: Sequence[Item]
    known: Sequence[Event]


def lacks(db: Connection, run: Run) -> Sequence[Subject]:
    """Return articles that were not studied in their present state."""
    found = studies.unstudied(db, run.id, run.sources.keys(), _BATCH)
    told = [article for article, _ in found]
    parts = items.parts_of(db, [(article.source_id, article.key) for article in told])
    known = studies.events_of(db, [article.id for article in told])
    return [
        Subject(
            article=article,
            stamp=stamp,
            parts=parts.get((article.source_id, article.key), ()),
            known=known.get(article.id, ()),
        )
        for article, stamp in found
    ]


def does(run: Run, batch: Sequence[Subject]) -> Iterator[tuple[Study, str] | Failure]:
    """Yield what each article tells, with the stamp of what it was read from."""
    inputs = [
        (each.article, each.parts, run.sources[each.article.source_id], each.known, run.now)
        for each in batch
    ]
    for each, made in zip(batch, run.workers.map(study, inputs), strict=True):
        yield _failure(each.article, made) if isinstance(made, Exception) else (made, each.stamp)


def _failure(article: Article, error: Exception) -> Failure:
    return Failure(
        stage="study",
        subject=article.key,
        source_id=article.source_id,
        reason=str(error),
        error=type(error).__name__,
    )


def saves(db: Connection, _run: Run, results: Sequence[tuple[Study, str]]) -> None:
    """Keep what was found."""
    works = [each.record for each, _ in results if each.record]
    keys = {record.article_ids[0]: record_key(record) for record in works}
    studies.save(db, results, keys)
