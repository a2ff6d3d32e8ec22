"""Times counted from now: 3時間前, 昨日, 지난주, 2 ngày trước, เมื่อวาน, 5 menit yang lalu."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from unicodedata import normalize

from aggregator.text.dates.day import LAST_LATIN, UnclearError, calendar_day, han_number
from aggregator.text.dates.relative_words import WORDS, Unit, Words

_SMALL: dict[Unit, timedelta] = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_MONTHS: dict[Unit, int] = {"month": 1, "year": 12}
_OF_CLOCK = frozenset(("second", "minute", "hour"))
_OF_DAYS = frozenset(("second", "minute", "hour", "day"))

#: What half a month is taken for.
_HALF_MONTH = timedelta(days=15)

_AND = r"(?:\s?(?:,|and|và|dan|と|又|零|กับ)\s?|\s?)"
_HAN_COUNT = "[一二三四五六七八九十百]{1,6}"

# A day beside the name of its month, {}: "20 tháng trước" alone is twenty months ago.
_DAY_OF = (
    r"(?:{0})の?\s?(?P<east>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s?[日号號일]"
    r"|(?:ngày|tanggal|tgl\.?|วันที่)\s?(?P<south>\d{{1,2}})\s?(?:{0})"
    r"|(?:the )?(?P<west>\d{{1,2}})(?:st|nd|rd|th) (?:of )?(?:{0})"
)
_YEAR = r"^(?:{0})の?\s?(?=\d|[一二三四五六七八九十])|(?<=\S)\s?(?:{0})$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A time as it is counted from now."""

    at: datetime  #: in the zone of the place; without a time, at any time of its day
    has_time: bool
    is_near: bool  #: told to the day at least, where weeks and months are rounded


@dataclass(frozen=True, slots=True)
class _Forms:
    whole: re.Pattern[str]  #: any of them, each in a group of its own
    steps: dict[str, tuple[Unit, int]]  #: of the groups that are one fixed step from now
    part: re.Pattern[str]
    period: re.Pattern[str]  #: any month or year counted from now
    weeks: tuple[tuple[int, re.Pattern[str]], ...]
    months: tuple[tuple[int, re.Pattern[str]], ...]  #: that a day of it stands beside
    years: tuple[tuple[int, re.Pattern[str]], ...]
    edge: tuple[str, ...]


#: Languages without a word in ASCII, and those that have nothing else.
_NOT_LATIN = frozenset(("ja", "ko", "zh-Hans", "zh-Hant", "th"))
_LATIN = frozenset(("id", "en"))

_LETTER = re.compile(r"[^\W\d_]")
_SIGNS = " ,、.|·:()[]/-"


def may_be(text: str, language: str) -> bool:
    """Tell whether words of *language* can stand in *text* at all: saves looking for them."""
    return language not in (_NOT_LATIN if text.isascii() else _LATIN) and language in WORDS


def count(text: str, language: str, here: datetime) -> Counted | None:
    """Return the time that the whole of *text* counts from *here*, which is now at that place.

    *text* is in lower case. Seconds, minutes and hours lead to a time; days, weeks, months and
    years to a day: the one from which now is so far away. A bare "3 days" is a duration.

    Raises:
        UnclearError: it leads out of the calendar.
        ValueError: that month has no such day.
    """
    if not may_be(text, language) or not _LETTER.search(text):
        return None
    if day := _of_month(text, language, here):
        return Counted(at=datetime.combine(day, here.timetz()), has_time=False, is_near=True)
    forms = _forms(language)
    for said in dict.fromkeys((text.strip(" ,.|"), trimmed(text, language))):
        found = forms.whole.fullmatch(said)
        if found is None:
            continue
        kind = found.lastgroup or ""
        if kind == "now":
            return Counted(at=here, has_time=True, is_near=True)
        if kind in forms.steps:
            unit, number = forms.steps[kind]
            return _shifted(here, {unit: number}, 1)
        sign = -1 if kind.startswith("passed") else 1
        return _shifted(here, _amounts(found[kind], language), sign)
    return None


def week(text: str, language: str) -> int | None:
    """Return which week's a weekday is that stands beside *text*: 0 this one's, -1 the last's."""
    if not may_be(text, language):
        return None
    found = (weeks for weeks, words in _forms(language).weeks if words.fullmatch(text.strip()))
    return next(found, None)


def cut_year(text: str, language: str) -> tuple[str, int | None]:
    """Return *text* without the year at its ends that is told from ours, and how far that is."""
    if may_be(text, language) and _forms(language).period.search(text):
        for years, words in _forms(language).years:
            if (rest := words.sub("", text, count=1)) != text:
                return rest, years
    return text, None


def _of_month(text: str, language: str, here: datetime) -> date | None:
    """Return the day that *text* tells in a month counted from now: 先月20日, ngày 5 tháng này.

    Raises:
        ValueError: the month has no such day.
    """
    forms = _forms(language)
    if not forms.period.search(text):  # most texts: saves looking for each
        return None
    for months, words in forms.months:
        found = words.search(text)
        if found and not any(
            trimmed(rest, language) for rest in (text[: found.start()], text[found.end() :])
        ):
            month = _months_away(here.date().replace(day=1), months)
            return calendar_day(month.year, month.month, han_number(found[found.lastgroup or 0]))
    return None


def trimmed(text: str, language: str) -> str:
    """Return *text* without the words at its ends that change no date: labels, prepositions."""
    words = _forms(language).edge if language in WORDS else ()
    before, text = "", text.strip(_SIGNS)
    while text != before:
        before = text
        if text.startswith(words):
            text = _without(text, words, starts=True)
        if text.endswith(words):
            text = _without(text, words, starts=False)
    return text


def _without(text: str, words: tuple[str, ...], *, starts: bool) -> str:
    """Return *text* without the one of *words*, longest first, with which it starts or ends."""
    for word in words:
        if starts and text.startswith(word):
            rest, seam = text[len(word) :], text[len(word) - 1 : len(word) + 1]
        elif not starts and text.endswith(word):
            rest = text[: -len(word)]
            seam = rest[-1:] + word[0]
        else:
            continue
        if len(seam) < 2 or seam[0] > LAST_LATIN or not seam.isalnum():
            return rest.strip(_SIGNS)
    return text


@cache
def _forms(language: str) -> _Forms:
    words = WORDS[language]
    steps: dict[str, tuple[Unit, int]] = {}
    patterns = [f"(?P<now>{words.now})"]
    days: list[tuple[tuple[Unit, int], str]] = [
        (("day", number), names) for number, names in words.days.items()
    ]
    for place, (step, names) in enumerate([*days, *words.periods.items()]):
        steps[f"step{place}"] = step
        patterns.append(f"(?P<step{place}>{names})")
    patterns += _counts("passed", words, words.ago) + _counts("coming", words, words.ahead)
    return _Forms(
        whole=_compiled("|".join(patterns)),
        steps=steps,
        part=_compiled(_part(words, named=True)),
        weeks=tuple((number, _compiled(each)) for number, each in words.of_week.items()),
        period=_compiled(
            "|".join(names for unit in ("month", "year") for _, names in _of(words, unit))
        ),
        months=tuple(
            (each, _compiled(_DAY_OF.format(names))) for each, names in _of(words, "month")
        ),
        years=tuple((each, _compiled(_YEAR.format(names))) for each, names in _of(words, "year")),
        edge=tuple(sorted(normalize("NFKC", words.beside).split("|"), key=len, reverse=True)),
    )


def _of(words: Words, unit: Unit) -> Iterator[tuple[int, str]]:
    return ((number, names) for (each, number), names in words.periods.items() if each == unit)


def _compiled(pattern: str) -> re.Pattern[str]:
    # Dates come in this form, in which Thai's am is two signs.
    return re.compile(normalize("NFKC", pattern))


def _counts(name: str, words: Words, frames: tuple[tuple[str, str], ...]) -> list[str]:
    part = _part(words, named=False)
    count = f"{part}(?:{_AND}{part}){{0,2}}"
    return [
        rf"(?:{before})\s?(?P<{name}{number}>{count})\s?(?:{behind})"
        for number, (before, behind) in enumerate(frames)
    ]


def _part(words: Words, *, named: bool) -> str:
    """Return a pattern of a number with its unit."""

    def group(name: str, pattern: str) -> str:
        return f"(?P<{name}>{pattern})" if named else f"(?:{pattern})"

    number = "|".join([r"\d{1,4}", *sorted(words.numbers, key=len, reverse=True), _HAN_COUNT])
    units = "|".join(group(unit, names) for unit, names in words.units.items())
    days = group("days", "|".join(words.days_counted) or "(?!)")
    middle, half = group("middle", "半"), group("half", words.half)
    counted = rf"{group('n', number)}\s?(?:[个個]?{middle}\s?)?(?:{units})(?:\s?{half})?"
    return f"(?:{days}|{counted})"


def _amounts(written: str, language: str) -> dict[Unit, float]:
    """Return how many of which units are counted."""
    amounts: dict[Unit, float] = {}
    words = WORDS[language]
    for found in _forms(language).part.finditer(written):
        parts = {name: part for name, part in found.groupdict().items() if part}
        if name := parts.get("days"):
            amounts["day"] = words.days_counted[name]
            continue
        number = _number(parts["n"], words)
        half = 0.5 if {"half", "middle"} & set(parts) else 0
        unit = next(unit for unit in words.units if unit in parts)
        amounts[unit] = amounts.get(unit, 0) + number + half
    return amounts


def _number(written: str, words: Words) -> float:
    if written.isdecimal():
        return int(written)
    return words.numbers.get(written) or han_number(written)


def _shifted(here: datetime, amounts: dict[Unit, float], sign: int) -> Counted:
    """Return the time so far from here. Raises UnclearError out of the calendar."""
    months = sum(amounts.get(unit, 0) * number for unit, number in _MONTHS.items())
    far = sum((amounts.get(unit, 0) * size for unit, size in _SMALL.items()), timedelta())
    if months % 1:
        months, far = months - 0.5, far + _HALF_MONTH
    has_time = bool(_OF_CLOCK & set(amounts)) or bool(far % timedelta(days=1))
    try:
        day = _months_away(here.date(), sign * int(months))
        if has_time:
            at = datetime.combine(day, here.timetz()).astimezone(UTC) + sign * far
        else:  # days are counted on the calendar, whatever the clocks do
            at = datetime.combine(day + sign * far, here.timetz())
    except (ValueError, OverflowError) as err:
        raise UnclearError("a time out of the calendar") from err
    return Counted(
        at=at.astimezone(here.tzinfo), has_time=has_time, is_near=set(amounts) <= _OF_DAYS
    )


def _months_away(day: date, months: int) -> date:
    """Return the same day of the month so many months away, or the last that it has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
