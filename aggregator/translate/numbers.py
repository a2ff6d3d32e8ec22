"""Numbers and dates in a text and its translation, and others put in their place."""

import re
from collections import Counter
from collections.abc import Mapping

from aggregator.model import MemoryEntry
from aggregator.text.keys import folded

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)|\d+")

#: A month's number, as sources write it.
_MONTH = re.compile(r"(\d+)\s*[月월]|tháng\s+(\d+)")

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

# A number with what English puts behind it ("3rd"), or the name of a month.
_SAID = re.compile(
    rf"(?P<number>{_NUMBER.pattern})(?P<end>(?:st|nd|rd|th)\b)?|\b(?P<month>{'|'.join(_MONTHS)})\b"
)


def shape(text: str) -> str:
    """Return *text* as it is compared, with a 0 for each number."""
    return _NUMBER.sub("0", folded(text))


def with_numbers(text: str, entry: MemoryEntry) -> str | None:
    """Return the entry's translation with the numbers of *text*, None where that is not safe.

    The two sources are the same but for numbers, and each number that differs stands in the
    translation exactly as often as in its source: as digits, or, if it is a month's, as the English
    name. A number that would be two different ones is not put in. Numbers in words are words: where
    the translation says one so, and has the same number elsewhere, that one is changed, which is
    why this is offered and not used.
    """
    if shape(text) != shape(entry.source_text):
        return None
    old, new = _values(folded(entry.source_text)), _values(folded(text))
    changes = dict(zip(old, new, strict=True))
    if any(changes[was] != now for was, now in zip(old, new, strict=True)):
        return None
    months = {int(one or other) for one, other in _MONTH.findall(folded(entry.source_text))}
    months = months if entry.target == "en" else set()
    there, wanted = _said_in(entry.target_text, months), Counter(old)
    for was, now in changes.items():
        if was != now and there[was] != wanted[was]:
            return None
    try:
        return _SAID.sub(lambda found: _put(found, changes, months), entry.target_text)
    except IndexError:  # the name of a thirteenth month
        return None


def _values(text: str) -> list[int]:
    return [_value(each) for each in _NUMBER.findall(text)]


def _value(number: str) -> int:
    return int(number.replace(",", ""))


def _said_in(text: str, months: set[int]) -> Counter[int]:
    """Return how often each number is said."""
    found = Counter(_values(text))
    for each in _SAID.finditer(text):
        if each["month"] and (month := _MONTHS.index(each["month"]) + 1) in months:
            found[month] += 1
    return found


def _put(found: re.Match[str], changes: Mapping[int, int], months: set[int]) -> str:
    """Return what stands in a number's place; unchanged ones stay to the letter."""
    if found["month"]:
        month = _MONTHS.index(found["month"]) + 1
        now = changes.get(month, month)
        if month not in months or now == month:
            return found[0]
        return _MONTHS[now - 1] if now else _MONTHS[len(_MONTHS)]
    was = _value(found["number"])
    now = changes.get(was, was)
    if now == was:
        return found[0]
    return _written(now, found["number"]) + (_ordinal(now) if found["end"] else "")


def _written(now: int, like: str) -> str:
    """Return a number in the form of another: with commas, or with zeros in front."""
    if "," in like:
        return f"{now:,}"
    return str(now).zfill(len(like)) if like.startswith("0") else str(now)


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
