"""`python -m bench.stories.scale --items 100000`: how long it takes to place one article.

The store is filled with articles of their own stories, as many a day as the network's sources
bring, with vectors around planted centers; then articles arrive one by one, and as many in one
run. Milliseconds, p50 / p95, on a SQLite file and, where its server is installed, on PostgreSQL.
"""

import argparse
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter

import numpy as np
from sqlalchemy import text

from aggregator.config import likelihood
from aggregator.dedupe import Side, Trace
from aggregator.embed.bundled import Bundled
from aggregator.flow import comparing
from aggregator.flow.step import advance
from aggregator.model import Article, Likelihood, Verdict
from aggregator.store import Connection, Database, articles, bands, likenesses, vectors
from aggregator.store.vectors import StoredVectors
from bench.stories.corpus import Told, article
from bench.stories.passing import ENGINE, stand_in, steps
from tests import postgres

#: An article, and its vector as it is kept.
Drawn = tuple[Article, bytes]

#: What some 90 sources bring.
A_DAY = 274
DIMENSIONS = 384
AROUND = 4  #: articles a center
SPREAD = 1.2
BODY = 2_000  #: letters
AT_ONCE = 2_000
SEED = 5

_BEGAN = datetime(2016, 1, 1, tzinfo=UTC)
_LETTERS = "abcdefghijklmnopqrstuvwxyz     "


def drawn(number: int, seed: int) -> Iterator[Drawn]:
    """Yield articles with their vectors, in the order of publication."""
    chance, numbers = Random(seed), np.random.default_rng(seed)  # noqa: S311 - no secret
    center = numbers.normal(size=DIMENSIONS)
    for at in range(number):
        if at % AROUND == 0:
            center = numbers.normal(size=DIMENSIONS)
        said = "".join(chance.choices(_LETTERS, k=240))
        told = Told(
            story=f"{seed} {at}",
            language="en",
            title=said[:60],
            lead=said[60:],
            kind="drawn",
            published=_BEGAN + timedelta(days=at / A_DAY),
        )
        vector = center + numbers.normal(size=DIMENSIONS) * SPREAD
        packed = np.rint(vector * (127 / np.abs(vector).max())).astype(np.int8).tobytes()
        yield replace(article(told), body=(said * (BODY // len(said) + 1))[:BODY]), packed


def fill(database: Database, number: int) -> None:
    """Store articles as they are when they were placed."""
    batch: list[Drawn] = []
    for each in drawn(number, SEED):
        batch.append(each)
        if len(batch) == AT_ONCE:
            _store(database, batch)
            batch = []
    _store(database, batch)
    with database.begin() as db:
        db.execute(text("ANALYZE"))


def _store(database: Database, batch: Sequence[Drawn]) -> None:
    some = [each for each, _ in batch]
    with database.begin() as db:
        articles.save(db, some)
        _save_vectors(db, batch)
        verdicts = [
            Verdict(article_id=each.id, story_id=each.id, same_as=None, evidence=())
            for each in some
        ]
        articles.save_verdicts(db, verdicts, {each.id: each.first_seen for each in some})
        likenesses.mark_compared(
            db, {each.id: f" {each.id} {ENGINE} {_version()}" for each in some}
        )
        traces = [Trace.of(each, Side(each).writing) for each in some]
        bands.save(db, ((band, each.article_id) for each in traces for band in each.bands))


def _save_vectors(db: Connection, batch: Sequence[Drawn]) -> None:
    found = [
        StoredVectors(
            article_id=each.id,
            stamp=f"{each.id} {ENGINE}",
            day=each.published.toordinal(),
            vector=vector,
            title=vector,
        )
        for each, vector in batch
    ]
    vectors.save(db, found)


@cache
def _weights() -> Likelihood:
    found = likelihood(Bundled.name, Bundled.version)
    assert found  # noqa: S101 - it is shipped
    return found


def _version() -> str:
    return f"{comparing.VERSION} {_weights().version}"


def place(database: Database, number: int, at: int) -> tuple[list[float], list[float]]:
    """Place articles that arrive one by one; return the milliseconds of looking and of placing."""
    looking, placing = [], []
    for each in _arriving(number, SEED + 1, at):
        _arrive(database, [each])
        began = perf_counter()
        with database.read() as db:
            likenesses.uncompared(db, ENGINE, _version(), 1)
        looked = perf_counter()
        _work(database)
        looking.append(1000 * (looked - began))
        placing.append(1000 * (perf_counter() - looked) - looking[-1])
    return looking, placing


def at_once(database: Database, number: int, at: int) -> float:
    """Place articles that arrive together; return the milliseconds an article, all in all."""
    _arrive(database, list(_arriving(number, SEED + 2, at)))
    began = perf_counter()
    _work(database)
    return 1000 * (perf_counter() - began) / number


def _arriving(number: int, seed: int, at: int) -> Iterator[Drawn]:
    for each, vector in drawn(number, seed):
        yield replace(each, published=_BEGAN + timedelta(days=at / A_DAY)), vector


def _arrive(database: Database, some: Sequence[Drawn]) -> None:
    with database.begin() as db:
        articles.save(db, [each for each, _ in some])
        _save_vectors(db, some)


def _work(database: Database) -> None:
    run = stand_in(database, _weights(), _BEGAN)
    for step in steps("compare", "dedupe"):
        advance(step, run, Counter())


def measure(name: str, database: Database, items: int, number: int) -> None:
    began = perf_counter()
    fill(database, items)
    print(f"{name}: {items:,} stored in {perf_counter() - began:.0f} s", flush=True)
    looking, placing = place(database, number, items)
    for what, times in (("finding what is new", looking), ("placing it", placing)):
        cut = quantiles(times, n=20)
        print(f"  {what:<20} p50 {cut[9]:.1f} p95 {cut[18]:.1f} ms", flush=True)
    print(f"  {number} in one run: {at_once(database, number, items):.1f} ms an article")
    print(f"  memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def main(arguments: Sequence[str]) -> int:
    """Measure on both databases."""
    parser = argparse.ArgumentParser(prog="bench.stories.scale")
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--arriving", type=int, default=200)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scale.sqlite"
        with closing(Database(f"sqlite:///{path}")) as database:
            database.migrate()
            measure("SQLite", database, asked.items, asked.arriving)
        print(f"  {path.stat().st_size / 1e6:.0f} MB")
    if programs := postgres.binaries():
        with (
            postgres.running(programs) as server,
            closing(Database(server.create("scale"))) as database,
        ):
            database.migrate()
            measure("PostgreSQL", database, asked.items, asked.arriving)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
