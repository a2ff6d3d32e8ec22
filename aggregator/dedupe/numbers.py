"""The numbers that a text tells: what makes an otherwise equal notice another one."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from aggregator.text.dates import english, indonesian, thai
from aggregator.text.dates.day import UnclearError, alternatives, han_number

#: Letters before and after a number that tell what it is a number of, and the share of them that
#: must agree. Of letters of which a fifth was changed, three of eight agree 999 times in 1,000;
#: around two numbers of different things 2 times in 100 in Latin letters, in others hardly ever.
CONTEXT = 4
AGREEING = 0.375

_MONTHS: Mapping[str, int] = {
    name.casefold(): number
    for months in (english.MONTHS, indonesian.MONTHS, thai.MONTHS)
    for name, number in months.items()
}
#: Shorter names, such as "may", "mar" and "des", are months only beside a digit.
_SURE_NAME = 4
_SURE = alternatives({name: 0 for name in _MONTHS if len(name) >= _SURE_NAME})

_ROMAN = (
    "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv",
)  # fmt: skip
_WORDS: Mapping[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "two second dua kedua hai", "three third tiga ketiga ba", "four fourth empat keempat",
            "five fifth lima kelima năm", "six sixth enam keenam sáu",
            "seven seventh tujuh ketujuh bảy", "eight eighth delapan kedelapan tám",
            "nine ninth sembilan kesembilan chín", "ten tenth sepuluh kesepuluh mười",
        ),
        2,
    )
    for word in words.split()
}  # fmt: skip
_NAMED = {**_WORDS, **{name: number for number, name in enumerate(_ROMAN, 2) if len(name) > 1}}

#: What Han numerals count when they are numbers and not parts of words, as in 一般 and 三明.
_COUNTED = "回届期次年月日号时時分人名校章节節岁歳週周册冊部个個位等级級"
_NUMBER = re.compile(
    r"(?P<digits>\d+)"
    rf"|(?P<han>[〇零一二三四五六七八九十百]{{1,6}})(?=[{_COUNTED}])"
    rf"|(?<![^\W\d_])(?P<sure>{_SURE})(?![^\W\d_])"
    rf"|(?<=\d)\s?(?P<after>{alternatives(_MONTHS)})(?![^\W\d_])"
    rf"|(?<![^\W\d_])(?P<before>{alternatives(_MONTHS)})(?=\s\d)"
    rf"|(?<![^\W\d_])(?P<named>{alternatives(_NAMED)})(?![^\W\d_])"
)
_THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
_DIGIT = re.compile(r"\d")
_BESIDE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number and what stands around it: letters only, digits as 0."""

    value: int
    named: bool  #: as a word, which changes more easily than digits: March, VII
    before: str
    after: str


def numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers that *text* tells, in their order: digits, 三回, March, VII.

    It is folded, and its Chinese simplified.

    "one" and its like are left out, for they are articles as often.
    """
    text = _THOUSANDS.sub("", text)
    return tuple(
        Number(
            value=value,
            named=found.lastgroup not in ("digits", "han"),
            before=_letters(text[max(0, found.start() - 3 * CONTEXT) : found.start()])[-CONTEXT:],
            after=_letters(text[found.end() : found.end() + 3 * CONTEXT])[:CONTEXT],
        )
        for found in _NUMBER.finditer(text)
        if (value := _value(found)) is not None
    )


def changed(some: Sequence[Number], others: Sequence[Number]) -> bool:
    """Tell whether a number of one text is another in the other: in like words, and missing there.

    A number that one of them leaves out, with what it is a number of, is not changed.
    """
    lost, new = _less(some, others), _less(others, some)
    return any(_is_of_one(number, other) for number, other in product(lost, new))


def same(some: Sequence[Number], others: Sequence[Number]) -> bool:
    """Tell whether two texts tell the same numbers, each as often, in any order."""
    return not _less(some, others) and not _less(others, some)


def _less(some: Sequence[Number], others: Sequence[Number]) -> list[Number]:
    """Return the numbers that *some* have more often than *others*."""
    most = Counter((number.named, number.value) for number in some)
    most -= Counter((number.named, number.value) for number in others)
    return [number for number in some if (number.named, number.value) in most]


def _is_of_one(number: Number, other: Number) -> bool:
    pairs = [
        *zip(reversed(number.before), reversed(other.before), strict=False),
        *zip(number.after, other.after, strict=False),
    ]
    return sum(one == two for one, two in pairs) >= AGREEING * len(pairs)


def _letters(text: str) -> str:
    return _BESIDE.sub("", _DIGIT.sub("0", text))


def _value(found: re.Match[str]) -> int | None:
    kind, said = found.lastgroup, found[found.lastgroup or 0]
    if kind == "digits":
        return int("".join(str(unicodedata.decimal(digit)) for digit in said[:30]))
    if kind == "named":
        return _NAMED[said]
    if kind != "han":
        return _MONTHS[said]
    try:
        return han_number(said)
    except UnclearError:
        return None
