"""The numbers that texts tell, in digits and in words of any language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.text.figures import amounts, figures
from aggregator.text.keys import folded
from aggregator.text.number_words import said_in_words


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1.5 million pupils", {1.5e6}),
        ("150万人の児童", {1.5e6}),
        ("학생 150만 명", {1.5e6}),
        ("นักเรียน 1.5 ล้านคน", {1.5e6}),
        ("1,5 juta siswa", {1.5e6}),
        ("1,5 triệu học sinh", {1.5e6}),
        ("12,345 schools", {12345.0}),
        ("12.345 trường", {12345.0}),
        ("令和8年度", {2026.0}),
        ("民國115年", {2026.0}),
        ("พ.ศ. ๒๕๖๙", {2026.0}),
        ("ปี 2569", {2026.0}),
        ("５月１６日", {5.0, 16.0}),
        ("39.8%", {39.8}),
        ("none", set[float]()),
    ],
)
def test_a_figure_is_one_number_in_any_writing(text: str, told: set[float]) -> None:
    assert figures(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1億2000万人と3人", {"1億2000万": 1.2e8, "3": 3.0}),
        ("2만 5천 명", {"2만 5천": 25_000.0}),
        ("120 million people, 3 schools", {"120 million": 1.2e8, "3": 3.0}),
        ("2 3 4", {"2": 2.0, "3": 3.0, "4": 4.0}),
        ("令和6年10月5日", {"令和6": 2024.0, "10": 10.0, "5": 5.0}),
    ],
)
def test_an_amount_is_known_by_how_it_is_written(text: str, told: dict[str, float]) -> None:
    assert amounts(text) == told


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("twenty-five pupils", 25),
        ("Two hundred schools", 200),
        ("in October", 10),
        ("a dozen", 12),
        ("ba mươi hai em", 32),
        ("hai trăm trường", 200),
        ("dua puluh tiga siswa", 23),
        ("lima belas guru", 15),
        ("三千五百人", 3500),
        ("二〇二六年", 2026),
        ("一億二千万人", 1.2e8),
        ("两所学校", 2),
        ("열두 명", 12),
        ("สิบเอ็ดคน", 11),
        ("ตุลาคม", 10),
        ("半年", 0.5),
    ],
)
def test_a_number_may_be_said_in_words(text: str, value: float) -> None:
    assert value in said_in_words(folded(text))


@given(st.text())
def test_any_text_has_figures(text: str) -> None:
    every = [*figures(text), *amounts(text).values(), *said_in_words(text)]
    assert all(each == each for each in every)
