"""Which language a text is in whose source is not known, and the floors of what is known."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.text.languages import LANGUAGES, UNKNOWN, identify
from bench.language.__main__ import FLOORS, below, ours, parallel
from bench.language.own import TEXTS
from bench.language.own import UNKNOWN as SAYS_NOTHING


@pytest.mark.parametrize(
    ("language", "text"), [(k, text) for k, all_ in TEXTS.items() for text in all_]
)
def test_a_text_is_known_without_a_source(language: str, text: str) -> None:
    assert identify(text, "") == language


def test_capitals_change_nothing() -> None:
    assert identify("MENDENGARKAN SUARA SISWA", "") == "id"
    assert identify("HOW WE LISTEN TO THE CHILDREN", "ja") == "en"


@pytest.mark.parametrize("text", SAYS_NOTHING)
def test_what_says_too_little_is_in_no_known_language(text: str) -> None:
    assert identify(text, "") == UNKNOWN


@pytest.mark.parametrize("text", SAYS_NOTHING)
@pytest.mark.parametrize("prior", ["ja", "th", "id"])
def test_with_a_source_it_is_in_a_known_one(text: str, prior: str) -> None:
    assert identify(text, prior) in LANGUAGES


@settings(deadline=None)
@given(st.text(max_size=50))
def test_without_a_source_the_answer_is_a_language_or_none(text: str) -> None:
    assert identify(text, "") in {*LANGUAGES, UNKNOWN}


@pytest.mark.parametrize("prior", ["und", "fr", "zh"])
def test_a_source_in_a_language_that_is_not_read_is_none(prior: str) -> None:
    assert identify("SLC 2026", prior) == UNKNOWN


@pytest.mark.parametrize(
    ("text", "prior", "expected"),
    [
        ("關於舉辦課堂觀摩活動的通知", "ja", "zh-Hant"),  # kanji that Japan no longer writes
        ("濱田校長講演会", "ja", "ja"),  # but in names
        ("Sách mới của học sinh", "ja", "vi"),
        ("The schools of the town", "id", "en"),
        ("La escuela abierta es para todos", "id", "id"),  # is not read: the source says
        (
            "資深作家，也是《A Few Hard Truths About the Work and the Art》的作者",
            "zh-Hant",
            "zh-Hant",
        ),
    ],
)
def test_the_source_is_outvoted_by_evidence_only(text: str, prior: str, expected: str) -> None:
    assert identify(text, prior) == expected


def test_our_own_texts_are_known_as_often_as_they_were() -> None:
    assert below(ours()) == []


@pytest.mark.slow
def test_news_sentences_are_known_as_often_as_they_were(shared: Path) -> None:
    figures = parallel(shared / "parallel")

    assert below(figures) == []
    assert figures.keys() | ours().keys() == json.loads(FLOORS.read_text("utf-8")).keys()
