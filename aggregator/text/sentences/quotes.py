"""Quotation marks around the end of a sentence."""

import re
from collections.abc import Iterator

CLOSERS = "\"'”’」』）)】〉》］\\]〕"
OPENERS = "\"'“‘「『（(【〈《［\\[〔"

#: What a quoted sentence ends in.
QUOTES = "\"'”’」』"

_STRAIGHT = re.compile('"')
_BEFORE_AN_OPENING = re.compile(r"(?:^|[\s(（:：“‘「『])$")
_AFTER_A_CLOSING = re.compile(r"$|[\s)）,.，。、；;:：!?！？”’」』\]]")


def openings(line: str) -> frozenset[int]:
    """Return where in *line* the straight quotation marks stand that open.

    What stands around one says what it does, else it is the other half of the one before it.
    """
    opening = set()
    is_open = False
    for mark in _STRAIGHT.finditer(line):
        at = mark.start()
        starts = bool(_BEFORE_AN_OPENING.search(line, max(0, at - 1), at))
        stops = bool(_AFTER_A_CLOSING.match(line, at + 1))
        is_open = starts if starts != stops else not is_open
        if is_open:
            opening.add(at)
    return frozenset(opening)


def ends(line: str, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], int]]:
    """Yield each end of a sentence that *pattern* finds in *line*, and where the sentence stops.

    Marks behind the terminator that open the next sentence are left to that one.
    """
    opening = openings(line) if '"' in line else frozenset[int]()
    for end in pattern.finditer(line):
        first = (at for at in range(end.start(), end.end()) if at in opening)
        yield end, next(first, end.end())
