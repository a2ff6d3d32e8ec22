"""Texts that are nothing but a date told from now: 昨日 10:30, 周五, 11-20, 下午3:30.

Anywhere else such words mean something else: "up to 3 days before", "on Mondays", "2/3".
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone

from aggregator.text.countries import COUNTRIES
from aggregator.text.dates import relative, weekday, yearless
from aggregator.text.dates.clock import Clock, cut_clock
from aggregator.text.dates.day import Confidence, Place, UnclearError, calendar_day
from aggregator.text.dates.zones import zone_named

#: Longer texts are sentences.
_LONGEST = 48

# A label with its colon, or a bracket around all of it.
_LABEL = re.compile(r"^[^\W\d][^\d:]{0,30}:\s*(?=\D?\D?\D?\d|\w)")
_BRACKETS = re.compile(r"^[(\[<](.*)[)\]>]$")

# "2 giờ", "2h" is two o'clock and two hours.
_HOURS = re.compile(r"\d{1,2}\s?(?:giờ|h|g)\s?(?:\d{1,2}\s?(?:phút|')?)?")

#: What is nothing beside a day or a time.
_SIGNS = " ,、.|·:()[]/-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A moment told from now."""

    at: datetime  #: UTC
    rule: str  #: "relative", "weekday", "month-day" or "time"
    has_time: bool
    confidence: Confidence


#: The rules whose answer is another one tomorrow.
RULES = frozenset(("relative", "weekday", "month-day", "time"))


def read(text: str, place: Place) -> Told | None:
    """Return the moment that the whole of *text* tells, None if it tells none or more.

    A day without a year is the last such day, a weekday as well, a time of day is today's, or
    yesterday's where that is to come yet.

    Raises:
        UnclearError: it may be several, or none.
        ValueError: no calendar or clock has it.
    """
    if len(text) > _LONGEST:
        return None
    text = _BRACKETS.sub(r"\1", text.lower()).strip()
    unlabelled = _LABEL.sub("", text)
    languages = _languages(text, place)
    for said in dict.fromkeys((text, unlabelled)):
        if found := _count(said, languages, place):
            return _counted(found, place, None)
    return None if _HOURS.fullmatch(unlabelled) else _beside_clock(unlabelled, languages, place)


def _beside_clock(text: str, languages: list[str], place: Place) -> Told | None:
    """Return the moment of a text that may have a time of day; raises as `read` does."""
    rest, clock = cut_clock(text, place.country)
    if clock.has_time and (found := _count(rest, languages, place)) and not found.has_time:
        return _counted(found, place, clock)
    left, number = weekday.cut(rest)
    if number is not None and (named := _named_day(left, languages, number, clock, place)):
        return named
    trims = {each: relative.trimmed(left, each) for each in languages} or {"": left.strip(_SIGNS)}
    if "" not in trims.values():
        return _of_week(left, languages, number, clock, place) or _of_month(
            trims, number, clock, place
        )
    if number is not None:
        return _last_weekday(number, clock, place)
    return _time(clock, place) if clock.has_time else None


def _languages(text: str, place: Place) -> list[str]:
    """Return the languages in which *text* may be written."""
    own = COUNTRIES[place.country].languages if place.country in COUNTRIES else ()
    every = dict.fromkeys((place.language, *own, "en"))
    return [each for each in every if relative.may_be(text, each)]


def _count(text: str, languages: list[str], place: Place) -> relative.Counted | None:
    found = (relative.count(text, each, place.here) for each in languages)
    return next((each for each in found if each), None)


def _counted(found: relative.Counted, place: Place, clock: Clock | None) -> Told:
    is_moment = found.has_time and clock is None
    return Told(
        at=found.at.astimezone(UTC) if is_moment else _at(found.at.date(), clock, place),
        rule="relative",
        has_time=is_moment or clock is not None,
        confidence="likely" if found.is_near else "guess",
    )


def _last_weekday(number: int, clock: Clock, place: Place) -> Told:
    today = place.here.date()
    day = today - timedelta(days=(today.weekday() - number) % 7)
    if clock.has_time and _at(day, clock, place) > place.now:
        day -= timedelta(days=7)
    return _told(day, clock, place, "weekday")


def _named_day(
    left: str, languages: list[str], number: int, clock: Clock, place: Place
) -> Told | None:
    """Return the day counted from now that a weekday stands beside: 昨日(木)."""
    if any(relative.week(left, each) is not None for each in languages):
        return None  # "Jumat kemarin" is last Friday
    found = _count(left, languages, place)
    if found is None or not found.is_near:
        return None
    told = _counted(found, place, clock if clock.has_time else None)
    return told if found.at.weekday() == number else replace(told, confidence="guess")


def _of_week(
    left: str, languages: list[str], number: int | None, clock: Clock, place: Place
) -> Told | None:
    """Return the weekday of this week, the last or the next; "last Friday" is any that passed."""
    weeks = (relative.week(left, each) for each in languages) if number is not None else ()
    told = next((each for each in weeks if each is not None), None)
    if told is None or number is None:
        return None
    today = place.here.date()
    if told == -1 and left.strip() in _LAST:
        day = today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)
    else:
        day = today + timedelta(days=7 * told + number - today.weekday())
    return _told(day, clock, place, "weekday")


_LAST = frozenset(
    ("last", "past", "지난", "trước", "vừa qua", "rồi", "ที่แล้ว", "ก่อน", "ที่ผ่านมา", "lalu",
     "yang lalu", "kemarin", "前の", "この前の")
)  # fmt: skip


def _time(clock: Clock, place: Place) -> Told:
    today = place.here.date()
    at = _at(today, clock, place)
    if at > place.now:
        at = _at(today - timedelta(days=1), clock, place)
    return Told(at=at, rule="time", has_time=True, confidence="guess")


def _of_month(trims: dict[str, str], number: int | None, clock: Clock, place: Place) -> Told | None:
    """Return the day of a year that nobody wrote.

    Raises:
        UnclearError: its weekday says that it was another year's.
    """
    for language, text in trims.items():
        text, years = relative.cut_year(text, language)
        found = yearless.find(text, place)
        if found and (found.is_worded or _is_marked(text, clock, number)):
            break
    else:
        return None
    today = place.here.date()
    if years is not None:
        day = calendar_day(today.year + years, found.month, found.day)
        return _told(day, clock, place, "month-day")
    day = yearless.latest(found, today)
    if number is not None and day.weekday() != number:
        raise UnclearError("a day of another year")
    return _told(day, clock, place, "month-day")


def _is_marked(digits: str, clock: Clock, number: int | None) -> bool:
    """Tell whether two numbers are a day: 1/2 is rather a page of two."""
    return clock.has_time or number is not None or bool(re.search(r"\d\d\D+\d\d", digits))


def _told(day: date, clock: Clock, place: Place, rule: str) -> Told:
    at = _at(day, clock, place)
    return Told(at=at, rule=rule, has_time=clock.has_time, confidence="guess")


def _at(day: date, clock: Clock | None, place: Place) -> datetime:
    offset = clock.offset if clock else None
    tz = zone_named(place.zone) if offset is None else timezone(offset)
    local = datetime.combine(day, time(), tzinfo=tz)
    return (local + clock.since_midnight if clock else local).astimezone(UTC)
