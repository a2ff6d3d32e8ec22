"""Stories across languages through the store: whatever arrives when, they are the same."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from aggregator.dedupe.clues import Clues
from aggregator.dedupe.likelihood import features
from aggregator.dedupe.meaning import Nearness
from aggregator.flow import Run, comparing, deduping, embedding
from aggregator.model import Article, Likelihood, Study
from aggregator.model.events import Event, When
from aggregator.store import Database, articles, decisions, likenesses, memory, studies, vectors
from aggregator.store import stories as published
from bench.stories.passing import drain
from tests.builders import NOW, article
from tests.embed.fake import FakeEmbedder
from tests.runs import run as new_run

#: Texts that share letters are near; nothing but that is weighed.
LETTERS = Likelihood(engine="fake/1", bias=-80.0, features={})


def weights() -> Likelihood:
    near = Nearness(titles=0, leads=0, whole=0, title_lead=0, lead_title=0)
    same = Clues(title="", opening="", language="en")
    zeros = dict.fromkeys(features(near, same, same), 0.0)
    return replace(LETTERS, features={**zeros, "whole": 100.0})


WORDS = [
    "free lunch begins in spring",
    "teachers work longer than ever",
    "nine small schools must close",
    "exam dates have been moved",
    "new textbooks about climate",
]


def told(number: int) -> Article:
    """Return one of 25 articles: five tellings of five stories, over some days."""
    story, telling = divmod(number, 5)
    text = f"{WORDS[story]}, {['said they', 'we hear', 'it is told', 'news', 'report'][telling]}"
    made = article("en", number + 1)
    return replace(
        made,
        source_id=f"s{number}",
        title=text,
        summary=f"{text[::-1]} {telling * WORDS[story]}",
        body="",
        published=NOW - timedelta(days=telling),
        content_hash=f"c{number}",
        text_hash=f"t{number}",
    )


EVERY = [told(number) for number in range(25)]


def work(database: Database, output: Path, bias: float = -80.0) -> Run:
    run = new_run(
        database,
        output,
        embedder=FakeEmbedder(),
        likelihood=replace(weights(), bias=bias),
        sources=dict.fromkeys(each.source_id for each in EVERY),
    )
    drain(run, "embed", "compare", "dedupe")
    return run


def arrive(database: Database, some: Sequence[Article]) -> None:
    with database.begin() as db:
        articles.save(db, some)


def stories(database: Database) -> set[frozenset[str]]:
    with database.read() as db:
        found = articles.verdicts_of(db, [each.id for each in EVERY])
    groups: dict[str, set[str]] = {}
    for verdict in found.values():
        groups.setdefault(verdict.story_id, set()).add(verdict.article_id)
    return set(map(frozenset, groups.values()))


WANTED = {frozenset(each.id for each in EVERY[at : at + 5]) for at in range(0, 25, 5)}


@pytest.mark.parametrize("seed", range(4))
def test_every_order_and_every_split_into_runs_gives_the_same_stories(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    order = chance.sample(EVERY, len(EVERY))
    monkeypatch.setattr(comparing, "_BATCH", chance.randint(1, 9))
    monkeypatch.setattr(deduping, "_BATCH", chance.randint(1, 9))
    while order:
        size = chance.randint(1, len(order))
        arrive(database, order[:size])
        work(database, tmp_path)
        order = order[size:]
    assert stories(database) == WANTED


def test_a_second_run_finds_nothing_to_do(database: Database, tmp_path: Path) -> None:
    arrive(database, EVERY)
    run = work(database, tmp_path)
    with database.read() as db:
        assert [step.lacks(db, run) for step in (embedding, comparing, deduping)] == [[], [], []]


def test_what_is_said_twice_is_embedded_once(database: Database, tmp_path: Path) -> None:
    copy = replace(EVERY[0], id="copy", source_id="s24", key="copy", url="https://x.example.org/c")
    arrive(database, [EVERY[0], copy])
    engine = Counting()
    run = new_run(database, tmp_path, embedder=engine, sources=dict.fromkeys(["s0", "s24"]))
    drain(run, "embed")
    assert engine.texts == [EVERY[0].title, EVERY[0].summary.strip()]
    late = replace(copy, id="late", key="late")
    arrive(database, [late])
    drain(run, "embed")
    assert len(engine.texts) == 2
    with database.read() as db:
        kept = vectors.kept(db, [EVERY[0].id, "copy", "late"], "fake/1")
    assert len({(each.vector, each.title) for each in kept.values()}) == 1


class Counting(FakeEmbedder):
    """Remembers what it was given."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str], languages: Sequence[str]) -> Sequence[tuple[float, ...]]:
        self.texts += texts
        return super().embed(texts, languages)


def link(database: Database, kind: str, one: str, other: str) -> int:
    row = {"story_id": one, "kind": kind, "actor": "mai", "at": NOW, "text": "", "seen": ""}
    with database.begin() as db:
        number = decisions.add(db, {**row, "other": other})
        articles.unsettle(db, [one, other])
    return number


def test_editors_links_hold_in_every_later_run_and_can_be_undone(
    database: Database, tmp_path: Path
) -> None:
    lunch, exams = EVERY[0].id, EVERY[15].id
    arrive(database, EVERY[:20])
    work(database, tmp_path)
    before = stories(database)
    split = link(database, "split", lunch, EVERY[1].id)
    merge = link(database, "merge", lunch, exams)
    work(database, tmp_path)
    after = stories(database)
    assert not any({lunch, EVERY[1].id} <= group for group in after)
    assert any({lunch, exams} <= group for group in after)
    arrive(database, EVERY[20:])
    work(database, tmp_path)
    assert after <= stories(database)
    for number, other in ((split, EVERY[1].id), (merge, exams)):
        row = {"story_id": lunch, "kind": "undo", "actor": "mai", "at": NOW, "text": "", "seen": ""}
        with database.begin() as db:
            decisions.add(db, {**row, "undoes": number, "other": other})
            articles.unsettle(db, [lunch, other])
    work(database, tmp_path)
    assert before <= stories(database)


def test_what_is_joined_later_keeps_the_older_id_and_is_recorded(
    database: Database, tmp_path: Path
) -> None:
    older = replace(EVERY[0], first_seen=NOW - timedelta(hours=2))
    younger = replace(EVERY[5], first_seen=NOW - timedelta(hours=1))
    arrive(database, [younger, older])
    work(database, tmp_path)
    assert stories(database) == {frozenset({older.id}), frozenset({younger.id})}
    with database.begin() as db:
        published.save_entries(db, "en", [(each.id, "hash", NOW) for each in (older, younger)])
    link(database, "merge", younger.id, older.id)
    run = work(database, tmp_path)
    with database.read() as db:
        assert articles.verdicts_of(db, [younger.id])[younger.id].story_id == older.id
        (move,) = likenesses.moves_of(db, younger.id)
        moved = published.moved(db)
        assert published.moved(db, younger.id) == {}
    assert (move.was, move.story_id, move.at) == (younger.id, older.id, run.now)
    assert move.evidence == ("an editor",)
    assert moved == {older.id: [younger.id]}


def test_a_text_that_changes_is_compared_again(database: Database, tmp_path: Path) -> None:
    arrive(database, EVERY[:5])
    work(database, tmp_path)
    moved = replace(
        EVERY[4],
        title=EVERY[20].title,
        summary=EVERY[20].summary,
        text_hash="t-new",
        whole_hash="w-new",
    )
    arrive(database, [moved, EVERY[21]])
    work(database, tmp_path)
    found = stories(database)
    assert frozenset({moved.id, EVERY[21].id}) in found


def test_only_what_leads_a_story_is_cut_for_translation(database: Database, tmp_path: Path) -> None:
    arrive(database, [*EVERY[:10], replace(EVERY[10], backlog=True)])
    run = work(database, tmp_path)
    drain(run, "segment")
    with database.read() as db:
        cut = memory.segments_of(db, [each.id for each in EVERY])
        leads = {each.story_id for each in articles.verdicts_of(db, list(cut)).values()}
        saved = articles.told_before(db, EVERY[1].first_seen)
    assert set(cut) == leads
    assert len(cut) == 2
    assert saved == {"repeats": 0, "retold": 1}


def test_the_next_leads_where_the_first_is_held(database: Database, tmp_path: Path) -> None:
    first = replace(EVERY[0], held="spam?", first_seen=NOW - timedelta(days=9))
    arrive(database, [first, EVERY[1]])
    drain(work(database, tmp_path), "segment")
    with database.read() as db:
        assert EVERY[1].id in memory.segments_of(db, [EVERY[1].id])


def test_the_day_of_an_event_is_that_of_its_own_clocks(database: Database, tmp_path: Path) -> None:
    """08:00 in Tokyo is the day before in UTC."""
    morning = datetime(2026, 5, 15, 23, tzinfo=UTC)
    whens: list[tuple[When, str]] = [(date(2026, 5, 16), ""), (morning, "Asia/Tokyo")]
    some = [EVERY[0], EVERY[5]]
    arrive(database, some)
    with database.begin() as db:
        for each, (starts, zone) in zip(some, whens, strict=True):
            event = Event(
                article_id=each.id, number=1, title="", starts=starts, ends=None, zone=zone
            )
            studies.save(db, [(Study(article_id=each.id, events=(event,)), "s")], {})
    work(database, tmp_path, bias=0.0)
    with database.read() as db:
        (likeness,) = likenesses.among(db, {each.id for each in some})
    assert likeness.evidence[0] == "2026-05-16"
