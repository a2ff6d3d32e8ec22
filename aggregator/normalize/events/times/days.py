"""Days written in a running text, in the order and words of eight languages -> tokens."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aggregator.text.dates import english, indonesian, thai
from aggregator.text.dates.day import alternatives, han_number
from aggregator.text.dates.japanese import ERA_LETTERS, ERAS
from aggregator.text.dates.minguo import BEFORE
from aggregator.text.dates.vietnamese import NUMERALS

_MONTHS = {**english.MONTHS, **indonesian.MONTHS, **thai.MONTHS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """Days of one month as written; what is not written is None."""

    year: int | None
    month: int | None
    days: tuple[int, ...]
    start: int
    end: int
    shift: int = 0  #: 来年 is 1, counted from the year of publication
    is_likely: bool = False  #: its year has two digits, or the country tells order or calendar
    is_sure: bool = True  #: it needs neither weekday nor time beside it to be a day


_HAN = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_ERA = r"(?P<era>令和|平成|(?:中華)?民[國国]|(?<![A-Za-z])[RHS])"
_RELATIVE = {
    "昨年": -1, "去年": -1, "今年": 0, "本年": 0, "来年": 1, "來年": 1, "明年": 1,
    "작년": -1, "지난해": -1, "올해": 0, "내년": 1,
}  # fmt: skip
_NEXT = alternatives(dict.fromkeys(_RELATIVE, 1))
_FOUR = r"(?:19|20|24|25|26)\d\d"

#: What joins days of one month: 5-7 March, 16 và 17/10, 3 ถึง 20 พ.ย., January 16 and 17.
_JOIN = (
    r"(?:[-–—~〜&,・]|and|to|until|through|dan|s/d|s\.d\.?|sd\.?|sampai(?:\s+dengan)?|hingga"
    r"|ถึง(?:วันที่)?|และ"
    r"|đến(?:\s+ngày)?|tới(?:\s+ngày)?|và(?:\s+ngày)?)"
)
_ORDINAL = r"(?:st|nd|rd|th)?"
#: 11-13日, 5~7일
_SPAN = r"\d{1,2}\s?[-–—~〜・]\s?\d{1,2}"
_LIST = (
    rf"(?P<days>\d{{1,2}}{_ORDINAL}(?:\s?(?:\([^()\d]{{1,12}}\)\s?)?{_JOIN}\s?\d{{1,2}}"
    rf"(?!\d){_ORDINAL}){{0,4}})"
)
_NAME = alternatives({form: 1 for name in _MONTHS for form in (name.title(), name.upper(), name)})
_LATIN_END = r"(?![a-zà-ɏḀ-ỹ])\.?"
_TONES = r"(?:tháng|thg)\.?\s?"
_YEAR_BEHIND = (
    rf"(?:,?\s?(?:năm\s|tahun\s|พ\.?\s?ศ\.?\s?|ค\.?\s?ศ\.?\s?|of\s)?(?P<year>{_FOUR})(?!\d))?"
)

_FORMS = tuple(
    re.compile(form)
    for form in (
        # 2026年12月5日, 令和8年11月20日, 115年7月6日, 来年1月23日
        (
            rf"(?:(?P<next>{_NEXT})の?\s?|{_ERA}?\s?(?<!\d)(?P<year>元|\d{{1,4}}"
            rf"|[〇零○一二三四五六七八九十百]{{2,6}})\s?年\s?)?"
            rf"(?<![\d.])(?P<month>{_HAN})\s?月\s?(?P<days>{_SPAN}|{_HAN})\s?[日號号](?!間)"
        ),
        # 2026년 11월 26일
        (
            rf"(?:(?P<next>{_NEXT})\s?|(?<!\d)(?P<year>\d{{4}}|\d\d)\s?년\s?)?"
            rf"(?<!\d)(?P<month>\d{{1,2}})\s?월\s?(?P<days>{_SPAN}|\d{{1,2}})\s?일(?![간째])"
        ),
        # 2026-12-05, 2026. 12. 5., R8.11.20
        (
            rf"(?:(?<![\d./-])(?P<year>{_FOUR})|(?<![A-Za-z])(?P<era>[RHS])(?P<count>\d{{1,2}}))"
            r"\s?(?P<sign>[-/.])\s?(?P<month>\d{1,2})\s?(?P=sign)\s?(?P<days>\d{1,2}"
            r"(?:\s?[-–~〜]\s?\d{1,2}(?![\d:./-]|\s?[시時时点點]))?)(?!\d)\.?"
        ),
        # 05/12/2026, 21-23/11/2025
        (
            rf"(?<![\d./-]){_LIST}\s?(?P<sign>[-/.])\s?(?P<month>\d{{1,2}})(?P=sign)"
            rf"(?P<year>{_FOUR})(?!\d)"
        ),
        # 5-7 March 2027, 14 s.d. 16 September, 18-19 ก.ค. 69, 5 tháng 12 năm 2026
        (
            rf"(?<![\d./-]){_LIST}\s?-?(?:of\s|เดือน)?(?:(?P<name>{_NAME}){_LATIN_END}"
            rf"|{_TONES}(?P<month>\d{{1,2}}|{alternatives(NUMERALS)})(?!\w))"
            rf"(?:(?<=[\u0e00-\u0e7f.]),?\s?(?:/\s?)?(?P<short>\d\d)(?![\d:./]|\s?(?:-|–|น\.))"
            rf"|-?{_YEAR_BEHIND})"
        ),
        # March 5-7, 2027
        (
            rf"(?<![A-Za-z])(?P<name>{_NAME}){_LATIN_END}\s?(?<=[\s.]){_LIST}(?![\d:])(?:,?\s"
            rf"(?P<year>{_FOUR})(?!\d))?"
        ),
    )
)
#: 115-12-29 and 115.12.29, which only Taiwan writes.
_TAIWAN = re.compile(
    r"(?<![\d./-])(?P<count>\d{3})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<days>\d{1,2})"
    r"(?!\d)"
)
#: 26.11.19. as only Korea writes it.
_KOREA = re.compile(
    r"(?<![\d./-])'?(?P<count>\d{2})\.\s?(?P<month>\d{1,2})\.\s?(?P<days>\d{1,2})(?![\d:])\.?"
)
#: 7/18 and 3.15., which may be anything.
_NO_YEAR = re.compile(
    r"(?:(?P<said>\b(?:ngày|sáng|trưa|chiều|tối|hôm|từ)\s)|(?<![\d./-])(?<!\d:))"
    r"(?P<first>\d{1,2}(?:(?:[-–]|\s(?:-|–|đến|và|dan|s\.d\.|sampai)\s(?:ngày\s)?)\d{1,2})?)"
    r"(?P<sign>[-/.])\s?(?P<second>\d{1,2})(?![\d/:%-])\.?",
    re.IGNORECASE,
)
#: A day alone: counts behind another one, or with its time behind it.
_ALONE = re.compile(r"(?<![\d月월年년第제.:])\s?(?P<days>\d{1,2})\s?[日号號일](?![間간째本前後])")
_NUMBER = re.compile(r"\d{1,2}")

_MONTH_FIRST = frozenset(("jp", "kr", "cn", "tw", "us"))
_DAY_FIRST = frozenset(("vn", "th", "id", "sg"))


def tokens(text: str, country: str, year: int) -> list[Token]:
    """Return the days written in a simple *text*, in its order, none inside another.

    *country* tells the order of numbers, *year* (of publication) the century of short years. What
    no calendar has is left out.
    """
    found = sorted(_all(text, country, year), key=lambda token: (token.start, -token.end))
    kept: list[Token] = []
    for token in found:
        if not kept or token.start >= kept[-1].end:
            kept.append(token)
    return kept


def _all(text: str, country: str, year: int) -> Iterator[Token]:
    for form, sign in zip(_FORMS, ("月", "월", "", "", "", ""), strict=True):
        if sign not in text:  # found out in a hundredth of the time
            continue
        for found in form.finditer(text):
            yield from _token(found, country, year)
    for only, form in (("tw", _TAIWAN), ("kr", _KOREA)):
        if country == only:
            for found in form.finditer(text):
                yield from _token(found, country, year)
    for found in _NO_YEAR.finditer(text):
        yield from _ordered(found, country)
    for found in _ALONE.finditer(text):
        day = int(found["days"])
        if 1 <= day <= 31:
            at = found.start("days")
            yield Token(
                year=None, month=None, days=(day,), start=at, end=found.end(), is_sure=False
            )


def _token(found: re.Match[str], country: str, year: int) -> Iterator[Token]:
    parts = {name: part for name, part in found.groupdict().items() if part}
    try:
        month = _month(parts)
        days = _days(parts["days"])
        written = _year(parts, country, year)
    except ValueError:  # numerals in no order
        return
    is_ordered = found.re is _FORMS[3]
    if is_ordered:
        month, days = _turned(month, days, country)
    if not (1 <= month <= 12 and all(1 <= day <= 31 for day in days)):
        return
    yield Token(
        year=written,
        month=month,
        days=days,
        start=found.start() + len(found[0]) - len(found[0].lstrip()),
        end=found.end(),
        shift=_RELATIVE.get(parts.get("next", ""), 0),
        is_likely=_is_short(parts) or (is_ordered and max(month, *days) <= 12 and month != days[0]),
    )


def _is_short(parts: dict[str, str]) -> bool:
    """Tell whether the year has fewer digits than a year has, and no era says why."""
    written = parts.get("year") or parts.get("count") or parts.get("short") or ""
    return written.isdecimal() and len(written) < 4 and "era" not in parts


def _turned(month: int, days: tuple[int, ...], country: str) -> tuple[int, tuple[int, ...]]:
    """Return month and days of 5/12/2026; the month 0 where the order is unknown."""
    day = days[0]
    if country in _DAY_FIRST or day > 12 or day == month or len(days) > 1:
        return month, days
    return (day, (month,)) if country in _MONTH_FIRST or month > 12 else (0, days)


def _month(parts: dict[str, str]) -> int:
    if name := parts.get("name"):
        return _MONTHS[name.lower()]
    written = parts["month"].lower()
    return NUMERALS.get(written) or han_number(written)


def _days(written: str) -> tuple[int, ...]:
    numbers = _NUMBER.findall(written)
    return tuple(map(int, numbers)) if numbers else (han_number(written),)


def _year(parts: dict[str, str], country: str, now: int) -> int | None:
    """Return the Gregorian year, None where none is written."""
    era = parts.get("era", "")
    written = parts.get("year") or parts.get("count") or parts.get("short")
    if written is None:
        return None
    number = 1 if written == "元" else han_number(written)
    if era[-2:] in ("民國", "民国"):
        return BEFORE + number
    if era:
        return ERAS[ERA_LETTERS.get(era, era)][2] + number
    if number >= thai.BUDDHIST_FROM:
        return number - thai.BUDDHIST
    if number < 1000:
        return _short_year(number, parts, country, now)
    return number


def _short_year(number: int, parts: dict[str, str], country: str, now: int) -> int | None:
    """Return the year that 115, 69 or 26 is; of those nearest to *now* the calendar's own."""
    if country == "tw" and number > 20:
        return BEFORE + number
    if number > 99:
        raise ValueError("a year of no calendar")
    century = 2000 - thai.BUDDHIST + 500 if "short" in parts and country == "th" else 2000
    year = century + number
    if abs(year - now) > 20:
        raise ValueError("a year of two digits that may mean several")
    return year


def _ordered(found: re.Match[str], country: str) -> Iterator[Token]:
    first, second = _days(found["first"]), int(found["second"])
    sign, is_said = found["sign"], bool(found["said"])
    days: tuple[int, ...]
    if country in _MONTH_FIRST and len(first) == 1 and (sign == "/" or country + sign == "kr."):
        month, days = first[0], (second,)
    # Vietnamese papers write 29-11, which elsewhere are two numbers.
    elif country in _DAY_FIRST and (sign == "/" or (sign == "-" and is_said and country == "vn")):
        month, days = second, first
    else:
        return
    if 1 <= month <= 12 and all(1 <= day <= 31 for day in days):
        yield Token(
            year=None,
            month=month,
            days=days,
            start=found.start("first"),
            end=found.end(),
            is_sure=is_said,
        )
