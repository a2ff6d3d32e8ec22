"""Rules of recurrence -> days, in bounded time.

dateutil, which the libraries use, looks until the year 9999 for a day that never comes: 4.6 s for
each `FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30`. Here every day that is looked at is counted.
"""

from calendar import isleap, monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from aggregator.parse.ical.rule import Rule

#: The days of one year, month or week, first and last.
_Period = tuple[date, date]

_LAST_MONTH = date.max.year * 12 + 11


def days(rule: Rule, start: date, since: date, until: date, steps: Iterator[int]) -> Iterator[date]:
    """Give the days of the rule from `since` to `until`, in order, none before `start`.

    Each day that is looked at takes one of `steps`; when there are none left, it ends.
    """
    rule = _completed(rule, start)
    last = min(until, rule.until or until)
    left = rule.count
    for period in _periods(rule, start, since if left is None else start):
        if period[0] > last:
            return
        for day in _chosen(rule, period, steps):
            if day < start:
                continue
            if day > last or left == 0:
                return
            left = None if left is None else left - 1
            if day >= since:
                yield day
        if next(steps, None) is None:
            return


def _completed(rule: Rule, start: date) -> Rule:
    """Take from the start what the rule does not say: a birthday says `FREQ=YEARLY`."""
    if rule.weeks or rule.year_days or rule.month_days or rule.weekdays:
        return rule
    month_days, months, weekdays = rule.month_days, rule.months, rule.weekdays
    if rule.frequency in ("YEARLY", "MONTHLY"):
        month_days = frozenset({start.day})
    if rule.frequency == "YEARLY" and not months:
        months = frozenset({start.month})
    if rule.frequency == "WEEKLY":
        weekdays = frozenset({(0, start.weekday())})
    return replace(rule, month_days=month_days, months=months, weekdays=weekdays)


def _periods(rule: Rule, start: date, since: date) -> Iterator[_Period]:
    """Give the periods that the rule looks at, from one that is no later than `since`."""
    step = rule.interval
    if rule.frequency == "YEARLY":
        for year in range(_skipped(start.year, since.year, step), date.max.year + 1, step):
            yield date(year, 1, 1), date(year, 12, 31)
    elif rule.frequency == "MONTHLY":
        for month in range(_skipped(_month(start), _month(since), step), _LAST_MONTH + 1, step):
            yield _days_of_month(*divmod(month, 12))
    else:
        length = 7 if rule.frequency == "WEEKLY" else 1
        first = start.toordinal() - (start.weekday() - rule.week_start) % length
        begin = _skipped(first, since.toordinal(), step * length)
        for ordinal in range(begin, date.max.toordinal() - length, step * length):
            day = date.fromordinal(max(ordinal, 1))
            yield day, day + timedelta(days=length - 1)


def _skipped(first: int, since: int, step: int) -> int:
    """Give the last of `first`, `first + step` … that is no later than `since`, or the first."""
    return first + max(0, (since - first) // step) * step


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _days_of_month(year: int, index: int) -> _Period:
    return date(year, index + 1, 1), date(year, index + 1, monthrange(year, index + 1)[1])


def _chosen(rule: Rule, period: _Period, steps: Iterator[int]) -> list[date]:
    """Give the days of a period that fit."""
    fitting = []
    first, last = period
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        if next(steps, None) is None:
            return []
        day = date.fromordinal(ordinal)
        if _fits(rule, day):
            fitting.append(day)
    if not rule.positions:
        return fitting
    count = len(fitting)
    return [
        day
        for place, day in enumerate(fitting)
        if place + 1 in rule.positions or place - count in rule.positions
    ]


def _fits(rule: Rule, day: date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    if rule.month_days and not _counts(day.day, _in_month(day), rule.month_days):
        return False
    if rule.year_days and not _counts(_of_year(day), _in_year(day), rule.year_days):
        return False
    if rule.weeks:
        year, week, _ = day.isocalendar()
        if not _counts(week, date(year, 12, 28).isocalendar().week, rule.weeks):
            return False
    return not rule.weekdays or _is_weekday(rule, day)


def _is_weekday(rule: Rule, day: date) -> bool:
    weekday = day.weekday()
    if (0, weekday) in rule.weekdays:
        return True
    in_month = rule.frequency == "MONTHLY" or bool(rule.months)
    place, length = (day.day, _in_month(day)) if in_month else (_of_year(day), _in_year(day))
    which, before_end = (place - 1) // 7 + 1, (length - place) // 7 + 1
    return (which, weekday) in rule.weekdays or (-before_end, weekday) in rule.weekdays


def _counts(place: int, length: int, wanted: frozenset[int]) -> bool:
    """Tell whether a place is wanted; -1 is the last."""
    return place in wanted or place - length - 1 in wanted


def _in_month(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def _of_year(day: date) -> int:
    return day.timetuple().tm_yday


def _in_year(day: date) -> int:
    return 366 if isleap(day.year) else 365
