"""Dedupe: articles that belong to no story -> verdicts."""

from collections.abc import Iterator, Sequence

from aggregator.dedupe import Batch, Index, Placed, Trace, place
from aggregator.flow.run import Run
from aggregator.store import Connection, articles, bands

_BATCH = 500

#: Articles to be had ready for each: more than are compared, for a band that a batch fills finds
#: nobody any more, and others move up.
_READY = 20


def lacks(db: Connection, _run: Run) -> Sequence[Batch]:
    """Return articles without a verdict, oldest first, with placed ones that look like them."""
    found = articles.unplaced(db, _BATCH)
    if not found:
        return []
    traces = [Trace.of(article) for article in found]
    there = bands.having(db, {band for trace in traces for band in trace.sought})
    index = Index(there)
    near = {article_id for trace in traces for article_id in index.closest(trace.sought, _READY)}
    return [
        Batch(
            traces=traces,
            same=articles.alike(db, found),
            there=there,
            near=articles.placed(db, sorted(near)),
        )
    ]


def does(_run: Run, batch: Sequence[Batch]) -> Iterator[Placed]:
    """Yield each article's place."""
    for each in batch:
        yield from place(each)


def saves(db: Connection, _run: Run, results: Sequence[Placed]) -> None:
    """Keep verdicts, the stories they begin, and what near copies find these by."""
    began = {each.article.id: each.article.first_seen for each in results}
    articles.save_verdicts(db, [each.verdict for each in results], began)
    bands.save(db, ((band, each.article.id) for each in results for band in sorted(each.bands)))
