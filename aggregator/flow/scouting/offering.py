"""Offer: an answer of an address that may be read -> what it would give us."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from aggregator.errors import ParseError
from aggregator.flow.run import Fetcher
from aggregator.flow.scouting.checking import document_of
from aggregator.flow.scouting.looking import ask
from aggregator.flow.scouting.proposing import Given, Place, propose
from aggregator.model import (
    Answer,
    Document,
    Format,
    Item,
    Postponed,
    Request,
    Robots,
    Source,
    Unfetched,
)
from aggregator.parse import address, parse
from aggregator.parse.html.about import about
from aggregator.text.dates import read_date
from aggregator.text.html import plain

#: Titles that are shown to whoever decides, and that a language is guessed from.
SHOWN = 5

#: Longest title that is shown, in characters.
_TITLE_CHARACTERS = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One item as it would arrive."""

    title: str
    published: datetime | None  #: UTC; None: its date could not be read
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One address that may become a source."""

    place: Place
    items: int = 0
    newest: datetime | None = None  #: UTC
    previews: tuple[Preview, ...] = ()
    reason: str = ""  #: why it cannot be read


def offers(
    wanted: Sequence[Place], fetcher: Fetcher, given: Given, now: datetime
) -> tuple[Offer, ...]:
    """Return what each place offers, in their order; every address is asked once."""
    requests = [_request(str(number), place, given, now) for number, place in enumerate(wanted)]
    robots: dict[str, Robots] = {}
    answers = ask(requests, fetcher, robots)
    return tuple(
        offer(place, answers[request.source_id], given, now)
        for place, request in zip(wanted, requests, strict=True)
    )


def _request(name: str, place: Place, given: Given, now: datetime) -> Request:
    at = address(as_source(place, given), "", now)
    return Request(source_id=name, url=place.url, role="source", at="" if at == place.url else at)


def offer(place: Place, answer: Answer, given: Given, now: datetime) -> Offer:
    """Return what an answer offers; a feed's own words about itself win over a page's about it."""
    document = document_of(answer, now)
    if document is None:
        reason = answer.reason if isinstance(answer, Unfetched | Postponed) else "nothing new came"
        return Offer(place=place, reason=reason)
    told = about(document, as_source(place, given))
    is_feed = told.format is not None
    place = replace(
        place,
        format=told.format or place.format,
        title=(told.title if is_feed else "") or place.title or told.title,
        language=(told.language if is_feed else "") or place.language or told.language,
        homepage=told.homepage or place.homepage,
    )
    return _read(place, document, given, now)


def as_source(place: Place, given: Given) -> Source:
    """Return a place as the source that it would be, to be parsed."""
    return propose(place, given, frozenset())


def _read(place: Place, document: Document, given: Given, now: datetime) -> Offer:
    try:
        items = parse(document, as_source(place, given)).items
    except ParseError as err:
        return Offer(place=place, reason=str(err))
    titles = [_line(item.title) for item in items[:SHOWN]]
    place = replace(place, sample="\n".join(titles))
    source = as_source(place, given)  # the titles tell the language, and that the dates' dialect
    dates = [date for item in items if (date := _date(item, source, now))]
    return Offer(
        place=place,
        items=len(items),
        newest=max(dates, default=None),
        previews=tuple(
            Preview(title=title, published=_date(item, source, now), link=item.link)
            for title, item in zip(titles, items, strict=False)
        ),
        reason="" if items else "it holds nothing",
    )


def _date(item: Item, source: Source, now: datetime) -> datetime | None:
    for text in (item.published, item.updated):
        date = read_date(
            text, language=source.language, country=source.country, zone=source.timezone, now=now
        )
        if date:
            return date.at
    return None


def _line(html: str) -> str:
    return " ".join(plain(html).split())[:_TITLE_CHARACTERS]


#: How much a reader gains from a format: what is dated and whole comes first.
_RANKS: Mapping[Format, int] = {"atom": 0, "rss": 1, "json-feed": 2, "sitemap": 4}


def best(found: Sequence[Offer]) -> Offer | None:
    """Return the offer to take: one that can be read, the newest, then the one that holds most."""
    readable = [each for each in found if not each.reason]
    return min(readable, key=_rank, default=None)


def _rank(found: Offer) -> tuple[bool, float, int, int]:
    newest = found.newest.timestamp() if found.newest else 0.0
    day = newest // 86_400  # seconds of a day; feeds of one site differ in minutes
    return (newest == 0.0, -day, _RANKS.get(found.place.format, 3), -found.items)
