"""From one day or time to another: 11/20(金)〜22(日), 20-22 พ.ย. 2569, 8 s.d. 10 Januari 2027."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone

from aggregator.text.dates import weekday, yearless
from aggregator.text.dates.clock import (
    MIDNIGHT,
    Clock,
    begins_with_clock,
    cut_clock,
    read_clock,
    says_afternoon,
)
from aggregator.text.dates.day import Confidence, Day, Place, UnclearError, calendar_day
from aggregator.text.dates.zones import zone_named

#: Gives the first day with a year in a text.
First = Callable[[str], Day | None]

_HYPHENS = "[~〜–—―\u2212-]"
_WORDS = (
    r"から|より|부터|至|到|đến(?:\s(?:hết|ngày|hết\sngày))?(?!\w)|ถึง(?:วันที่)?|"
    r"\bs\.?\s?d\.?(?![a-z])|\bs/d\b|\bsampai(?:\sdengan)?\b|\bhingga\b|"
    r"\b(?:to|until|till|through|thru)\b"
)
_WORD = re.compile(rf"\s?(?:{_WORDS})\s?", re.IGNORECASE)
_WAVE = re.compile(r"\s?[~〜]\s?")
_HYPHEN = re.compile(r"\s?[–—―\u2212-]\s?")
# 2026-11-19-3 is a number of something.
_HYPHENED = re.compile(r"-\d{1,2}$")
_SLASH = re.compile(r"(?<=[\dZ])/(?=\d{4}-)")
_ENDS = re.compile(
    rf"\d.*(?:{_HYPHENS}|{_WORDS})\s?(?:(?:ngày|วันที่|tanggal|tgl\.?)\s?)?[^\d:]{{0,16}}$",
    re.IGNORECASE | re.DOTALL,
)
_LIKELY = re.compile(rf"\d[^\d]{{0,24}}(?:{_HYPHENS}|{_WORDS})[^\d]{{0,16}}\d", re.IGNORECASE)

_MARKED = r"(?:st|nd|rd|th)?\s?(?:日|일|号|號)?"
_TAIL = re.compile(rf"(?:{'|'.join(yearless.WORDED)})[\s,.()]*$", re.IGNORECASE)
_TAIL_DIGITS = re.compile(rf"(?<!\d)(?<!\d[./-])(?:{yearless.DIGITS})[\s,.()]*$")
_TAIL_DAY = re.compile(rf"(?<![\d:])(?<!\d[./-])(\d{{1,2}}){_MARKED}[\s,.()]*$")
_HEAD = re.compile("|".join(yearless.WORDED), re.IGNORECASE)
_HEAD_DIGITS = re.compile(rf"(?:{yearless.DIGITS})(?![\d:]|[./-]\d)")
_HEAD_YEAR = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?,\s?(\d{4})(?!\d)")
_HEAD_DAY = re.compile(
    r"(\d{1,2})(?:\s?[日일号號]|(?:st|nd|rd|th)?(?![\d:]|[./-]\d|\s?[^\W\d_]))", re.IGNORECASE
)
_BEFORE_DAY = re.compile(r"(?:ngày|วันที่|tanggal|tgl\.?|the)\s?|[\s,.()]+", re.IGNORECASE)

#: So much may stand before the last day: its weekday, or what it is called.
_LABEL = 16

#: A range whose years were not both written is no longer.
_LONGEST = timedelta(days=366)

#: And one of two bare days that runs over the end of a month is not longer than this: 22日〜20日
#: is rather a mistake.
_OVER_A_MONTHS_END = timedelta(days=14)

_POINT = re.compile(r"(?<![\d.])(\d{1,2}\.\d\d)(?=\s*$)")
_POINT_FIRST = re.compile(r"(\d{1,2}\.\d\d)(?![\d.])")
_EARLY = re.compile("午前|上午|오전|sáng|pagi|a\\.?m", re.IGNORECASE)
_BARE_HOUR = re.compile(r"(?<![\d./:-])(\d{1,2})(?=\s*$)")
_HOUR_FIRST = re.compile(
    r"\d{1,2}\s?(?:時(?!間)|时(?!间)|[点點]|시(?!간)|[ap]\.?m\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One end of a range."""

    at: datetime  #: UTC
    rule: str
    has_time: bool
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """What is written of one end."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    clock: Clock = MIDNIGHT
    weekday: int | None = None
    rule: str = "range"
    confidence: Confidence = "sure"


def may_end(text: str, day: Day) -> bool:
    """Tell whether *day* may be the last of a range: a day or a part of one leads to it."""
    return day.start > 0 and _ENDS.search(text, 0, day.start) is not None


def is_likely(text: str) -> bool:
    """Tell whether *text* may hold a range at all."""
    return _LIKELY.search(text) is not None


def read(text: str, place: Place, first: First) -> tuple[End, End] | None:
    """Return the two ends of the first range in *text*, None if it holds none.

    Raises:
        ValueError: one of them is a day or time that there is not.
    """
    for sign in _signs(text):
        if sign[0] == "-" and _HYPHENED.search(text, 0, sign.start()):
            continue
        before, behind = _with_units(text[: sign.start()], text[sign.end() :])
        try:
            whole = _between(before, behind, place, first)
        except UnclearError:
            continue
        if whole:
            return _moments(*whole, place)
    return None


def _between(before: str, behind: str, place: Place, first: First) -> tuple[_Piece, _Piece] | None:
    """Return what stands on both sides, if that are two ends; raises as `read` does."""
    begin = _last_of(before, place, first)
    if begin is None:
        return None
    end = _first_of(behind, place, first, after_day=begin.day is not None)
    whole = _whole(begin, end, place) if end else None
    if whole and says_afternoon(before):
        return whole[0], _same_half(*whole, behind)
    return whole


def _signs(text: str) -> Iterator[re.Match[str]]:
    """Give what may divide the two ends; hyphens last, for dates have them inside."""
    for pattern in (_WORD, _WAVE, _SLASH, _HYPHEN):
        yield from pattern.finditer(text)


def _with_units(before: str, behind: str) -> tuple[str, str]:
    """Return both sides with the unit of hours that only one has: 13〜15時, 9.00-16.00 น."""
    if _HOUR_FIRST.match(behind) and _BARE_HOUR.search(before):
        return _BARE_HOUR.sub(r"\1時", before), behind
    if _POINT_FIRST.match(behind) and _POINT.search(before):
        before = _POINT.sub(r"\1 น.", before)
        if not begins_with_clock(behind):
            behind = _POINT_FIRST.sub(r"\1 น.", behind, count=1)
    return before, behind


def _last_of(text: str, place: Place, first: First) -> _Piece | None:
    """Return the day or time with which *text* ends."""
    start, last = 0, None
    while day := first(text[start:]):
        last = replace(day, start=day.start + start, end=day.end + start)
        start = last.end
    if last:
        rest, _ = cut_clock(text[start:], place.country)
        return None if _has_digit(rest) else _dated(text, last, place)
    rest, clock = cut_clock(text, place.country)
    rest, number = weekday.cut(rest)
    of_year = None
    if found := _TAIL.search(rest):
        of_year = yearless.worded(found)
    elif found := _TAIL_DIGITS.search(rest):
        of_year = yearless.in_digits(found, place)
    elif found := _TAIL_DAY.search(rest):
        return _Piece(day=int(found[1]), clock=clock, weekday=number)
    if of_year is not None:
        return _Piece(month=of_year.month, day=of_year.day, clock=clock, weekday=number)
    return _Piece(clock=clock) if clock.has_time and not found else None


def _first_of(text: str, place: Place, first: First, *, after_day: bool) -> _Piece | None:
    """Return the day or time with which *text* begins."""
    if after_day and begins_with_clock(text.lstrip()):
        _, clock = cut_clock(text, place.country)
        return _Piece(clock=clock)
    day = first(text)
    if day and day.start <= _LABEL and (day.start == 0 or not _has_day(text[: day.start])):
        return _dated(text, day, place)
    start = _start(text)
    month: int | None = None
    year: int | None = None
    if (found := _HEAD.match(text, start)) or (found := _HEAD_DIGITS.match(text, start)):
        is_worded = found.re is _HEAD
        of_year = yearless.worded(found) if is_worded else yearless.in_digits(found, place)
        if of_year is None:
            return None
        month, number = of_year.month, of_year.day
    elif found := _HEAD_YEAR.match(text, start):
        number, year = int(found[1]), int(found[2])
    elif found := _HEAD_DAY.match(text, start):
        number = int(found[1])
    else:
        return None
    return _Piece(
        year=year,
        month=month,
        day=number,
        clock=read_clock(text, found.start(), found.end(), place.country),
        weekday=weekday.beside(text, found.start(), found.end()),
    )


def _has_day(text: str) -> bool:
    return _has_digit(text) and not begins_with_clock(text.lstrip())


def _has_digit(text: str) -> bool:
    return any(sign.isdecimal() for sign in text)


def _start(text: str) -> int:
    """Return where the day in *text* begins: behind its weekday and what it is called."""
    digit = re.search(r"\d", text)
    if digit and digit.start() <= _LABEL:
        head, _ = weekday.cut(text[: digit.start()])
        if not _BEFORE_DAY.sub("", head):
            return digit.start()
    return len(text) - len(text.lstrip())


def _dated(text: str, day: Day, place: Place) -> _Piece:
    return _Piece(
        year=day.year,
        month=day.month,
        day=day.day,
        clock=read_clock(text, day.start, day.end, place.country),
        weekday=weekday.beside(text, day.start, day.end),
        rule=day.rule,
        confidence=day.confidence,
    )


def _whole(begin: _Piece, end: _Piece, place: Place) -> tuple[_Piece, _Piece] | None:
    """Return both ends with day, month and year, each what it lacks from the other."""
    written = begin, end
    both = _with_days(begin, end, place)
    if both and _day_of(both[1]) < _day_of(both[0]):
        both = _rolled(*written, *both)
    if both is None:
        return None
    begin, end = both
    if not _FIRST_YEAR <= _day_of(begin).year <= _LAST_YEAR:
        raise UnclearError("a year of no news")
    dated = [each for each in written if each.year is not None]
    if len(dated) < 2 and _day_of(end) - _day_of(begin) > _LONGEST:
        return None
    surest: Confidence = dated[0].confidence if dated else "guess"
    rule = dated[0].rule if dated else "month-day"
    return (
        replace(begin, rule=rule, confidence=_least(begin.confidence, surest)),
        replace(end, rule=rule, confidence=_least(end.confidence, surest)),
    )


def _with_days(begin: _Piece, end: _Piece, place: Place) -> tuple[_Piece, _Piece] | None:
    """Return both ends with what each lacks from the other; None if that is not a day of each."""
    if end.day is None:
        if not begin.clock.has_time:  # a zone or a dash before the only time
            return None
        end = replace(end, year=begin.year, month=begin.month, day=begin.day)
    elif begin.day is None:
        begin = replace(begin, year=end.year, month=end.month, day=end.day)
    month = begin.month or end.month
    if begin.day is None or month is None:
        return None
    begin = replace(begin, month=month, year=begin.year or end.year)
    end = replace(end, month=end.month or month, year=end.year or begin.year)
    return (begin, end) if begin.year is not None else _in_nearest_year(begin, end, place)


_ORDER: tuple[Confidence, ...] = ("guess", "likely", "sure")


def _least(one: Confidence, other: Confidence) -> Confidence:
    return min(one, other, key=_ORDER.index)


def _in_nearest_year(begin: _Piece, end: _Piece, place: Place) -> tuple[_Piece, _Piece]:
    month_day = yearless.MonthDay(month=begin.month or 0, day=begin.day or 0, is_worded=False)
    calendar_day(_LEAP_YEAR, month_day.month, month_day.day)
    day = yearless.nearest(month_day, place.here.date(), begin.weekday)
    return replace(begin, year=day.year), replace(end, year=day.year)


#: Month and day in a year that has a 29th of February.
_LEAP_YEAR = 2000

#: Beyond these no range is of interest, and moments may leave the calendar.
_FIRST_YEAR, _LAST_YEAR = 1800, 2500


def _day_of(piece: _Piece) -> date:
    return calendar_day(piece.year or 0, piece.month or 0, piece.day or 0)


def _rolled(
    first: _Piece, last: _Piece, begin: _Piece, end: _Piece
) -> tuple[_Piece, _Piece] | None:
    """Return ends that run over the end of a month or a year which only one of them names."""
    rolled = None
    if last.month is None and last.year is None and first.month is not None:
        rolled = begin, _next_month(end)
    elif first.month is None and last.month is not None:
        rolled = _month_before(begin), end
    if rolled:
        return rolled if _day_of(rolled[1]) - _day_of(rolled[0]) <= _OVER_A_MONTHS_END else None
    if last.year is None:
        return begin, replace(end, year=(end.year or 0) + 1, confidence="likely")
    if first.year is None:
        return replace(begin, year=(begin.year or 0) - 1, confidence="likely"), end
    return None


def _next_month(piece: _Piece) -> _Piece:
    year, month = divmod((piece.year or 0) * 12 + (piece.month or 0), 12)
    return replace(piece, year=year, month=month + 1, confidence="likely")


def _month_before(piece: _Piece) -> _Piece:
    year, month = divmod((piece.year or 0) * 12 + (piece.month or 0) - 2, 12)
    return replace(piece, year=year, month=month + 1, confidence="likely")


def _same_half(begin: _Piece, end: _Piece, said: str) -> _Piece:
    """Return the end in the half of the day that only the beginning names: 오후 2~4시."""
    later = end.clock.since_midnight + timedelta(hours=12)
    is_same_day = _day_of(begin) == _day_of(end)
    is_before = end.clock.has_time and end.clock.since_midnight <= begin.clock.since_midnight
    if is_same_day and is_before and begin.clock.since_midnight < later and not says_half(said):
        return replace(end, clock=replace(end.clock, since_midnight=later))
    return end


def says_half(text: str) -> bool:
    """Tell whether *text* names a half of the day."""
    return says_afternoon(text) or _EARLY.search(text) is not None


def _moments(begin: _Piece, end: _Piece, place: Place) -> tuple[End, End] | None:
    """Return the moments; a time that is before the beginning's is the next day's."""
    offset = begin.clock.offset if begin.clock.offset is not None else end.clock.offset
    first = _moment(begin, begin.clock.offset if begin.clock.offset is not None else offset, place)
    last = _moment(end, end.clock.offset if end.clock.offset is not None else offset, place)
    if last.at <= first.at and last.has_time and first.has_time and _day_of(begin) == _day_of(end):
        last = replace(
            last, at=last.at + timedelta(days=1), confidence=_least(last.confidence, "likely")
        )
    if last.at < first.at and (last.has_time or _day_of(end) < _day_of(begin)):
        return None
    return first, last


def _moment(piece: _Piece, offset: timedelta | None, place: Place) -> End:
    day = _day_of(piece)
    tz = zone_named(place.zone) if offset is None else timezone(offset)
    at = datetime.combine(day, time(), tzinfo=tz) + piece.clock.since_midnight
    is_odd = piece.weekday not in (None, day.weekday())
    return End(
        at=at.astimezone(UTC),
        rule=piece.rule,
        has_time=piece.clock.has_time,
        confidence="guess" if is_odd else piece.confidence,
    )
