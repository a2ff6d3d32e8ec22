"""Editors split, merge and keep apart: the rows that this makes, and what is refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from aggregator import curate
from aggregator.errors import UsageError
from aggregator.flow import deciding
from aggregator.flow.queueing import read_sheet
from aggregator.flow.reading import read_stories
from aggregator.model import Article, Link, LinkKind, Standing, Story
from aggregator.store import Database, articles, decisions
from tests import builders
from tests.builders import NOW
from tests.told import place, tell

SOURCES = {source.id: source for source in map(builders.source, builders.WORDS)}

LEAD, COPY, OTHER, THIRD = (builders.article(language) for language in ("ja", "ko", "vi", "th"))


@dataclass
class Office:
    """A database with a story of two articles and two of one; what is placed anew is noted."""

    database: Database
    unsettled: list[set[str]] = field(default_factory=list)

    def story(self, article: Article) -> Story:
        with self.database.read() as db:
            return next(
                story
                for story in read_stories(db, SOURCES)
                if article.id in {each.article.id for each in story.places}
            )

    def link(self, story: Article, kind: LinkKind, *others: Article | str) -> list[int]:
        ids = [each if isinstance(each, str) else each.id for each in others]
        told = self.story(story)
        with self.database.begin() as db:
            return deciding.link(db, told, kind, ids, "mai", NOW)

    def undo(self, story: Article) -> None:
        told = self.story(story)
        with self.database.begin() as db:
            deciding.decide(db, told, "undo", "mai", NOW)

    def place(self, *some: Article, story: Article) -> None:
        with self.database.begin() as db:
            place(db, *some, story_id=story.id)

    def links(self) -> Sequence[Link]:
        with self.database.read() as db:
            return curate.links(decisions.every(db))


@pytest.fixture
def office(database: Database, monkeypatch: pytest.MonkeyPatch) -> Office:
    made = Office(database)
    monkeypatch.setattr(articles, "unsettle", lambda _db, ids: made.unsettled.append(set(ids)))
    with database.begin() as db:
        tell(db, LEAD, COPY)
        tell(db, OTHER)
        tell(db, THIRD)
    return made


@pytest.mark.parametrize(
    ("kind", "together"), [("merge", True), ("always", True), ("never", False)]
)
def test_two_stories_are_linked_by_their_first_articles_and_placed_anew(
    office: Office, kind: Any, together: bool
) -> None:
    office.link(OTHER, kind, COPY)
    assert office.links() == (Link(one=OTHER.id, other=LEAD.id, together=together),)
    assert office.unsettled == [{OTHER.id, LEAD.id}]


def test_each_article_that_is_split_off_is_a_decision(office: Office) -> None:
    office.place(OTHER, THIRD, story=LEAD)
    numbers = office.link(LEAD, "split", COPY, THIRD, COPY)
    assert len(numbers) == 2
    assert office.links() == (
        Link(one=LEAD.id, other=COPY.id, together=False),
        Link(one=LEAD.id, other=THIRD.id, together=False),
    )
    assert office.unsettled == [{LEAD.id, COPY.id, THIRD.id}]


def test_what_was_joined_by_mistake_is_never_one_again(office: Office) -> None:
    office.place(OTHER, story=LEAD)
    office.link(LEAD, "never", OTHER)
    assert office.links() == (Link(one=LEAD.id, other=OTHER.id, together=False),)


def test_what_is_joined_can_be_kept_so_for_good(office: Office) -> None:
    office.link(LEAD, "always", COPY)
    assert office.links() == (Link(one=LEAD.id, other=COPY.id, together=True),)


@pytest.mark.parametrize(
    ("kind", "others", "said"),
    [
        ("merge", ["no-such-id"], "there is no story or article no-such-id"),
        ("merge", [LEAD.id], "is this story itself"),
        ("always", [LEAD.id], "is this story itself"),
        ("merge", [COPY.id], "decide always"),
        ("split", [LEAD.id], "founded the story; split the others off"),
        ("split", [COPY.id, OTHER.id], f"but in {OTHER.id}: split it from that"),
        ("never", [], "never needs the id of another story"),
    ],
)
def test_what_cannot_be_linked_is_refused_with_a_remedy_and_leaves_nothing(
    office: Office, kind: Any, others: list[str], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        office.link(LEAD, kind, *others)
    assert office.links() == ()
    assert office.unsettled == []


@pytest.mark.parametrize("taken_back_from", [LEAD, OTHER])
@pytest.mark.parametrize("joined", [False, True])
def test_a_merge_is_taken_back_from_either_story_and_from_the_joined_one(
    office: Office, taken_back_from: Article, joined: bool
) -> None:
    office.link(OTHER, "merge", LEAD)
    if joined:
        office.place(OTHER, story=LEAD)
    office.undo(taken_back_from)
    assert office.links() == ()
    assert office.unsettled[1:] == [{LEAD.id, OTHER.id}]
    office.place(OTHER, story=OTHER)
    for each in (LEAD, OTHER):
        with pytest.raises(UsageError, match="no decision to undo"):
            office.undo(each)


def test_an_undo_takes_back_the_last_decision_only(office: Office) -> None:
    office.link(LEAD, "never", OTHER)
    office.link(LEAD, "split", COPY)
    office.undo(LEAD)
    assert office.links() == (Link(one=LEAD.id, other=OTHER.id, together=False),)


def test_the_undo_of_a_parts_approval_goes_with_the_part(office: Office) -> None:
    with office.database.begin() as db:
        deciding.decide(db, office.story(OTHER), "approve", "mai", NOW)
    office.place(OTHER, story=LEAD)
    assert office.story(LEAD).standing == Standing(review="approved", check_again=True)
    office.undo(LEAD)
    assert office.story(LEAD).standing == Standing()
    office.place(OTHER, story=OTHER)
    assert office.story(OTHER).standing == Standing()
    assert office.unsettled == []


def test_a_sheet_is_found_by_the_id_of_a_story_that_was_joined(office: Office) -> None:
    office.link(OTHER, "merge", LEAD)
    office.place(OTHER, story=LEAD)
    with office.database.read() as db:
        sheet = read_sheet(db, SOURCES, OTHER.id, "en", NOW)
    assert sheet is not None
    assert sheet.entry.story.id == LEAD.id
    (merge,) = sheet.decisions
    assert sheet.partner(merge) == OTHER.id
    assert sheet.others[OTHER.id] == OTHER


def test_each_story_of_a_link_names_the_other(office: Office) -> None:
    office.link(OTHER, "never", LEAD)
    for own, other in ((LEAD, OTHER), (OTHER, LEAD)):
        with office.database.read() as db:
            sheet = read_sheet(db, SOURCES, own.id, "en", NOW)
        assert sheet is not None
        assert [sheet.partner(each) for each in sheet.decisions] == [other.id]
