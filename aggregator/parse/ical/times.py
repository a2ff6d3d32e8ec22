"""Dates and times of iCalendar -> values of Python, in the zones the calendar means."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from aggregator.parse.ical.lines import Component, Property
from aggregator.parse.ical.recurrence import days
from aggregator.parse.ical.rule import read_rule

#: A day, or a point of time; without a zone it is the same wall clock everywhere ("floating").
Moment = date | datetime

_MOMENT = re.compile(
    r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})"
    r"(?:[T ]([0-9]{2}):?([0-9]{2})(?::?([0-9]{2}))?(?:\.[0-9]+)?(Z)?)?"
)
_DURATION = re.compile(
    r"([+-]?)P(?:([0-9]{1,5})W)?(?:([0-9]{1,6})D)?"
    r"(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,7})M)?(?:([0-9]{1,9})S)?)?"
)
_OFFSET = re.compile(r"([+-])([0-9]{2}):?([0-9]{2})(?::?[0-9]{2})?")
_ZONE_NAME = re.compile(r"[A-Za-z][\w+-]{0,40}(?:/[A-Za-z][\w+-]{0,40}){0,2}", re.ASCII)

#: A zone of its own has one rule for summer and one for winter, and some older ones.
_OBSERVANCES = 40

#: No file is written in more zones; each that nobody knows is looked for on the disk.
_ZONES = 500

_BEGINNING = datetime(1, 1, 1)  # noqa: DTZ001 - by whatever clock


def read_moment(text: str) -> Moment | None:
    """Give the day or time, None for what is none; "Z" alone is a zone here."""
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        return None
    *numbers, utc = found.groups()
    year, month, day, hour, minute, second = (int(number or 0) for number in numbers)
    try:
        if numbers[3] is None:
            return date(year, month, day)
        # A leap second is the one before it.
        at = datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001 - floating
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if utc else at


def read_duration(text: str) -> timedelta | None:
    """Give how long `PT1H30M` is; None for what is no duration."""
    found = _DURATION.fullmatch(text.strip().upper())
    if found is None:
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if found[1] == "-" else length


def instant(moment: Moment) -> datetime:
    """Give the time in UTC, by which moments of all kinds compare; floating ones as if in UTC."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time(), UTC)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # the first or the last day of all
        return moment.replace(tzinfo=UTC)


#: When the clocks change, and to which offset.
_Change = tuple[datetime, timedelta]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Observance:
    """Summer time or winter time of a zone that the calendar describes itself."""

    start: datetime
    before: timedelta
    offset: timedelta
    rules: tuple[str, ...]
    dates: tuple[date, ...]

    def onsets(self, year: int, steps: Iterator[int]) -> Iterator[datetime]:
        """Give when it begins in the year and the one before, and at its very first."""
        since, until = date(max(year - 1, 1), 1, 1), date(year, 12, 31)
        yield self.start
        for text in self.rules:
            if rule := read_rule(text):
                for day in days(rule, self.start.date(), since, until, steps):
                    yield datetime.combine(day, self.start.time())
                if rule.until and self.start.date() < rule.until < since:
                    yield datetime.combine(rule.until, self.start.time())
        for day in self.dates:
            yield datetime.combine(day, self.start.time())


class Zones:
    """The zones of one file."""

    def __init__(self, calendars: Iterable[Component], steps: Iterator[int]) -> None:
        """Remember the zones that the file describes itself; each day looked at takes a step."""
        self._steps = steps
        self._described: dict[str, list[Component]] = {}
        for calendar in calendars:
            for zone in calendar.walk("VTIMEZONE"):
                self._described.setdefault(zone.text("TZID"), []).append(zone)
        self._known: dict[str, tzinfo | None] = {}
        self._changes: dict[tuple[str, int], list[_Change]] = {}

    def moments(self, told: Property, default: str) -> Iterator[Moment]:
        """Give the days or times of a property in its zone; of periods when they begin."""
        for part in told.value.split(","):
            moment = read_moment(part.partition("/")[0])
            if moment is not None:
                yield self.placed(moment, told.parameters.get("TZID") or default)

    def moment(self, told: Property | None, default: str) -> Moment | None:
        """Give the first of them."""
        return next(self.moments(told, default), None) if told else None

    def placed(self, moment: Moment, name: str) -> Moment:
        """Give a floating time in the zone of the name; as it is when nobody knows the zone."""
        if not isinstance(moment, datetime) or moment.tzinfo is not None or not name:
            return moment
        zone = self._zone(name)
        if zone is not None:
            return moment.replace(tzinfo=zone)
        offset = self._offset_of(name, moment)
        return moment if offset is None else moment.replace(tzinfo=timezone(offset))

    def shown(self, moment: Moment, name: str) -> Moment:
        """Give a time that was written in UTC as the clocks of the zone show it."""
        if not isinstance(moment, datetime) or moment.tzinfo is not UTC:
            return moment
        zone = self._zone(name) if name else None
        try:
            return moment.astimezone(zone) if zone else moment
        except OverflowError:
            return moment

    def _zone(self, name: str) -> tzinfo | None:
        if name not in self._known and len(self._known) < _ZONES:
            found = (_named(each) for each in self._names(name))
            self._known[name] = next((zone for zone in found if zone), None)
        return self._known.get(name)

    def _names(self, name: str) -> Iterator[str]:
        """Name what may be meant: `/vendor/2005/Asia/Tokyo`, `Tokyo Standard Time`."""
        bare = name.strip("/ ")
        yield bare
        yield WINDOWS_TO_OLSON.get(bare, "")
        parts = bare.split("/")
        yield from ("/".join(parts[place:]) for place in range(max(1, len(parts) - 3), len(parts)))
        for zone in self._described.get(name, []):
            yield zone.text("X-LIC-LOCATION")

    def _offset_of(self, name: str, at: datetime) -> timedelta | None:
        """Give the offset that the file's own description of the zone has at a time."""
        described = self._described.get(name)
        if not described:
            return None
        changes = self._changes.get((name, at.year))
        if changes is None:
            changes = _changes(described[0], at.year, self._steps)
            self._changes[name, at.year] = changes
        return next((offset for onset, offset in reversed(changes) if onset <= at), None)


def _named(name: str) -> tzinfo | None:
    if not _ZONE_NAME.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # OSError: "Asia" is a folder
        return None


def _changes(zone: Component, year: int, steps: Iterator[int]) -> list[_Change]:
    """Give when the clocks of a described zone change, and to which offset, in order."""
    parts = [part for part in zone.inner if part.name in ("STANDARD", "DAYLIGHT")]
    observances = [each for part in parts[:_OBSERVANCES] if (each := _observance(part))]
    changes = [(onset, each.offset) for each in observances for onset in each.onsets(year, steps)]
    if observances:
        first = min(observances, key=lambda each: each.start)
        changes.append((_BEGINNING, first.before))
    return sorted(changes)


def _observance(part: Component) -> _Observance | None:
    start = read_moment(part.text("DTSTART"))
    offset = _offset(part.text("TZOFFSETTO"))
    if not isinstance(start, datetime) or offset is None:
        return None
    dates = (read_moment(each.value.partition("/")[0]) for each in part.all("RDATE")[:_OBSERVANCES])
    return _Observance(
        start=start.replace(tzinfo=None),
        before=_offset(part.text("TZOFFSETFROM")) or offset,
        offset=offset,
        rules=tuple(each.value for each in part.all("RRULE")[:2]),
        dates=tuple(date(each.year, each.month, each.day) for each in dates if each),
    )


def _offset(text: str) -> timedelta | None:
    found = _OFFSET.fullmatch(text)
    if found is None:
        return None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
    if offset >= timedelta(days=1):
        return None
    return -offset if found[1] == "-" else offset
