"""The search index follows what articles say, what is said of them, and how they are translated."""

from dataclasses import replace

from aggregator.flow.deciding import edit
from aggregator.flow.searching import Asked, look_for
from aggregator.model.topics import Topic
from aggregator.store.search import Within
from tests.flow.test_flow import URL, YESTERDAY
from tests.flow.world import World, rss

LESSON = ("公開研究会を開く", "教師が授業を見合う。", YESTERDAY)
LUNCH = Topic(id="lunch", name="Lunch", about="Meals.", words=(("ja", "公開研究会"),))


def found(world: World, words: str, **narrowed: str) -> list[str]:
    """Return the original titles of what is found."""
    aspects = tuple((name, (value,)) for name, value in narrowed.items())
    asked = Asked(words=words, within=Within(aspects=aspects))  # type: ignore[arg-type]
    with world.database.read() as db:
        hits = look_for(db, {each.id: each for each in world.sources}, asked, world.now)
    return [hit.place.article.title for hit in hits]


def test_an_article_is_found_by_its_words_once_it_was_read(world: World) -> None:
    world.web.pages[URL] = rss(LESSON)
    assert world.run().steps["index"] == 1
    assert found(world, "研究会 授業") == [LESSON[0]]
    assert found(world, "研究会", country="jp", language="ja") == [LESSON[0]]
    assert found(world, "研究会", country="kr") == []


def test_what_did_not_change_is_not_indexed_again(world: World) -> None:
    world.web.pages[URL] = rss(LESSON)
    world.run()
    assert world.run().steps["index"] == 0


def test_another_text_is_found_and_the_one_before_is_not(world: World) -> None:
    world.web.pages[URL] = rss(LESSON)
    world.run()
    world.web.pages[URL] = rss(LESSON).replace("見合う".encode(), "語る".encode())
    assert world.run().steps["index"] == 1
    assert found(world, "語る") == [LESSON[0]]
    assert found(world, "見合う") == []


def test_an_editors_translation_is_found_after_the_next_run(world: World) -> None:
    world.web.pages[URL] = rss(LESSON)
    world.run()
    with world.database.begin() as db:
        sources = {each.id: each for each in world.sources}
        (hit,) = look_for(db, sources, Asked(words="公開"), world.now)
        edit(db, hit.entry.story, ("title", "en", "A day of lesson study"), "mai", world.now)
    assert world.run().steps["index"] == 1
    assert found(world, '"lesson study"') == [LESSON[0]]


def test_another_topic_of_an_article_is_known_to_the_search(world: World) -> None:
    world.web.pages[URL] = rss(LESSON)
    world.run()
    assert found(world, "", topic="lunch") == []
    world.topics = [LUNCH]
    assert world.run().steps["index"] == 1
    assert found(world, "", topic="lunch") == [LESSON[0]]


def test_what_a_source_is_moved_to_is_known_to_the_search(world: World) -> None:
    world.web.pages[URL] = rss(LESSON)
    world.run()
    world.sources = [replace(world.sources[0], country="int")]
    world.run()
    assert found(world, "公開", country="int") == [LESSON[0]]
    assert found(world, "公開", country="jp") == []


def test_stories_of_sources_that_are_gone_are_not_found(world: World) -> None:
    world.web.pages[URL] = rss(LESSON)
    world.run()
    world.sources = []
    assert found(world, "公開") == []
