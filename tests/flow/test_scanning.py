"""Terms of the glossary: found once in each article, and again when one of the two changes."""

from sqlalchemy import select

from aggregator.model import Concept, Term
from aggregator.store import mentions
from aggregator.store.schema import articles
from tests.flow.test_flow import URL, YESTERDAY
from tests.flow.world import World, rss

STUDY = ("授業研究の会を開く", "公開研究会で授業研究について語り合った。", YESTERDAY)


def concept(name: str, *terms: str) -> Concept:
    return Concept(
        id=name,
        group="movement",
        terms=tuple(Term(text=term, language="ja", role="preferred") for term in terms),
    )


def found(world: World) -> list[tuple[str, str, int]]:
    with world.database.read() as db:
        ids = list(db.scalars(select(articles.c.id)))
        told = mentions.of(db, ids)
    return [(each.concept, each.field, each.start) for key in ids for each in told[key]]


def test_terms_are_found_in_title_and_summary(world: World) -> None:
    world.glossary = [concept("lesson-study", "授業研究"), concept("meeting", "公開研究会")]
    world.web.pages[URL] = rss(STUDY)
    assert world.run().steps["scan"] == 1
    assert found(world) == [
        ("lesson-study", "title", 0),
        ("meeting", "summary", 0),
        ("lesson-study", "summary", 6),
    ]


def test_what_did_not_change_is_not_searched_again(world: World) -> None:
    world.glossary = [concept("lesson-study", "授業研究")]
    world.web.pages[URL] = rss(STUDY)
    world.run()
    assert world.run().steps["scan"] == 0


def test_another_glossary_finds_anew_and_forgets_what_it_does_not_know(world: World) -> None:
    world.glossary = [concept("lesson-study", "授業研究")]
    world.web.pages[URL] = rss(STUDY)
    world.run()
    world.glossary = [concept("meeting", "公開研究会")]
    assert world.run().steps["scan"] == 1
    assert found(world) == [("meeting", "summary", 0)]


def test_another_text_is_searched_anew(world: World) -> None:
    world.glossary = [concept("lesson-study", "授業研究")]
    world.web.pages[URL] = rss(STUDY)
    world.run()
    world.web.pages[URL] = rss(STUDY).replace("語り合った".encode(), "話した".encode())
    assert world.run().steps["scan"] == 1
    assert len(found(world)) == 2
