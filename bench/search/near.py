"""Vectors around planted centers, and how long it takes to find those nearest to one."""

from collections.abc import Mapping
from statistics import quantiles
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select, text

from aggregator.store import Database, nearest, vectors
from aggregator.store.nearest import Meant
from aggregator.store.schema import articles
from aggregator.store.search import Within
from aggregator.store.vectors import StoredVectors
from aggregator.text.tokens import Query

DIMENSIONS = 384
ENGINE = "planted/1"
AT_ONCE = 1000
LIMIT = 20

#: Of so many items one is a center; the others are around one of them, as alike to it (a cosine of
#: about .57) as one text is to its translation.
AROUND = 50
SPREAD = 1.45
FLOOR = 0.35


def centers(number: int, seed: int) -> NDArray[np.float64]:
    """Return what items are about."""
    drawn = np.random.default_rng(seed).normal(size=(max(1, number // AROUND), DIMENSIONS))
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def plant(database: Database, seed: int) -> None:
    """Give each stored article a vector."""
    chance = np.random.default_rng(seed + 1)
    with database.begin() as db:
        ids = list(db.scalars(select(articles.c.id).order_by(articles.c.id)))
    around = centers(len(ids), seed)
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        near = around[chance.integers(len(around), size=len(some))]
        drawn = near + chance.normal(size=near.shape) * SPREAD / DIMENSIONS**0.5
        with database.begin() as db:
            stamped = zip(some, drawn, strict=True)
            vectors.save(
                db,
                [
                    StoredVectors.of(key, f"text ja {ENGINE}", 1, row, row)
                    for key, row in ((k, each.tolist()) for k, each in stamped)
                ],
            )
    with database.begin() as db:
        db.execute(text("ANALYZE"))


def ask(
    database: Database, number: int, seed: int, filters: Mapping[str, Within], rounds: int
) -> None:
    """Print how long it takes to find what is nearest to centers (ms), and how many are found."""
    with database.read() as db:
        count = db.scalars(select(func.count()).select_from(articles)).one()
    asked = centers(count, seed)[:number]
    cells = []
    for within in filters.values():
        every = [_answer(database, each, within, rounds) for each in asked]
        times = quantiles([ms for ms, _ in every], n=20)
        hits = sum(found for _, found in every) / len(every)
        cells.append(f"{times[9]:6.1f}/{times[18]:6.1f} {hits:3.0f}")
    print(f"  {'p50 / p95 in ms':20}", *(f"{name:17}" for name in filters))
    print(f"  {'nearest of all':20}", *cells, flush=True)


def _answer(
    database: Database, vector: NDArray[np.float64], within: Within, rounds: int
) -> tuple[float, int]:
    meant = Meant(vector=vector.tolist(), engine=ENGINE, floor=FLOOR)
    times, hits = [], 0
    for _ in range(rounds):
        began = perf_counter()
        with database.read() as db:
            hits = len(nearest.find(db, meant, Query(), within, LIMIT))
        times.append((perf_counter() - began) * 1000)
    return min(times), hits
