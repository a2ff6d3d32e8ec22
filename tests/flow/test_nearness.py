"""Stories are found by what they mean and by what they are like, once they have vectors."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from aggregator.embed import Vector
from aggregator.embed.centering import unit
from aggregator.embed.none import Nothing
from aggregator.errors import UsageError
from aggregator.flow.reading import read_stories
from aggregator.flow.searching import Asked, Found, knows_meanings, look_near, meant_by, meant_like
from aggregator.model import Story
from aggregator.store.search import Within
from tests import builders
from tests.embed.fake import FakeEmbedder
from tests.flow.test_flow import URL, YESTERDAY
from tests.flow.world import World, rss

STUDY = ("授業研究の会", "", YESTERDAY)
THAI = ("การศึกษาชั้นเรียน", "", YESTERDAY)
LUNCH = ("給食の献立", "", YESTERDAY)


class Meaning(FakeEmbedder):
    """Knows what some words of three languages mean, and of no other word anything."""

    dimensions = 2
    words = (
        ("授業研究", (1.0, 0.1)),
        ("ชั้นเรียน", (1.0, 0.2)),
        ("lesson", (1.0, 0.0)),
        ("給食", (0.0, 1.0)),
    )

    def embed(self, texts: Sequence[str], languages: Sequence[str]) -> Sequence[Vector]:
        self.languages = languages
        return [self._vector(text) for text in texts]

    def _vector(self, text: str) -> Vector:
        said = [place for word, place in self.words if word in text]
        return unit([sum(column) for column in zip(*said, strict=True)] or [0.0, 0.0])


@pytest.fixture
def meaning(world: World) -> World:
    """A world with a Japanese and a Thai source whose articles have vectors."""
    thai = builders.source("th")
    world.sources, world.embedder = [world.sources[0], thai], Meaning()
    world.web.pages[URL] = rss(STUDY, LUNCH)
    world.web.pages[thai.url] = rss(THAI, link="https://th.example.org/")
    world.run()
    return world


def titles(found: Sequence[Found]) -> list[str]:
    return [each.place.article.title for each in found]


def asked(world: World, words: str, **narrowed: str) -> list[str]:
    within = Within(aspects=tuple((name, (value,)) for name, value in narrowed.items()))  # type: ignore[misc]
    with world.database.read() as db:
        meant = meant_by(db, words, world.embedder)
        sources = {each.id: each for each in world.sources}
        return titles(look_near(db, sources, Asked(words="", within=within), meant, world.now))


def story(world: World, title: str) -> Story:
    with world.database.read() as db:
        told = read_stories(db, {each.id: each for each in world.sources})
    (found,) = [each for each in told if each.lead.article.title == title]
    return found


def like(world: World, title: str, words: str = "") -> list[str]:
    sources = {each.id: each for each in world.sources}
    told = story(world, title)
    with world.database.read() as db:
        meant = meant_like(db, told, world.embedder)
        return titles(look_near(db, sources, Asked(words=words), meant, world.now))


def test_an_english_question_finds_what_is_not_translated(meaning: World) -> None:
    assert asked(meaning, "How do teachers study a lesson?") == [STUDY[0], THAI[0]]
    assert asked(meaning, "lesson", country="th") == [THAI[0]]
    assert asked(meaning, "lesson", language="ko") == []


def test_the_engine_is_told_the_language_of_the_question(meaning: World) -> None:
    for words, language in (("授業研究の会について", "ja"), ("การศึกษาชั้นเรียน", "th")):
        asked(meaning, words)
        assert isinstance(meaning.embedder, Meaning)
        assert meaning.embedder.languages == [language]


def test_a_question_without_a_meaning_finds_nothing(meaning: World) -> None:
    assert asked(meaning, "zzz") == []


def test_a_story_is_like_others_and_not_like_itself(meaning: World) -> None:
    assert like(meaning, STUDY[0]) == [THAI[0], LUNCH[0]]
    assert like(meaning, STUDY[0], "給食") == [LUNCH[0]]
    assert like(meaning, STUDY[0], "-給食") == [THAI[0]]


def test_how_alike_a_story_is_is_told(meaning: World) -> None:
    sources = {each.id: each for each in meaning.sources}
    with meaning.database.read() as db:
        meant = meant_by(db, "lesson", meaning.embedder)
        best, other = look_near(db, sources, Asked(words=""), meant, meaning.now)
    assert best.likeness is not None
    assert other.likeness is not None
    assert 1 > best.likeness > other.likeness > 0.9


def test_stories_of_sources_that_are_gone_are_not_near(meaning: World) -> None:
    meaning.sources = meaning.sources[:1]
    assert asked(meaning, "lesson") == [STUDY[0]]


def test_without_an_engine_the_remedy_is_named(meaning: World) -> None:
    told = story(meaning, STUDY[0])
    with meaning.database.read() as db:
        with pytest.raises(UsageError, match=r"make embed .* AGGREGATOR_EMBED"):
            meant_by(db, "lesson", Nothing())
        with pytest.raises(UsageError, match=r"make embed .* AGGREGATOR_EMBED"):
            meant_like(db, told, Nothing())


def test_vectors_of_an_engine_that_is_asked_no_more_tell_nothing(meaning: World) -> None:
    other = FakeEmbedder()
    other.version = "2"
    with meaning.database.read() as db:
        assert knows_meanings(db)
        with pytest.raises(UsageError, match="no article has a vector by fake/2 yet"):
            meant_by(db, "lesson", other)


def test_a_story_that_came_after_the_engine_has_no_vector_yet(meaning: World) -> None:
    meaning.embedder = Nothing()
    new = ("明日の行事", "", YESTERDAY)
    meaning.web.pages[URL] = rss(STUDY, LUNCH, new)
    meaning.run()
    meaning.embedder = Meaning()
    with pytest.raises(UsageError, match="has no vector yet: the next run makes it"):
        like(meaning, new[0])


def test_a_story_in_two_languages_is_shown_once_and_means_what_both_share(meaning: World) -> None:
    both = replace(story(meaning, STUDY[0]), places=())
    places = (*story(meaning, STUDY[0]).places, *story(meaning, THAI[0]).places)
    with meaning.database.read() as db:
        meant = meant_like(db, replace(both, places=places), meaning.embedder)
    assert meant.vector == pytest.approx(unit((1.0, 0.15)), abs=0.01)
