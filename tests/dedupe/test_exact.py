"""Exact repeats: what is one article, and what only looks like it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from aggregator.model import Verdict
from tests.builders import article
from tests.dedupe import placed

FIRST = article(number=1)
ELSEWHERE = "https://x.example.org/1"


def repeat(**changes: Any) -> Verdict:
    """Return the verdict on a copy of the first article at another source."""
    copy = replace(FIRST, id="copy", source_id="other", key="k", **{"url": ELSEWHERE} | changes)
    *_, verdict = placed(FIRST, copy)
    return verdict


def test_an_article_like_no_other_begins_a_story_with_its_own_id() -> None:
    assert placed(FIRST) == [
        Verdict(article_id=FIRST.id, story_id=FIRST.id, same_as=None, evidence=())
    ]


def test_the_same_link_at_another_source_is_the_same_article() -> None:
    verdict = repeat(url=FIRST.url, content_hash="other", title="Another title")
    assert verdict == Verdict(
        article_id="copy", story_id=FIRST.id, same_as=FIRST.id, evidence=("same link",)
    )


def test_the_same_text_is_the_same_article() -> None:
    assert repeat().evidence == ("same text",)


def test_the_same_text_weeks_later_is_a_new_notice() -> None:
    assert repeat(published=FIRST.published + timedelta(days=15)).story_id == "copy"


def test_the_same_few_words_say_nothing() -> None:
    assert repeat(title="お知らせ", summary="", body="").story_id == "copy"


def test_two_notices_of_one_source_on_one_page_are_two_stories() -> None:
    other = replace(FIRST, id="other", key="#2", title="Second notice", content_hash="2")
    assert [v.story_id for v in placed(FIRST, other)] == [FIRST.id, "other"]


def test_a_source_that_gives_a_notice_a_new_id_repeats_it() -> None:
    again = replace(FIRST, id="again", key="new-id", summary="Corrected.", content_hash="2")
    assert [v.story_id for v in placed(FIRST, again)] == [FIRST.id, FIRST.id]


def test_a_repeat_of_a_repeat_names_the_first_article() -> None:
    """What has the same link as the one and the same text as the other is one with both."""
    moved = replace(FIRST, id="moved", source_id="other", title="Moved", content_hash="2")
    copy = replace(moved, id="copy", source_id="third", url=ELSEWHERE)
    found = placed(FIRST, moved, copy)
    assert [(v.story_id, v.same_as) for v in found] == [
        (FIRST.id, None),
        (FIRST.id, FIRST.id),
        (FIRST.id, "moved"),
    ]


def test_two_notices_without_a_page_of_their_own_are_two_stories() -> None:
    """What has no link gets its site's front page as one."""
    front = "https://jp.example.org/"
    first = replace(FIRST, url=front)
    other = replace(first, id="o", source_id="other", title="Something else", content_hash="2")
    assert [v.story_id for v in placed(first, other)] == [FIRST.id, "o"]
