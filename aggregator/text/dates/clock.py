"""The time of day beside a date, and the zone it is in."""

import re
from dataclasses import dataclass
from datetime import timedelta

#: Hours east of Greenwich by the names that feeds and our countries' sites write.
#: RFC 822 names its American ones; the others are the countries' own.
_ZONES = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "JST": 9, "KST": 9, "HKT": 8, "SGT": 8, "MYT": 8,
    "PHT": 8, "ICT": 7, "WIB": 7, "WITA": 8, "WIT": 9, "EST": -5, "EDT": -4, "CDT": -5,
    "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "BST": 1, "CET": 1, "CEST": 2, "AEST": 10,
    "AEDT": 11,
}  # fmt: skip

#: Two zones have one name: China's, and the one of RFC 822 in America.
_CST = {"cn": 8, "tw": 8, "sg": 8}

#: The largest offset in use, of Kiribati. What claims more is no offset.
_FARTHEST = timedelta(hours=14)

_MORNING = "午前|上午|凌晨|清晨|早上|早晨|오전|새벽|아침|sáng"
_AFTERNOON = "午後|下午|傍晚|오후|저녁|chiều"
_EVENING = "晚上|晚间|晚間|夜|晚|밤|tối"
_NOON = "中午|正午|낮"
_MARKS = {
    mark: name
    for name, marks in (
        ("am", f"{_MORNING}|am|sa"),
        ("pm", f"{_AFTERNOON}|pm|ch"),
        ("evening", _EVENING),
        ("noon", _NOON),
    )
    for mark in marks.split("|")
}

_BEFORE = rf"(?P<before>{_MORNING}|{_AFTERNOON}|{_EVENING}|{_NOON}|\b[ap]\.?m\.?)?\s?"
_COLON = r"(?P<h1>\d{1,2}):(?P<m1>\d{2})(?::(?P<s1>\d{2})(?:[.,]\d+)?)?(?![\d:])"
_WORDS = (
    r"(?P<h2>\d{1,2})\s?(?:時(?!間)|时|[点點]|시(?!간)|giờ|h(?![a-z]))\s?"
    r"(?:(?P<m2>\d{1,2})(?!\d)\s?(?:分|분|phút)?|(?P<half>半|반))?(?:\s?(?P<s2>\d{1,2})\s?[秒초])?"
)
# A point between hours and minutes is only believed where a word says that this is a time.
_POINT = (
    r"(?:pukul|jam|pk\.|เวลา)\s?(?P<h3>\d{1,2})\.(?P<m3>\d{2})(?!\d)"
    r"|(?P<h4>\d{1,2})\.(?P<m4>\d{2})(?:\.(?P<s4>\d{2}))?(?=\s?(?:น\.|wib|wita?\b|hrs\b))"
)
_AFTER = r"\s?(?P<after>(?:[ap]\.?m\b\.?|sa\b|ch\b|sáng|chiều|tối))?"
_ZONE = (
    r"\s?(?:น\.?\s?)?\(?(?:(?P<utc>gmt|utc?)?\s?(?P<sign>[+\u2212-])\s?(?P<oh>\d{1,2})(?::?(?P<om>\d{2}))?"
    r"(?![\d:])|(?P<name>[a-z]{1,4})\b)?"
)
_TIME = rf"{_BEFORE}(?<!\d)(?<!\d:)(?:{_COLON}|{_WORDS}|{_POINT}){_AFTER}{_ZONE}"

#: Signs without digits that may stand between a date and its time: a weekday, "lúc", a bar.
_APART = 24

_NEAR = re.compile(rf"[^\d+]{{0,{_APART}}}")
_BEHIND = re.compile(rf"{_NEAR.pattern}?{_TIME}", re.IGNORECASE)
_ANYWHERE = re.compile(_TIME, re.IGNORECASE)
_BASIC = re.compile(
    rf"T(?P<h1>\d{{2}})(?P<m1>\d{{2}})(?P<s1>\d{{2}})?(?:[.,]\d+)?{_ZONE}", re.IGNORECASE
)

# How programs write a time, and so most feeds. The patterns above read the same in it; their forty
# names alone take longer than this.
_MACHINE = re.compile(
    r"[T ](?P<h1>\d\d):(?P<m1>\d\d)(?::(?P<s1>\d\d)(?:\.\d+)?)?"
    r"(?: ?(?:(?P<name>Z|GMT|UTC)|(?P<sign>[+-])(?P<oh>\d\d):?(?P<om>\d\d)))?"
)

# A day with a zone and no time (XML Schema). With a minus it is rather a time behind a dash.
_DAY_ZONE = re.compile(r"(?:Z\b|\+(\d{2}):?(\d{2})(?![\d:]))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time of day; 24:00 is the next day's midnight."""

    since_midnight: timedelta
    offset: timedelta | None  #: None: in the zone of the place
    has_time: bool


MIDNIGHT = Clock(since_midnight=timedelta(), offset=None, has_time=False)


def read_clock(text: str, start: int, end: int, country: str) -> Clock:
    """Return the time beside the day that stands at text[start:end]; `MIDNIGHT` if none does.

    Looked for behind the day, then in it (asctime), then before it.

    Raises:
        ValueError: there is one, and the day has no such time.
    """
    tail = text[end:]
    if found := _DAY_ZONE.match(tail):
        offset = _believable(timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0)))
        return Clock(since_midnight=timedelta(), offset=offset, has_time=False)
    found = (
        _MACHINE.fullmatch(tail)
        or _BASIC.match(tail)
        or _BEHIND.match(tail)
        or _within(text[start:end])
        or _before(text[:start])
    )
    if not found:
        return MIDNIGHT
    parts = {name: part for name, part in found.groupdict().items() if part is not None}
    hour, minute, second = (_number(parts, unit) for unit in "hms")
    mark = (parts.get("before") or parts.get("after") or "").lower().replace(".", "")
    time = timedelta(
        hours=_hour(hour, _MARKS.get(mark, "")),
        minutes=30 if "half" in parts else minute,
        seconds=min(second, 59),  # a leap second is the one before it
    )
    if minute > 59 or second > 60 or time > timedelta(hours=24):
        raise ValueError("no time of day")
    # A minus behind hours and minutes is a range's more often than a zone's, 8:00-9:30, but
    # where ISO's T or seconds say that a machine wrote it.
    is_machine = found[0].startswith(("T", "t")) or "s1" in parts or "utc" in parts
    return Clock(since_midnight=time, offset=_offset(parts, country, is_machine), has_time=True)


def _within(day: str) -> re.Match[str] | None:
    return _ANYWHERE.search(day) if ":" in day else None


def _before(head: str) -> re.Match[str] | None:
    """Return the last time in *head* if next to nothing stands between it and the day."""
    found = list(_ANYWHERE.finditer(head))[-1:]
    return found[0] if found and _NEAR.fullmatch(head, found[0].end()) else None


def _number(parts: dict[str, str], unit: str) -> int:
    for form in "1234":
        if (name := unit + form) in parts:
            return int(parts[name])
    return 0


def _hour(hour: int, mark: str) -> int:
    """Return the hour of 24 that *hour* is with a mark of the part of the day."""
    impossible = (
        (mark == "am" and hour > 12)
        or (mark == "noon" and hour not in (11, 12, 13, 1, 2))
        # Twelve at night is the next day's beginning to some and noon to a machine.
        or (mark == "evening" and hour == 12)
    )
    if impossible or hour > 24:
        raise ValueError("no time of day")
    if mark == "am" and hour == 12:
        return 0
    # 오후 15:30 is seen too: what is past twelve already says so itself.
    late = (mark in ("pm", "evening") and hour < 12) or (mark == "noon" and hour < 11)
    return hour + 12 if late else hour


def _offset(parts: dict[str, str], country: str, is_machine: bool) -> timedelta | None:
    if "sign" in parts:
        offset = timedelta(hours=int(parts["oh"]), minutes=int(parts.get("om", 0)))
        if parts["sign"] == "+":
            return _believable(offset)
        return -_believable(offset) if is_machine else None
    name = parts.get("name", parts.get("utc", "")).upper()
    if name == "CST":
        return timedelta(hours=_CST.get(country, -6))
    return timedelta(hours=_ZONES[name]) if name in _ZONES else None


def _believable(offset: timedelta) -> timedelta:
    if offset > _FARTHEST:
        raise ValueError("no zone is so far from Greenwich")
    return offset
