"""Subscribe: feeds that somebody else reads -> sources to be added."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from aggregator.errors import NormalizeError
from aggregator.flow.run import Fetcher
from aggregator.flow.scouting.offering import offers
from aggregator.flow.scouting.proposing import Given, Place, propose
from aggregator.model import Source
from aggregator.parse.opml import Outline
from aggregator.text.urls import canonical_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One feed of a list, and what becomes of it."""

    feed: str
    title: str
    source: Source | None = None  #: to be added
    known: str = ""  #: id of the source that it is already
    reason: str = ""  #: why it is not to be added


def subscribe(
    outlines: Sequence[Outline],
    sources: Mapping[str, Source],
    fetcher: Fetcher,
    given: Given,
    now: datetime,
) -> Iterator[Subscription]:
    """Yield what becomes of each feed, in the list's order: those that are new are asked once."""
    known = {_address(source.url): source.id for source in sources.values()}
    fresh = [each for each in outlines if _address(each.feed) not in known]
    found = offers([_place(each) for each in fresh], fetcher, given, now)
    by_feed = dict(zip((each.feed for each in fresh), found, strict=True))
    taken = set(sources)
    for outline in outlines:
        there = Subscription(feed=outline.feed, title=outline.title)
        offer = by_feed.get(outline.feed)
        if offer is None:
            yield replace(there, known=known[_address(outline.feed)])
        elif offer.reason:
            yield replace(there, reason=offer.reason)
        else:
            source = propose(offer.place, given, taken)
            taken.add(source.id)
            yield replace(there, source=source)


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
