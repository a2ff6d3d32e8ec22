"""What articles mean, as packed vectors: who is near whom, title by title and lead by lead."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: The cosine of whole openings below which no pair is looked at. Of translations of one document,
#: 1 pair of 1,000 is below .3; of two documents, 4 of 100 are above .15.
NEAR = 0.15

#: Articles that are looked at for one, nearest first.
MOST_NEAR = 40

#: Vectors that are turned into floats at once: 12 MB of 384 dimensions.
_AT_ONCE = 8_192


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """An article's vectors, packed into signed bytes."""

    title: bytes
    whole: bytes  #: title and lead: the sum of their two vectors


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
    asked = _floats(wanted)
    cosines = np.concatenate(
        [
            _floats(there[start : start + _AT_ONCE]) @ asked.T
            for start in range(0, len(there), _AT_ONCE)
        ]
    ).T
    return [_best(row) for row in cosines]


def nearness(one: Meaning, two: Meaning) -> Nearness:
    """Return how near two meanings are."""
    (title, whole), (other_title, other_whole) = _parts(one), _parts(two)
    lead, other_lead = _lead(title, whole), _lead(other_title, other_whole)
    return Nearness(
        titles=float(title @ other_title),
        leads=float(lead @ other_lead),
        whole=float(whole @ other_whole),
        title_lead=float(title @ other_lead),
        lead_title=float(lead @ other_title),
    )


def _best(cosines: NDArray[np.float32]) -> list[int]:
    near = np.flatnonzero(cosines >= NEAR)
    order = np.argsort(-cosines[near], kind="stable")
    return [int(each) for each in near[order[:MOST_NEAR]]]


def _lead(title: NDArray[np.float32], whole: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the lead's vector: *whole* halves the angle between it and the title's."""
    return np.asarray(2 * (title @ whole) * whole - title, np.float32)


def _parts(meaning: Meaning) -> NDArray[np.float32]:
    return _floats((meaning.title, meaning.whole))


def _floats(packed: Sequence[bytes]) -> NDArray[np.float32]:
    """Return packed vectors as rows of unit length; zeros stay zeros."""
    rows = np.frombuffer(b"".join(packed), np.int8).reshape(len(packed), -1).astype(np.float32)
    lengths = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
    return np.asarray(rows / np.where(lengths, lengths, 1), np.float32)
