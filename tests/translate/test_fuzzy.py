"""Entries that say nearly what a text says: how near, and with which numbers."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model import MemoryEntry, Origin
from aggregator.text.keys import folded, text_key
from aggregator.translate.fuzzy import FEWEST, FLOOR, SIZE, matches, share, sketches
from aggregator.translate.numbers import with_numbers

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/memory/numbers.yaml").read_text("utf-8"))

any_text = st.text(st.characters(exclude_categories=()), max_size=40)
few_signs = st.text("ab1 研究", max_size=12)


def entry(source: str, said: str, target: str = "en") -> MemoryEntry:
    return MemoryEntry(
        language="ja",
        target=target,
        key=text_key(source),
        source_text=source,
        target_text=said,
        origin=Origin.PERSON,
        engine="mika",
        version="",
        at=datetime(2026, 11, 22, tzinfo=UTC),
    )


# --- how near


@given(few_signs, few_signs)
def test_the_share_is_that_of_the_longest_common_subsequence(one: str, other: str) -> None:
    one, other = folded(one), folded(other)
    table = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for row, sign in enumerate(one):
        for column, its in enumerate(other):
            longer = max(table[row][column + 1], table[row + 1][column])
            table[row + 1][column + 1] = table[row][column] + 1 if sign == its else longer
    length = len(one) + len(other)
    assert share(one, other) == (2 * table[-1][-1] / length if length else 1.0)


@given(any_text, any_text)
def test_the_share_is_the_same_both_ways_and_between_none_and_all(one: str, other: str) -> None:
    assert 0 <= share(one, other) == share(other, one) <= 1
    assert share(one, one) == 1


def test_case_width_and_white_space_do_not_count() -> None:
    assert share("Ｌesson  Study", "lesson study") == 1


# --- sketches


@given(st.lists(any_text, max_size=5))
def test_a_text_has_the_same_sketch_whatever_stands_beside_it(texts: list[str]) -> None:
    found = sketches(texts)
    assert found.shape == (len(texts), SIZE)
    for text, row in zip(texts, found, strict=True):
        assert (sketches([text])[0] == row).all()


@given(any_text, st.integers(0, 10**9), st.integers(0, 10**9))
def test_texts_that_differ_in_a_number_have_the_same_sketch(text: str, one: int, two: int) -> None:
    first, second = sketches([f"第{one}回、{text}", f"第{two}回、{text}"])
    assert (first == second).all()


def test_near_texts_have_sketches_that_agree_and_others_not() -> None:
    text = "市の教育委員会は来年度から新しい学校で授業研究の会を毎月開くことを決めた。"
    near = "市の教育委員会は来年度から新しい学校で公開授業の会を毎月開くことを決めた。"
    far = "The ministry published the results of the survey on reading in March."
    found = sketches([text, near, far])
    assert np.count_nonzero(found[0] == found[1]) >= FEWEST
    assert np.count_nonzero(found[0] == found[2]) < FEWEST


# --- numbers


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"]))
def test_numbers_are_put_in_or_left_alone(case: dict[str, str]) -> None:
    there = entry(case["source"], case["said"], case.get("target", "en"))
    assert with_numbers(case["text"], there) == case.get("gives")


@given(any_text, any_text, any_text)
def test_any_texts_are_compared(text: str, source: str, said: str) -> None:
    there = entry(source, said)
    assert with_numbers(source, there) in (said, None)
    for match in matches(text, [there], 5):
        assert match.how != "similar" or match.share >= FLOOR


# --- what is offered


def test_the_same_text_comes_first_then_other_numbers_then_similar_ones() -> None:
    there = [
        entry("第58回公開授業を学校で開催", "The 58th open lesson"),
        entry("第57回公開授業を学校で開催", "The 57th open lesson"),
        entry("第58回研究授業を学校で開催", "The 58th research lesson"),
        entry("給食の献立を見直す", "School meals reviewed"),
    ]
    found = matches("第58回公開授業を学校で開催", there, 5)
    assert [(each.how, each.text) for each in found] == [
        ("exact", "The 58th open lesson"),
        ("numbers", "The 58th open lesson"),
        ("similar", "The 58th research lesson"),
    ]
    assert [each.entry.target_text for each in found][1] == "The 57th open lesson"
    assert matches("第58回公開授業を学校で開催", there, 1) == found[:1]


def test_where_numbers_cannot_be_put_in_the_text_is_offered_as_similar() -> None:
    (found,) = matches(
        "令和9年度の学校の計画", [entry("令和8年度の学校の計画", "The plan for 2026")], 5
    )
    assert (found.how, found.text) == ("similar", "The plan for 2026")
