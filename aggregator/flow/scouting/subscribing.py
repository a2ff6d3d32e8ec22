"""Subscribe: feeds that somebody else reads -> sources to be added."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from aggregator.config import entry_fault
from aggregator.errors import NormalizeError
from aggregator.flow.run import Fetcher
from aggregator.flow.scouting.offering import offers
from aggregator.flow.scouting.proposing import Given, Place, propose
from aggregator.model import Source
from aggregator.parse.opml import Outline
from aggregator.text.urls import canonical_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One entry of a list, and what becomes of it: just one of the last four is told."""

    line: int
    title: str
    feed: str  #: as written: may hold a password
    source: Source | None = None  #: to be added
    known: str = ""  #: id of the source that it is already
    skipped: str = ""  #: why it says nothing that is not said elsewhere
    reason: str = ""  #: why it cannot be read


def subscribe(
    outlines: Sequence[Outline],
    sources: Mapping[str, Source],
    fetcher: Fetcher,
    given: Given,
    now: datetime,
) -> Iterator[Subscription]:
    """Yield what becomes of each entry, in the list's order: feeds that are new are asked once."""
    listed = list(_listed(outlines, sources))
    fresh = [outline for outline, there in listed if _is_open(there)]
    found = iter(offers([_place(each) for each in fresh], fetcher, given, now))
    taken = set(sources)
    for _, there in listed:
        if not _is_open(there):
            yield there
            continue
        offer = next(found)
        source = None if offer.reason else propose(offer.place, given, taken)
        # A site may say of itself what has no place in an entry.
        if reason := offer.reason if source is None else entry_fault(source):
            yield replace(there, reason=reason)
        elif source:
            taken.add(source.id)
            yield replace(there, source=source)


def _listed(
    outlines: Sequence[Outline], sources: Mapping[str, Source]
) -> Iterator[tuple[Outline, Subscription]]:
    """Yield each entry with what can be said of it before anything is asked."""
    known = {_address(source.url): source.id for source in sources.values()}
    lines: dict[str, int] = {}
    for outline in outlines:
        there = Subscription(line=outline.line, title=outline.title, feed=outline.feed)
        address = _address(outline.feed)
        if outline.fault:
            there = replace(there, skipped=outline.fault)
        elif address in known:
            there = replace(there, known=known[address])
        elif address in lines:
            there = replace(there, skipped=f"it stands in line {lines[address]} already")
        lines.setdefault(address, outline.line)
        yield outline, there


def _is_open(there: Subscription) -> bool:
    return not (there.skipped or there.known)


def _place(outline: Outline) -> Place:
    return Place(
        url=outline.feed,
        format="rss",
        homepage=outline.homepage,
        title=outline.title,
        language=outline.language,
    )


def _address(url: str) -> str:
    try:
        return canonical_url(url)
    except NormalizeError:
        return url
