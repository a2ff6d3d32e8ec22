"""A month and a day without a year: 11月20日, 11월 20일, 20/11, 20 พ.ย., 20 November."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from aggregator.text.dates import english, indonesian, thai
from aggregator.text.dates.day import HAN_NUMBER, Place, UnclearError, alternatives, han_number
from aggregator.text.dates.vietnamese import NUMERALS

_NAMES = {**english.MONTHS, **indonesian.MONTHS, **thai.MONTHS}

#: Month and day in a year that has a 29th of February.
_LEAP_YEAR = 2000

#: How far ahead of now a day without a year may lie: a wrong clock or zone.
_AHEAD = timedelta(days=1)

#: How far a year that nobody wrote may be from now.
_REACH = timedelta(days=366)

WORDED = (
    rf"(?P<m1>{HAN_NUMBER})\s?月\s?(?P<d1>{HAN_NUMBER})\s?[日号號]",
    r"(?P<m2>\d{1,2})\s?월\s?(?P<d2>\d{1,2})\s?일",
    rf"(?P<d3>\d{{1,2}})\s?(?:tháng|thg)\.?\s?(?P<m3>\d{{1,2}}|(?:{alternatives(NUMERALS)})\b)",
    rf"(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?[\s-]?(?:of\s|เดือน)?\s?(?P<m4>{alternatives(_NAMES)})(?![a-z])\.?",
    rf"(?P<m5>{alternatives(english.MONTHS)})\b\.?\s?(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)",
)
DIGITS = r"(?P<first>\d{1,2})\s?(?P<sign>[-/.])\s?(?P<second>\d{1,2})"
_WORDED = re.compile("|".join(WORDED), re.IGNORECASE)
_DIGITS = re.compile(rf"{DIGITS}\.?")

_MONTH_FIRST = frozenset(("jp", "kr", "cn", "tw", "us"))
_DAY_FIRST = frozenset(("vn", "th", "id", "sg"))
#: Where a point stands between month and day; elsewhere 11.20 is a number.
_POINTED = frozenset(("jp", "kr", "cn", "tw"))


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthDay:
    """A day of any year."""

    month: int
    day: int
    is_worded: bool  #: the text says itself that this is a day


def find(text: str, place: Place) -> MonthDay | None:
    """Return the day that *text* is, and nothing else stands in it.

    Raises:
        UnclearError: two numbers that may be no day.
        ValueError: no year has that day.
    """
    if found := _WORDED.fullmatch(text):
        return worded(found)
    if found := _DIGITS.fullmatch(text):
        return in_digits(found, place)
    return None


def worded(found: re.Match[str]) -> MonthDay:
    """Return the day of a match of one of `WORDED`. Raises ValueError where no year has it."""
    parts = {name[0]: part.lower() for name, part in found.groupdict().items() if part}
    written = parts["m"]
    month = _NAMES.get(written) or NUMERALS.get(written) or han_number(written)
    day = han_number(parts["d"])
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError as err:
        raise ValueError(f"no year has a day {month:02}-{day:02}") from err
    return MonthDay(month=month, day=day, is_worded=True)


def in_digits(found: re.Match[str], place: Place) -> MonthDay | None:
    """Return the day of a match of `DIGITS`, in the order of the country.

    Raises:
        UnclearError: it may be no day at all.
    """
    first, second = int(found["first"]), int(found["second"])
    if found["sign"] == "." and place.country not in _POINTED:
        return None
    if place.country in _MONTH_FIRST or (place.country not in _DAY_FIRST and second > 12):
        month, day = first, second
    elif place.country in _DAY_FIRST or first > 12:
        month, day = second, first
    else:
        raise UnclearError("a day and a month in no order")
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError as err:
        raise UnclearError("two numbers") from err
    return MonthDay(month=month, day=day, is_worded=False)


def latest(found: MonthDay, today: date) -> date:
    """Return the last such day, which may be tomorrow: what was published has been.

    Raises:
        UnclearError: that is more than a year ago, which only 29 February is.
    """
    for year in (today.year + 1, today.year, today.year - 1):
        if (day := _in(year, found)) and day <= today + _AHEAD:
            if today - day > _REACH:
                break
            return day
    raise UnclearError("a year that nobody wrote")


def nearest(found: MonthDay, today: date, weekday: int | None) -> date:
    """Return the nearest such day, which has that weekday if one is said: events are to come.

    Raises:
        UnclearError: none within a year is one.
    """
    days = [_in(year, found) for year in (today.year - 1, today.year, today.year + 1)]
    fitting = [
        day
        for day in days
        if day and weekday in (None, day.weekday()) and abs(day - today) <= _REACH
    ]
    if not fitting:
        raise UnclearError("a year that nobody wrote")
    return min(fitting, key=lambda day: abs(day - today))


def _in(year: int, found: MonthDay) -> date | None:
    try:
        return date(year, found.month, found.day)
    except ValueError:
        return None
