"""Days and times that there are not, and what may only look so."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.text.countries import COUNTRIES
from aggregator.text.dates import impossible, read_date
from aggregator.text.languages import LANGUAGES

CASES = Path(__file__).resolve().parents[1] / "cases" / "dates" / "impossible.yaml"
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def why(text: str, language: str, country: str) -> str:
    zone = COUNTRIES[country].zone
    return impossible(text, language=language, country=country, zone=zone, now=NOW)


@pytest.mark.parametrize("case", yaml.safe_load(CASES.read_text("utf-8")), ids=lambda c: c["text"])
def test_a_day_or_a_time_that_there_is_not_is_told(case: dict[str, str]) -> None:
    assert why(case["text"], case["language"], case["country"]) == case["why"]


@settings(deadline=None)
@given(
    st.text(st.sampled_from("0123456789 -/.:年月日時午後令和民國พ.ศตtháng월일")) | st.text(),
    st.sampled_from(sorted(LANGUAGES)),
    st.sampled_from(sorted(COUNTRIES)),
)
def test_what_can_be_read_is_not_impossible(text: str, language: str, country: str) -> None:
    zone = COUNTRIES[country].zone
    found = read_date(text, language=language, country=country, zone=zone, now=NOW)

    assert not (found and why(text, language, country))


@settings(deadline=None)
@given(st.integers(1990, 2030), st.integers(1, 12), st.integers(1, 31))
def test_each_day_either_is_or_cannot_be(year: int, month: int, day: int) -> None:
    try:
        there_is = date(year, month, day) is not None
    except ValueError:
        there_is = False

    for text, place in (
        (f"{year}年{month}月{day}日", ("ja", "jp")),
        (f"{year}년 {month}월 {day}일", ("ko", "kr")),
        (f"{year}-{month:02}-{day:02}T08:00:00Z", ("en", "int")),
        (f"民國{year - 1911}年{month}月{day}日", ("zh-Hant", "tw")),
        (f"{day}/{month}/{year}", ("vi", "vn")),
        (f"{day}/{month}/{year + 543}", ("th", "th")),
    ):
        assert (why(text, *place) == "") == there_is, text
