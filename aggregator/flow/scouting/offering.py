"""Offer: an answer of an address that may be read -> what it would give us."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from aggregator.config import address_fault
from aggregator.errors import ParseError
from aggregator.flow.fetching import FOR_PEOPLE
from aggregator.flow.run import Fetcher
from aggregator.flow.scouting.checking import document_of
from aggregator.flow.scouting.dating import date_of, dates_of
from aggregator.flow.scouting.looking import ask, descend
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
from aggregator.parse.html.about import About, about
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
    """Return what each place offers, in their order; every address is asked once.

    It is asked as a run would: of what is made for people, robots.txt says whether it may be.
    Of an index of sitemaps the first one is looked into.
    """
    faults = {str(number): address_fault(place.url) for number, place in enumerate(wanted)}
    places = {str(number): place for number, place in enumerate(wanted)}
    robots: dict[str, Robots] = {}
    requests = [
        _request(name, place, given, now) for name, place in places.items() if not faults[name]
    ]
    answers = ask(requests, fetcher, robots)
    sources = {
        name: as_source(_named(places[name], answer, given, now), given)
        for name, answer in answers.items()
    }
    listed = descend(sources, answers, fetcher, robots, now)
    return tuple(
        Offer(place=place, reason=f"its address {faults[name]}")
        if faults[name]
        else offer(place, listed.get(name, answers[name]), given, now)
        for name, place in places.items()
    )


def _request(name: str, place: Place, given: Given, now: datetime) -> Request:
    at = address(as_source(place, given), "", now)
    return Request(
        source_id=name,
        url=place.url,
        role="source",
        at="" if at == place.url else at,
        obeys_robots=place.format in FOR_PEOPLE,
    )


def offer(place: Place, answer: Answer, given: Given, now: datetime) -> Offer:
    """Return what an answer offers; a feed's own words about itself win over a page's about it."""
    document = document_of(answer, now)
    if document is None:
        reason = answer.reason if isinstance(answer, Unfetched | Postponed) else "nothing new came"
        if answer.request.role == "list":
            reason = f"{answer.request.url}: {reason}"
        return Offer(place=place, reason=reason)
    return _read(_named(place, answer, given, now), document, given, now)


def _named(place: Place, answer: Answer, given: Given, now: datetime) -> Place:
    """Return the place with what the answer says of itself."""
    document = document_of(answer, now)
    told = about(document, as_source(place, given)) if document else About()
    is_feed = told.format is not None
    return replace(
        place,
        format=told.format or place.format,
        title=(told.title if is_feed else "") or place.title or told.title,
        language=(told.language if is_feed else "") or place.language or told.language,
        homepage=told.homepage or place.homepage,
    )


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
    dates = dates_of(items, source, now)
    return Offer(
        place=place,
        items=len(items),
        newest=max((each.at for each in dates), default=None),
        previews=tuple(
            Preview(title=title, published=_published(item, source, now), link=item.link)
            for title, item in zip(titles, items, strict=False)
        ),
        reason="" if items else "it holds nothing",
    )


def _published(item: Item, source: Source, now: datetime) -> datetime | None:
    date = date_of(item, source, now)
    return date.at if date else None


def _line(html: str) -> str:
    return " ".join(plain(html).split())[:_TITLE_CHARACTERS]


#: How much a reader gains from a format: what is dated and whole comes first.
_RANKS: Mapping[Format, int] = {"atom": 0, "rss": 1, "json-feed": 2}


def best(found: Sequence[Offer]) -> Offer | None:
    """Return the offer to take: one that can be read, the newest, then the one that holds most.

    A sitemap only where there is nothing else: it lists all pages of a site, and none's title.
    """
    readable = [each for each in found if not each.reason]
    return min(readable, key=_rank, default=None)


def _rank(found: Offer) -> tuple[bool, bool, float, int, int]:
    newest = found.newest.timestamp() if found.newest else 0.0
    day = newest // 86_400  # seconds of a day; feeds of one site differ in minutes
    form = found.place.format
    return (form == "sitemap", newest == 0.0, -day, _RANKS.get(form, 3), -found.items)
