"""Languages that no engine knows for a target go there through English."""

from collections.abc import Iterator, Sequence

import pytest

from aggregator.config import doubts
from aggregator.errors import BadTranslationError, TranslateError
from aggregator.flow.deciding import edit
from aggregator.flow.reading import read_entries, read_stories
from aggregator.model import Entry, Origin, TranslationState
from aggregator.publish.wording import trust_line
from aggregator.store import memory
from tests import builders
from tests.flow.test_decisions import the_story
from tests.flow.test_flow import URL, YESTERDAY
from tests.flow.world import NOW, Interpreter, World, rss

TITLE, TEXT = "教師が教室を開いた", "教師は語り合った。子どもが学んだ。"
SAID = {
    ("ja", "en"): {
        TITLE: "Teachers opened classrooms",
        "教師は語り合った。": "The teachers talked.",
        "子どもが学んだ。": "The children learned.",
    },
    ("en", "ko"): {
        "Teachers opened classrooms": "교사들이 교실을 열었다",
        "The teachers talked.": "교사들이 이야기했다.",
        "The children learned.": "아이들이 배웠다.",
        "All teachers talked.": "모든 교사가 이야기했다.",
        "Classrooms are open": "교실이 열려 있다",
    },
}


@pytest.fixture
def engine(world: World) -> Interpreter:
    world.engine = made = Interpreter(said={pair: dict(said) for pair, said in SAID.items()})
    world.pipelines = [builders.pipeline(targets=("en", "ko"))]
    world.web.pages[URL] = rss((TITLE, TEXT, YESTERDAY))
    return made


def shown(world: World, target: str = "ko") -> Entry:
    with world.database.read() as db:
        told = read_stories(db, {source.id: source for source in world.sources})
        return read_entries(db, told, target, NOW).every[0]


def correct(world: World, name: str, target: str, text: str) -> None:
    story = the_story(world, TITLE)
    with world.database.begin() as db:
        edit(db, story, (name, target, text), "kim", NOW)  # type: ignore[arg-type]


def test_a_title_and_a_text_go_through_english(world: World, engine: Interpreter) -> None:
    report = world.run()
    entry = shown(world)
    assert entry.title.text == "교사들이 교실을 열었다"
    assert entry.summary.text == "교사들이 이야기했다. 아이들이 배웠다."
    assert (entry.title.state, entry.title.via) == (TranslationState.MACHINE, "en")
    assert "by interpreter 1 from Japanese through English" in trust_line(entry)
    assert report.steps["pivot"] == 3
    assert len(engine.asked) == 6


def test_both_steps_are_kept_as_any_other(world: World, engine: Interpreter) -> None:
    world.run()
    with world.database.read() as db:
        every = {(each.language, each.target): each for each in memory.every_entry(db)}
    assert every.keys() == SAID.keys()
    assert {each.origin for each in every.values()} == {Origin.MACHINE}


def test_nothing_is_asked_twice(world: World, engine: Interpreter) -> None:
    world.run()
    asked = len(engine.asked)
    world.run()
    assert len(engine.asked) == asked


def test_a_corrected_first_step_makes_the_second_anew(world: World, engine: Interpreter) -> None:
    world.run()
    correct(world, "title", "en", "Classrooms are open")
    asked = len(engine.asked)
    world.run()
    assert engine.asked[asked:] == ["Classrooms are open"]
    assert shown(world).title.text == "교실이 열려 있다"
    assert shown(world).title.state is TranslationState.MACHINE


def test_what_a_person_wrote_in_the_target_stays(world: World, engine: Interpreter) -> None:
    world.run()
    correct(world, "title", "ko", "열린 교실")
    correct(world, "title", "en", "Classrooms are open")
    world.run()
    assert shown(world).title.text == "열린 교실"
    assert shown(world).title.state is TranslationState.EDITED


def test_an_engine_that_knows_the_languages_is_asked_itself(
    world: World, engine: Interpreter
) -> None:
    engine.said["ja", "ko"] = {
        TITLE: "교실 공개",
        "教師は語り合った。": "대화",
        "子どもが学んだ。": "배움",
    }
    report = world.run()
    assert report.steps["pivot"] == 0
    assert shown(world).title.text == "교실 공개"
    assert shown(world).title.via == ""


def test_what_may_be_wrong_goes_no_further(world: World, engine: Interpreter) -> None:
    engine.said["ja", "en"][TITLE] = "教師 opened 900 classrooms in 2019"
    world.doubts = doubts("none", "1")
    report = world.run()
    assert shown(world, "en").title.state is TranslationState.DOUBTED
    assert shown(world).title.state is TranslationState.UNTRANSLATED
    assert report.steps["pivot"] == 2


def test_a_second_step_that_may_be_wrong_is_not_shown(world: World, engine: Interpreter) -> None:
    engine.said["en", "ko"]["Teachers opened classrooms"] = "2019년 900 Teachers opened classrooms"
    world.doubts = doubts("none", "1")
    world.run()
    entry = shown(world)
    assert (entry.title.text, entry.title.state) == (TITLE, TranslationState.DOUBTED)
    assert entry.title.suggested.startswith("2019년")


def test_half_of_a_text_is_not_shown(world: World, engine: Interpreter) -> None:
    class Refusing(Interpreter):
        def translate(
            self, texts: Sequence[str], source: str, target: str
        ) -> Iterator[str | TranslateError]:
            for text in texts:
                if text == "The children learned.":
                    yield BadTranslationError("nonsense")
                else:
                    yield from super().translate([text], source, target)

    world.engine = Refusing(said=engine.said)
    report = world.run()
    entry = shown(world)
    assert (entry.summary.text, entry.summary.state) == (TEXT, TranslationState.UNTRANSLATED)
    assert len([each for each in report.failures if each.stage == "translate"]) == 1
