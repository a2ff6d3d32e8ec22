"""The pieces of a text: words where they stand apart, letters where they do not."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.classify.grams import MOST_OF_SUMMARY, Grams, grams


@pytest.mark.parametrize(
    ("title", "language", "pieces"),
    [
        ("Cram-School Fees", "en", {"cram", "school", "fees"}),
        ("Giáo viên AI", "vi", {"giáo", "viên", "ai", "giáo viên", "viên ai"}),
        ("教員不足", "ja", {"教", "員", "不", "足", "教員", "員不", "不足", "教員不", "員不足"}),
        ("の塾", "ja", {"塾", "の塾"}),
        ("학원비 AI", "ko", {"학원", "원비", "학원비", "ai"}),
        ("ครูใหญ่", "th", {"ครู", "รูใ", "ูให", "ใหญ", "หญ่", "ครูใ", "รูให", "ูใหญ", "ใหญ่",
                          "ครูให", "รูใหญ", "ูใหญ่"}),
        ("塾", "zh-Hans", {"塾"}),
        ("12 – 3,4", "en", set()),
        ("", "th", set()),
    ],
)  # fmt: skip
def test_pieces_are_words_or_letters(title: str, language: str, pieces: set[str]) -> None:
    assert set(grams(title, "", language).strengths) == pieces


def test_what_the_summary_alone_says_counts_half() -> None:
    found = grams("Fees", "Fees rise", "en").strengths
    assert found["rise"] == found["fees"] / 2


def test_only_the_beginning_of_a_summary_is_read() -> None:
    assert "end" not in grams("", "x" * MOST_OF_SUMMARY + " end", "en").strengths


@pytest.mark.parametrize(
    ("title", "language", "pieces", "said"),
    [
        ("県の教員不足が深刻", "ja", ["不足", "教員", "員不"], ("教員不足",)),
        ("教員と教室", "ja", ["教員", "教室"], ("教員", "教室")),
        ("ครูใหญ่มา", "th", ["ูให", "ใหญ"], ("รูใหญ่",)),
        ("Fees of cram schools", "en", ["cram", "fees"], ("fees", "cram")),
        ("Fees", "en", [], ()),
    ],
)
def test_pieces_that_touch_are_quoted_as_one(
    title: str, language: str, pieces: list[str], said: tuple[str, ...]
) -> None:
    assert grams(title, "", language).said(pieces) == said


def test_a_text_without_pieces_says_nothing() -> None:
    assert Grams().said([]) == ()


@given(title=st.text(), summary=st.text(), language=st.sampled_from(["ja", "vi", "th", "en"]))
def test_all_pieces_together_have_the_length_one(title: str, summary: str, language: str) -> None:
    found = grams(title, summary, language)
    length = math.sqrt(sum(each**2 for each in found.strengths.values()))
    assert not found.strengths or math.isclose(length, 1.0)
    assert all(found.text.startswith(piece, at) for piece, at in found.places.items())
    assert all(found.said([piece]) for piece in found.places)
