"""Articles of a set that fits into memory -> their stories, as the flow finds them in the store."""

from collections.abc import Sequence

from aggregator.dedupe import Index, Side, Trace, compared, nearest, partition
from aggregator.model import Likelihood, Link, Verdict


def place(
    sides: Sequence[Side], weights: Likelihood | None = None, links: Sequence[Link] = ()
) -> tuple[list[Verdict], list[frozenset[int]]]:
    """Return where articles belong that are first seen in this order, and the bands of each."""
    every = {side.article.id: side for side in sides}
    index = Index({})
    pairs: set[tuple[str, str]] = set()
    stand: list[frozenset[int]] = []
    for side in sides:
        trace = Trace.of(side.article, side.writing)
        pairs |= {(trace.article_id, other) for other in index.closest(trace.sought)}
        stand.append(index.add(trace))
    pairs |= _sharing(sides)
    near = _near([side for side in sides if side.meaning])
    return partition(list(every), list(compared(every, pairs, weights, near)), links), stand


def _sharing(sides: Sequence[Side]) -> set[tuple[str, str]]:
    by: dict[str, list[str]] = {}
    for side in sides:
        for key in {side.article.url, side.article.content_hash, side.work} - {""}:
            by.setdefault(key, []).append(side.article.id)
    return {(one, other) for ids in by.values() for one in ids for other in ids if one != other}


def _near(sides: Sequence[Side]) -> set[tuple[str, str]]:
    there = [side.meaning.whole for side in sides if side.meaning]
    return {
        (side.article.id, sides[at].article.id)
        for side, row in zip(sides, nearest(there, there), strict=True)
        for at in row
    }
