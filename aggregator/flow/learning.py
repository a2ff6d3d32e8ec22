"""Learn: what some sources say again and again -> refrains, which their articles go without.

Before `normalize`, so that a source's first articles go without them too. A refrain that has been
learned stays: if it came and went with the number of items in a feed, so would the texts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aggregator.flow.run import Run
from aggregator.model import Item, Source
from aggregator.normalize import refrains, with_refrains
from aggregator.store import Connection, items, sources

#: Things said that are looked at of one source: about what a feed and the pages it leads to hold.
SAMPLE = 100

#: Sources that are looked at together.
AT_ONCE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What one source says, or some of it."""

    source: Source  #: with the refrains that are known
    state: str  #: of its own document
    items: Sequence[Item]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What is new of it."""

    source_id: str
    state: str
    refrains: tuple[str, ...]


def lacks(db: Connection, run: Run) -> Sequence[Sample]:
    """Return sources that say something new since they were last listened to."""
    urls = {source.id: source.url for source in run.sources.values()}
    states = items.unheard(db, urls, AT_ONCE)
    known = sources.refrains(db, states.keys())
    return [
        Sample(
            source=with_refrains(run.sources[key], known[key]),
            state=state,
            items=items.some_of(db, key, SAMPLE),
        )
        for key, state in states.items()
    ]


def does(run: Run, batch: Sequence[Sample]) -> Iterator[Learned]:
    """Yield what is learned of each source: nothing, where looking failed."""
    found = run.workers.map(refrains, [(each.source, each.items) for each in batch])
    for sample, said in zip(batch, found, strict=True):
        yield Learned(
            source_id=sample.source.id,
            state=sample.state,
            refrains=() if isinstance(said, Exception) else said,
        )


def saves(db: Connection, _run: Run, results: Sequence[Learned]) -> None:
    """Keep what is new."""
    for each in results:
        sources.learn(db, each.source_id, each.refrains, each.state)
