"""A rule of recurrence as it is written: text -> value (RFC 5545, section 3.3.10)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WITHIN_A_DAY = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})
_BY_DAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"[+-]?[0-9]{1,6}")
_COUNT = re.compile(r"[0-9]{1,12}")
_UNTIL = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T.*)?")

#: Longest list of days in a year.
_LONGEST = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One RRULE; an empty set sets no limit. Weekdays count from Monday, 0."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: date | None = None  #: no day after it; in UTC it may be one too many
    limit: str = ""  #: the last time, as written
    months: frozenset[int] = frozenset()
    weeks: frozenset[int] = frozenset()
    year_days: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    weekdays: frozenset[tuple[int, int]] = frozenset()  #: (which of them or 0, weekday)
    positions: frozenset[int] = frozenset()
    week_start: int = 0


def read_rule(text: str) -> Rule | None:
    """Give the rule, None for one that is broken or repeats within a day."""
    parts = dict(part.partition("=")[::2] for part in text.upper().replace(" ", "").split(";"))
    frequency = parts.get("FREQ", "")
    if frequency not in _FREQUENCIES or _WITHIN_A_DAY & parts.keys():
        return None
    try:
        return Rule(
            frequency=frequency,
            interval=_whole(parts.get("INTERVAL", "1")),
            count=_whole(parts["COUNT"]) if "COUNT" in parts else None,
            until=_until(parts.get("UNTIL", "")),
            limit=parts.get("UNTIL", ""),
            months=_numbers(parts, "BYMONTH"),
            weeks=_numbers(parts, "BYWEEKNO"),
            year_days=_numbers(parts, "BYYEARDAY"),
            month_days=_numbers(parts, "BYMONTHDAY"),
            weekdays=_weekdays(parts.get("BYDAY", ""), frequency),
            positions=_numbers(parts, "BYSETPOS"),
            week_start=_WEEKDAYS.index(parts.get("WKST", "MO")),
        )
    except ValueError:  # a number that is none, a day that no calendar has
        return None


def _until(text: str) -> date | None:
    found = _UNTIL.fullmatch(text)
    if found is None:
        return None
    day = date(int(found[1]), int(found[2]), int(found[3]))
    # In Tokyo it is tomorrow already.
    return day + timedelta(days=1) if text.endswith("Z") and day < date.max else day


def _whole(text: str) -> int:
    number = int(text) if _COUNT.fullmatch(text) else 0
    if number < 1:
        raise ValueError(text)
    return number


def _numbers(parts: dict[str, str], name: str) -> frozenset[int]:
    texts = parts[name].split(",") if name in parts else []
    if len(texts) > _LONGEST or not all(_NUMBER.fullmatch(text) for text in texts):
        raise ValueError(name)
    return frozenset(int(text) for text in texts)


def _weekdays(told: str, frequency: str) -> frozenset[tuple[int, int]]:
    found = [_BY_DAY.fullmatch(each) for each in told.split(",")[:_LONGEST]] if told else []
    # "The second Monday" is one of a month or a year, not of a week.
    counted = frequency in ("YEARLY", "MONTHLY")
    weekdays = set()
    for each in found:
        if each is None:
            raise ValueError(told)
        weekdays.add((int(each[1] or 0) if counted else 0, _WEEKDAYS.index(each[2])))
    return frozenset(weekdays)
