"""What a page tells machines of the event that it announces, in the names of a calendar's items."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from itertools import chain
from zoneinfo import ZoneInfo

from aggregator.model import Source
from aggregator.parse.html import linked, tree
from aggregator.parse.html.event import microdata
from aggregator.parse.html.linked import Thing
from aggregator.parse.html.tree import Tree
from aggregator.parse.ical.times import read_duration
from aggregator.text.dates import read_date

#: Pairs of name and text, as an item has them.
Details = tuple[tuple[str, str], ...]

#: Kinds of event whose names in schema.org don't end so, and those that are none of ours.
_EVENTS = frozenset(("Festival", "Hackathon", "CourseInstance", "EventSeries"))
_NO_EVENTS = frozenset(("PublicationEvent", "BroadcastEvent", "OnDemandEvent", "DeliveryEvent"))

# Looked for first: most pages have none of it, and going through their elements takes longer.
_MAY_TELL = re.compile(r"Event[\"'\s]|Festival|Hackathon|CourseInstance|EventSeries|h-event|vevent")

_SIGNS = re.compile(r"[\W_]+")
_MAIL = re.compile(r"\S+@\S+")
#: Shorter names stand in any headline: "AGM".
_SHORTEST_NAME = 4

_MOMENTS = frozenset(("starts", "ends", "doors", "occurs"))

#: Most further days of one event that are told.
_TOLD = 60

#: How calendars of whole days end a day.
_LAST_MINUTE = (23, 59)

# Where no word ends with a space, an address begins with what is largest.
_EAST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_STREET_FIRST = ("streetAddress", "addressLocality", "addressRegion")


def event_details(page: Tree, titles: Iterable[str], source: Source, now: datetime) -> Details:
    """Return when and where the page's event takes place; nothing if it announces none.

    Of several events, as in a list beside an article, it is the one that the page is called by
    (*titles*, plain texts), or whose address it has; further ones of that name are its other days.
    Moments are ISO 8601, as written where they are so; whole days are dates, the last one itself.
    """
    if not _MAY_TELL.search(page.text):
        return ()
    things = [*linked.things(_scripts(page)), *microdata.things(page)]
    known = {each["@id"]: each for each in things if isinstance(each.get("@id"), str)}
    events = [each for each in _with_topics(things, known) if _is_event(each)]
    told = [(each, _starts(each, source, now)) for each in events]
    chosen = _chosen([pair for pair in told if pair[1]], things, [*titles], page.address)
    if not chosen:
        return ()
    event = chosen[0][0]
    return tuple(_details(event, chosen, known, (source, now)))


def event_days(details: Details) -> frozenset[str]:
    """Return the days (ISO 8601) on which the event takes place: on none of them it was told of."""
    return frozenset(moment[:10] for name, moment in details if name in _MOMENTS)


def _scripts(page: Tree) -> list[str]:
    scripts = page.named("script")
    return [tag.get_text() for tag in scripts if "ld+json" in tree.attribute(tag, "type").lower()]


def _with_topics(things: Sequence[Thing], known: dict[str, Thing]) -> Iterator[Thing]:
    """Give the things, and what an article among them says that it is about."""
    for thing in things:
        yield thing
        for each in _objects(thing.get("about"), known):
            if isinstance(each, dict) and each not in things:
                yield each


def _is_event(thing: Thing) -> bool:
    types = linked.types(thing) - _NO_EVENTS
    return bool(_EVENTS & types) or any(name.endswith("Event") for name in types)


_Told = tuple[Thing, list[str]]


def _chosen(
    told: Sequence[_Told], things: Sequence[Thing], titles: Sequence[str], address: str
) -> list[_Told]:
    """Return the page's own event, with its further days behind it."""
    named = [pair for pair in told if _is_called(pair[0], titles) or _is_at(pair[0], address)]
    has_article = any("headline" in thing for thing in things)
    unnamed = told if len({_name(pair[0]) for pair in told}) == 1 and not has_article else []
    found = named or [pair for pair in unnamed if not linked.text(pair[0], "url")]
    return [pair for pair in found if _name(pair[0]) == _name(found[0][0])]


def _name(event: Thing) -> str:
    return _SIGNS.sub("", linked.text(event, "name", "headline").casefold())


def _is_called(event: Thing, titles: Sequence[str]) -> bool:
    """Tell whether the page's title is the event's name, or one holds the other."""
    name = _name(event)
    plain = [_SIGNS.sub("", title.casefold()) for title in titles]
    return len(name) >= _SHORTEST_NAME and any(
        name in each or (len(each) >= _SHORTEST_NAME and each in name) for each in plain
    )


def _is_at(event: Thing, address: str) -> bool:
    page = _place_of(address)
    return any(page == _place_of(linked.text(event, name)) for name in ("url", "@id"))


def _place_of(address: str) -> str:
    return address.partition("#")[0].partition("://")[2].removeprefix("www.").rstrip("/")


def _details(
    event: Thing, days: Sequence[_Told], known: dict[str, Thing], told: tuple[Source, datetime]
) -> Iterator[tuple[str, str]]:
    starts = list(dict.fromkeys(chain.from_iterable(moments for _, moments in days)))
    first, last = _whole_days(starts[0], _ends(event, starts[0], *told))
    yield "starts", first
    if last:
        yield "ends", last
    places, addresses = _places(_objects(event.get("location"), known))
    status = linked.text(event, "eventStatus").rpartition("/")[2]
    mode = linked.text(event, "eventAttendanceMode").rpartition("/")[2]
    doors = _moment(linked.text(event, "doorTime"), *told)
    for name, text in (
        ("place", places),
        ("online", addresses),
        ("status", status),
        ("attendance", "OnlineEventAttendanceMode" if status == "EventMovedOnline" else mode),
        ("organizer", _hosts(event, known)),
        ("doors", doors),
    ):
        if text:
            yield name, text
    for moment in starts[1 : _TOLD + 1]:
        yield "occurs", _whole_days(moment, "")[0] if first != starts[0] else moment


def _starts(event: Thing, source: Source, now: datetime) -> list[str]:
    return [at for each in _texts(event.get("startDate")) if (at := _moment(each, source, now))]


def _ends(event: Thing, starts: str, source: Source, now: datetime) -> str:
    if ends := _moment(linked.text(event, "endDate"), source, now):
        return ends
    try:
        length = read_duration(linked.text(event, "duration"))
        if length is None or len(starts) == len("2026-11-20"):
            return ""
        return (datetime.fromisoformat(starts) + length).isoformat()
    except OverflowError:  # after the year 9999
        return ""


def _moment(text: str, source: Source, now: datetime) -> str:
    """Return a day or a time in ISO 8601, without a zone where none is said; "" for neither."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return _read(text, source, now)
    return at.isoformat() if len(text) > len("2026-11-20") else at.date().isoformat()


def _read(text: str, source: Source, now: datetime) -> str:
    """Return what people write where a machine's form is asked for, if it can be read surely."""
    zone = source.timezone
    found = read_date(text, language=source.language, country=source.country, zone=zone, now=now)
    if found is None or found.confidence == "guess":
        return ""
    at = found.at.astimezone(ZoneInfo(zone))
    return at.isoformat() if found.has_time else at.date().isoformat()


def _whole_days(starts: str, ends: str) -> tuple[str, str]:
    """Return both as days where they are written as the first and the last minute of days."""
    try:
        first, last = datetime.fromisoformat(starts), datetime.fromisoformat(ends or starts)
    except ValueError:
        return starts, ends
    is_whole = first.time() == time() and (not ends or (last.hour, last.minute) == _LAST_MINUTE)
    if not is_whole or len(starts) == len("2026-11-20"):
        return starts, ends
    return first.date().isoformat(), last.date().isoformat() if ends else ""


def _places(locations: Iterable[Thing | str]) -> tuple[str, str]:
    """Return where it takes place, and the address by which to take part from afar."""
    places, addresses = [], []
    for each in locations:
        if isinstance(each, str):
            places.append(linked.one_line(each))
        elif "VirtualLocation" in linked.types(each):
            addresses.append(linked.text(each, "url"))
        else:
            places.append(_place(each))
    return ", ".join(filter(None, places)), next(filter(None, addresses), "")


def _place(thing: Thing) -> str:
    name = linked.text(thing, "name")
    address = next((_address(each) for each in _objects(thing.get("address"), {})), "")
    if not address or address in name:
        return name
    return address if name in address else f"{name}, {address}"


def _address(value: Thing | str) -> str:
    if isinstance(value, str):
        return linked.one_line(value)
    parts = [part for each in _STREET_FIRST if (part := linked.text(value, each))]
    is_east = bool(_EAST.search("".join(parts)))
    parts = list(dict.fromkeys(reversed(parts) if is_east else parts))
    return ("" if is_east else ", ").join(parts)


def _hosts(event: Thing, known: dict[str, Thing]) -> str:
    """Name who invites; addresses are nobody's business."""
    hosts = _objects(event.get("organizer"), known)
    names = (each if isinstance(each, str) else linked.text(each, "name") for each in hosts)
    return ", ".join(dict.fromkeys(name for each in names if (name := _MAIL.sub("", each).strip())))


def _texts(value: object) -> list[str]:
    each = value if isinstance(value, list) else [value]
    return [linked.one_line(one) for one in each if isinstance(one, str)]


def _objects(value: object, known: dict[str, Thing]) -> Iterator[Thing | str]:
    """Give the texts and things that stand there; those only named by their id as a whole."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            yield known.get(str(each.get("@id")), each) if len(each) <= 2 else each
        elif isinstance(each, str):
            yield each
