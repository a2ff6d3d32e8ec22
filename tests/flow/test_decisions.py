"""Editors' decisions: what they change, what takes them back, and what they leave alone."""

from collections.abc import Callable

import pytest

from aggregator.errors import UsageError
from aggregator.flow.deciding import decide, edit
from aggregator.flow.reading import read_entries, read_stories
from aggregator.model import DecisionKind, Standing, Story, TranslationState
from aggregator.store import decisions
from tests.flow.test_flow import LESSON, READING, URL, YESTERDAY, feed, titles
from tests.flow.world import NOW, FakeEngine, World, rss


def the_story(world: World, title: str = LESSON[0]) -> Story:
    with world.database.read() as db:
        told = read_stories(db, {source.id: source for source in world.sources})
    return next(story for story in told if story.lead.article.title == title)


@pytest.fixture
def say(world: World) -> Callable[..., Standing]:
    """Decide on the lesson's story, and return where it stands then."""
    world.web.pages[URL] = rss(LESSON, READING)
    world.run()

    def say(kind: DecisionKind, text: str = "") -> Standing:
        with world.database.begin() as db:
            decide(db, the_story(world), kind, "mai", NOW, text)
        return the_story(world).standing

    return say


def edit_title(world: World, text: str, title: str = LESSON[0]) -> None:
    with world.database.begin() as db:
        edit(db, the_story(world, title), ("title", "en", text), "mai", NOW)


def test_a_rejected_story_leaves_the_feeds_and_comes_back_when_undone(
    world: World, say: Callable[..., Standing]
) -> None:
    before = feed(world, "all")
    assert say("reject", "off topic").review == "rejected"
    world.run()
    assert titles(world) == ["[図書館の時間を増やす]"]
    assert say("undo").review == "unreviewed"
    world.run()
    assert feed(world, "all") == before


def test_an_undo_can_be_followed_by_another(say: Callable[..., Standing]) -> None:
    say("approve")
    say("pin")
    assert say("undo") == Standing(review="approved")
    assert say("undo") == Standing()


def test_nothing_to_undo_is_said(say: Callable[..., Standing]) -> None:
    with pytest.raises(UsageError, match="no decision to undo"):
        say("undo")


def test_a_note_needs_words(say: Callable[..., Standing]) -> None:
    with pytest.raises(UsageError, match="text"):
        say("note", "  ")
    assert say("note", "ask the school").notes == ("ask the school",)


@pytest.mark.parametrize("kind", ["approve", "pin"])
def test_what_editors_recommend_is_in_the_picks(
    world: World, say: Callable[..., Standing], kind: DecisionKind
) -> None:
    assert titles(world, "picks") == []
    say(kind)
    world.run()
    assert titles(world, "picks") == ["[公開研究会を開く]"]


def test_decisions_are_kept_one_after_the_other(world: World, say: Callable[..., Standing]) -> None:
    for kind in ("approve", "reject", "undo"):
        say(kind)
    with world.database.read() as db:
        kept = decisions.of_story(db, the_story(world).id)
    assert [d.kind for d in kept] == ["approve", "reject", "undo"]
    assert kept[2].undoes == kept[1].id


def test_an_edited_title_is_in_every_article_with_the_same_words(
    world: World, say: Callable[..., Standing]
) -> None:
    world.web.pages[URL] = rss(
        LESSON, READING, (LESSON[0] + "!", "まったく別の話である。", YESTERDAY)
    )
    world.run()
    edit_title(world, "An open lesson")
    edit_title(world, "An open lesson!", LESSON[0] + "!")
    world.run()
    assert set(titles(world)) == {"An open lesson", "An open lesson!", "[図書館の時間を増やす]"}


def test_no_engine_overwrites_a_person(world: World, say: Callable[..., Standing]) -> None:
    edit_title(world, "An open lesson")

    class Newer(FakeEngine):
        def version(self, source: str, target: str) -> str:
            return "2"

    world.engine = Newer()
    world.run()
    assert "An open lesson" in titles(world)


def test_an_undone_edit_gives_the_machine_its_words_back(
    world: World, say: Callable[..., Standing]
) -> None:
    edit_title(world, "An open lesson")
    say("undo")
    world.run()
    assert "[公開研究会を開く]" in titles(world)


def test_an_edited_text_says_so(world: World, say: Callable[..., Standing]) -> None:
    edit_title(world, "An open lesson")
    with world.database.read() as db:
        entry = read_entries(db, [the_story(world)], "en", NOW).every[0]
    assert entry.title.state is TranslationState.EDITED
    assert entry.summary.state is TranslationState.MACHINE


def test_an_empty_edit_is_refused(world: World, say: Callable[..., Standing]) -> None:
    with pytest.raises(UsageError, match="empty"):
        edit_title(world, " ")


def test_when_the_source_changes_under_an_editor_the_story_asks_to_be_checked(
    world: World, say: Callable[..., Standing]
) -> None:
    say("approve")
    corrected = rss(LESSON, READING).replace("十二月".encode(), "一月".encode())
    world.web.pages[URL] = corrected
    world.run()
    assert the_story(world).standing == Standing(review="approved", check_again=True)
