"""Counts by country and week."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model import Row, Story
from aggregator.trends import iso_week, weekly
from tests.builders import NOW, place, story


def at(moment: datetime, language: str = "ja", number: int = 1, **changes: bool) -> Story:
    return story(language, lead=place(language, number, published=moment), **changes)


def counts(row: Row) -> list[int]:
    return [len(cell.stories) for cell in row.cells]


def test_weeks_end_with_the_present_one_oldest_first() -> None:
    found = weekly([], weeks=3, until=NOW)
    assert found.weeks == ("2026-W10", "2026-W11", "2026-W12")
    assert found.rows == ()
    assert counts(found.totals) == [0, 0, 0]


def test_each_story_counts_in_its_country_and_week() -> None:
    told = [
        at(NOW, "ja", 1),
        at(NOW - timedelta(days=1), "ja", 2),
        at(NOW - timedelta(days=8), "ko", 3),
    ]
    found = weekly(told, weeks=2, until=NOW)
    assert {row.country: counts(row) for row in found.rows} == {"jp": [0, 2], "kr": [1, 0]}
    assert counts(found.totals) == [1, 2]


def test_every_number_knows_its_stories_newest_first() -> None:
    old, new = at(NOW - timedelta(days=1), "ja", 2), at(NOW, "ja", 1)
    found = weekly([old, new], weeks=1, until=NOW)
    assert found.rows[0].cells[0].stories == (new.id, old.id)
    assert found.totals.cells[0].stories == (new.id, old.id)


def test_backlog_is_not_counted() -> None:
    found = weekly([at(NOW, backlog=True)], weeks=1, until=NOW)
    assert found.rows == ()
    assert counts(found.totals) == [0]


def test_what_is_dated_later_than_now_is_not_counted() -> None:
    assert counts(weekly([at(NOW + timedelta(hours=1))], weeks=1, until=NOW).totals) == [0]


def test_a_story_of_several_places_counts_once_where_it_began() -> None:
    told = story("ja", lead=place("ja", published=NOW), others=(place("ko", 2),))
    found = weekly([told], weeks=1, until=NOW)
    assert [row.country for row in found.rows] == ["jp"]


def test_a_country_that_fell_silent_keeps_its_row() -> None:
    found = weekly([at(NOW - timedelta(weeks=30), "ko")], weeks=2, until=NOW)
    assert {row.country: counts(row) for row in found.rows} == {"kr": [0, 0]}


def test_weeks_begin_on_monday_in_utc() -> None:
    monday = datetime(2026, 3, 16, 0, 0, tzinfo=UTC)
    assert iso_week(monday) == "2026-W12"
    assert iso_week(monday - timedelta(seconds=1)) == "2026-W11"


def test_the_last_days_of_a_year_may_belong_to_the_next_ones_first_week() -> None:
    assert iso_week(datetime(2024, 12, 30, tzinfo=UTC)) == "2025-W01"
    assert weekly([], weeks=2, until=datetime(2021, 1, 3, tzinfo=UTC)).weeks == (
        "2020-W52",
        "2020-W53",
    )


@pytest.mark.parametrize(("weeks", "until"), [(0, NOW), (1, NOW.replace(tzinfo=None))])
def test_a_question_that_makes_no_sense_is_refused(weeks: int, until: datetime) -> None:
    with pytest.raises(ValueError, match="time zone"):
        weekly([], weeks=weeks, until=until)


@given(st.lists(st.tuples(st.sampled_from(["ja", "ko", "th"]), st.integers(0, 200)), max_size=30))
def test_totals_are_the_sums_of_the_countries(made: list[tuple[str, int]]) -> None:
    told = [at(NOW - timedelta(days=back), language, n) for n, (language, back) in enumerate(made)]
    found = weekly(told, weeks=12, until=NOW)
    columns = [sum(column) for column in zip(*(counts(row) for row in found.rows), strict=True)]
    assert counts(found.totals) == (columns or [0] * 12)
    assert weekly(reversed(told), weeks=12, until=NOW) == found
