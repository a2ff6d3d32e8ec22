"""Publishing what was decided, without asking any site."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from aggregator.errors import StoreError
from aggregator.flow import Run
from aggregator.flow.deciding import decide
from aggregator.flow.reading import read_stories
from aggregator.flow.republish import Republisher, republish
from aggregator.store import Database
from tests import builders, runs
from tests.web.conftest import Newsroom


@pytest.fixture
def run(database: Database, tmp_path: Path) -> Run:
    """A run over a story by a Japanese source and one by the network."""
    newsroom = Newsroom(database=database, output=tmp_path)
    newsroom.tell(builders.article("ja"))
    newsroom.tell(builders.article("en"))
    return runs.run(database, tmp_path, sources=newsroom.sources)


def approve(run: Run, language: str) -> None:
    with run.database.begin() as db:
        (story,) = read_stories(db, run.sources, builders.article(language).id)
        decide(db, story, "approve", "aiko", run.now)


def picks(run: Run) -> str:
    return (run.site.output / "feeds/picks.atom").read_text()


def test_a_decision_is_in_the_picks_and_an_undo_takes_it_out(run: Run) -> None:
    assert republish(run) == []
    assert builders.WORDS["en"][3] not in picks(run)
    approve(run, "en")
    assert republish(run) == []
    assert builders.WORDS["en"][3] in picks(run)
    assert builders.WORDS["ja"][3] not in picks(run)


def test_publishing_again_touches_no_file(run: Run) -> None:
    approve(run, "en")
    republish(run)
    before = {path: path.stat().st_mtime_ns for path in run.site.output.rglob("*")}
    later = replace(run, now=run.now.replace(minute=30))
    republish(later)
    assert {path: path.stat().st_mtime_ns for path in run.site.output.rglob("*")} == before


def test_what_could_not_be_written_is_said(run: Run) -> None:
    (run.site.output / "feeds").write_text("in the way")
    (failure,) = republish(run)
    assert (failure.stage, failure.subject) == ("publish", "daily")
    republisher = Republisher(lambda: run)
    republisher.ask()
    republisher.finish()
    assert republisher.trouble.startswith("daily: ")
    (run.site.output / "feeds").unlink()
    republisher.ask()
    republisher.finish()
    assert republisher.trouble == ""


def test_a_database_that_fails_is_said_and_the_next_decision_tries_again(run: Run) -> None:
    answers: list[Callable[[], Run]] = [fails, lambda: run]
    republisher = Republisher(lambda: answers.pop(0)())
    republisher.ask()
    republisher.finish()
    assert republisher.trouble == "no database"
    republisher.ask()
    republisher.finish()
    assert republisher.trouble == ""


def fails() -> Run:
    raise StoreError("no database")


@dataclass
class Gate:
    """Gives runs, each of which waits until it is let through."""

    run: Run
    begun: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    open: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    given: int = 0

    def __call__(self) -> Run:
        self.given += 1
        self.begun.release()
        assert self.open.acquire(timeout=30)
        return self.run


def test_what_is_asked_while_it_publishes_is_published_once_more(run: Run) -> None:
    gate = Gate(run)
    republisher = Republisher(gate)
    republisher.ask()
    assert gate.begun.acquire(timeout=30)
    for _ in range(5):
        republisher.ask()
    approve(run, "en")
    gate.open.release(2)
    republisher.finish()
    assert gate.given == 2
    assert builders.WORDS["en"][3] in picks(run)


def test_nothing_asked_nothing_done(run: Run) -> None:
    Republisher(fails).finish()
    assert not (run.site.output / "feeds").exists()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_defect_does_not_end_publishing_for_good(run: Run) -> None:
    answers: list[Callable[[], Run]] = [defect, lambda: run]
    republisher = Republisher(lambda: answers.pop(0)())
    republisher.ask()
    republisher.finish()
    republisher.ask()
    republisher.finish()
    assert answers == []
    assert (run.site.output / "feeds/picks.atom").exists()


def defect() -> Run:
    raise ZeroDivisionError
