"""How far the meanings lie apart, by vectors of both texts."""

from collections.abc import Iterator

from aggregator.translate.checks.pair import Finding, Pair


def meaning(pair: Pair) -> Iterator[Finding]:
    """Yield the distance of their vectors: 0 at the same place, 1 where nothing is shared."""
    if pair.nearness is not None:
        far = max(0.0, 1.0 - pair.nearness)
        yield Finding("far", far, "means something else, by its vector")
