"""The time of day beside a date, and the zone it is in."""

import re
from dataclasses import dataclass
from datetime import timedelta
from unicodedata import normalize

from aggregator.text.dates.day import UnclearError, han_number

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

#: Hours that are called noon: siang lasts from ten to three.
_MIDDAY = frozenset((10, 11, 12, 13, 14, 15, 1, 2, 3))

_QUARTERS = {"一": 15, "三": 45}

#: Two is not called so where hours are counted.
_TWO = str.maketrans("两兩", "二二")

_MORNING = (
    "午前|上午|凌晨|清晨|清早|早上|早晨|早|晨|朝|오전|새벽|아침|เช้า|ก่อนเที่ยง|"
    "sáng|rạng sáng|pagi|dini hari"
)
_AFTERNOON = "午後|午后|下午|傍晚|夕方|오후|저녁|บ่าย|เย็น|หลังเที่ยง|chiều|sore|petang"
_EVENING = "晚上|晚间|晚間|夜间|夜間|夜里|夜裡|深夜|夜|晚|밤|ค่ำ|tối|đêm|malam"
_NOON = "中午|正午|昼|낮|정오|เที่ยง|trưa|siang"
_MARKS = {
    normalize("NFKC", mark): name
    for name, marks in (
        ("am", f"{_MORNING}|am|sa"),
        ("pm", f"{_AFTERNOON}|pm|ch"),
        ("evening", _EVENING),
        ("noon", _NOON),
    )
    for mark in marks.split("|")
}

_EAST = "|".join(sorted((mark for mark in _MARKS if mark[0] > "\u0e00"), key=len, reverse=True))
_LATIN = "|".join(
    sorted((mark for mark in _MARKS if mark[0] < "\u0e00" and len(mark) > 2), key=len, reverse=True)
)
_BEFORE = rf"(?P<before>{_EAST}|\b[ap]\.?m\.?)?\s?"
_COLON = r"(?P<h1>\d{1,2}):(?P<m1>\d{2})(?::(?P<s1>\d{2})(?:[.,]\d+)?)?(?![\d:])"
_HAN = "[〇零一二三四五六七八九十两兩]{1,3}"
_WORDS = (
    rf"(?P<h2>\d{{1,2}}|{_HAN})\s?(?:時(?!間)|时(?!间)|[点點]|시(?!간)|giờ|h(?![a-z])|g(?=\d\d))[鐘钟整]?\s?"
    rf"(?:(?P<m2>\d{{1,2}}|{_HAN})(?!\d)\s?(?:分|분|phút)?(?!刻)|(?P<half>半|반|rưỡi)|(?P<quarter>[一三])刻)?"
    r"(?:\s?(?P<s2>\d{1,2})\s?[秒초])?"
)
# A point between hours and minutes is only believed where a word says that this is a time.
_POINT = (
    r"(?:pukul|jam|pk\.|เวลา)\s?(?P<h3>\d{1,2})(?:\.(?P<m3>\d{2}))?(?![\d:]|\.\d)"
    r"|(?P<h4>\d{1,2})\.(?P<m4>\d{2})(?:\.(?P<s4>\d{2}))?"
    r"(?=\s?(?:[~–-]\s?\d{1,2}\.\d{2}\s?)?(?:น\.|wib|wita?\b|hrs\b|[ap]\.?m\b))"
    r"|(?P<h5>\d{1,2})(?=\s?[ap]\.?m\b)"
)
_AFTER = rf"\s?(?P<after>(?:[ap]\.?m\b\.?|sa\b|ch\b|(?:{_LATIN})\b))?"
_ZONE = (
    r"\s?(?:น\.?\s?)?\(?(?:(?P<utc>gmt|utc?)?\s?(?P<sign>[+\u2212-])\s?(?P<oh>\d{1,2})(?::?(?P<om>\d{2}))?"
    r"(?![\d:]|\.\d|\s?(?:[hg時时點点시]|giờ))|(?P<name>[a-z]{1,4})\b)?"
)
_TIME = rf"{_BEFORE}(?<!\d)(?<!\d:)(?:{_COLON}|{_WORDS}|{_POINT}){_AFTER}{_ZONE}"

#: Signs without digits that may stand between a date and its time: a weekday, "lúc", a bar.
_APART = 24

_TO = re.compile(
    r"\s?(?:[~〜–—―\u2212-]|から|至|到|đến|ถึง|s\.?d\.?|s/d|sampai|hingga|to|until)\s?",
    re.IGNORECASE,
)
_NEAR = re.compile(rf"[^\d+]{{0,{_APART}}}")
_BEHIND = re.compile(rf"{_NEAR.pattern}?{_TIME}", re.IGNORECASE)
_ANYWHERE = re.compile(_TIME, re.IGNORECASE)
# What stands in every time of day: looking for it takes a fifth of the time of the patterns.
_HINT = re.compile(
    r"\d:\d|[時时点點시]|\d ?(?:giờ|[hg])|\d ?[ap]\.?m|pukul|jam|pk\.|เวลา|น\.|wi[bt]|hrs"
    r"|正午|中午|정오|เที่ยง|noon|midday|tengah",
    re.IGNORECASE,
)
# Noon has a name of its own; midnight's does not tell of which day.
_AT_NOON = re.compile(
    r"(?:正午|中午|정오|เที่ยง(?:วัน)?(?!คืน)|\b(?:noon|midday|tengah hari)\b)", re.IGNORECASE
)
_LATE = re.compile(
    rf"{normalize('NFKC', _AFTERNOON)}|{normalize('NFKC', _EVENING)}|\bp\.?m\b", re.IGNORECASE
)
_BASIC = re.compile(
    rf"T?(?P<h1>\d{{2}})(?P<m1>\d{{2}})(?P<s1>\d{{2}})?(?:[.,]\d+)?{_ZONE}", re.IGNORECASE
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
NOON = Clock(since_midnight=timedelta(hours=12), offset=None, has_time=True)


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
    if found:
        return _clock(found, country)
    noon = _AT_NOON.search(tail[: 2 * _APART])
    if noon and _NEAR.fullmatch(tail, 0, noon.start()):
        return NOON
    noon = _AT_NOON.search(text, 0, start)
    return NOON if noon and _NEAR.fullmatch(text, noon.end(), start) else MIDNIGHT


def cut_clock(text: str, country: str) -> tuple[str, Clock]:
    """Return *text* without its first time of day, and that; `MIDNIGHT` if it has none.

    Raises:
        ValueError: no day has that time.
    """
    if not _HINT.search(text):
        return text, MIDNIGHT
    if found := _ANYWHERE.search(text):
        return f"{text[: found.start()]} {text[_end(found) :]}", _clock(found, country)
    if found := _AT_NOON.search(text):
        return f"{text[: found.start()]} {text[found.end() :]}", NOON
    return text, MIDNIGHT


def begins_with_clock(text: str) -> bool:
    """Tell whether *text* begins with a time of day."""
    return _ANYWHERE.match(text) is not None


def says_afternoon(text: str) -> bool:
    """Tell whether *text* names the second half of a day."""
    return _LATE.search(text) is not None


def _end(found: re.Match[str]) -> int:
    """Return where a time ends, without the word behind it that is no zone's name."""
    name = found["name"]
    return found.start("name") if name and not _is_zone(name) else found.end()


def _is_zone(name: str) -> bool:
    return name.upper() in _ZONES or name.upper() == "CST"


def _clock(found: re.Match[str], country: str) -> Clock:
    """Return the time that was found. Raises ValueError where no day has it."""
    parts = {name: part for name, part in found.groupdict().items() if part is not None}
    hour, minute, second = (_number(parts, unit) for unit in "hms")
    if hour > 24 or minute > 59 or second > 60:
        raise ValueError(f"no clock shows {hour}:{minute:02}")
    mark = (parts.get("before") or parts.get("after") or "").lower().replace(".", "")
    time = timedelta(
        hours=_hour(hour, _MARKS.get(mark, "")),
        minutes=30 if "half" in parts else _QUARTERS.get(parts.get("quarter", ""), minute),
        seconds=min(second, 59),  # a leap second is the one before it
    )
    if time > timedelta(hours=24):
        raise ValueError(f"no clock shows {hour}:{minute:02}")
    # A minus behind hours and minutes is a range's more often than a zone's, 8:00-9:30, but
    # where ISO's T or seconds say that a machine wrote it.
    is_machine = found[0].startswith(("T", "t")) or "s1" in parts or "utc" in parts
    return Clock(since_midnight=time, offset=_offset(parts, country, is_machine), has_time=True)


def _within(day: str) -> re.Match[str] | None:
    return _ANYWHERE.search(day) if ":" in day else None


def _before(head: str) -> re.Match[str] | None:
    """Return the last time in *head* if next to nothing stands between it and the day.

    Of two that are from one to the other, the first.
    """
    found = list(_ANYWHERE.finditer(head))
    if not found or not _NEAR.fullmatch(head, found[-1].end()):
        return None
    is_range = len(found) > 1 and _TO.fullmatch(head, _end(found[-2]), found[-1].start())
    return found[-2] if is_range else found[-1]


def _number(parts: dict[str, str], unit: str) -> int:
    for form in "12345":
        if (name := unit + form) in parts:
            return han_number(parts[name].translate(_TWO))
    return 0


def _hour(hour: int, mark: str) -> int:
    """Return the hour of 24 that *hour* is with a mark of the part of the day.

    Raises:
        UnclearError: an hour of the night that some count to the day before.
        ValueError: no day has that hour, or not in that part of it.
    """
    # Twelve at night is the next day's beginning to some and noon to a machine.
    if mark == "evening" and (hour < 5 or hour == 12):
        raise UnclearError("an hour of the night that may be of either day")
    if (mark == "am" and hour > 12) or (mark == "noon" and hour not in _MIDDAY):
        raise ValueError(f"it is not {hour} o'clock in that part of a day")
    if mark == "am" and hour == 12:
        return 0
    # 오후 15:30 is seen too: what is past twelve already says so itself.
    late = (mark in ("pm", "evening") and hour < 12) or (mark == "noon" and hour < 10)
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
