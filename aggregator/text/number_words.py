"""What numbers the words of a text may say, in any of the languages that are read."""

import re
from collections.abc import Iterator, Mapping

from aggregator.text.dates import english, indonesian, thai
from aggregator.text.dates.day import alternatives

_ONES = (
    "zero nol sifar không ศูนย์ 영 공",
    "one first once single satu pertama esa một nhất หนึ่ง แรก เดียว 하나 한 첫 일",
    "two second twice both double pair dua kedua hai đôi cả nhì สอง คู่ 둘 두 양 이",
    "three third triple thrice trio tiga ketiga ba สาม 셋 세 석 삼",
    "four fourth quadruple quarter empat keempat bốn tư สี่ 넷 네 넉 사",
    "five fifth lima kelima năm lăm ห้า 다섯 오",
    "six sixth enam keenam sáu หก 여섯 육",
    "seven seventh tujuh ketujuh bảy เจ็ด 일곱 칠",
    "eight eighth delapan kedelapan tám แปด 여덟 팔",
    "nine ninth sembilan kesembilan chín เก้า 아홉 구",
    "ten tenth sepuluh kesepuluh mười สิบ 열 십",
    "eleven eleventh sebelas สิบเอ็ด 열한 열하나",
    "twelve twelfth dozen noon midday duabelas lusin โหล เที่ยง 열두 열둘 정오",
    "thirteen thirteenth", "fourteen fourteenth", "fifteen fifteenth", "sixteen sixteenth",
    "seventeen seventeenth", "eighteen eighteenth", "nineteen nineteenth",
)  # fmt: skip
_WORDS: Mapping[str, float] = {
    **{word: float(number) for number, words in enumerate(_ONES) for word in words.split()},
    **{name: float(number) for name, number in english.MONTHS.items()},
    **{name: float(number) for name, number in indonesian.MONTHS.items()},
    **{name: float(number) for name, number in thai.MONTHS.items()},
    **{
        word: float(number)
        for number, words in (
            (0.5, "half setengah separuh nửa rưỡi ครึ่ง 절반 반"),
            (20, "twenty twentieth ยี่สิบ 스물 스무 이십"), (30, "thirty thirtieth 서른 삼십"),
            (40, "forty fortieth 마흔 사십"), (50, "fifty fiftieth 쉰 오십"),
            (60, "sixty 예순 육십"),
            (70, "seventy 일흔 칠십"), (80, "eighty 여든 팔십"), (90, "ninety 아흔 구십"),
            (100, "hundred hundredth century seratus ratus trăm ร้อย ศตวรรษ 백"),
            (1000, "thousand seribu ribu nghìn ngàn พัน 천"),
            (10_000, "หมื่น 만"), (100_000, "แสน"), (1_000_000, "million juta triệu ล้าน 백만"),
            (1e9, "billion miliar tỷ tỉ พันล้าน 십억"),
        )
        for word in words.split()
    },
}  # fmt: skip
_TENS = {"puluh": 10.0, "mươi": 10.0, "belas": 10.0}

_HAN = {sign: float(number) for number, sign in enumerate("零一二三四五六七八九")}
_HAN |= {"〇": 0, "两": 2, "兩": 2, "双": 2, "雙": 2, "首": 1, "初": 1, "半": 0.5}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_HAN_GREAT = {"万": 1e4, "萬": 1e4, "億": 1e8, "亿": 1e8, "兆": 1e12}

# A word of Latin letters ends where others begin; Thai and Korean write on.
_LATIN = re.compile(r"[^\W\d_]+")
_WRITTEN_ON = re.compile(alternatives({w: 0 for w in _WORDS if w > "\u0e00"}))
_HAN_RUN = re.compile(f"[{''.join([*_HAN, *_HAN_UNITS, *_HAN_GREAT])}]+")


def said_in_words(text: str) -> frozenset[float]:
    """Return every number that a word of *text* may say, alone or with those around it.

    It is folded. Rather too many than too few: `năm` is five and a year.
    """
    return frozenset((*_in_latin(text), *_in_letters(text), *_in_han(text)))


def _in_latin(text: str) -> Iterator[float]:
    before = 0.0
    for found in _LATIN.finditer(text):
        value = _TENS.get(found[0]) or _WORDS.get(found[0])
        if value is None:
            before = 0.0
            continue
        if found[0] == "belas":
            before = before + value
        else:
            before = before * value if value >= 10 > before > 0 else before + value
        yield from (value, before)


def _in_letters(text: str) -> Iterator[float]:
    for found in _WRITTEN_ON.finditer(text):
        yield _WORDS[found[0]]


def _in_han(text: str) -> Iterator[float]:
    for found in _HAN_RUN.finditer(text):
        run = found[0]
        yield from (_HAN[sign] for sign in run if sign in _HAN)
        if not set(run) & {*_HAN_UNITS, *_HAN_GREAT}:
            yield float("".join(str(int(_HAN[sign])) for sign in run))
        else:
            yield _han_value(run)


def _han_value(run: str) -> float:
    total = part = one = 0.0
    for sign in run:
        if sign in _HAN:
            one = _HAN[sign]
        elif sign in _HAN_GREAT:
            total, part, one = total + (part + one or 1) * _HAN_GREAT[sign], 0.0, 0.0
        else:
            part, one = part + (one or 1) * _HAN_UNITS[sign], 0.0
    return total + part + one
