"""What servers say about when to come back."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.text.waits import LONGEST, read_http_date, read_retry_after, read_wait

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "until"),
    [
        ("120", NOW + timedelta(seconds=120)),
        (" 1 ", NOW + timedelta(seconds=1)),
        ("0120", NOW + timedelta(seconds=120)),
        ("172800", NOW + timedelta(days=2)),
        ("172801", NOW + timedelta(days=2)),
        ("9" * 10_000, NOW + timedelta(days=2)),
        ("Sun, 22 Nov 2026 09:00:01 GMT", NOW + timedelta(seconds=1)),
        ("Sunday, 22-Nov-26 10:00:00 GMT", NOW + timedelta(hours=1)),
        ("Sun Nov 22 10:00:00 2026", NOW + timedelta(hours=1)),
        ("Sun, 22 Nov 2026 19:00:00 +0900", NOW + timedelta(hours=1)),
        ("Sun, 22 Nov 2099 10:00:00 GMT", NOW + timedelta(days=2)),
    ],
)
def test_both_forms_of_the_header_are_read(header: str, until: datetime) -> None:
    assert read_wait(header, NOW) == until


@pytest.mark.parametrize(
    "header",
    [
        "",
        " ",
        "soon",
        "0",
        "-5",
        "+5",
        "1.5",
        "1e3",
        "120 s",
        "120, 120",
        "١٢٠",
        "²",
        "２",
        "2026-11-23",
        "2026-11-23T09:00:00Z",
        "Sun, 22 Nov 2026 09:00:00 GMT",
        "Sun, 22 Nov 2026 08:59:59 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Sun, 99 Nov 2026 10:00:00 GMT",
        "Sun, 22 Nov 99999999999999999999 10:00:00 GMT",
        "Sun, 22 Nov 2026 10:00:00 +9999",
        "Mon, 01 Jan 0001 00:00:00 +2300",
    ],
)
def test_junk_and_what_is_over_is_no_wait(header: str) -> None:
    assert read_wait(header, NOW) is None


@given(
    header=st.text()
    | st.from_regex(r"[A-Z][a-z]{2}, \d+ \w+ \d+ \d+:\d+:\d+ .*")
    | st.from_regex(r"\d+")
)
def test_no_header_raises_or_waits_longer_than_two_days(header: str) -> None:
    until = read_wait(header, NOW)

    assert until is None or NOW < until <= NOW + LONGEST


@given(moment=st.datetimes(timezones=st.just(UTC), min_value=datetime(1970, 1, 1)))  # noqa: DTZ001
def test_a_date_is_read_as_it_was_written(moment: datetime) -> None:
    written = moment.strftime("%a, %d %b %Y %H:%M:%S GMT")

    assert read_http_date(written) == moment.replace(microsecond=0)


def test_a_wait_is_told_as_it_was_written() -> None:
    assert read_retry_after("120") == timedelta(seconds=120)
    assert read_retry_after("Sun, 22 Nov 2026 09:00:00 GMT") == NOW
    assert read_retry_after("later") is None
