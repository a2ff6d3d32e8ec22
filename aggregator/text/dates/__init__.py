"""Dates as sites write them: text and where it was written -> a moment, or None.

One file a dialect; each finds the first day written its way. This file chooses the dialects and
their order, and refuses what no calendar has. What has no year is read in `alone`, spans of time
from one day to another in `ranges`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timezone
from functools import cache

from aggregator.text.characters import scrub
from aggregator.text.countries import COUNTRIES
from aggregator.text.dates import (
    alone,
    chinese,
    english,
    indonesian,
    iso,
    japanese,
    korean,
    minguo,
    numeric,
    ranges,
    rfc,
    thai,
    thai_clock,
    vietnamese,
    weekday,
)
from aggregator.text.dates.clock import read_clock
from aggregator.text.dates.day import Confidence, Day, Place, UnclearError, calendar_day
from aggregator.text.dates.machine import read as read_machine
from aggregator.text.dates.span import find as find_span
from aggregator.text.dates.zones import zone_named

__all__ = [
    "FROM_NOW",
    "Confidence",
    "ReadDate",
    "ReadSpan",
    "impossible",
    "read_date",
    "read_range",
    "read_span",
]

#: The rules whose answer depends on the day on which they are asked.
FROM_NOW = alone.RULES

#: A date with weekday, label and office beside it is well below; more text is no date field.
MAX_CHARACTERS = 200

#: Years in which an article may be dated: scanned archives begin with the last century, and
#: announcements (which are not published dates yet) reach some years ahead.
FIRST_YEAR = 1900
YEARS_AHEAD = 10

_NO_DATE = re.compile(r"0{4}-00?-00?(?![1-9])")

_TOO_LATE = "no article is of the year {}"
# 2026-99 is a number of something, 2026年99月 is not.
_HAS_LETTERS = re.compile(r"[^\W\d_]")

_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")

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
    confidence: Confidence = "sure"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSpan:
    """A year or a month as it was understood."""

    first: datetime  #: UTC; its first second
    at: datetime  #: UTC; its last second: until then it may have been published
    rule: str  #: "year" or "month"


def read_date(
    text: str, *, language: str, country: str, zone: str, now: datetime
) -> ReadDate | None:
    """Return the moment *text* names, None if it names none that can be told.

    *language* and *country* choose the dialects, *zone* (IANA) is where a date without a zone
    belongs, *now* tells which century a year of two digits is in and what "yesterday" means. The
    first day in the text counts, of a range the day it begins; if no calendar has it (31 February),
    the answer is None, never the nearest. Neither durations nor bare numbers nor addresses are
    dates, nor is a month without a day.

    The answer is "sure" where the text names day, month and year and its form tells their order;
    "likely" where the year has two digits, the country chose the order (3/4/2026) or the calendar
    (115-08-27), or it counts seconds, minutes, hours or days from now, or names a day of last
    month; "guess" where the year or the day was inferred (a day without a year, a weekday, a bare
    time, "2 weeks ago"), or the text names a weekday that its day does not have: the day is
    believed, never moved. No year is inferred that is more than one away from now.
    """
    if (machine := read_machine(text, zone)) and _is_news(machine[0].year, now):
        return ReadDate(at=machine[0], rule=machine[1], has_time=True, confidence=machine[2])
    try:
        return _read(text, Place(language=language, country=country, now=now, zone=zone))
    except ValueError:
        return None


def read_range(
    text: str, *, language: str, country: str, zone: str, now: datetime
) -> tuple[ReadDate, ReadDate] | None:
    """Return when what *text* dates begins and ends, None where it names no such two moments.

    Arguments as for `read_date`. What the end leaves out it has from the beginning, and the other
    way round: 20-22 November 2026, 2024年1月6日(土)12:40〜7日(日)15:10. A last day without a time
    is its beginning, as everywhere. Without a year the nearest such day counts, one to come as
    well, and the confidence is "guess".
    """
    text = _readable(text)
    if len(text) > MAX_CHARACTERS or "://" in text:
        return None
    place = Place(language=language, country=country, now=now, zone=zone)
    try:
        return _range(text, place)
    except ValueError:
        return None


def impossible(text: str, *, language: str, country: str, zone: str, now: datetime) -> str:
    """Return why *text* names a day or a time that there is not, "" if it names none such.

    A clause such as "no calendar has 2026-02-31". What cannot be read may well be possible, and
    0000-00-00 is how databases write that there is no date. Arguments as for `read_date`.
    """
    if _NO_DATE.match(text.strip()) or (
        (machine := read_machine(text, zone)) and _is_news(machine[0].year, now)
    ):
        return ""
    place = Place(language=language, country=country, now=now, zone=zone)
    try:
        if _read(text, place) or len(text) > MAX_CHARACTERS or not _HAS_LETTERS.search(text):
            return ""
        span = find_span(_readable(text), place)
    except UnclearError:
        return ""
    except ValueError as err:
        return str(err)
    latest = now.year + YEARS_AHEAD
    return _TOO_LATE.format(span.first.year) if span and span.first.year > latest else ""


def read_span(
    text: str, *, language: str, country: str, zone: str, now: datetime
) -> ReadSpan | None:
    """Return the year or the month that *text* names, None if it is anything else or more.

    A month without a year is the last one so called: whoever reads it so guesses.
    Dublin Core and the APIs of libraries often tell no more: 2019, 2026-10, ต.ค. 2569. Arguments
    as for `read_date`, which reads none of them.
    """
    text = _readable(text)
    place = Place(language=language, country=country, now=now, zone=zone)
    try:
        if len(text) > MAX_CHARACTERS or not (span := find_span(text, place)):
            return None
        tz = zone_named(zone)
        first = datetime.combine(span.first, time.min, tz).astimezone(UTC)
        last = datetime.combine(span.last, _LAST_SECOND, tz).astimezone(UTC)
    except (ValueError, OverflowError):  # the first and the last year a computer knows
        return None
    return ReadSpan(first=first, at=last, rule=span.rule) if _is_news(last.year, now) else None


def _readable(text: str) -> str:
    """Return *text* as the dialects expect it: ASCII digits and signs, single spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", scrub(text))
        text = _FOREIGN_DIGIT.sub(lambda found: str(int(found[0])), text)
        text = thai_clock.in_digits(text)
    return " ".join(text.split())


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


def _read(text: str, place: Place) -> ReadDate | None:
    """Return the moment that *text* names.

    Raises:
        UnclearError: it may name several.
        ValueError: there is no such day or time, or no article can be of it.
    """
    text = _readable(text)
    if len(text) > MAX_CHARACTERS or "://" in text:
        return None
    for find in _dialects(place.language, place.country):
        if day := find(text, place):
            if ranges.may_end(text, day) and (both := _range(text, place)):
                return both[0]
            return _moment(text, day, place)
    if (told := alone.read(text, place)) and _is_news(told.at.year, place.now):
        return ReadDate(
            at=told.at, rule=told.rule, has_time=told.has_time, confidence=told.confidence
        )
    both = _range(text, place) if ranges.is_likely(text) else None
    return both[0] if both else None


def _range(text: str, place: Place) -> tuple[ReadDate, ReadDate] | None:
    def first(part: str) -> Day | None:
        days = (find(part, place) for find in _dialects(place.language, place.country))
        return next((_gregorian(day, place) for day in days if day), None)

    found = ranges.read(text, place, first)
    if found is None or not all(_is_news(end.at.year, place.now) for end in found):
        return None
    begin, end = (
        ReadDate(at=each.at, rule=each.rule, has_time=each.has_time, confidence=each.confidence)
        for each in found
    )
    return begin, end


def _gregorian(day: Day, place: Place) -> Day:
    """Return *day* with its year counted as ours, if it is one of the Buddhist era."""
    if day.year >= thai.BUDDHIST_FROM and "th" in (place.country, place.language):
        return replace(day, year=day.year - thai.BUDDHIST, rule=f"{day.rule}-buddhist")
    return day


def _moment(text: str, day: Day, place: Place) -> ReadDate:
    """Return the moment of *day* with the time beside it.

    Raises:
        UnclearError: no article is so old.
        ValueError: there is no such day or time, or no article can be of it.
    """
    clock = read_clock(text, day.start, day.end, place.country)
    day = _gregorian(day, place)
    date = calendar_day(day.year, day.month, day.day)
    if date.year < FIRST_YEAR:
        raise UnclearError("not a year of news")
    if not _is_news(date.year, place.now):
        raise ValueError(_TOO_LATE.format(date.year))
    said = weekday.beside(text, day.start, day.end)
    tz = zone_named(place.zone) if clock.offset is None else timezone(clock.offset)
    # The time is added on the wall, so that 24:00 is the next day and summer time counts.
    local = datetime.combine(date, time.min, tz) + clock.since_midnight
    return ReadDate(
        at=local.astimezone(UTC),
        rule=day.rule,
        has_time=clock.has_time,
        confidence="guess" if said not in (None, date.weekday()) else day.confidence,
    )
