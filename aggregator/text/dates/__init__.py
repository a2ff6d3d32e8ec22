"""Dates as sites write them: text and where it was written -> a moment, or None.

One file a dialect; each finds the first day written its way. This file chooses the dialects and
their order, and refuses what no calendar has.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timezone
from functools import cache
from zoneinfo import ZoneInfo

from aggregator.text.characters import scrub
from aggregator.text.countries import COUNTRIES
from aggregator.text.dates import (
    chinese,
    english,
    indonesian,
    iso,
    japanese,
    korean,
    minguo,
    numeric,
    rfc,
    thai,
    vietnamese,
)
from aggregator.text.dates.clock import read_clock
from aggregator.text.dates.day import Day, Place
from aggregator.text.dates.machine import read as read_machine
from aggregator.text.dates.span import find as find_span

__all__ = ["ReadDate", "ReadSpan", "read_date", "read_span"]

#: A date with weekday, label and office beside it is well below; more text is no date field.
MAX_CHARACTERS = 200

#: Years in which an article may be dated: scanned archives begin with the last century, and
#: announcements (which are not published dates yet) reach some years ahead.
FIRST_YEAR = 1900
YEARS_AHEAD = 10

_LAST_SECOND = time(23, 59, 59)

_Find = Callable[[str, Place], Day | None]
_DIALECTS: dict[str, tuple[_Find, ...]] = {
    "ja": (japanese.find,),
    "ko": (korean.find,),
    "zh-Hans": (minguo.find, chinese.find),
    "zh-Hant": (minguo.find, chinese.find),
    "vi": (vietnamese.find,),
    "th": (thai.find,),
    "id": (indonesian.find,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDate:
    """A date as it was understood."""

    at: datetime  #: UTC; without a time, the day's beginning in its zone
    rule: str  #: the dialect that read it
    has_time: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSpan:
    """A year or a month as it was understood."""

    first: datetime  #: UTC; its first second
    at: datetime  #: UTC; its last second: until then it may have been published
    rule: str  #: "year" or "month"


def read_date(
    text: str, *, language: str, country: str, zone: str, now: datetime
) -> ReadDate | None:
    """Return the moment *text* names, None if it names none that can be told for sure.

    *language* and *country* choose the dialects, *zone* (IANA) is where a date without a zone
    belongs, *now* tells which century a year of two digits is in. The first day in the text
    counts; if no calendar has it (31 February), the answer is None, never the nearest. Neither
    durations nor bare numbers nor addresses are dates, nor is a month without a day.
    """
    if (machine := read_machine(text, zone)) and _is_news(machine[0].year, now):
        return ReadDate(at=machine[0], rule=machine[1], has_time=True)
    text = _readable(text)
    if len(text) > MAX_CHARACTERS or "://" in text:
        return None
    place = Place(language=language, country=country, now=now)
    try:
        for find in _dialects(language, country):
            if day := find(text, place):
                return _moment(text, day, place, zone)
    except ValueError:
        return None
    return None


def read_span(
    text: str, *, language: str, country: str, zone: str, now: datetime
) -> ReadSpan | None:
    """Return the year or the month that *text* names, None if it is anything else or more.

    Dublin Core and the APIs of libraries often tell no more: 2019, 2026-10, ต.ค. 2569. Arguments
    as for `read_date`, which reads none of them.
    """
    text = _readable(text)
    place = Place(language=language, country=country, now=now)
    try:
        if len(text) > MAX_CHARACTERS or not (span := find_span(text, place)):
            return None
        tz = ZoneInfo(zone)
        first = datetime.combine(span.first, time.min, tz).astimezone(UTC)
        last = datetime.combine(span.last, _LAST_SECOND, tz).astimezone(UTC)
    except (ValueError, OverflowError):  # the first and the last year a computer knows
        return None
    return ReadSpan(first=first, at=last, rule=span.rule) if _is_news(last.year, now) else None


def _readable(text: str) -> str:
    """Return *text* as the dialects expect it: ASCII digits and signs, single spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", scrub(text))
        text = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)
    return re.sub(r"\s+", " ", text).strip()


@cache
def _dialects(language: str, country: str) -> tuple[_Find, ...]:
    """Return the dialects to try: the machine's first, the source's own, then what is left."""

    def chosen() -> Iterator[_Find]:
        yield from (rfc.find, iso.find)
        yield from _DIALECTS.get(language, ())
        if country in COUNTRIES:
            for spoken in COUNTRIES[country].languages:
                yield from _DIALECTS.get(spoken, ())
        yield from (english.find, numeric.find)

    return tuple(dict.fromkeys(chosen()))


def _is_news(year: int, now: datetime) -> bool:
    return FIRST_YEAR <= year <= now.year + YEARS_AHEAD


def _moment(text: str, day: Day, place: Place, zone: str) -> ReadDate:
    """Return the moment of *day* with the time beside it.

    Raises:
        ValueError: there is no such day or time, or no article can be of it.
    """
    clock = read_clock(text, day.start, day.end, place.country)
    year, rule = day.year, day.rule
    if year >= thai.BUDDHIST_FROM and "th" in (place.country, place.language):
        year, rule = year - thai.BUDDHIST, f"{rule}-buddhist"
    if not _is_news(year, place.now):
        raise ValueError("not a year of news")
    tz = ZoneInfo(zone) if clock.offset is None else timezone(clock.offset)
    # The time is added on the wall, so that 24:00 is the next day and summer time counts.
    local = datetime(year, day.month, day.day, tzinfo=tz) + clock.since_midnight
    return ReadDate(at=local.astimezone(UTC), rule=rule, has_time=clock.has_time)
