"""Dedupe: articles that belong to no story -> verdicts."""

from collections.abc import Iterator, Sequence

from aggregator.dedupe import place
from aggregator.flow.run import Run
from aggregator.model import Article, Verdict
from aggregator.store import Connection, articles

_BATCH = 500

#: Articles to be placed, and placed ones that look like them.
Batch = tuple[list[Article], list[tuple[Article, Verdict]]]


def lacks(db: Connection, _run: Run) -> Sequence[Batch]:
    """Return articles without a verdict, oldest first."""
    found = articles.unplaced(db, _BATCH)
    return [(found, articles.alike(db, found))] if found else []


def does(_run: Run, batch: Sequence[Batch]) -> Iterator[tuple[Article, Verdict]]:
    """Yield each article with its verdict."""
    for found, alike in batch:
        yield from zip(found, place(found, alike), strict=True)


def saves(db: Connection, _run: Run, results: Sequence[tuple[Article, Verdict]]) -> None:
    """Keep verdicts and the stories they begin."""
    began = {article.id: article.first_seen for article, _ in results}
    articles.save_verdicts(db, [verdict for _, verdict in results], began)
