"""What every dialect of dates gives, and what they share."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from aggregator.text.dates.zones import zone_named

#: How well a date is known: "sure" where it names day, month and year, in an order that its form
#: tells; "likely" where its year has two digits, the country chose its order or its calendar, or
#: it is counted from now in days at most; "guess" where its year or day was inferred, or it names
#: a weekday that it does not have.
Confidence = Literal["sure", "likely", "guess"]

#: Words of letters below this sign end where others begin; our other scripts know no word ends.
LAST_LATIN = "\u0e00"


class UnclearError(ValueError):
    """A date may mean several days, or none that is told: nothing says that it cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What is known of where a date was written."""

    language: str
    country: str
    now: datetime
    zone: str = "UTC"

    @property
    def here(self) -> datetime:
        """Now, as the clocks of the place show it."""
        return self.now.astimezone(zone_named(self.zone))


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day as a dialect read it; it may not exist yet (31 February)."""

    year: int  #: Gregorian, or Buddhist where the reader of all dialects will tell
    month: int
    day: int
    start: int  #: where it stands in the text; the time is looked for around it
    end: int
    rule: str
    confidence: Confidence = "sure"


def calendar_day(year: int, month: int, day: int) -> date:
    """Return the day. Raises ValueError, as a sentence, where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError as err:
        raise ValueError(f"no calendar has {year:04}-{month:02}-{day:02}") from err


#: Years back to which a year of two digits may reach: news older than this is not dated so.
SHORT_YEAR_REACH = 40


def full_year(short: int, now: datetime) -> int:
    """Return the year that ends in the two digits *short*, at most next year.

    Raises:
        UnclearError: that year is too long ago to be written in two digits.
    """
    latest = now.year + 1
    year = latest - (latest - short) % 100
    if year < now.year - SHORT_YEAR_REACH:
        raise UnclearError("a year of two digits that may mean several")
    return year


def alternatives(names: Mapping[str, int]) -> str:
    """Return a pattern that finds any of *names*, the longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_HAN_DIGITS = {
    sign: value
    for value, signs in enumerate(("〇零○O", "一", "二", "三", "四", "五", "六", "七", "八", "九"))
    for sign in signs
}

_HAN_UNITS = re.compile(
    "(?:([一二三四五六七八九]?)百[零〇]?)?(?:([一二三四五六七八九]?)十)?([一二三四五六七八九]?)"
)

#: A number in Arabic digits or Han numerals, as years and days are written in Japan and China.
HAN_NUMBER = "[0-9]{1,4}|[〇零○一二三四五六七八九十百]{1,6}"


def han_number(text: str) -> int:
    """Return the number *text* writes, in digits or Han numerals (二〇二六, 一百一十五, 廿 not).

    Raises:
        UnclearError: the numerals are in no order that makes a number.
    """
    if text.isdecimal():
        return int(text)
    if not {"十", "百"} & set(text):
        return int("".join(str(_HAN_DIGITS[sign]) for sign in text))
    found = _HAN_UNITS.fullmatch(text)
    if not found:
        raise UnclearError(text)
    hundreds, tens, ones = found.groups()
    has_hundred, has_ten = hundreds is not None, tens is not None
    return (
        100 * (_HAN_DIGITS[hundreds] if hundreds else int(has_hundred))
        + 10 * (_HAN_DIGITS[tens] if tens else int(has_ten))
        + (_HAN_DIGITS[ones] if ones else 0)
    )


_YEAR_MONTH_DAY = re.compile(
    rf"(?<!\d)(\d{{4}}|[〇零○O一二三四五六七八九]{{4}})\s?年\s?"
    rf"({HAN_NUMBER})\s?月\s?(?:(\d\d)(?=\d\d:\d\d)|({HAN_NUMBER})(?!\d)\s?[日号號]?)"
)


def year_month_day(text: str, rule: str) -> Day | None:
    """Return the first day written as 2026年11月19日 is, in digits or Han numerals.

    Where 日 is missing the time may follow at once: 2026年11月1911:30.
    """
    found = _YEAR_MONTH_DAY.search(text)
    if not found:
        return None
    year, month, day = (han_number(part) for part in found.groups() if part)
    return Day(year=year, month=month, day=day, start=found.start(), end=found.end(), rule=rule)
