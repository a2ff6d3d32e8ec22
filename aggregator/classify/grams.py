"""An article's text -> the short pieces of it that learned weights go by, in any language.

A piece is a word where words stand apart (in Vietnamese a pair of syllables too), and one to five
letters where they do not. Nobody chose them: which ones speak for a topic is learned.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from aggregator.text.keys import folded

#: How much of a summary is looked at: a teaser's length. What comes later says less of what an
#: article is about, and would drown its title.
MOST_OF_SUMMARY = 300

#: What a piece counts that stands in the summary and not in the title.
SUMMARY_SHARE = 0.5

#: Runs of letters by script, and how long their pieces are. Two letters of Thai say nothing yet;
#: one Chinese character is half a word.
_RUNS = re.compile(
    r"(?P<thai>[\u0e01-\u0e4e]+)|(?P<hangul>[\uac00-\ud7a3]+)"
    r"|(?P<han>[\u3005\u3041-\u30ff\u4e00-\u9fff]+)|(?P<latin>[a-z\u00df-\u024f\u1e00-\u1eff]+)"
)
_LENGTHS = {"thai": (3, 4, 5), "hangul": (2, 3), "han": (1, 2, 3)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grams:
    """The pieces of a text: how strongly each is there, and where it stood first."""

    text: str = ""
    strengths: Mapping[str, float] = field(default_factory=dict)  #: the squares add up to 1
    places: Mapping[str, int] = field(default_factory=dict)

    def said(self, pieces: Sequence[str]) -> tuple[str, ...]:
        """Return what the text says with these pieces: those that touch are one."""
        ends: dict[int, int] = {}
        for piece in pieces:
            start = self.places[piece]
            ends[start] = max(ends.get(start, 0), start + len(piece))
        return tuple(dict.fromkeys(self._joined(ends)))

    def _joined(self, ends: Mapping[int, int]) -> Iterator[str]:
        start = end = -1
        for at in sorted(ends):
            if at > end:
                if start >= 0:
                    yield self._whole(start, end)
                start, end = at, ends[at]
            end = max(end, ends[at])
        if start >= 0:
            yield self._whole(start, end)

    def _whole(self, start: int, end: int) -> str:
        """Return the letters between two places, with the marks that stand on them."""
        while start and unicodedata.category(self.text[start]) == "Mn":
            start -= 1
        while end < len(self.text) and unicodedata.category(self.text[end]) == "Mn":
            end += 1
        return self.text[start:end]


def grams(title: str, summary: str, language: str) -> Grams:
    """Return the pieces of an article."""
    head = folded(title)
    text = f"{head}\n{folded(summary[:MOST_OF_SUMMARY])}"
    places: dict[str, int] = {}
    for piece, at in _pieces(text, language):
        places.setdefault(piece, at)
    shares = {piece: 1.0 if at <= len(head) else SUMMARY_SHARE for piece, at in places.items()}
    length = sum(share * share for share in shares.values()) ** 0.5
    strengths = {piece: share / length for piece, share in shares.items()}
    return Grams(text=text, strengths=strengths, places=places)


def _pieces(text: str, language: str) -> Iterator[tuple[str, int]]:
    """Yield each piece with its place."""
    words: list[tuple[str, int]] = []
    for run in _RUNS.finditer(text):
        if run.lastgroup == "latin":
            words.append((run[0], run.start()))
        else:
            yield from _cut(run[0], run.start(), _LENGTHS[str(run.lastgroup)])
    yield from words
    if language == "vi":
        for (one, at), (other, next_at) in pairwise(words):
            if text[at + len(one) : next_at] == " ":
                yield f"{one} {other}", at


def _cut(run: str, start: int, lengths: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Yield the pieces of a run of letters; a shorter run is one piece."""
    if len(run) < lengths[0]:
        yield run, start
    for length in lengths:
        for at in range(len(run) - length + 1):
            piece = run[at : at + length]
            if length > 1 or piece >= "\u4e00":  # one kana says nothing
                yield piece, start + at
