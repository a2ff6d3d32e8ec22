"""What the benchmark of announcements measures stays above its floors."""

import json
from pathlib import Path
from statistics import mean
from zoneinfo import ZoneInfo

import pytest

from aggregator.normalize.events.find import read_text
from aggregator.text.dates import read_range
from bench.events.corpus import LANGUAGES, LATER, cases
from bench.events.scores import measure
from bench.scores import Score

BENCH = Path(__file__).resolve().parents[3] / "bench"
FLOORS = json.loads((BENCH / "events_floors.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def figures() -> dict[str, dict[str, float]]:
    return {
        language: measure(each for each in cases(language) if each.half == "scored").figures()
        for language in LANGUAGES
    }


@pytest.mark.parametrize("name", FLOORS["average"])
def test_the_average_of_all_languages_stays(
    name: str, figures: dict[str, dict[str, float]]
) -> None:
    assert mean(each[name] for each in figures.values()) >= FLOORS["average"][name]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FLOORS["each"])
def test_no_language_falls_behind(
    name: str, language: str, figures: dict[str, dict[str, float]]
) -> None:
    assert figures[language][name] >= FLOORS["each"][name]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_corpus_is_large_enough(language: str) -> None:
    own = [each for each in cases(language) if each.half not in LATER]
    assert len([each for each in own if each.days]) >= 15
    assert len([each for each in own if not each.days]) >= 8


def test_ranges_are_read_as_the_reader_of_dates_reads_them() -> None:
    agreed, differed = 0, []
    for case in (case for language in LANGUAGES for case in cases(language)):
        zone = ZoneInfo(case.source.timezone)
        text = read_text(case.article, case.source)
        for each in text.read:
            if each.role != "told" or not each.mention.is_range or each.field is None:
                continue
            value = text.written[each.field.start : each.field.end]
            moments = read_range(
                value,
                language=case.article.language,
                country=case.source.country,
                zone=case.source.timezone,
                now=case.article.published,
            )
            if moments is None or value.count("日") > 2:  # lists of days are no ranges there
                continue
            days = tuple(moment.at.astimezone(zone).date() for moment in moments)
            agreed += days == (each.mention.first, each.mention.last)
            differed += [value] if days != (each.mention.first, each.mention.last) else []
    assert differed == []
    assert agreed >= 20


def test_a_finder_that_finds_nothing_has_no_score() -> None:
    counts = measure([])
    counts.days = Score(real=3)
    assert counts.figures()["day_f1"] == 0
