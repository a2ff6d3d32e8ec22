"""Dedupe: articles whose likenesses changed, or editors' links -> the stories they belong to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from aggregator.curate import links
from aggregator.dedupe import partition
from aggregator.flow.run import Run
from aggregator.model import Likeness, Link, Verdict
from aggregator.store import Connection, articles, decisions, likenesses

_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Articles whose places depend on one another."""

    began: Mapping[str, datetime]  #: when each was first seen, in the order of their arrival
    before: Mapping[str, Verdict]
    likenesses: Sequence[Likeness]
    links: Sequence[Link]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where the articles of a region belong now."""

    region: Region
    verdicts: Sequence[Verdict]


def lacks(db: Connection, _run: Run) -> Sequence[Region]:
    """Return articles whose places are to be looked at, with all that may tell their stories."""
    some = articles.unsettled(db, _BATCH)
    if not some:
        return []
    decided = links(decisions.linking(db))
    beside: dict[str, set[str]] = {}
    for link in decided:
        beside.setdefault(link.one, set()).add(link.other)
        beside.setdefault(link.other, set()).add(link.one)
    ids = likenesses.region(db, some, beside)
    return [
        Region(
            began=likenesses.order_of(db, ids),
            before=articles.verdicts_of(db, sorted(ids)),
            likenesses=likenesses.among(db, ids),
            links=decided,
        )
    ]


def does(_run: Run, batch: Sequence[Region]) -> Iterator[Placed]:
    """Yield where the articles of each region belong."""
    for region in batch:
        yield Placed(
            region=region,
            verdicts=partition(list(region.began), region.likenesses, region.links),
        )


def saves(db: Connection, run: Run, results: Sequence[Placed]) -> None:
    """Keep verdicts, the stories they begin, and which stories were joined or came apart."""
    for placed in results:
        articles.save_verdicts(db, placed.verdicts, placed.region.began)
        likenesses.record_moves(db, placed.region.before, placed.verdicts, run.now)
