"""Entries of the memory that say nearly what a text says: offered to people, never used alone.

Texts that are the same but for their numbers come with the numbers put in. How close others are is
the share of their characters that stand in both in the same order: twice the longest common
subsequence, of the length of both. To find them among a million, each text has a sketch: of its
three-letter pieces, the least under each of 32 orders (MinHash, Broder 1997), one byte of each. The
sketches of two texts agree in about as many places as the texts share pieces.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from aggregator.model import MemoryEntry
from aggregator.text.keys import folded
from aggregator.translate.numbers import shape, with_numbers

#: Less than this is quicker translated anew; translators' tools begin to offer between .70 and .75.
FLOOR = 0.75

#: Changes whenever the same text would give another sketch.
VERSION = 1

#: Bytes of a sketch.
SIZE = 32

#: Of two texts with a share of .75 the sketches agree in 4 places of 32 or more, but for one of
#: 100; of others by chance in one of 4,000. `python -m bench.memory` measures what that finds.
FEWEST = 4

How = Literal["exact", "numbers", "similar"]
Sketches = NDArray[np.uint8]

_ORDER: Sequence[How] = ("exact", "numbers", "similar")

# Odd, so that each order has every number once.
_FACTORS = np.random.default_rng(7).integers(1 << 31, size=SIZE, dtype=np.uint32) * 2 + 1
_OFFSETS = np.random.default_rng(8).integers(1 << 31, size=SIZE, dtype=np.uint32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An entry that says nearly what a text says."""

    entry: MemoryEntry
    text: str  #: what is offered: its translation, with the numbers of the text put in
    share: float  #: of the characters that both have, of 1; numbers are characters
    how: How


def matches(text: str, entries: Iterable[MemoryEntry], limit: int) -> list[Match]:
    """Return the entries that are close enough to *text*, the closest first, at most *limit*."""
    found = [match for each in entries if (match := _match(text, each))]
    found.sort(key=lambda each: (_ORDER.index(each.how), -each.share, each.entry.source_text))
    return found[:limit]


def _match(text: str, entry: MemoryEntry) -> Match | None:
    close, said = share(text, entry.source_text), entry.target_text
    how: How = "similar"
    if folded(text) == folded(entry.source_text):
        how = "exact"
    elif (put_in := with_numbers(text, entry)) is not None:
        how, said = "numbers", put_in
    elif close < FLOOR:
        return None
    return Match(entry=entry, text=said, share=round(close, 3), how=how)


def share(one: str, other: str) -> float:
    """Return how much of two texts is the same, 1 for all; white space and case don't matter."""
    one, other = folded(one), folded(other)
    if not one or not other:
        return float(one == other)
    return 2 * _common(one, other) / (len(one) + len(other))


def _common(one: str, other: str) -> int:
    """Return the length of the longest common subsequence, all of *one* in a step of *other*.

    Hyyrö, Bit-parallel LCS-length computation revisited (2004).
    """
    places: dict[str, int] = {}
    for at, sign in enumerate(one):
        places[sign] = places.get(sign, 0) | 1 << at
    every = (1 << len(one)) - 1
    row = every
    for sign in other:
        same = row & places.get(sign, 0)
        row = ((row + same) | (row - same)) & every
    return len(one) - row.bit_count()


def sketches(texts: Sequence[str]) -> Sketches:
    """Return a row of bytes a text; texts that differ only in their numbers have the same.

    Takes some 12 bytes for each character of all texts.
    """
    if not texts:
        return np.zeros((0, SIZE), np.uint8)
    # Two signs that no text has around each, so that its ends count and an empty one has a piece.
    framed = [f"\0\0{shape(text)}\0\0" for text in texts]
    signs = np.frombuffer("".join(framed).encode("utf-32-le", "surrogatepass"), np.uint32)
    lengths = np.fromiter(map(len, framed), np.int64, len(framed))
    ends = np.cumsum(lengths)
    pieces = _mixed(signs)
    found = np.empty((len(texts), SIZE), np.uint8)
    across = np.concatenate([ends[:-1] - 2, ends[:-1] - 1])  # these begin in one, end in the next
    for at in range(SIZE):
        order = pieces * _FACTORS[at] + _OFFSETS[at]
        order[across] = np.iinfo(np.uint32).max
        found[:, at] = np.minimum.reduceat(order, ends - lengths) & 0xFF
    return found


def _mixed(signs: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return a number for each three signs that stand side by side."""
    pieces = signs[:-2] * np.uint32(0x9E3779B1)
    pieces += signs[1:-1] * np.uint32(0x85EBCA77)
    pieces ^= pieces >> np.uint32(15)
    pieces += signs[2:] * np.uint32(0xC2B2AE3D)
    pieces ^= pieces >> np.uint32(13)
    pieces *= np.uint32(0x2C1B3C6D)
    pieces ^= pieces >> np.uint32(16)
    return pieces
