"""Near copies: texts that are one text with changes, whatever the order of its parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aggregator.dedupe.numbers import changed, same
from aggregator.dedupe.shingles import Writing

#: The share of a text's letters that a near copy has.
ALIKE = 0.72

#: And of a short one's: there a change of a fifth is another school's name.
ALIKE_SHORT = 0.9
SHORT = 60

#: Texts of fewer letters are near copies of nothing: titles such as 公開研究会のお知らせ.
FEWEST = 20

#: The shorter text's letters as a share of the longer's: a digest that tells it among others, or
#: an article that quotes it, is no copy.
SIZE = 0.6

#: The share of the shorter text's runs of three letters below which letters are not compared, which
#: takes 100 times as long. Of texts of which a fifth was changed letter by letter, half are left.
SHARED = 0.25

#: The share of its letters that stand in pieces of which half is not in the other. Of a text of
#: which a fifth was changed hardly a piece is that; a headline over two sentences of two other
#: texts has a third or more of such pieces.
FOREIGN = 0.2

#: Letters that are looked for at one place: sentences are cut to it.
_CHUNK = 32

#: And so many of these places, evenly spread, are looked at: more take longer and say no more.
_CHUNKS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """That one text is nearly another."""

    same_numbers: bool  #: or one leaves out some that the other has
    share: float  #: of the shorter text's letters looked at, those in the other: 0 to 1

    @property
    def evidence(self) -> tuple[str, ...]:
        """Why it is a near copy, for people."""
        numbers = "same numbers" if self.same_numbers else "no number changed"
        return "near copy", f"{self.share:.0%} of the letters", numbers


def likeness(one: Writing, two: Writing) -> Likeness | None:
    """Return how much two texts are one, None if they are not near copies.

    They are if nearly all letters of the shorter one stand in the other, piece by piece in any
    order, and no number is another there.
    """
    if not _may_be_alike(one, two) or changed(one.numbers, two.numbers):
        return None
    share = _share(one, two)
    if share is None:
        return None
    return Likeness(same_numbers=same(one.numbers, two.numbers), share=share)


def is_edition(one: Writing, two: Writing) -> bool:
    """Tell whether two texts are one but for their numbers: the notices of two meetings."""
    return (
        _may_be_alike(one, two)
        and changed(one.numbers, two.numbers)
        and _share(one, two) is not None
    )


def _may_be_alike(one: Writing, two: Writing) -> bool:
    short, long = sorted((one, two), key=lambda text: len(text.letters))
    length = len(short.letters)
    if length < FEWEST or length < SIZE * len(long.letters):
        return False
    return len(short.threes & long.threes) >= SHARED * len(short.threes)


def _share(one: Writing, two: Writing) -> float | None:
    """Return the share of the shorter text's letters in the other, None where it is too small."""
    short, long = sorted((one, two), key=lambda text: (len(text.letters), text.letters))
    chunks = [chunk for piece in short.pieces for chunk in _chunks(piece)]
    step = max(1.0, len(chunks) / _CHUNKS)
    looked_at = [chunks[int(step * at)] for at in range(min(len(chunks), _CHUNKS))]
    away = distances(looked_at, long.letters)
    length = sum(map(len, looked_at))
    foreign = sum(
        len(chunk) for chunk, far in zip(looked_at, away, strict=True) if far > len(chunk) / 2
    )
    share = 1 - sum(away) / length
    least = ALIKE if len(short.letters) >= SHORT else ALIKE_SHORT
    return share if share >= least and foreign <= FOREIGN * length else None


def _chunks(piece: str) -> Iterator[str]:
    """Yield *piece* in parts of nearly one length."""
    number = -(-len(piece) // _CHUNK)
    for part in range(number):
        yield piece[len(piece) * part // number : len(piece) * (part + 1) // number]


def distances(pieces: Sequence[str], text: str) -> list[int]:
    """Return each piece's edit distance to the part of *text* that is most like it.

    The pieces, of at most `_CHUNK` letters, are compared at once: columns of bits as in
    G. Myers, A fast bit-vector algorithm for approximate string matching (1999), with the
    simplifications of H. Hyyrö, side by side in one number. Short ones begin with
    letters that are like any other, which stand before the text as well.
    """
    wide = _CHUNK + 1  # the highest bit of a lane catches what its sums carry over
    ones = sum(1 << wide * lane for lane in range(len(pieces)))
    guards, tops, every = ones << _CHUNK, ones << _CHUNK - 1, (ones << _CHUNK) - ones
    where, anywhere = _places(pieces, wide)
    up, down, score = every, 0, ones * _CHUNK
    best = score
    for letter in "\0" * _CHUNK + text:
        equal = where.get(letter, anywhere)
        straight = ((((equal & up) + up) ^ up) | equal | down) & every
        more, less = down | (every ^ (straight | up)), up & straight
        fell = less & tops
        score += ((more & tops) >> _CHUNK - 1) - (fell >> _CHUNK - 1)
        if fell:
            lower = guards & ~((score | guards) - best)
            best ^= (best ^ score) & (lower - (lower >> _CHUNK))
        more, less = more << 1 & every, less << 1 & every
        up, down = less | (every ^ (straight | more)), more & straight
    return [best >> wide * lane & (1 << _CHUNK) - 1 for lane in range(len(pieces))]


def _places(pieces: Sequence[str], wide: int) -> tuple[dict[str, int], int]:
    """Return the bits at which each letter stands, and those at which any letter may."""
    places: dict[str, int] = {}
    anywhere = 0
    for lane, piece in enumerate(pieces):
        start = wide * lane + _CHUNK - len(piece)
        anywhere |= (1 << start) - (1 << wide * lane)
        for at, letter in enumerate(piece, start):
            places[letter] = places.get(letter, 0) | 1 << at
    return {letter: bits | anywhere for letter, bits in places.items()}, anywhere
