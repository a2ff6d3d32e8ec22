"""Sentences of Japanese."""

import re
from collections.abc import Iterator

from aggregator.text.sentences.quotes import CLOSERS, QUOTES, ends

_END = re.compile(rf"[。！？!?｡]+[{CLOSERS}]*")

# What a closing quote may be followed by so that the sentence goes on around the quoted one. Each
# rule here was kept where it gained on the half of a parallel news corpus it was not chosen on; who
# said what was quoted, behind the quote (「…。」彼は言った。), did not.
_GOES_ON = re.compile("と|って|など|の|を|に|が|は")

# What announces the quoted sentence behind it, as a colon does elsewhere.
_ANNOUNCES = re.compile(
    r"(?:(?:次|以下|下記)の(?:よう|通り|とおり)に?[^。]{0,20}|こう[^。]{1,8})。$"
)
_LONGEST = 40  #: characters that may announce
_QUOTED = "「『“"


def japanese_cuts(line: str, _language: str) -> Iterator[int]:
    """Yield where the sentences of *line* end."""
    for end, stop in ends(line, _END):
        is_around = line[stop - 1] in QUOTES and _GOES_ON.match(line, stop)
        is_announced = line[stop : stop + 1] in _QUOTED and _ANNOUNCES.search(
            line, max(0, end.start() - _LONGEST), stop
        )
        if not is_around and not is_announced:
            yield stop
