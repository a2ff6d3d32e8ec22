"""Near copies through the store: whatever is a batch, the stories are the same."""

from pathlib import Path

import pytest

from aggregator.flow import comparing
from aggregator.model import Verdict
from aggregator.store import Database, articles
from bench.near.__main__ import planted
from bench.near.own import notices
from bench.near.scores import article
from bench.stories.passing import drain
from tests.runs import run

TEXTS = planted(notices("ja"), "ja")


def placed(database: Database, output: Path) -> dict[str, Verdict]:
    """Place what has no place yet; return all verdicts."""
    drain(run(database, output), "compare", "dedupe")
    with database.read() as db:
        return articles.verdicts_of(db, [text.name for text in TEXTS])


def test_batches_and_runs_do_not_change_stories(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = [article(text, number) for number, text in enumerate(TEXTS)]
    with database.begin() as db:
        articles.save(db, every[:20])
    monkeypatch.setattr(comparing, "_BATCH", 7)
    placed(database, tmp_path)
    with database.begin() as db:
        articles.save(db, every[20:])
    monkeypatch.setattr(comparing, "_BATCH", 500)
    found = placed(database, tmp_path)
    assert {name: verdict.story_id for name, verdict in found.items()} == {
        text.name: text.of for text in TEXTS
    }
    near = [verdict for verdict in found.values() if verdict.story_id != verdict.article_id]
    assert all(verdict.same_as is None for verdict in near)
    assert {verdict.evidence[0] for verdict in near} == {"near copy"}
