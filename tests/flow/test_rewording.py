"""The glossary in translations: it is said, and after a change said anew where it counts."""

from aggregator.flow.deciding import edit
from aggregator.model import Concept, MemoryEntry, Term
from aggregator.store import memory
from tests.flow.test_decisions import the_story
from tests.flow.test_flow import URL, YESTERDAY, titles
from tests.flow.world import NOW, FakeEngine, World, rss

STUDY = ("授業研究の会を開く", "", YESTERDAY)
LUNCH = ("給食の時間が変わる", "", YESTERDAY)


def concept(name: str, term: str, wording: str) -> Concept:
    terms = (
        Term(text=term, language="ja", role="preferred"),
        Term(text=wording, language="en", role="preferred"),
    )
    return Concept(id=name, group="movement", terms=terms)


def made(world: World) -> dict[str, MemoryEntry]:
    with world.database.read() as db:
        return {each.source_text: each for each in memory.every_entry(db)}


def begin(world: World, engine: FakeEngine) -> None:
    world.engine = engine
    world.glossary = [concept("lesson-study", "授業研究", "lesson study")]
    world.web.pages[URL] = rss(STUDY, LUNCH)
    world.run()


def test_what_the_glossary_prescribes_is_said(world: World) -> None:
    engine = FakeEngine()
    begin(world, engine)
    assert sorted(titles(world)) == ["[lesson study の会を開く]", "[給食の時間が変わる]"]
    assert sorted(engine.asked[:2]) == sorted([STUDY[0], LUNCH[0]])
    assert engine.asked[2:] == ["⟦1⟧の会を開く"]
    assert made(world)[STUDY[0]].missing == ()


def test_what_could_not_be_said_is_kept_with_the_translation(world: World) -> None:
    begin(world, FakeEngine(refuses=frozenset({"⟦1⟧の会を開く"})))
    assert sorted(titles(world)) == ["[授業研究の会を開く]", "[給食の時間が変わる]"]
    assert made(world)[STUDY[0]].missing == ("lesson study",)


def test_another_wording_makes_anew_only_what_it_is_prescribed_for(world: World) -> None:
    engine = FakeEngine()
    begin(world, engine)
    asked = len(engine.asked)
    world.glossary = [concept("lesson-study", "授業研究", "jugyou kenkyuu")]
    report = world.run()
    assert report.steps["reword"] == 2
    assert engine.asked[asked:] == [STUDY[0], "⟦1⟧の会を開く"]
    assert "[jugyou kenkyuu の会を開く]" in titles(world)
    assert world.run().steps["reword"] == 0


def test_a_concept_that_nothing_names_makes_nothing_anew(world: World) -> None:
    engine = FakeEngine()
    begin(world, engine)
    asked = len(engine.asked)
    world.glossary.append(concept("exam", "入試", "entrance exam"))
    world.run()
    assert len(engine.asked) == asked


def test_what_a_person_wrote_stays_whatever_the_glossary_says(world: World) -> None:
    engine = FakeEngine()
    begin(world, engine)
    with world.database.begin() as db:
        edit(db, the_story(world, STUDY[0]), ("title", "en", "They study lessons"), "mai", NOW)
    world.glossary = [concept("lesson-study", "授業研究", "jugyou kenkyuu")]
    world.run()
    assert "They study lessons" in titles(world)
