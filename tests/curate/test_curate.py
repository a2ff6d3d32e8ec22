"""What decisions mean, without a database."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from aggregator import curate
from aggregator.model import Decision, Link, Scope, Standing
from aggregator.model.events import Event
from aggregator.normalize.events import occasions
from tests import builders
from tests.builders import NOW, entry, standing


def decision(number: int, kind: Any, **changes: Any) -> Decision:
    made = Decision(id=number, story_id="s", kind=kind, actor="mai", at=NOW, seen="now")
    return replace(made, **changes)


def test_the_last_review_counts() -> None:
    decided = [decision(1, "approve"), decision(2, "reject")]
    assert curate.standing(decided, "now").review == "rejected"


def test_an_undo_of_an_undo_restores_the_decision() -> None:
    decided = [decision(1, "approve"), decision(2, "undo", undoes=1), decision(3, "undo", undoes=2)]
    assert [d.id for d in curate.effective(decided)] == [1]


def test_the_story_is_to_be_checked_again_when_its_text_changed_after_the_last_look() -> None:
    seen_old = [decision(1, "approve", seen="old")]
    seen_both = [*seen_old, decision(2, "edit", seen="now")]
    assert curate.standing(seen_old, "now").check_again
    assert not curate.standing(seen_both, "now").check_again


def test_a_pin_says_nothing_about_the_text() -> None:
    assert curate.standing([decision(1, "pin", seen="old")], "now") == Standing(pinned=True)


def test_an_approval_confirms_what_was_found_unless_articles_tell_different_times() -> None:
    def event(article: str, day: int) -> Event:
        starts = date(2026, 5, day)
        return Event(article_id=article, number=1, title="", starts=starts, ends=None, zone="")

    (agreed,) = occasions([event("a", 16)])
    (disputed,) = occasions([event("a", 16), event("b", 17)])
    found = curate.agreed([agreed, disputed], standing("approved"))
    assert [each.best.status for each in found] == ["confirmed", "found"]
    assert curate.agreed([agreed], standing("approved", check_again=True)) == (agreed,)


def test_an_entrys_hash_follows_the_events_that_readers_see() -> None:
    event = Event(article_id="a", number=1, title="", starts=date(2026, 5, 16), ends=None, zone="")
    hashes = {
        curate.entry_hash(entry(story=builders.story(occasions=occasions(told))))
        for told in ([], [event], [replace(event, place="Hall 1")])
    }
    assert len(hashes) == 3


@given(st.lists(st.sampled_from(["approve", "reject", "pin", "unpin", "note"]), max_size=12))
def test_undoing_everything_leads_back_to_the_beginning(kinds: list[Any]) -> None:
    decided = [decision(n, kind) for n, kind in enumerate(kinds, 1)]
    while last := curate.last_effective(decided):
        decided.append(decision(len(decided) + 1, "undo", undoes=last.id))
    assert curate.standing(decided, "now") == Standing()


def linked(number: int, kind: Any, one: str, other: str) -> Decision:
    return decision(number, kind, story_id=one, other=other)


def test_links_are_what_editors_want_together_or_apart() -> None:
    decided = [
        linked(1, "merge", "a", "b"),
        linked(2, "split", "a", "c"),
        linked(3, "never", "d", "e"),
        linked(4, "always", "e", "f"),
        decision(5, "approve"),
    ]
    assert curate.links(decided) == (
        Link(one="a", other="b", together=True),
        Link(one="a", other="c", together=False),
        Link(one="d", other="e", together=False),
        Link(one="e", other="f", together=True),
    )


def test_of_two_links_of_one_pair_the_later_counts_until_it_is_undone() -> None:
    decided = [
        linked(1, "merge", "a", "b"),
        linked(2, "never", "c", "d"),
        linked(3, "never", "b", "a"),
    ]
    assert curate.links(decided) == (
        Link(one="c", other="d", together=False),
        Link(one="b", other="a", together=False),
    )
    undo = decision(4, "undo", story_id="b", other="a", undoes=3)
    assert curate.links([*decided, undo])[0] == Link(one="a", other="b", together=True)


def test_a_link_says_nothing_of_where_a_story_stands() -> None:
    decided = [decision(1, "approve"), linked(2, "merge", "s", "b")]
    assert curate.standing(decided, "now") == Standing(review="approved")


def test_an_edition_has_the_newest_first() -> None:
    entries = [entry(number=3), entry(number=1), entry(number=2)]
    found = curate.edition(builders.pipeline(), "en", entries).entries
    assert list(found) == [entries[1], entries[2], entries[0]]


def test_a_story_is_in_when_any_of_its_places_is_in_scope() -> None:
    both = builders.story("ja", others=(builders.place("ko"),))
    pipeline = builders.pipeline(scope=Scope(countries=("kr",)))
    found = curate.edition(pipeline, "en", [entry(story=both), entry("vi")]).entries
    assert [each.story.id for each in found] == [both.id]


def test_required_review_lets_only_approved_stories_in() -> None:
    approved = builders.story(number=2, standing=standing("approved"))
    pipeline = builders.pipeline(review="required")
    found = curate.edition(pipeline, "en", [entry(number=1), entry(story=approved)]).entries
    assert [each.story.id for each in found] == [approved.id]


def test_a_held_text_is_not_published_until_somebody_approves_it() -> None:
    lead = builders.place(number=1, held="It cannot be Japanese")
    held = builders.story(number=1, lead=lead)
    approved = builders.story(number=1, lead=lead, standing=standing("approved"))
    shown = curate.edition(builders.pipeline(), "en", [entry(story=held)]).entries
    assert shown == ()
    (only,) = curate.edition(builders.pipeline(), "en", [entry(story=approved)]).entries
    assert only.story == approved


def test_an_entrys_hash_follows_what_readers_see_and_nothing_else() -> None:
    seen = entry()
    later = replace(seen, updated=NOW)
    retitled = replace(seen, title=replace(seen.title, text="Other words"))
    pinned = replace(seen, story=replace(seen.story, standing=standing(pinned=True)))
    assert curate.entry_hash(later) == curate.entry_hash(seen)
    assert len({curate.entry_hash(each) for each in (seen, retitled, pinned)}) == 3


def test_states_are_counted_by_title() -> None:
    counts = curate.count_states([entry(), entry("en"), entry(state="untranslated")])
    assert counts == {
        "original": 1,
        "untranslated": 1,
        "doubted": 0,
        "memory": 1,
        "machine": 0,
        "edited": 0,
    }
