"""Sentences of Korean."""

import re
from collections.abc import Iterator

from aggregator.text.sentences.quotes import CLOSERS, QUOTES

# From the first sign of a run and never back: a run of thousands is looked at once.
_END = re.compile(rf"(?<![.!?。！？…])[.!?。！？…]++[{CLOSERS}]*+(?=\s|$|(?<=[가-힣][.!?])[가-힣])")

# What a closing quote may be followed by so that the sentence goes on around the quoted one. Each
# rule was kept where it gained on the half of a parallel news corpus it was not chosen on.
_GOES_ON = re.compile(r"\s?(?:이?라고|이?라며|이?라면서|이?라는|하고|하며)|며|면서|고|는|란")

# Who said what was quoted: 그가 말했다. It belongs to the quote before it.
_SAID = re.compile(
    r"\s(?:\S*[^\s.!?]\s){0,6}(?:말|전|설명|덧붙|밝|보도|주장|강조|답|물)[가-힣]{0,3}"
    r"(?:했|혔|였|었|한|힌)[가-힣]{0,5}\."
)

# What announces the quoted sentence behind it, as a colon does elsewhere.
_ANNOUNCES = re.compile(r"(?:다음과 같이|이렇게|이같이)[^.]{0,12}\.$")
_LONGEST = 30  #: characters that may announce
_QUOTED = re.compile(r"\s[“\"‘「]")

# A quotation of several sentences that the sentence goes on around: “A. B.”라고 말했다. Longer ones
# are rather those of two speakers, with a mark missing between.
_MARK = re.compile('["“”]')
_LONGEST_QUOTED = 100
# 2026. 11. 19. is a date, and J. S. a name.
_COUNTED = re.compile(r"(?:\d|\b[A-Z])\.$")

# A headline has no terminator: where its text follows on the same line, it ends in the predicate's
# last syllable, which is one of few. 보다 (than), 마다 (every), 오다 (on the way) and 하다 보니 (as
# one does) are none. On the fitted half of a parallel news corpus it found 15 of 30 boundaries
# without a terminator and made no wrong one.
_HEADLINE_END = re.compile(
    r"[가-힣](?:(?<![보마려가오])다|됨|(?<![포결])함)[\"'’”)]?(?=\s+(?!보|말고|못))"
)
_HEADLINE = 12  #: characters, at least; and of the sentence that follows it


def korean_cuts(line: str, _language: str) -> Iterator[int]:
    """Yield where the sentences of *line* end."""
    stops = list(_stops(line))
    yield from _headlines(line, stops[0] if stops else len(line))
    yield from stops


def _headlines(line: str, stop: int) -> Iterator[int]:
    """Yield where headlines before the first sentence, which ends at *stop*, end."""
    end = 0
    for found in _HEADLINE_END.finditer(line, 0, stop):
        if min(found.end() - end, stop - found.end()) > _HEADLINE:
            end = found.end()
            yield end


def _stops(line: str) -> Iterator[int]:
    """Yield where a terminator ends a sentence of *line*."""
    for end in _END.finditer(line):
        stop = end.end()
        is_quote = line[stop - 1] in QUOTES
        is_around = is_quote and (_GOES_ON.match(line, stop) or _SAID.match(line, stop))
        is_announced = _QUOTED.match(line, stop) and _ANNOUNCES.search(
            line, max(0, stop - _LONGEST), stop
        )
        is_counted = end[0] == "." and _COUNTED.search(line, max(0, stop - 3), stop)
        if not (is_around or is_announced or is_counted or _is_within(line, stop)):
            yield stop


def _is_within(line: str, stop: int) -> bool:
    """Tell whether *stop* is in a quotation that the sentence goes on around."""
    closing = _MARK.search(line, stop, stop + _LONGEST_QUOTED)
    if not closing or not _GOES_ON.match(line, closing.end()):
        return False
    before = line[max(0, closing.start() - _LONGEST_QUOTED) : stop]
    opening = max(before.rfind(mark) for mark in ('"', "“"))
    is_opening = before[opening] == "“" or not before[:opening].strip()[-1:].isalnum()
    return opening > before.rfind("”") and is_opening and line[closing.start()] != "“"
