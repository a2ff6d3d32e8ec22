"""Machines' translations are checked; one that may be wrong waits for an editor's look."""

from collections.abc import Sequence
from dataclasses import replace

from aggregator.config import doubts
from aggregator.embed import Vector
from aggregator.embed.bundled import VERSION, Bundled
from aggregator.errors import EmbedError
from aggregator.flow.deciding import edit
from aggregator.flow.reading import read_entries, read_stories
from aggregator.model import Entry, MemoryEntry, TranslationState
from aggregator.store import memory
from tests.flow.test_decisions import the_story
from tests.flow.test_flow import URL, YESTERDAY, titles
from tests.flow.world import NOW, Interpreter, World, rss

GOOD, BAD = "3人の教師が教室を開いた。", "4人の教師が本を読んだ。"
SAID = {GOOD: "Three teachers opened their classrooms.", BAD: "7 teachers read 900 books."}


def begin(world: World) -> None:
    world.engine = Interpreter(said={("ja", "en"): SAID})
    world.doubts = doubts("none", "1")
    world.web.pages[URL] = rss((GOOD, "", YESTERDAY), (BAD, "", YESTERDAY))
    world.run()


def entries(world: World) -> dict[str, Entry]:
    with world.database.read() as db:
        told = read_stories(db, {source.id: source for source in world.sources})
        return {
            each.story.lead.article.title: each for each in read_entries(db, told, "en", NOW).every
        }


def made(world: World) -> dict[str, MemoryEntry]:
    with world.database.read() as db:
        return {each.source_text: each for each in memory.every_entry(db)}


def test_a_doubted_translation_is_not_shown(world: World) -> None:
    begin(world)
    assert sorted(titles(world)) == sorted([SAID[GOOD], BAD])
    shown = entries(world)[BAD].title
    assert (shown.text, shown.state) == (BAD, TranslationState.DOUBTED)
    assert shown.suggested == SAID[BAD]
    assert any("900" in reason for reason in shown.reasons)
    assert entries(world)[GOOD].title.state is TranslationState.MACHINE
    assert entries(world)[BAD].language == "ja"


def test_what_was_checked_is_not_checked_again_nor_asked_for(world: World) -> None:
    begin(world)
    again = world.run()
    assert (again.steps["check"], again.steps["translate"]) == (0, 0)
    assert again.translation["doubted"] == 1


def test_an_editor_who_saves_it_as_it_is_has_looked(world: World) -> None:
    begin(world)
    story = the_story(world, BAD)
    with world.database.begin() as db:
        edit(db, story, ("title", "en", SAID[BAD]), "kim", NOW)
    world.run()
    assert sorted(titles(world)) == sorted([SAID[GOOD], SAID[BAD]])
    assert entries(world)[BAD].title.state is TranslationState.EDITED


def test_other_checks_check_anew(world: World) -> None:
    begin(world)
    world.doubts = [replace(each, version="2", limit=1.0) for each in world.doubts]
    assert world.run().steps["check"] == 2
    assert sorted(titles(world)) == sorted(SAID.values())


def test_the_glossary_is_a_reason_beside_others(world: World) -> None:
    begin(world)
    entry = replace(made(world)[BAD], missing=("lesson study",), checked="")
    with world.database.begin() as db:
        memory.save_entries(db, [entry])
    world.run()
    assert any("lesson study" in each for each in entries(world)[BAD].title.reasons)


class Near:
    """Says that texts mean the same, or nothing at all; stands for the bundled engine."""

    name, version, dimensions = Bundled.name, VERSION, 2

    def __init__(self, *, fails: bool = False) -> None:
        self.fails = fails
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str], languages: Sequence[str]) -> Sequence[Vector]:
        if self.fails:
            raise EmbedError("no vectors: it is ill")
        self.embedded += texts
        return [
            (1.0, 0.0) if text in SAID or text in SAID.values() else (0.0, 1.0) for text in texts
        ]


def test_meanings_are_compared_where_there_are_vectors(world: World) -> None:
    world.embedder = near = Near()
    begin(world)
    world.doubts = doubts(Bundled.name, VERSION)
    report = world.run()
    assert report.steps["check"] == 2
    assert {*SAID, *SAID.values()} <= {*near.embedded}
    assert {each.checked for each in made(world).values()} == {world.doubts[0].version}


def test_without_vectors_the_other_checks_do_until_there_are_some(world: World) -> None:
    world.embedder = near = Near(fails=True)
    world.engine = Interpreter(said={("ja", "en"): SAID})
    world.doubts = doubts(Bundled.name, VERSION)
    world.web.pages[URL] = rss((GOOD, "", YESTERDAY), (BAD, "", YESTERDAY))
    report = world.run()
    assert [each.stage for each in report.failures if each.stage == "check"] == ["check"]
    assert {each.checked for each in made(world).values()} == {world.doubts[1].version}
    assert entries(world)[BAD].title.state is TranslationState.DOUBTED
    near.fails = False
    assert world.run().steps["check"] == 2
    assert {each.checked for each in made(world).values()} == {world.doubts[0].version}
