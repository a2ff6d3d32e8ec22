"""A stream of articles through the flow's own steps, in runs, on a database."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, cast

from aggregator.dedupe import Side
from aggregator.flow import Run, comparing, deduping
from aggregator.model import Likelihood
from aggregator.store import Database, articles, vectors
from aggregator.store.vectors import StoredVectors

_BEGAN = datetime(2026, 4, 1, tzinfo=UTC)


def stories(sides: Sequence[Side], weights: Likelihood | None, runs: int) -> Mapping[str, str]:
    """Return the story of each article after so many runs, of which each brings a part."""
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'stories.sqlite'}")
        database.migrate()
        try:
            size = -(-len(sides) // runs)
            for at in range(0, len(sides), size):
                one_run(database, sides[at : at + size], weights, at)
            with database.read() as db:
                found = articles.verdicts_of(db, [side.article.id for side in sides])
        finally:
            database.close()
    return {key: verdict.story_id for key, verdict in found.items()}


def one_run(database: Database, sides: Sequence[Side], weights: Likelihood | None, at: int) -> None:
    """Let articles arrive, and have them compared and placed."""
    now = _BEGAN + timedelta(hours=at)
    embedder = SimpleNamespace(name="bench", version="1", dimensions=1)
    run = cast(Run, SimpleNamespace(now=now, likelihood=weights, embedder=embedder))
    with database.begin() as db:
        articles.save(db, [replace(side.article, first_seen=now) for side in sides])
        vectors.save(db, [_stored(side) for side in sides if side.meaning])
    for step in (comparing, deduping):
        drain(database, run, step)


def drain(database: Database, run: Run, step: Any) -> None:
    """Do a step's batches until there is nothing to do."""
    while True:
        with database.read() as db:
            batch = step.lacks(db, run)
        if not batch:
            return
        results = list(step.does(run, batch))
        with database.begin() as db:
            step.saves(db, run, results)


def _stored(side: Side) -> StoredVectors:
    assert side.meaning  # noqa: S101 - asked before
    return StoredVectors(
        article_id=side.article.id,
        stamp=f"{side.article.id} bench/1",
        day=side.article.published.toordinal(),
        vector=side.meaning.whole,
        title=side.meaning.title,
    )
