"""Weekdays as they stand beside dates, or alone: (木), 周五, 목요일, Thứ Sáu, วันศุกร์, Jumat."""

import re
from collections.abc import Iterable

from aggregator.text.dates.day import LAST_LATIN

#: Monday's names first. Single signs and the shortest Thai forms only count in brackets.
_SIGNS = ("月一월", "火二화", "水三수", "木四목", "金五금", "土六토", "日天일")
_THAI = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี พฤหัสฯ พฤหัส", "ศุกร์", "เสาร์", "อาทิตย์")
_SHORT_THAI = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")
_LATIN = (
    "monday mon senin sen", "tuesday tues tue selasa sel", "wednesday weds wed rabu rab",
    "thursday thurs thur thu kamis kam", "friday fri jumat jum'at jum’at jum",
    "saturday sat sabtu sab", "sunday sun minggu min ahad",
)  # fmt: skip
_VIETNAMESE = ("hai", "ba", "tư", "năm", "sáu", "bảy")

_ONE = {sign: number for number, signs in enumerate(_SIGNS) for sign in signs}
_BY_NAME = (
    {
        name: number
        for names in (_THAI, _LATIN)
        for number, each in enumerate(names)
        for name in each.split()
    }
    | {
        f"thứ {name}": number
        for number, word in enumerate(_VIETNAMESE)
        for name in (word, str(number + 2))
    }
    | {"chủ nhật": 6, "chúa nhật": 6}
)


def _any(names: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


_NAMED = re.compile(
    rf"\(?(?:(?:วัน)?(?P<east>{_any(name for name in _BY_NAME if name[0] > LAST_LATIN)})"
    rf"|\b(?P<name>{_any(name for name in _BY_NAME if name[0] < LAST_LATIN)})\b"
    r"|(?:星期|[礼禮]拜|[周週])(?P<week>[一二三四五六日天])"
    r"|(?P<sun>[月火水木金土日])曜日?|(?P<yoil>[월화수목금토일])요일)\.?\)?"
    r"|\(\s?(?P<sign>[月火水木金土日一二三四五六天월화수목금토일])(?:\s?[・/,]?\s?[祝休振])?\s?\)"
    rf"|(?<![ก-๙.])(?P<thai>{_any(_SHORT_THAI)})(?=\s?(?:ที่\s?)?\d)",
    re.IGNORECASE,
)
#: How much text is looked at beside a day: the longest name with its brackets fits twice.
_NEAR = 28
_BETWEEN = re.compile(r"[\s,.(|/·:-]*(?:ที่|วันที่|ngày|tanggal|tgl\.?|the)?\s*", re.IGNORECASE)
_BESIDE = re.compile(rf"[\s,.|]{{0,3}}(?:{_NAMED.pattern})", re.IGNORECASE)


def beside(text: str, start: int, end: int) -> int | None:
    """Return the weekday (Monday is 0) that stands behind or before text[start:end], if any."""
    if found := _BESIDE.match(text, end):
        return _number(found)
    if start:
        begin = max(0, start - _NEAR)
        last = next(reversed([*_NAMED.finditer(text, begin, start + 1)]), None)
        if last and _BETWEEN.fullmatch(text, last.end(), start):
            return _number(last)
    return None


def cut(text: str) -> tuple[str, int | None]:
    """Return *text* without its first weekday, and that."""
    found = _NAMED.search(text)
    if not found:
        return text, None
    return f"{text[: found.start()]} {text[found.end() :]}", _number(found)


def _number(found: re.Match[str]) -> int:
    said = found[found.lastgroup or 0]
    if found["thai"]:
        return _SHORT_THAI.index(said)
    return _ONE[said] if said in _ONE else _BY_NAME[said.lower()]
