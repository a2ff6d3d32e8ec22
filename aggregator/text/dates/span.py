"""Years and months without a day: 2019, 2026-10, 2026年10月, ต.ค. 2569, 令和7年, 10月."""

import re
from dataclasses import dataclass
from datetime import date

from aggregator.text.dates import english, indonesian, thai
from aggregator.text.dates.day import HAN_NUMBER, Place, alternatives, han_number
from aggregator.text.dates.japanese import ERA_LETTERS, ERAS
from aggregator.text.dates.minguo import BEFORE
from aggregator.text.dates.vietnamese import NUMERALS

_NAMES = {**english.MONTHS, **indonesian.MONTHS, **thai.MONTHS}

_SAID = r"(?:năm|tahun|year|ปี)?\s?(?:(?P<era>พ\.?\s?ศ|ค\.?\s?ศ)\.?\s?)?"
_YEAR = r"(?P<year>\d{4}|[〇零○一二三四五六七八九]{4})"
_MONTH = rf"(?P<month>{HAN_NUMBER})"
_COUNTED = rf"(?P<count>元|{HAN_NUMBER})\s?年(?:\s?{_MONTH}\s?月)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_SAID}{_YEAR}\s?[年년]?",
        rf"{_YEAR}\s?[年년]\s?{_MONTH}\s?[月월]",
        r"(?P<year>\d{4})\s?[-/.]\s?(?P<month>\d{1,2})\.?",
        r"(?P<month>\d{1,2})\s?[-/.]\s?(?P<year>\d{4})",
        rf"(?:tháng|thg)\.?\s*(?P<month>\d{{1,2}}|{alternatives(NUMERALS)})[\s,/]+{_SAID}{_YEAR}",
        rf"(?:เดือน)?\s?(?P<name>{alternatives(_NAMES)})\.?,?\s?{_SAID}{_YEAR}",
        rf"(?P<reign>令和|平成|昭和|[RHS])\s?{_COUNTED}",
        rf"(?P<republic>民[國国])\s?(?P<count>元|{HAN_NUMBER})(?:\s?年(?:\s?{_MONTH}\s?月)?)?",
    )
)
_LONG_NAMES = {name: month for name, month in _NAMES.items() if len(name) > 3 or name == "mei"}
# A month alone, in words: two digits are anything, and "mar" or "des" is hardly one.
_MONTH_ALONE = re.compile(
    rf"(?P<month>{HAN_NUMBER})\s?月|(?P<m2>\d{{1,2}})\s?월"
    rf"|tháng\s(?P<m3>\d{{1,2}}|{alternatives(NUMERALS)})"
    rf"|(?:เดือน)?(?P<name>{alternatives(_LONG_NAMES)})",
    re.IGNORECASE,
)
# Without its name the year of the Republic is only believed where everybody counts so.
_TAIWAN = re.compile(r"(?P<count>\d{2,3})\s?年(?:\s?(?P<month>\d{1,2})\s?月)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A year or a month, by its first and its last day."""

    first: date
    last: date
    rule: str  #: "year" or "month"


def find(text: str, place: Place) -> Span | None:
    """Return the year or month that *text* is, and nothing else stands in it.

    A month without a year is the last one of that name, which may still be running.

    Raises:
        ValueError: there is no such month.
    """
    forms = (*_FORMS, _TAIWAN) if place.country == "tw" else _FORMS
    found = next((match for form in forms if (match := form.fullmatch(text))), None)
    if found is None:
        return _month_alone(text, place)
    parts = {name: part for name, part in found.groupdict().items() if part}
    month = _month(parts)
    if "reign" in parts:
        return _reign(parts, month)
    if "count" in parts:
        return _span(BEFORE + _count(parts["count"]), month)
    year, era = han_number(parts["year"]), parts.get("era", "")[:1]
    is_thai = "th" in (place.country, place.language)
    if era == "พ" or (not era and is_thai and year >= thai.BUDDHIST_FROM):
        year -= thai.BUDDHIST
    return _span(year, month)


def _month_alone(text: str, place: Place) -> Span | None:
    found = _MONTH_ALONE.fullmatch(text)
    if found is None:
        return None
    parts = {name: part for name, part in found.groupdict().items() if part}
    written = parts.get("m2") or parts.get("m3")
    month = _month({"month": written} if written else parts)
    today = place.here.date()
    return _span(today.year - (month is not None and month > today.month), month)


def _month(parts: dict[str, str]) -> int | None:
    if "name" in parts:
        return _NAMES[parts["name"].lower()]
    written = parts.get("month", "").lower()
    return NUMERALS.get(written) or (han_number(written) if written else None)


def _count(written: str) -> int:
    return 1 if written == "元" else han_number(written)


def _span(year: int, month: int | None) -> Span:
    """Return a year, or a month of it. Raises ValueError where the calendar has none."""
    if month is None:
        return Span(first=date(year, 1, 1), last=date(year, 12, 31), rule="year")
    if month > 12:
        raise ValueError(f"no year has a month {month}")
    first = date(year, month, 1)
    last = date.fromordinal(_after(first).toordinal() - 1)
    return Span(first=first, last=last, rule="month")


def _after(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _reign(parts: dict[str, str], month: int | None) -> Span:
    """Return a year or month of an era, no more of it than the era has.

    Raises:
        ValueError: the era has none of it.
    """
    written = parts["reign"].upper()
    begin, end, before = ERAS[ERA_LETTERS.get(written, written)]
    span = _span(before + _count(parts["count"]), month)
    first, last = max(begin, span.first), min(end, span.last)
    if first > last:
        raise ValueError(f"no such time of {written}")
    return Span(first=first, last=last, rule=span.rule)
