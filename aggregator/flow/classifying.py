"""Classify: articles whose text or source changed -> labels."""

from collections.abc import Iterator, Sequence

from aggregator.classify import label
from aggregator.flow.run import Run
from aggregator.model import Article, Label
from aggregator.store import Connection, articles

_BATCH = 500


def lacks(db: Connection, run: Run) -> Sequence[tuple[Article, str]]:
    """Return articles without a label made from their present state."""
    return articles.unlabeled(db, run.sources.keys(), _BATCH)


def does(run: Run, batch: Sequence[tuple[Article, str]]) -> Iterator[tuple[Label, str]]:
    """Yield each article's label, with the stamp of what it was made from."""
    for article, stamp in batch:
        yield label(article, run.sources[article.source_id]), stamp


def saves(db: Connection, _run: Run, results: Sequence[tuple[Label, str]]) -> None:
    """Keep labels."""
    articles.save_labels(db, results)
