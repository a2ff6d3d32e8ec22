"""What near copies are found by: a text's letters, and a few of its shingles as keys.

MinHash with one permutation: each shingle's hash says which of `BINS` bins it falls into, and the
smallest of a bin is kept. Two texts share a bin's shingle with the probability of their Jaccard
similarity, so of 40 bins near copies share some and others hardly one. A band is one row of such
a signature. Longer shingles do what more rows would do: one of six letters is as rare as two of
three, and is left over by scattered changes just as often.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from hashlib import blake2b
from zlib import crc32

from aggregator.dedupe.numbers import Number, numbers
from aggregator.model import Article
from aggregator.text.html import plain
from aggregator.text.keys import folded
from aggregator.text.simplified import simplified

#: Letters of a shingle: in Han, kana and Hangul, where 5 letters are as rare as 6 of an alphabet,
#: and elsewhere. On 157 texts of three sentences a language of the calibrating half, a fifth of
#: the letters changed at random, 32 bins share 6 shingles with the original and .01 (Chinese) to
#: .1 (English, Vietnamese) with another text; shorter ones share more with others, Indonesian
#: texts of 2,000 letters a whole one with 4; longer ones miss up to 6 of 100 copies.
DENSE = 5
SPARSE = 6

#: Shingles kept of a text. With 32, 6 copies of 1,000 of short texts share none with the original.
BINS = 40

#: What is read of a text, in letters: a news story of the longest kind. Paragraphs of a longer one
#: may stand behind this in its copy.
MOST_LETTERS = 6_000

#: Near copies are looked for this close in time: the bands of a text are those of its fortnight,
#: and it is compared with the one before and the one after. So an index of ten years costs the
#: same look-up as one of two months.
FORTNIGHT = timedelta(days=14)

# Thai vowels and tones are marks, not letters, to Unicode.
_SILENT = re.compile("[^\\w\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+|_+")
_ENDS = re.compile(r"(?<=[。！？!?;；…])|(?<=\.)\s")
_IS_DENSE = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_SCATTER = 0x9E3779B97F4A7C15  # an odd number without a pattern: neighbors of crc32 fall apart
_WORD = (1 << 64) - 1


@dataclass(frozen=True)
class Writing:
    """A text as it is compared."""

    pieces: tuple[str, ...]  #: its sentences and lines: folded letters and digits, nothing else
    numbers: tuple[Number, ...]

    @cached_property
    def letters(self) -> str:
        """All pieces as one."""
        return "".join(self.pieces)

    @cached_property
    def threes(self) -> frozenset[str]:
        """Each run of three letters."""
        letters = self.letters
        return frozenset(map("".join, zip(letters, letters[1:], letters[2:], strict=False)))


def writing(article: Article) -> Writing:
    """Return what is compared of an article: its title, and its body or the longer summary."""
    body = plain(article.body) if article.body else ""
    told = body if len(body) > len(article.summary) else article.summary
    return written(f"{article.title}\n{told}")


def written(text: str) -> Writing:
    """Return *text* as it is compared, up to `MOST_LETTERS`; its lines are pieces of it."""
    lines = [simplified(folded(line)) for line in text.split("\n")]
    pieces, left = [], MOST_LETTERS
    for piece in (piece for line in lines for piece in _ENDS.split(line)):
        if said := _SILENT.sub("", piece)[:left]:
            pieces.append(said)
            left -= len(said)
    # A title that the text begins with again is no second part of it.
    if pieces and pieces[0] in "".join(pieces[1:]):
        del pieces[0]
    return Writing(pieces=tuple(pieces), numbers=numbers("\n".join(lines)))


def signature(text: Writing) -> frozenset[str]:
    """Return the shingles of a text that near copies are likely to have in theirs."""
    least: dict[int, tuple[int, str]] = {}
    for shingle in set(_shingles(text.letters)):
        mixed = crc32(shingle.encode("utf-8", "surrogatepass")) * _SCATTER & _WORD
        rank = (mixed >> 32, shingle)
        which = (mixed & 0xFFFFFFFF) % BINS
        if which not in least or rank < least[which]:
            least[which] = rank
    return frozenset(shingle for _, shingle in least.values())


def bands(shingles: frozenset[str], fortnight: int) -> frozenset[int]:
    """Return the keys under which a signature stands in the index: 64 bits, signed.

    They are stored: another way to make them finds nothing in what is there.
    """
    return frozenset(_key(fortnight, shingle) for shingle in shingles)


def fortnight(article: Article) -> int:
    """Return the number of the fortnight in which an article was published."""
    return int(article.published.timestamp() // FORTNIGHT.total_seconds())


def _shingles(letters: str) -> Iterator[str]:
    for start, letter in enumerate(letters):
        shingle = letters[start : start + (DENSE if _IS_DENSE.match(letter) else SPARSE)]
        if len(shingle) >= DENSE:
            yield shingle


def _key(fortnight: int, shingle: str) -> int:
    said = f"{fortnight} {shingle}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big", signed=True)
