"""What an engine may be given in a day: never more, however many runs, and titles first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from aggregator.model import Failure, RunReport
from aggregator.store import memory
from tests import builders
from tests.flow.test_flow import URL, YESTERDAY, titles
from tests.flow.world import FakeEngine, World, rss

TITLES = [f"第{n}回公開研究会の記録" for n in range(10, 20)]
TEXT = "子どもの学びを語り合った。"
SIZE = len(TITLES[0])
DAY = timedelta(days=1)


@pytest.fixture
def engine(world: World) -> FakeEngine:
    """Ten titles of one length, and one sentence below each."""
    world.engine = engine = FakeEngine()
    world.web.pages[URL] = rss(*((each, f"{each[:4]}は{TEXT}", YESTERDAY) for each in TITLES))
    return engine


def characters(engine: FakeEngine) -> int:
    return sum(map(len, engine.asked))


def told(report: RunReport) -> list[Failure]:
    return [each for each in report.failures if each.stage == "translate"]


def whose(world: World) -> dict[str, str]:
    with world.database.read() as db:
        return {each.source_text: each.engine for each in memory.every_entry(db)}


def test_a_budget_holds_over_the_runs_of_a_day(world: World, engine: FakeEngine) -> None:
    world.budgets = {"fake": 4 * SIZE + 3}
    (failure,) = told(world.run())
    assert len(engine.asked) == 4
    left = 6 * SIZE + 10 * (SIZE - len(TITLES[0][4:]) + 1 + len(TEXT))
    assert failure.reason == (
        f"fake: the day's budget of {4 * SIZE + 3} characters is used up; {left} wait"
    )
    assert (failure.subject, failure.error) == ("fake budget", "BudgetError")
    (again,) = told(world.run())
    assert again.subject == failure.subject
    assert len(engine.asked) == 4
    world.now += DAY
    world.run()
    assert len(engine.asked) == 8
    assert set(engine.asked) < set(TITLES)
    world.budgets = {}
    assert told(world.run()) == []
    assert sorted(engine.asked) == sorted(set(engine.asked))
    assert len(engine.asked) == 20


def test_a_day_begins_at_midnight_of_utc(world: World, engine: FakeEngine) -> None:
    world.budgets = {"fake": 4 * SIZE}
    world.now = world.now.replace(hour=22, minute=59)
    for number in (4, 4, 8):  # at 22:59, 23:59 and 0:59
        world.run()
        assert len(engine.asked) == number


def test_what_was_done_when_a_run_was_killed_is_spent(world: World, engine: FakeEngine) -> None:
    world.budgets = {"fake": 20 * SIZE}
    engine.stops_after = 12
    with pytest.raises(KeyboardInterrupt):
        world.run()
    spent = sum(map(len, whose(world)))
    assert spent == 10 * SIZE
    world.engine = later = FakeEngine()
    world.run()
    assert 18 * SIZE < spent + characters(later) <= 20 * SIZE


def test_a_budget_that_is_large_enough_is_no_failure(world: World, engine: FakeEngine) -> None:
    world.budgets = {"fake": 100_000}
    assert told(world.run()) == []
    assert len(engine.asked) == 20
    assert set(engine.asked[:10]) == set(TITLES)


def test_the_rest_is_the_next_engines_and_nothing_is_done_twice(
    world: World, engine: FakeEngine
) -> None:
    second = FakeEngine(name="second")
    world.others = [second]
    world.budgets = {"fake": 4 * SIZE}
    assert [each.subject for each in told(world.run())] == ["fake budget"]
    assert (len(engine.asked), len(second.asked)) == (4, 16)
    assert sorted(titles(world)) == [f"[{each}]" for each in TITLES]
    assert {text for text, name in whose(world).items() if name == "fake"} == set(engine.asked)
    assert told(world.run()) == []
    assert (len(engine.asked), len(second.asked)) == (4, 16)


def test_a_title_goes_however_long_it_is_while_nothing_was_spent(
    world: World, engine: FakeEngine
) -> None:
    world.budgets = {"fake": 1}
    for _ in range(3):
        assert [each.subject for each in told(world.run())] == ["fake budget"]
    assert len(engine.asked) == 1
    world.now += DAY
    world.run()
    assert len(engine.asked) == 2


def test_what_it_failed_on_is_spent(world: World, engine: FakeEngine) -> None:
    world.engine = engine = FakeEngine(refuses=frozenset(TITLES))
    world.budgets = {"fake": 4 * SIZE}
    for _ in range(3):
        world.run()
    assert len(engine.asked) == 4
    assert whose(world) == {}


def test_what_others_have_translated_is_not_spent(world: World, engine: FakeEngine) -> None:
    world.engine, world.budgets = FakeEngine(name="first"), {"fake": 4 * SIZE}
    world.run()
    world.engine, world.others = engine, [FakeEngine(name="first")]
    world.web.pages[URL] = rss(("別の日の公開研究会", "", YESTERDAY))
    assert told(world.run()) == []
    assert engine.asked == ["別の日の公開研究会"]


class Polyglot(FakeEngine):
    def pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset({("id", "en"), ("ja", "en")})


def test_titles_of_all_languages_come_first(world: World) -> None:
    ja, other = builders.WORDS["ja"], builders.WORDS["id"]
    world.sources = [builders.source("ja"), builders.source("id")]
    for source, words in zip(world.sources, (ja, other), strict=True):
        page = rss((words[3], words[4], YESTERDAY), link=source.homepage)
        world.web.pages[source.url] = page
    world.engine = engine = Polyglot()
    world.budgets = {"fake": len(ja[3]) + len(other[3])}
    world.run()
    assert sorted(engine.asked) == sorted([ja[3], other[3]])
    world.budgets = {}
    world.run()
    assert len(engine.asked) > 2


def test_an_engine_without_a_budget_does_all_beside_one_that_has_one(world: World) -> None:
    world.web.pages[URL] = rss(*((each, "", YESTERDAY) for each in TITLES))
    world.engine = free = FakeEngine(name="free", refuses=frozenset(TITLES[:3]))
    world.others = [paid := FakeEngine(name="paid")]
    world.budgets = {"paid": 2 * SIZE}
    report = world.run()
    assert len(free.asked) == 10
    assert len(paid.asked) == 2
    assert [each.subject for each in told(report) if each.error == "BudgetError"] == ["paid budget"]


def test_a_report_counts_what_is_over_budget_as_waiting(world: World, engine: FakeEngine) -> None:
    world.budgets = {"fake": 4 * SIZE}
    world.pipelines = [replace(world.pipelines[0], targets=("en", "original"))]
    report = world.run()
    assert report.translating["paid"]["ja>en"].characters == 4 * SIZE
    (failure,) = told(report)
    assert f"; {report.translating['waiting']['ja>en'].characters:,} wait" in failure.reason
