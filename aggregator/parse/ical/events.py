"""Events of one UID -> an item: the series with what is said of single days folded in."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aggregator.model import Enclosure, Item
from aggregator.parse import fragment, prose
from aggregator.parse.ical.lines import Component
from aggregator.parse.ical.recurrence import days
from aggregator.parse.ical.rule import read_rule
from aggregator.parse.ical.times import Moment, Zones, instant, read_duration, read_moment

#: Most further starts of one series that are told.
_TOLD = 60

_MAIL = re.compile(r"(?:mailto:)?[^\s()<>@\"]+@[^\s()<>@\"]+", re.IGNORECASE)
_BODY = re.compile(r"<body\b[^<>]*>(.*?)(?:</body|\Z)", re.DOTALL | re.IGNORECASE)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What all events of a file are read with."""

    zones: Zones
    base: str  #: the file's address
    span: tuple[date, date] | None  #: from when to when occurrences are told
    steps: Iterator[int]  #: what may be spent on looking for them


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One VEVENT, and the zone in which its calendar is shown."""

    component: Component
    zone: str


def item_of(events: Sequence[Event], reading: Reading) -> Item:
    """Give the item of all events that have one UID, or of one that has none."""
    whole = [event for event in events if not event.component.all("RECURRENCE-ID")]
    core = max(whole or events, key=_sequence)
    told = core.component
    link = fragment.web_address(reading.base, told.text("URL"))
    return Item(
        key=told.text("UID") or _digest(told),
        link=link if told.text("URL").lower().startswith("http") else "",
        title=fragment.from_text(" ".join(told.text("SUMMARY").split())),
        summary=prose.paragraphs(told.text("DESCRIPTION")),
        body=_body(told, reading.base),
        published=_written(reading.zones.moment(told.first("CREATED"), "")),
        updated=_written(reading.zones.moment(told.first("LAST-MODIFIED"), "")),
        categories=_categories(told),
        language=_language(told),
        enclosures=tuple(_enclosures(told)),
        details=tuple(_details(core, events, reading)),
    )


def _sequence(event: Event) -> int:
    text = event.component.text("SEQUENCE")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _digest(told: Component) -> str:
    """Give a key to an event that has none; the headline says little where there is none."""
    headline = told.text("SUMMARY") or told.text("DESCRIPTION")
    text = f"{told.text('DTSTART')}\n{headline}"
    return f"event:{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def _body(told: Component, base: str) -> str:
    """Give the description in HTML, which Outlook writes beside the plain one."""
    for each in told.all("X-ALT-DESC"):
        if each.parameters.get("FMTTYPE", "text/html").lower() == "text/html":
            inside = _BODY.search(each.value)
            html = inside[1] if inside else each.value
            return fragment.with_absolute_addresses(html.strip(), base)
    return ""


def _categories(told: Component) -> tuple[str, ...]:
    parts = (part.strip() for each in told.all("CATEGORIES") for part in each.parts)
    return tuple(dict.fromkeys(fragment.from_text(part) for part in parts if part))


def _language(told: Component) -> str:
    summary = told.first("SUMMARY")
    return summary.parameters.get("LANGUAGE", "").strip() if summary else ""


def _enclosures(told: Component) -> Iterator[Enclosure]:
    for each in told.all("ATTACH"):
        address = fragment.web_address("", each.value)
        if address:
            yield Enclosure(url=address, type=each.parameters.get("FMTTYPE", ""))


def _details(core: Event, events: Sequence[Event], reading: Reading) -> Iterator[tuple[str, str]]:
    told = core.component
    start = reading.zones.moment(told.first("DTSTART"), core.zone)
    if start is not None:
        yield "starts", _shown(start, core, reading)
        end = _end(core, start, reading.zones)
        if end is not None:
            yield "ends", _shown(end, core, reading)
    for name, text in (
        ("place", told.text("LOCATION")),
        ("status", told.text("STATUS").upper()),
        ("organizer", _organizer(told)),
        ("recurs", told.text("RRULE")),
        ("sequence", told.text("SEQUENCE")),
    ):
        if line := " ".join(text.split()):
            yield name, line
    if start is not None and reading.span is not None:
        for moment in _further(core, start, events, reading, reading.span):
            yield "occurs", _shown(moment, core, reading)


def _shown(moment: Moment, event: Event, reading: Reading) -> str:
    return _written(reading.zones.shown(moment, event.zone))


def _written(moment: Moment | None) -> str:
    return moment.isoformat() if moment is not None else ""


def _end(event: Event, start: Moment, zones: Zones) -> Moment | None:
    """Give the end; of whole days the last one, where the format has the day after it."""
    told = event.component
    end = zones.moment(told.first("DTEND"), event.zone)
    length = read_duration(told.text("DURATION"))
    try:
        if end is None and length is not None:
            end = start + length
        if end is not None and not isinstance(start, datetime):
            day = date(end.year, end.month, end.day)
            return max(start, day - _DAY if not isinstance(end, datetime) else day)
    except OverflowError:  # after the year 9999
        return None
    return end


def _organizer(told: Component) -> str:
    """Name who invites; addresses are nobody's business."""
    organizer = told.first("ORGANIZER")
    name = organizer.parameters.get("CN", "") if organizer else ""
    return _MAIL.sub("", name).strip().strip("\"'()<>").strip()


def _further(
    core: Event,
    start: Moment,
    events: Sequence[Event],
    reading: Reading,
    span: tuple[date, date],
) -> list[Moment]:
    """Give when the series takes place again within the span, in order.

    Days that were called off or moved are left out, those they moved to are in. A change that is
    meant for all that follow (`RANGE=THISANDFUTURE`) counts for its own day only.
    """
    changed = [event for event in events if event.component.all("RECURRENCE-ID")]
    gone = list(_moments(core, "EXDATE", reading.zones))
    gone += [m for each in changed for m in _moments(each, "RECURRENCE-ID", reading.zones)]
    instants = {instant(moment) for moment in gone}
    whole_days = {moment for moment in gone if not isinstance(moment, datetime)}
    found = [
        moment
        for moment in _regular(core, start, reading, span)
        if instant(moment) not in instants and _day(moment) not in whole_days
    ]
    for each in changed:
        if each.component.text("STATUS").upper() != "CANCELLED":
            found += list(_moments(each, "DTSTART", reading.zones))[:1]
    since, until = span
    unique = {instant(moment): moment for moment in found if since <= _day(moment) <= until}
    unique.pop(instant(start), None)
    return [unique[at] for at in sorted(unique)][:_TOLD]


def _regular(
    core: Event, start: Moment, reading: Reading, span: tuple[date, date]
) -> Iterator[Moment]:
    """Give what the rules and the lists of dates say, the start among it or not."""
    since, until = span
    # What is counted has to be counted from the start; nobody's series is a century old.
    rules = core.component.all("RRULE")[:2] if _day(start) > since - 36_525 * _DAY else []
    for told in rules:
        rule = read_rule(told.value)
        if rule is None:
            continue
        last = read_moment(rule.limit)
        limit = reading.zones.placed(last, _zone(core)) if isinstance(last, datetime) else None
        for day in days(rule, _day(start), since, until, reading.steps):
            moment = _on(day, start)
            if limit is None or instant(moment) <= instant(limit):
                yield moment
    yield from _moments(core, "RDATE", reading.zones)


def _zone(event: Event) -> str:
    """Name the zone in which the event's start is written."""
    start = event.component.first("DTSTART")
    return (start.parameters.get("TZID") if start else "") or event.zone


def _moments(event: Event, name: str, zones: Zones) -> Iterator[Moment]:
    for told in event.component.all(name):
        yield from zones.moments(told, event.zone)


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _on(day: date, start: Moment) -> Moment:
    """Give the day at the time of the start, by the same clock."""
    return datetime.combine(day, start.timetz()) if isinstance(start, datetime) else day
