from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model import Article, Item
from aggregator.normalize import read_articles
from aggregator.text.keys import text_key
from aggregator.translate.segments import segment
from tests import builders

CASES = Path(__file__).resolve().parents[1] / "cases" / "languages"

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


def cases() -> list[Any]:
    """Each case with the language of its source, which its file is called by."""
    return [
        pytest.param(path.stem, case, id=f"{path.stem}: {case['about']}")
        for path in sorted(CASES.glob("*.yaml"))
        for case in yaml.safe_load(path.read_text("utf-8"))
    ]


@pytest.mark.parametrize(("prior", "case"), cases())
def test_each_piece_is_in_its_own_language(prior: str, case: Mapping[str, Any]) -> None:
    item = Item(
        key="k",
        link="https://a.example/1",
        title=case["title"],
        summary=case["summary"].replace("\n", "<br>"),
    )
    (read,) = read_articles(builders.source(prior), [[item]], {}, AT, None)
    assert isinstance(read, Article)

    found = segment(read)

    assert [each.language for each in found if each.field == "title"] == [
        case["languages"]["title"]
    ]
    assert [each.language for each in found if each.field == "summary"] == case["languages"][
        "summary"
    ]
    together = "".join(each.text + each.tail for each in found if each.field == "summary")
    assert together.split() == read.summary.split()
