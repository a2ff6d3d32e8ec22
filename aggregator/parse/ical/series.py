"""A file of calendars -> items, one for each series of events."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from aggregator.model import Document, Further, Parsed, Source
from aggregator.parse.ical.events import Event, Reading, item_of
from aggregator.parse.ical.lines import Component, read_calendars
from aggregator.parse.ical.times import Zones, read_duration

#: Days of which the occurrences of a series are told, before and after the file was fetched.
_BEFORE, _AFTER = timedelta(days=30), timedelta(days=400)

#: Days looked at for one file's occurrences: two seconds' work, or 1,000 weekly series.
_STEPS = 500_000

#: No calendar asks to be fetched more seldom than once a month.
_SELDOM = timedelta(days=31)


def parse_calendar(document: Document, source: Source) -> Parsed:
    """Give an item for each event or series of events, in the file's order.

    Its key is the UID; days that were moved or called off are folded into their series. `published`
    is when the entry was created: `DTSTAMP` is the time of the export with many programs. Times
    have the offset of their zone, floating ones have none. `occurs` names the further starts from a
    month before the file was fetched to about a year after, by whole months, so that it does not
    change with every fetch; a file that was never fetched has none.

    Raises:
        ParseError: the file holds no calendar.
    """
    calendars = read_calendars(document, source)
    steps = iter(range(_STEPS))
    reading = Reading(
        zones=Zones(calendars, steps),
        base=document.final_url,
        span=_span(document.fetched),
        steps=steps,
    )
    items = tuple(item_of(events, reading) for events in _series(calendars))
    pages = tuple(
        Further(url=item.link, role="page", key=item.key, version=item.updated)
        for item in items
        if source.page and item.link
    )
    return Parsed(items=items, requests=pages, refresh_s=_refresh_s(calendars))


def _span(fetched: datetime | None) -> tuple[date, date] | None:
    if fetched is None:
        return None
    try:
        since, until = (fetched - _BEFORE).date(), (fetched + _AFTER).date()
    except OverflowError:
        return None
    return since.replace(day=1), until.replace(day=1)


def _series(calendars: Sequence[Component]) -> list[list[Event]]:
    """Gather the events by UID; one that has none stands for itself."""
    series: dict[str, list[Event]] = {}
    for event in _events(calendars):
        told = event.component
        key = told.text("UID") or "\n".join(
            ["", told.text("DTSTART"), told.text("SUMMARY") or told.text("DESCRIPTION")]
        )
        series.setdefault(key, []).append(event)
    return list(series.values())


def _events(calendars: Sequence[Component]) -> Iterator[Event]:
    for calendar in calendars:
        zone = calendar.text("X-WR-TIMEZONE") or calendar.text("TIMEZONE-ID")
        for component in calendar.walk("VEVENT"):
            yield Event(component=component, zone=zone)


def _refresh_s(calendars: Sequence[Component]) -> int | None:
    """Give how seldom the file asks to be fetched (RFC 7986, section 5.7)."""
    for name in ("REFRESH-INTERVAL", "X-PUBLISHED-TTL"):
        for calendar in calendars:
            length = read_duration(calendar.text(name))
            if length is not None and timedelta(0) < length <= _SELDOM:
                return int(length.total_seconds())
    return None
