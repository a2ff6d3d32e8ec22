"""A stream of articles through the flow's own steps, in runs, on a database."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import cast

from aggregator.dedupe import Side
from aggregator.flow import STEPS, Run
from aggregator.flow.step import Step, advance
from aggregator.model import Likelihood
from aggregator.model.glossary import Found
from aggregator.store import Database, articles, mentions, vectors
from aggregator.store.vectors import StoredVectors

#: Who is said to have made the vectors.
ENGINE = "bench/1"

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
    with database.begin() as db:
        articles.save(db, [replace(side.article, first_seen=now) for side in sides])
        vectors.save(db, [_stored(side) for side in sides if side.meaning])
        mentions.save(db, [(side.article.id, "", _named(side)) for side in sides])
    drain(stand_in(database, weights, now), "compare", "dedupe")


def stand_in(database: Database, weights: Likelihood | None, now: datetime) -> Run:
    """Return what comparing and deduping ask of a run; its vectors are by `ENGINE`."""
    name, version = ENGINE.split("/")
    return cast(
        Run,
        SimpleNamespace(
            id=0,
            now=now,
            database=database,
            likelihood=weights,
            embedder=SimpleNamespace(name=name, version=version),
            tell=lambda _step, _result: None,
        ),
    )


def steps(*names: str) -> list[Step]:
    """Return these steps of the flow, in its order."""
    return [step for step in STEPS if step.name in names]


def drain(run: Run, *names: str) -> None:
    """Advance steps of the flow, one after the other, until they have nothing to do."""
    for step in steps(*names):
        while advance(step, run, Counter()):
            pass


def _named(side: Side) -> list[Found]:
    return [
        Found(concept=each, term="", language="", field="title", start=0, end=0, role="preferred")
        for each in sorted(side.concepts)
    ]


def _stored(side: Side) -> StoredVectors:
    assert side.meaning  # noqa: S101 - asked before
    return StoredVectors(
        article_id=side.article.id,
        stamp=f"{side.article.id} {ENGINE}",
        day=side.article.published.toordinal(),
        vector=side.meaning.whole,
        title=side.meaning.title,
    )
