"""Real article pages without a selector: in no language and nothing below the libraries alone."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.parse import corpus_html
from tests.parse.corpus_html import Outcome, Read

FLOORS = json.loads((Path(__file__).parent / "floors_html.json").read_text("utf-8"))
MEASURED = [(language, measure) for language, floors in FLOORS.items() for measure in floors]

Score = dict[str, dict[str, tuple[int, int, int]]]


@pytest.fixture(scope="module")
def outcomes(shared: Path) -> list[Outcome]:
    return list(corpus_html.outcomes(shared / "corpus"))


@pytest.fixture(scope="module")
def score(outcomes: list[Outcome]) -> Score:
    return corpus_html.score(outcomes)


@pytest.mark.slow
@pytest.mark.parametrize(("language", "measure"), MEASURED)
def test_the_score_keeps_to_its_floor(score: Score, language: str, measure: str) -> None:
    ours, _, _ = score[language][measure]

    assert ours >= FLOORS[language][measure]


@pytest.mark.slow
def test_no_score_is_below_the_libraries_alone(score: Score) -> None:
    below = {
        (language, measure): (ours, alone)
        for language, measures in score.items()
        for measure, (ours, alone, _) in measures.items()
        if ours < alone
    }

    assert below == {}


@pytest.mark.slow
def test_every_measure_has_a_floor(score: Score) -> None:
    measured = [(language, measure) for language, each in score.items() for measure in each]

    assert sorted(measured) == sorted(MEASURED)


@pytest.mark.slow
def test_every_page_is_read(outcomes: list[Outcome]) -> None:
    assert {one.file: one.ours.error for one in outcomes if one.ours.error} == {}


def test_the_measure_notices_what_is_wrong() -> None:
    wanted = Read(
        title="授業研究会の報告",
        day=date(2026, 11, 19),
        body="教師が互いの教室を訪ねた。",
        parts=("教室",),
        no_parts=("広告",),
    )
    good = Read(
        title="授業研究会の報告",
        day=date(2026, 11, 19),
        body="山田花子\n教師が互いの\n教室を訪ねた。続き",
    )
    late = Read(
        title="授業研究会の報告 - 学び新聞",
        day=date(2026, 11, 18),
        body="余" * (corpus_html.BEFORE + 1) + wanted.body + "広告",
    )

    assert set(corpus_html.right(wanted, good).values()) == {True}
    assert set(corpus_html.right(wanted, late).values()) == {False}
