"""The stories nearest to a vector: all vectors are compared, so none is missed.

What a search is narrowed to is asked of the most alike: to look up the vectors of a half of all
articles, SQLite would take twice the time that it takes to read all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from aggregator.store import search, vectors
from aggregator.store.dialects import Within
from aggregator.store.search import Hit
from aggregator.text.tokens import Query

#: Of so many of the most alike it is asked whether they pass; if too few do, of all articles which.
_FIRST = 200

#: Kept as signed bytes, vectors tell likenesses to within .0001.
_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What is looked for by its meaning."""

    vector: Sequence[float]  #: of unit length
    engine: str  #: with its version; only its vectors are compared
    floor: float  #: a cosine: what is not more alike is not found
    without: str = ""  #: a story that is not looked for


def find(db: Connection, meant: Meant, query: Query, within: Within, limit: int) -> list[Hit]:
    """Return the stories of the most alike articles, at most *limit*, the most alike first.

    Only articles that say what *query* asks are found, as by `search.find`. Takes 2 MB, and 200
    bytes for each article above the floor.
    """
    found: dict[str, Hit] = {}
    ids, cosines = _above_floor(db, meant)
    order = np.argsort(-cosines, kind="stable").tolist()
    for part, asked_of in (
        (order[:_FIRST], [ids[at] for at in order[:_FIRST]]),
        (order[_FIRST:], None),
    ):
        told = search.stories_of(db, query, within, asked_of) if part else {}
        for at in part:
            story_id = told.get(ids[at])
            if story_id and story_id != meant.without:
                likeness = round(float(cosines[at]), _DIGITS)
                hit = Hit(story_id=story_id, article_id=ids[at], likeness=likeness)
                found.setdefault(story_id, hit)
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


def _above_floor(db: Connection, meant: Meant) -> tuple[list[str], NDArray[np.float32]]:
    """Return the articles that are more alike than the floor, and how alike they are."""
    wanted = np.asarray(meant.vector, np.float32)
    found: list[str] = []
    likenesses = [np.zeros(0, np.float32)]
    for ids, packed in vectors.raw(db, vectors.made_by(meant.engine)):
        cosines = _cosines(np.frombuffer(b"".join(packed), np.int8).reshape(len(ids), -1), wanted)
        above = np.flatnonzero(cosines > meant.floor)
        found += [ids[at] for at in above.tolist()]
        likenesses.append(cosines[above])
    return found, np.concatenate(likenesses)


def _cosines(packed: NDArray[np.int8], wanted: NDArray[np.float32]) -> NDArray[np.float32]:
    numbers = packed.astype(np.float32)
    lengths = np.sqrt(np.einsum("ij,ij->i", numbers, numbers))
    # What is all zero is like nothing.
    cosines: NDArray[np.float32] = numbers @ wanted / np.maximum(lengths, 1)
    return cosines
