"""What others do: equal titles, like titles, like letters, near vectors, clusters of a whole set.

Thresholds are the best ones for the stream that is scored: nobody could do better with them.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from aggregator.dedupe import Side
from bench.near.placing import place
from bench.stories.corpus import Told
from bench.stories.scores import scored

Peer = Callable[[Sequence[Told], Sequence[Side]], list[str]]

#: Thresholds that are tried.
_STEPS = [each / 40 for each in range(4, 40)]


def equal_title(told: Sequence[Told], _sides: Sequence[Side]) -> list[str]:
    """One story a title."""
    return [each.title.casefold() for each in told]


def like_title(told: Sequence[Told], _sides: Sequence[Side]) -> list[str]:
    """Words (runs of two letters where there are no spaces) of titles in common, by Jaccard."""
    words = [frozenset(_words(each.title)) for each in told]
    size = len(told)
    like = np.zeros((size, size))
    for one in range(size):
        for other in range(one):
            both = words[one] | words[other]
            like[one, other] = len(words[one] & words[other]) / max(1, len(both))
    return _best(told, lambda least: _linked(like + like.T, least))


def like_letters(_told: Sequence[Told], sides: Sequence[Side]) -> list[str]:
    """Near copies alone."""
    return [verdict.story_id for verdict in place(sides)[0]]


def near_vectors(told: Sequence[Told], sides: Sequence[Side]) -> list[str]:
    """Any two whose vectors of title and lead are near are one story."""
    return _best(told, lambda least: _linked(_cosines(sides), least))


def clusters(told: Sequence[Told], sides: Sequence[Side]) -> list[str]:
    """Average linkage of the whole set's vectors at once."""
    like = _cosines(sides)
    return _best(told, lambda least: _averaged(like, least))


PEERS: Mapping[str, Peer] = {
    "equal title (FreshRSS)": equal_title,
    "title Jaccard (NewsBlur)": like_title,
    "MinHash alone": like_letters,
    "cosine, best threshold": near_vectors,
    "batch average linkage, best threshold": clusters,
}


def _words(title: str) -> list[str]:
    if " " in title.strip():
        return title.casefold().split()
    return [title[at : at + 2] for at in range(len(title) - 1)]


def _cosines(sides: Sequence[Side]) -> np.ndarray:
    rows = np.array(
        [np.frombuffer(side.meaning.whole, np.int8) for side in sides if side.meaning], float
    )
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows @ rows.T)


def _best(told: Sequence[Told], found: Callable[[float], list[str]]) -> list[str]:
    return max(map(found, _STEPS), key=lambda stories: scored(told, stories).all.f1)


def _linked(like: np.ndarray, least: float) -> list[str]:
    group = np.arange(len(like))
    for one, other in zip(*np.nonzero(np.triu(like >= least, 1)), strict=True):
        if group[one] != group[other]:
            group[group == group[other]] = group[one]
    return [str(each) for each in group]


def _averaged(like: np.ndarray, least: float) -> list[str]:
    """Join the two nearest groups as long as their average is not less."""
    total = like.copy()
    np.fill_diagonal(total, -np.inf)
    sizes = np.ones(len(like))
    group = np.arange(len(like))
    while True:
        average = total / np.outer(sizes, sizes)
        one, other = np.unravel_index(int(np.argmax(average)), average.shape)
        if average[one, other] < least:
            return [str(each) for each in group]
        total[one] += total[other]
        total[:, one] += total[:, other]
        total[one, one] = -np.inf
        total[other] = total[:, other] = -np.inf
        sizes[one] += sizes[other]
        group[group == other] = one
