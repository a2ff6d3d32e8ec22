"""A text -> its letters as terms are compared by, with the place of each."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

# What one writer puts between the parts of a term, another leaves out or replaces: white space,
# hyphens, middle dots, quotation marks and &. Not the full stop, which ends abbreviations.
_BETWEEN = (
    r"\s"
    "\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
    "\u00b7\u2022\u2027\u2219\u22c5\u30fb\u318d\uff65"
    '"\u00ab\u00bb\u2018\u201c\u201d\u3008-\u300f\uff62\uff63'
    "&\uff06-"
)
_IS_BETWEEN = re.compile(f"[{_BETWEEN}]")
_PIECES = re.compile(f"[^{_BETWEEN}]+")

# Full-width ASCII and the ellipsis are most of what NFKC changes. Replaced at once they save
# looking at each character, which takes five times as long.
_WIDE = re.compile("[\uff01-\uff5e\u2026]")
_NARROW = {0x2026: 0x2E, **{0xFF01 + step: 0x21 + step for step in range(0x5E)}}

# The Icelandic eth looks like the Vietnamese D with stroke and is often typed for it, small as
# well as capital. Thai writes years in its own digits.
_UNLIKE = re.compile("[\u0e50-\u0e59\u00f0\u00d0\u2019]")
_ALIKE = {
    **{0x0E50 + step: 0x30 + step for step in range(10)},
    0x00F0: 0x0111,
    0x00D0: 0x0110,
    0x2019: 0x27,
}

_SARA_AM = "\u0e33"

# A character with what NFKC joins to it; the pieces of sara am, which NFKC parts, are one.
_CLUSTER = re.compile(
    "\u0e4d[\u0e48-\u0e4b]?\u0e32|.[\u0300-\u036f\u1160-\u11ff\u3099\u309a\uff9e\uff9f]*",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelled:
    """A text's letters without case, width and what stands between them."""

    text: str
    letters: str
    starts: Sequence[int]  #: where each letter begins in the text
    ends: Sequence[int]  #: where it ends; none where each is one character of the text

    def end(self, at: int) -> int:
        """Return where the letter *at* ends in the text."""
        return self.ends[at] if self.ends else self.starts[at] + 1

    def is_apart(self, at: int) -> bool:
        """Tell whether something stands between the letter *at* and the one before it."""
        return self.starts[at] > self.end(at - 1)

    def gaps(self, start: int, end: int) -> frozenset[int]:
        """Return before which of the letters *start* to *end* something stands, from 1 on."""
        if not self.ends and self.starts[end - 1] - self.starts[start] == end - 1 - start:
            return frozenset()
        if self.ends:
            return frozenset(at - start for at in range(start + 1, end) if self.is_apart(at))
        pairs = enumerate(pairwise(self.starts[start:end]), 1)
        return frozenset(at for at, (one, next_one) in pairs if next_one - one > 1)


def spelled(text: str) -> Spelled:
    """Return the letters of *text*: NFKC, case folded, and the same for all ways to join words."""
    plain = text.translate(_NARROW) if _WIDE.search(text) else text
    folded = plain.casefold()
    if len(folded) != len(text) or not _is_plain(plain):
        return _one_by_one(text)
    starts: list[int] = []
    pieces: list[str] = []
    for found in _PIECES.finditer(folded):
        pieces.append(found[0])
        starts += range(*found.span())
    return Spelled(text=text, letters=_alike("".join(pieces)), starts=starts, ends=())


def cased(text: str) -> str:
    """Return the letters of *text* as `spelled` does, but with their capitals."""
    shown = "".join(_composed(found[0]) for found in _CLUSTER.finditer(_IS_BETWEEN.sub("", text)))
    return _alike(_IS_BETWEEN.sub("", shown))


def _alike(text: str) -> str:
    return text.translate(_ALIKE) if _UNLIKE.search(text) else text


def _is_plain(text: str) -> bool:
    if text.isascii():
        return True
    if "\u0e4d" in text:
        return False
    text = text.replace(_SARA_AM, "")
    if unicodedata.is_normalized("NFKC", text):
        return True
    return unicodedata.is_normalized("NFKC", _IS_BETWEEN.sub(" ", text))


def _one_by_one(text: str) -> Spelled:
    placed = tuple(_placed(text))
    return Spelled(
        text=text,
        letters="".join(letter for letter, _, _ in placed),
        starts=[start for _, start, _ in placed],
        ends=[end for _, _, end in placed],
    )


def _placed(text: str) -> Iterator[tuple[str, int, int]]:
    for found in _CLUSTER.finditer(text):
        # Before NFKC, which makes a vowel of the Korean dot.
        if _IS_BETWEEN.match(found[0]):
            continue
        for sign in _composed(_composed(found[0]).casefold()):
            if not _IS_BETWEEN.match(sign):
                yield _alike(sign), found.start(), found.end()


def _composed(cluster: str) -> str:
    if cluster == _SARA_AM:
        return cluster
    if cluster[0] == "\u0e4d" and cluster[-1] == "\u0e32":
        return cluster[1:-1] + _SARA_AM
    return unicodedata.normalize("NFKC", cluster)
