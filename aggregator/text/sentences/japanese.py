"""Sentences of Japanese."""

import re
from collections.abc import Iterator

from aggregator.text.sentences.quotes import CLOSERS, QUOTES, ends

# An ASCII sign between two others is part of an address, and one behind Yahoo of a name.
_END = re.compile(rf"(?:[。！？｡]|(?<!Yahoo)[!?](?!(?<=[!-~][!?])[A-Za-z\d=&/%]))+[{CLOSERS}]*")

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
_LONGEST_QUOTED = 100  #: characters from a boundary in a quotation to its marks

# A headline has no terminator: where its text follows on the same line, that begins as the headline
# does (北朝鮮は非核化しないと言う|北朝鮮の外相は). On the fitted half of a parallel news corpus it
# found 6 of 31 headlines and cut no other one; of 341 lines of text it cut two.
_HEADLINE = 10  #: characters, at least
_LONGEST_HEADLINE = 80
_TEXT = 12  #: of the sentence that follows, at least
_LONGEST_BEGINNING = 40  #: characters that are compared
# No boundary is in a run of katakana, of Latin letters or of digits.
_RUN = re.compile(r"(?:[ァ-ヶー]{2}|[A-Za-z]{2}|\d{2})")
# Behind these a noun goes on to something.
_PARTICLES = frozenset("はがをにのとでもやへ、，,：:（(「『“‘・ ")
_OPENING = re.compile(r"[\s「『“\"‘'《]*")


def japanese_cuts(line: str, _language: str) -> Iterator[int]:
    """Yield where the sentences of *line* end."""
    stops = list(_stops(line))
    if headline := _headline(line, stops[0] if stops else len(line)):
        yield headline
    yield from stops


def _stops(line: str) -> Iterator[int]:
    """Yield where a terminator ends a sentence of *line*."""
    for end, stop in ends(line, _END):
        is_quote = line[stop - 1] in QUOTES
        is_around = is_quote and _GOES_ON.match(line, stop)
        is_announced = line[stop : stop + 1] in _QUOTED and _ANNOUNCES.search(
            line, max(0, end.start() - _LONGEST), stop
        )
        if not (is_around or is_announced or (not is_quote and _is_within(line, stop))):
            yield stop


def _is_within(line: str, stop: int) -> bool:
    """Tell whether *stop* is in a quotation that the sentence goes on around."""
    closing = line.find("」", stop, stop + _LONGEST_QUOTED)
    if closing < 0 or not _GOES_ON.match(line, closing + 1):
        return False
    start = max(0, stop - _LONGEST_QUOTED)
    opening = line.rfind("「", start, closing)
    return line.rfind("」", start, stop) < opening < stop


def _headline(line: str, stop: int) -> int:
    """Return where the headline before the first sentence, which ends at *stop*, ends; else 0."""
    opening = _OPENING.match(line)
    first = opening.end() if opening else 0
    best, found = 1, 0
    for at in range(first + _HEADLINE, min(stop - _TEXT, first + _LONGEST_HEADLINE)):
        if line[at] != line[first] or line[at - 1] in _PARTICLES or _RUN.match(line, at - 1):
            continue
        length = _common(line, first, at)
        if length > best:
            best, found = length, at
    return found


def _common(line: str, first: int, at: int) -> int:
    """Return how many characters are the same from *first* on and from *at* on, in whole runs."""
    longest = min(at - first, len(line) - at, _LONGEST_BEGINNING)
    pairs = (length for length in range(longest) if line[first + length] != line[at + length])
    length = next(pairs, longest)
    while length and _RUN.match(line, at + length - 1):
        length -= 1
    return length
