from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model import Article
from aggregator.text.keys import text_key
from aggregator.translate.segments import segment

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def article(title: str, summary: str, language: str = "ja") -> Article:
    return Article(
        id="a",
        source_id="s",
        key="k",
        url="https://example.org/",
        title=title,
        summary=summary,
        body="",
        language=language,
        authors=(),
        published=AT,
        dated_by="first-seen",
        date_text="",
        first_seen=AT,
        backlog=False,
        content_hash="",
        text_hash="",
    )


def test_a_title_is_one_segment_whatever_it_holds() -> None:
    (only,) = segment(article("授業を開く。聴き合う。", ""))
    assert (only.field, only.position, only.text) == ("title", 0, "授業を開く。聴き合う。")
    assert only.key == only.field_key == text_key(only.text)


def test_a_summary_is_cut_into_its_sentences() -> None:
    found = segment(article("", "授業を開く。聴き合う。\n\n語り合う。"))
    assert [each.text for each in found] == ["授業を開く。", "聴き合う。", "語り合う。"]
    assert [each.tail for each in found] == ["", "\n\n", ""]
    assert [each.position for each in found] == [0, 1, 2]
    assert {each.field_key for each in found} == {text_key("授業を開く。聴き合う。\n\n語り合う。")}


def test_equal_sentences_of_different_articles_have_the_same_key() -> None:
    first = segment(article("A", "授業を開く。聴き合う。"))
    second = segment(article("B", "語り合う。授業を開く。"))
    assert first[1].key == second[2].key


@pytest.mark.parametrize("blank", ["", " ", "\n\u3000\n"])
def test_a_blank_field_has_no_segments(blank: str) -> None:
    assert segment(article(blank, blank)) == []


@given(st.text("あ。！? \n.A」", max_size=30), st.sampled_from(["ja", "ko", "th", "vi", "en"]))
def test_segments_hold_all_of_a_summary_s_words_in_order(summary: str, language: str) -> None:
    found = segment(article("", summary, language))
    together = "".join(each.text + each.tail for each in found)
    assert together.split() == summary.split()
    assert [each.position for each in found] == list(range(len(found)))
