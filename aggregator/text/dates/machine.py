"""Dates as programs write them, read at once: `2026-11-19T08:30:00+09:00`, RFC 822's.

Nearly every feed has these. All they are is what the dialects `iso` and `rfc` read in them, in a
third of the time; whatever is unusual is left to those.
"""

import re
from datetime import UTC, datetime, timedelta, timezone

from aggregator.text.dates.day import Confidence
from aggregator.text.dates.rfc import MONTHS
from aggregator.text.dates.zones import zone_named

_TIME = r"(\d\d):(\d\d):(\d\d)(?:\.\d{1,6})?"
_ZONE = r"(?: ?(Z|GMT|UTC|[+-]\d\d:?\d\d))?"
_ISO = re.compile(rf"(\d{{4}})-(\d\d)-(\d\d)[T ]{_TIME}{_ZONE}", re.ASCII)
_RFC = re.compile(
    rf"(?:([A-Z][a-z]{{2}}), )?(\d\d?) ([A-Z][a-z]{{2}}) (\d{{4}}) {_TIME}{_ZONE}", re.ASCII
)

#: What is later is a Buddhist year in Thailand, and anywhere no year of news.
_LAST_YEAR = 2399
_FARTHEST = timedelta(hours=14)


_WEEKDAYS = {"Mon": 0, "Tue": 1, "Wed": 2, "Thu": 3, "Fri": 4, "Sat": 5, "Sun": 6}


def read(text: str, zone: str) -> tuple[datetime, str, Confidence] | None:
    """Return the moment (UTC) *text* names and the dialect; None if that must be looked at.

    The third is how well it is known: less where the weekday is another one.
    """
    weekday = None
    if found := _ISO.fullmatch(text):
        year, month, day, *time, offset = found.groups()
        rule = "iso"
    elif found := _RFC.fullmatch(text):
        weekday, day, name, year, *time, offset = found.groups()
        month, rule = MONTHS.get(name.lower(), 0), "rfc"
    else:
        return None
    try:
        tz = zone_named(zone) if offset is None else _zone(offset)
        hour, minute, second = map(int, time)
        at = datetime(int(year), int(month), int(day), hour, minute, second, tzinfo=tz)
    except ValueError:
        return None
    if at.year > _LAST_YEAR:
        return None
    is_odd = weekday is not None and _WEEKDAYS.get(weekday, at.weekday()) != at.weekday()
    return at.astimezone(UTC), rule, "guess" if is_odd else "sure"


def _zone(offset: str) -> timezone:
    """Return the zone an offset names. Raises ValueError for one too far from Greenwich."""
    if offset[0] not in "+-":
        return UTC
    distance = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
    if distance > _FARTHEST:
        raise ValueError(offset)
    return timezone(distance if offset[0] == "+" else -distance)
