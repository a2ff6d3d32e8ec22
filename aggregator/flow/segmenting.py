"""Segment: articles whose text changed -> sentences, the units of translation."""

from collections.abc import Iterator, Sequence

from aggregator.flow.run import Run
from aggregator.model import Article, Segment
from aggregator.store import Connection, memory
from aggregator.translate.segments import VERSION, segment

_BATCH = 500

#: An article's id, its segments, and the stamp of what they were made from.
Segmented = tuple[str, list[Segment], str]


def lacks(db: Connection, _run: Run) -> Sequence[tuple[Article, str]]:
    """Return live articles without segments of their present text."""
    return memory.unsegmented(db, str(VERSION), _BATCH)


def does(_run: Run, batch: Sequence[tuple[Article, str]]) -> Iterator[Segmented]:
    """Yield each article's segments."""
    for article, stamp in batch:
        yield article.id, segment(article), stamp


def saves(db: Connection, _run: Run, results: Sequence[Segmented]) -> None:
    """Replace the articles' segments."""
    for article_id, found, stamp in results:
        memory.save_segments(db, article_id, found, stamp)
