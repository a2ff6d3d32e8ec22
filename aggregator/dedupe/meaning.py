"""What articles mean, as packed vectors: who is near whom, title by title and lead by lead."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

#: The cosine of whole openings below which no pair is looked at. Of translations of one document,
#: 1 pair of 1,000 is below .3; of two documents, 4 of 100 are above .15.
NEAR = 0.15

#: Articles that are looked at for one, nearest first.
MOST_NEAR = 40

#: Vectors turned into floats at once: 1 MB of 384 dimensions stays in the processor's cache.
_AT_ONCE = 512


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """An article's vectors, packed into signed bytes."""

    title: bytes
    whole: bytes  #: title and lead: the sum of their two vectors

    @cached_property
    def vectors(self) -> tuple[Floats, Floats, Floats]:
        """Title, lead and both, of unit length.

        *whole* halves the angle between title and lead: so the lead follows from the two.
        """
        title, whole = _floats((self.title, self.whole))
        return title, np.asarray(2 * (title @ whole) * whole - title, np.float32), whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """Cosines between two articles' titles and leads."""

    titles: float
    leads: float
    whole: float
    title_lead: float
    lead_title: float


def nearest(wanted: Sequence[bytes], there: Sequence[bytes]) -> list[list[int]]:
    """Return for each wanted vector which of those there are near it, the nearest first.

    All are packed, of equal length. At most `MOST_NEAR` of each, by their places in *there*.
    """
    if not wanted or not there:
        return [[] for _ in wanted]
    asked = _floats(wanted).T
    cosines = np.concatenate(
        [
            _cosines(there[start : start + _AT_ONCE], asked)
            for start in range(0, len(there), _AT_ONCE)
        ]
    ).T
    return [_best(row) for row in cosines]


def nearness(one: Meaning, two: Meaning) -> Nearness:
    """Return how near two meanings are."""
    (title, lead, whole), (other_title, other_lead, other_whole) = one.vectors, two.vectors
    return Nearness(
        titles=float(title @ other_title),
        leads=float(lead @ other_lead),
        whole=float(whole @ other_whole),
        title_lead=float(title @ other_lead),
        lead_title=float(lead @ other_title),
    )


def _best(cosines: Floats) -> list[int]:
    near = np.flatnonzero(cosines >= NEAR)
    order = np.argsort(-cosines[near], kind="stable")
    return [int(each) for each in near[order[:MOST_NEAR]]]


def _cosines(packed: Sequence[bytes], asked: Floats) -> Floats:
    """Return the cosines of packed vectors, a row each, with columns of unit length."""
    rows = _numbers(packed)
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    return np.asarray(rows @ asked / np.maximum(lengths, 1)[:, None], np.float32)


def _floats(packed: Sequence[bytes]) -> Floats:
    """Return packed vectors as rows of unit length; zeros stay zeros."""
    rows = _numbers(packed)
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    return np.asarray(rows / np.maximum(lengths, 1)[:, None], np.float32)


def _numbers(packed: Sequence[bytes]) -> Floats:
    return np.frombuffer(b"".join(packed), np.int8).reshape(len(packed), -1).astype(np.float32)
