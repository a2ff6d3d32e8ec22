"""Days in a text joined to ranges, with their years and hours -> mentions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from aggregator.model.events import Certainty
from aggregator.normalize.events.times.clocks import Hours, hours
from aggregator.normalize.events.times.days import Token, tokens
from aggregator.text.dates.weekday import beside

#: What is told to last longer is a term, a holiday or an exhibition.
LONGEST = timedelta(days=45)

#: How far back a day without a year may lie: reports of the last weeks. Others are to come.
_BACK = timedelta(days=60)

#: More days are a calendar of a year, or no text at all.
_MOST = 200

#: Signs between a day and its time.
_NEAR = 26

_JOINS = re.compile(
    r"(?:から|부터|起)?[\s,(]*(?:[-–—―~〜至到ー]|から|부터|đến(?:\s+hết)?|tới|to|until|till"
    r"|through|sampai(?:\s+dengan)?"
    r"|hingga|s/d|s\.d\.?|sd|ถึง)[\s)]*(?:ngày|tanggal|วันที่)?\s*",
    re.IGNORECASE,
)
_LISTS = re.compile(r"\s*(?:[・、,，和及與与&]|and|và|และ|dan)\s*(?:ngày|วันที่)?\s*", re.IGNORECASE)
_WEEKDAY = re.compile(r"\s?\(\s?[^()\d]{1,14}\)|(?:,\s*)?\b(?:thứ \w+|chủ nhật)\b,?", re.IGNORECASE)
#: Only these may stand between a day and the time that belongs to it.
_APART = re.compile(r"[^\d\n]*")
_PAST = re.compile(r"(?:지난|去る|昨|上月|last)\s?$", re.IGNORECASE)
_OTHERS = re.compile(r"まで|까지|締|截|deadline|hạn|batas|ภายใน|[。；;]|[.!?]\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A day, or a first and a last one, as a text names them."""

    first: date
    last: date
    begins: int | None  #: minutes since midnight of the first day
    ends: int | None  #: of the last day
    certainty: Certainty
    is_bare: bool  #: the text does not say beyond doubt that these are days
    has_month: bool
    start: int
    end: int  #: behind days and times

    @property
    def is_range(self) -> bool:
        """Tell whether more than one day is meant."""
        return self.last > self.first


def mentions(text: str, country: str, published: date, is_dated: bool) -> list[Mention]:
    """Return the days that a simple *text* names, in its order.

    A day without a year is the one nearest to the publication, rather after it than before; that
    is no better than a guess if no weekday confirms it. A weekday that contradicts such a guess,
    or a publication of which nothing is known (*is_dated* false) leaves the day unread.
    """
    found = tokens(text, country, published.year)[:_MOST]
    if not found:
        return []
    times = hours(text, country)
    clocks = _Clocks(text=text, times=times)
    groups = _grouped(text, found, times)
    anchor = _Anchor(published=published, is_dated=is_dated, text=text)
    return [mention for group in groups if (mention := _mention(group, anchor, clocks))]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Anchor:
    published: date
    is_dated: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clocks:
    text: str
    times: Sequence[Hours]

    def behind(self, end: int, limit: int) -> Hours | None:
        """Return the time that follows at once, before *limit*."""
        for each in self.times:
            if end <= each.start < limit:
                gap = self.text[end : each.start]
                is_near = len(gap) <= _NEAR and _APART.fullmatch(gap)
                return each if is_near and not _OTHERS.search(gap) else None
        return None

    def before(self, start: int, limit: int) -> Hours | None:
        """Return the time that stands right before, after *limit*."""
        for each in reversed(self.times):
            if limit <= each.start and each.end <= start:
                gap = self.text[each.end : start]
                is_near = len(gap) <= _NEAR and _APART.fullmatch(gap)
                return each if is_near and not re.search(r"[。;|]|\.\s", gap) else None
        return None


def _grouped(text: str, found: Sequence[Token], times: Sequence[Hours]) -> Iterator[list[Token]]:
    """Yield tokens that together name a first and a last day."""
    group: list[Token] = []
    for token in found:
        if group and _joined(text, group[-1], token, times):
            group.append(token)
            continue
        if group:
            yield group
        group = [token]
    if group:
        yield group


def _joined(text: str, before: Token, after: Token, times: Sequence[Hours]) -> bool:
    gap = text[before.end : after.start]
    if len(gap) > 48 or "\n" in gap:
        return False
    for each in reversed(times):
        if before.end <= each.start and each.end <= after.start:
            gap = gap[: each.start - before.end] + gap[each.end - before.end :]
    gap = _WEEKDAY.sub("", gap)
    if _JOINS.fullmatch(gap):
        return True
    return bool(_LISTS.fullmatch(gap)) and _follows(before, after)


def _follows(before: Token, after: Token) -> bool:
    """Tell whether a day in a list is the next one of the same event: 12日(土)・13日(日)."""
    is_same = after.month in (None, before.month) and after.year in (None, before.year)
    return is_same and after.days[0] == before.days[-1] + 1


def _mention(group: Sequence[Token], anchor: _Anchor, clocks: _Clocks) -> Mention | None:
    head, tail = group[0], group[-1]
    resolved = _resolved(head, tail, anchor)
    if resolved is None:
        return None
    first, last, certainty = resolved
    if not timedelta(0) <= last - first <= LONGEST * 8:
        return None
    length = len(anchor.text)
    begin = clocks.behind(head.end, tail.start if tail is not head else length)
    end = clocks.behind(tail.end, length) if tail is not head else None
    if begin is None and end is None:
        begin = clocks.before(head.start, 0)
    begins = begin.begins if begin else None
    ends = (end.ends if end.ends is not None else end.begins) if end else None
    if end is None and begin is not None:
        ends = begin.ends
    if begin is None and end is not None:
        begins, ends = end.begins, end.ends
    reach = [each.end for each in (begin, end) if each]
    return Mention(
        first=first,
        last=last,
        begins=begins,
        ends=ends,
        certainty=certainty,
        is_bare=not head.is_sure and tail is head,
        has_month=head.month is not None or tail.month is not None,
        start=head.start,
        end=max([tail.end, *reach]),
    )


def _resolved(head: Token, tail: Token, anchor: _Anchor) -> tuple[date, date, Certainty] | None:
    """Return first and last day; None where no calendar has them or the year cannot be told."""
    months = (head.month or tail.month, tail.month or head.month)
    year = head.year
    if year is None and tail.year is not None:
        year = tail.year - (1 if (months[0] or 0) > (months[1] or 0) else 0)
    try:
        if year is not None:
            first = date(year, months[0] or 1, head.days[0])
            certainty: Certainty = "likely" if head.is_likely or tail.is_likely else "sure"
        else:
            guessed = _nearest(head, months[0], anchor)
            if guessed is None:
                return None
            first, certainty = guessed
        last = _last(first, tail, months[1])
    except ValueError:  # 31 February
        return None
    said = beside(anchor.text, head.start, head.end)
    if year is not None and said is not None and said != first.weekday():
        certainty = "guess"
    return first, last, certainty


def _last(first: date, tail: Token, month: int | None) -> date:
    """Return the last day, in the year of the first or the next. Raises ValueError if none."""
    last = date(tail.year or first.year, month or first.month, tail.days[-1])
    if tail.year is None and last < first:
        if tail.month is None:
            later = first.replace(day=1) + timedelta(days=32)
            return date(later.year, later.month, tail.days[-1])
        return last.replace(year=last.year + 1)
    return last


def _nearest(head: Token, month: int | None, anchor: _Anchor) -> tuple[date, Certainty] | None:
    """Return the day that is meant when its year is not written."""
    said = beside(anchor.text, head.start, head.end)
    if month is None:
        return _this_month(head.days[0], head.start, said, anchor)
    years = range(anchor.published.year - 1, anchor.published.year + 2)
    if head.shift:
        years = range(anchor.published.year + head.shift, anchor.published.year + head.shift + 1)
    days = [day for year in years if (day := _day(year, month, head.days[0]))]
    since = anchor.published - _BACK
    wanted = [day for day in days if head.shift or since <= day < since + timedelta(days=366)]
    if not wanted or (said is None and not anchor.is_dated):
        return None
    if said is not None and wanted[0].weekday() != said:
        return None
    return wanted[0], "guess" if said is None else "likely"


def _this_month(
    day: int, at: int, said: int | None, anchor: _Anchor
) -> tuple[date, Certainty] | None:
    """Return the next such day, no later than in a month."""
    before = anchor.text[max(0, at - 6) : at]
    if not anchor.is_dated or _PAST.search(before):
        return None
    for ahead in range(32):
        each = anchor.published + timedelta(days=ahead)
        if each.day == day:
            return (each, "guess") if said in (None, each.weekday()) else None
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def without_hours(mention: Mention) -> Mention:
    """Return the mention as whole days."""
    return replace(mention, begins=None, ends=None)
