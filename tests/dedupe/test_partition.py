"""Stories of a set: what joins two articles, and what editors hold together or apart."""

from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aggregator.dedupe import partition
from aggregator.model import Likeness, Link
from aggregator.model.articles import Bond

#: Likely, certain, hardly.
YES, SURE, NO = 3.0, 6.0, -3.0


def alike(pair: str, odds: float = YES, bond: Bond = "story", said: str = "") -> Likeness:
    one, other = sorted(pair)
    return Likeness(one=one, other=other, bond=bond, odds=odds, evidence=(said or pair,))


def groups(order: str, *likenesses: Likeness, links: tuple[Link, ...] = ()) -> list[str]:
    """Return the stories that letters tell, each as its letters."""
    found: dict[str, str] = {}
    for verdict in partition(order, likenesses, links):
        found[verdict.story_id] = found.get(verdict.story_id, "") + verdict.article_id
    return list(found.values())


def together(pair: str) -> Link:
    return Link(one=pair[0], other=pair[1], together=True)


def apart(pair: str) -> Link:
    return Link(one=pair[0], other=pair[1], together=False)


def test_what_nothing_joins_is_a_story_each() -> None:
    assert groups("ba") == ["b", "a"]


def test_what_is_likely_one_story_has_the_id_of_the_article_first_seen() -> None:
    first, second = partition("ba", [alike("ab", said="2030")])
    assert (first.story_id, first.evidence) == ("b", ())
    assert (second.story_id, second.same_as, second.evidence) == ("b", None, ("2030",))


def test_what_is_unlikely_one_story_stays_apart() -> None:
    assert groups("ab", alike("ab", NO)) == ["a", "b"]


def test_two_alone_need_more_than_what_joins_a_story() -> None:
    assert groups("ab", alike("ab", 1)) == ["a", "b"]
    assert groups("abc", alike("ab"), alike("ac", 1), alike("bc", 1)) == ["abc"]


def test_one_pair_joins_no_stories_of_several_articles() -> None:
    two = [alike("ab"), alike("cd")]
    assert groups("abcd", *two, alike("bc", 2)) == ["ab", "cd"]
    every = [alike(one + other) for one in "ab" for other in "cd"]
    assert groups("abcd", *two, *every) == ["abcd"]


def test_a_late_article_may_part_what_was_joined() -> None:
    """Two that were likely one are not when each finds the one that it is surely of."""
    assert groups("ab", alike("ab", YES)) == ["ab"]
    assert groups("abcd", alike("ab", YES), alike("ac", SURE), alike("bd", SURE)) == ["ac", "bd"]


def test_copies_speak_with_one_voice() -> None:
    copies = [alike("a" + each, 7, "copy") for each in "bcd"]
    assert groups("abcde", *copies, alike("ae")) == ["abcde"]


def test_an_edition_of_a_text_is_not_of_its_story_whatever_its_copies_say() -> None:
    found = [alike("ab", 7, "copy"), alike("ac", -SURE), alike("bc")]
    assert groups("abc", *found) == ["ab", "c"]


def test_a_copy_of_a_copy_is_not_of_the_story() -> None:
    assert groups("abc", alike("ab", 7, "copy"), alike("bc", 7, "copy")) == ["ab", "c"]


def test_a_repeat_of_a_repeat_is() -> None:
    found = partition("abc", [alike("ab", 12, "repeat"), alike("bc", 12, "repeat")])
    assert [(each.story_id, each.same_as) for each in found] == [
        ("a", None),
        ("a", "a"),
        ("a", "b"),
    ]


@pytest.mark.parametrize("bond", ["story", "copy", "repeat"])
def test_editors_hold_apart_what_is_alike(bond: Bond) -> None:
    assert groups("ab", alike("ab", SURE, bond), links=(apart("ab"),)) == ["a", "b"]


def test_editors_hold_together_what_nothing_joins() -> None:
    assert groups("ab", links=(together("ab"),)) == ["ab"]
    assert partition("ab", [], [together("ab")])[1].evidence == ("an editor",)


def test_what_goes_with_it_goes_along() -> None:
    likenesses = [alike("ab"), alike("cd")]
    assert groups("abcd", *likenesses, links=(together("ac"),)) == ["abcd"]


def test_what_is_held_together_leaves_those_that_are_held_apart() -> None:
    likenesses = [alike("ab"), alike("cd")]
    assert groups("abcd", *likenesses, links=(apart("bd"), together("ac"))) == ["ac", "b", "d"]


def test_the_later_of_two_links_that_contradict_holds() -> None:
    assert groups("ab", links=(together("ab"), apart("ab"))) == ["a", "b"]
    assert groups("abc", links=(apart("ac"), together("ab"), together("bc"))) == ["abc"]
    assert groups("abc", links=(together("ab"), together("bc"), apart("ac"))) == ["a", "bc"]


def test_links_of_articles_that_are_not_there_are_left_alone() -> None:
    assert groups("ab", links=(together("ax"), apart("xy"), together("aa"))) == ["a", "b"]


LETTERS = "abcdefg"
PAIRS = ["".join(pair) for pair in combinations(LETTERS, 2)]
ODDS = st.dictionaries(st.sampled_from(PAIRS), st.sampled_from([-6.0, -3.0, -1.0, 1.0, 3.0, 6.0]))
LINKS = st.lists(
    st.builds(
        Link, one=st.sampled_from(LETTERS), other=st.sampled_from(LETTERS), together=st.booleans()
    )
)


@given(ODDS, LINKS, st.permutations(PAIRS))
def test_the_order_in_which_pairs_were_compared_changes_nothing(
    odds: dict[str, float], links: list[Link], order: list[str]
) -> None:
    some = [alike(pair, odds[pair]) for pair in PAIRS if pair in odds]
    others = [alike(pair, odds[pair]) for pair in order if pair in odds]
    assert partition(LETTERS, some, links) == partition(LETTERS, others, links)


@example({"ab": YES, "ce": YES}, [apart("bd"), together("de"), together("ac")])
@example({"ab": YES, "cd": YES}, [apart("bd"), together("be"), together("ac")])
@given(ODDS, LINKS)
def test_the_last_link_always_holds(odds: dict[str, float], links: list[Link]) -> None:
    some = [alike(pair, value) for pair, value in odds.items()]
    story = {each.article_id: each.story_id for each in partition(LETTERS, some, links)}
    for link in [each for each in links if each.one != each.other][-1:]:
        assert (story[link.one] == story[link.other]) is link.together
