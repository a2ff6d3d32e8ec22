"""Decisions follow the articles that founded their stories, wherever these are now."""

from typing import Any

from aggregator.store import Connection, Database, decisions, stories
from tests import builders
from tests.told import place, tell


def decide(db: Connection, story_id: str, kind: str, **changes: Any) -> int:
    row = {"story_id": story_id, "kind": kind, "actor": "mai", "at": builders.NOW}
    return decisions.add(db, {**row, "text": "", "seen": "", **changes})


def numbers(db: Connection, story_id: str) -> list[int]:
    every = decisions.by_story(db).get(story_id, [])
    assert every == decisions.of_story(db, story_id)
    return [each.id for each in every]


def test_a_joined_story_has_the_decisions_of_its_parts_and_gives_them_back(
    database: Database,
) -> None:
    one, two = builders.article("ja"), builders.article("ko")
    with database.begin() as db:
        tell(db, one)
        tell(db, two)
        made = [decide(db, one.id, "pin"), decide(db, two.id, "approve")]
        made.append(decide(db, one.id, "note"))
        assert (numbers(db, one.id), numbers(db, two.id)) == ([made[0], made[2]], [made[1]])
        place(db, two, story_id=one.id)
        assert (numbers(db, one.id), numbers(db, two.id)) == (made, [])
        assert [each.story_id for each in decisions.of_story(db, one.id)][1] == two.id
        place(db, two, story_id=two.id)
        assert (numbers(db, one.id), numbers(db, two.id)) == ([made[0], made[2]], [made[1]])


def test_a_decision_on_two_stories_is_one_of_both_and_once_of_the_joined(
    database: Database,
) -> None:
    one, two, three = (builders.article(language) for language in ("ja", "ko", "vi"))
    with database.begin() as db:
        for each in (one, two, three):
            tell(db, each)
        merge = decide(db, one.id, "merge", other=two.id)
        undo = decide(db, one.id, "undo", other=two.id, undoes=merge)
        assert numbers(db, one.id) == numbers(db, two.id) == [merge, undo]
        assert numbers(db, three.id) == []
        place(db, one, two, story_id=three.id)
        assert (numbers(db, one.id), numbers(db, three.id)) == ([], [merge, undo])
        assert [each.id for each in decisions.every(db)] == [merge, undo]


def test_any_id_of_an_article_leads_to_the_story_it_is_in(database: Database) -> None:
    one, two = builders.article("ja"), builders.article("ko")
    with database.begin() as db:
        tell(db, one)
        tell(db, two)
        assert stories.resolve(db, two.id[:9]) == [two.id]
        place(db, two, story_id=one.id)
        assert stories.resolve(db, two.id[:9]) == [one.id]
        assert stories.resolve(db, "") == [one.id]
        assert stories.resolve(db, "%") == []
        assert stories.of_article(db, two.id) == one.id
        assert stories.of_article(db, "no such") is None
        assert stories.resolve_article(db, two.id[:9]) == [two.id]
        assert stories.resolve_article(db, "") == sorted([one.id, two.id])
