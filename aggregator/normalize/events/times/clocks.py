"""Times of day written in a running text -> minutes since midnight."""

import re
from dataclasses import dataclass

from aggregator.text.dates.day import han_number
from aggregator.text.dates.thai_clock import in_digits

#: 24:00 is the day's end.
_DAY = 24 * 60

_MORNING = r"午前|上午|凌晨|清晨|早上|朝|오전|아침|새벽|sáng|pagi|เช้า|a\.?m\b\.?"
_EVENING = (
    r"午後|下午|傍晚|晚上|晚间|晚間|夜|晚|오후|저녁|밤|chiều|tối|sore|malam|บ่าย|ค่ำ|p\.?m\b\.?"
)
_NOON = r"正午|中午|낮|trưa|siang|เที่ยง"
_BEFORE = rf"(?:(?P<am>{_MORNING})|(?P<pm>{_EVENING})|(?P<noon>{_NOON}))?\s?"
_AFTER = (
    r"\s?(?:(?P<am2>a\.?m\b\.?|sáng\b|pagi\b)|(?P<pm2>p\.?m\b\.?|chiều\b|tối\b|sore\b|malam\b))?"
)
_HAN = r"\d{1,2}|[一二三四五六七八九十两兩]{1,3}"
_COLON = r"(?P<h>\d{1,2})\s?:\s?(?P<m>\d{2})(?::\d{2})?(?![\d:])"
_WORD = (
    rf"(?P<h2>{_HAN})\s?(?:時(?![間數数])|时(?![间数])|[点點](?!点)|시(?![간])|giờ(?!\s?(?:học"
    rf"|dạy))|h(?![a-z]))[整鐘钟]?"
    rf"\s?(?:(?P<half>半|반|rưỡi)|(?P<m2>\d{{1,2}}|{_HAN})(?:\s?[分분]|\s?phút|(?<=\d\d)(?!\d)))?"
)
_LATIN = (
    r"(?P<h3>\d{1,2})(?:\.(?P<m3>[0-5]\d))?(?=\s?(?:[ap]\.?m\b|sore\b|malam\b|pagi\b|siang\b))"
    r"|(?P<h6>\d{1,2})(?:[.:](?P<m6>[0-5]\d))?(?=\s?(?:-|–|to)\s?\d{1,2}"
    r"(?:[.:]\d\d)?\s?[ap]\.?m\b)"
)
#: 08.30, where a point stands between hours and minutes.
_POINT = r"(?P<h5>\d{1,2})\.(?P<m5>[0-5]\d)(?![\d./])"

_CLOCK = re.compile(
    rf"(?<![\d:./]){_BEFORE}(?<![\d:/])(?:{_COLON}|{_WORD}|{_LATIN}){_AFTER}", re.IGNORECASE
)
_POINTED = re.compile(
    rf"(?<![\d:/])(?<!\d[.,])(?<!rp)(?:(?:pukul|jam|pk\.?|เวลา)\s?(?P<h4>\d{{1,2}})(?![\d.:])"
    rf"|{_POINT}){_AFTER}",
    re.IGNORECASE,
)

#: Countries whose clocks are written with a point.
_POINTS = frozenset(("th", "id"))

#: What stands between the begin and the end of a time: 13:00〜17:00, 오후 1시부터 4시까지.
_TO = re.compile(
    r"[\s(]*(?:から|부터|起)?[\s,]*(?:[-–—―~〜至到]|から|부터|đến|to|until|till|sampai|hingga"
    r"|s/d|s\.d\.?|sd"
    r"|ถึง|น\.\s?(?:[-–]|ถึง))\s?(?:เวลา|pukul|jam|with)?\s*",
    re.IGNORECASE,
)
#: Times that are no beginning: when doors or the desk open.
_DESK = re.compile(
    r"(?:受付|開場|報到|签到|簽到|报到|접수|입장|doors? open)[^\d\n]{0,6}$", re.IGNORECASE
)
_DESK_BEHIND = re.compile(
    r"\s?(?:น\.\s?)?(?:(?:受付|開場|報到|签到|簽到|报到|접수|입장|(?:ลงทะเบียน|registra\w*"
    r"|đón tiếp\D{0,12})\s*(?:\n|$))|doors)",
    re.IGNORECASE,
)
#: Signs between a begin and an end that are told by words, and behind the end.
_APART, _BEHIND = 24, 8
#: Said of an end in a sentence of its own.
_ENDS = re.compile(r"(?:終了|閉会|結束|结束|끝|마침|kết thúc|สิ้นสุด|selesai|end)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When on its day something begins, and perhaps ends: minutes since midnight."""

    begins: int
    ends: int | None
    start: int  #: where it stands in the text
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clock:
    minutes: int
    is_marked: bool  #: morning or afternoon is said
    is_late: bool  #: the afternoon is
    start: int
    end: int


def hours(text: str, country: str) -> list[Hours]:
    """Return the times in a simple *text*, in its order; a begin and its end are one.

    When the doors or the desk open is left out.
    """
    text = in_digits(text)
    pairs: list[list[_Clock]] = []
    for clock in _clocks(text, country):
        if pairs and len(pairs[-1]) == 1 and _leads(text, pairs[-1][0].end, clock):
            pairs[-1].append(clock)
        else:
            pairs.append([clock])
    return [_hours(pair) for pair in pairs if not _is_desk(text, pair)]


def _is_desk(text: str, pair: list[_Clock]) -> bool:
    return bool(_DESK.search(text, 0, pair[0].start) or _DESK_BEHIND.match(text, pair[-1].end))


def _hours(pair: list[_Clock]) -> Hours:
    """Return a begin and its end; of 7-8:30 pm and 下午三点到五点 both are in the afternoon."""
    begin, end = pair[0], pair[-1]
    begins = begin.minutes
    if len(pair) == 1:
        return Hours(begins=begins, ends=None, start=begin.start, end=begin.end)
    if end.is_marked and not begin.is_marked and begins + _DAY // 2 < end.minutes:
        begins += _DAY // 2 if begins < _DAY // 2 and end.is_late else 0
    return Hours(begins=begins, ends=_later(end, begins), start=begin.start, end=end.end)


def _leads(text: str, start: int, clock: _Clock) -> bool:
    """Tell whether the words between two times make them a begin and an end."""
    between = text[start : clock.start]
    if _TO.fullmatch(between):
        return True
    is_near = len(between) <= _APART and not re.search(r"[\d\n]", between)
    behind = text[clock.end : clock.end + _BEHIND]
    is_end = _ENDS.match(behind.lstrip(" にで予")) and not re.search(r"\d", behind)
    return is_near and bool(_ENDS.search(between) or is_end)


def _later(clock: _Clock, begins: int) -> int:
    """Return the end in minutes: 下午三点到五点 ends in the afternoon too."""
    if clock.minutes <= begins and not clock.is_marked and clock.minutes + _DAY // 2 > begins:
        return clock.minutes + _DAY // 2
    return clock.minutes


def _clocks(text: str, country: str) -> list[_Clock]:
    forms = (_CLOCK, _POINTED) if country in _POINTS else (_CLOCK,)
    found = [
        clock for form in forms for hit in form.finditer(text) if (clock := _clock(hit)) is not None
    ]
    kept: list[_Clock] = []
    for clock in sorted(found, key=lambda clock: (clock.start, -clock.end)):
        if not kept or clock.start >= kept[-1].end:
            kept.append(clock)
    return kept


def _clock(found: re.Match[str]) -> _Clock | None:
    parts = {name: part for name, part in found.groupdict().items() if part}
    try:
        hour = _number(
            next(parts[name] for name in ("h", "h2", "h3", "h4", "h5", ("h6")) if name in parts)
        )
        minute = _number(
            next((parts[name] for name in ("m", "m2", "m3", "m5", ("m6")) if name in parts), ("0"))
        )
    except ValueError:  # numerals in no order
        return None
    minute = 30 if "half" in parts else minute
    is_late = "pm" in parts or "pm2" in parts or ("noon" in parts and hour < 11)
    if is_late and hour < 12:
        hour += 12
    elif ("am" in parts or "am2" in parts) and hour == 12:
        hour = 0
    if hour > 24 or minute > 59 or (minutes := hour * 60 + minute) > _DAY:
        return None
    is_marked = is_late or "am" in parts or "am2" in parts
    start = found.start() + len(found[0]) - len(found[0].lstrip())
    return _Clock(
        minutes=minutes,
        is_marked=is_marked,
        is_late=is_late,
        start=start,
        end=found.end(),
    )


def _number(written: str) -> int:
    return han_number(written.replace("两", "二").replace("兩", "二"))
