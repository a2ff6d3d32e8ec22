"""Dates in addresses: only where they stand as parts of their own."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.text.dates.address import FIRST_YEAR, LAST_YEAR, date_in


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://news.example/2025/01/23/", "2025-01-23"),
        ("https://news.example/a/2025/01/23", "2025-01-23"),
        ("https://news.example/2024/10/16/2003825372", "2024-10-16"),
        ("https://news.example/20251130-slug", "2025-11-30"),
        ("https://news.example/world/20241203-OYT1T50218/", "2024-12-03"),
        ("https://news.example/oshirase/20251130.html", "2025-11-30"),
        ("http://news.example/202310/t20231011_123.html", "2023-10-11"),
        ("http://news.example/local/2020-02/19/c_1125597921.htm", "2020-02-19"),
        ("http://news.example/a/202311/17/WS65571297.html", "2023-11-17"),
        ("https://news.example/2025-03-04/", "2025-03-04"),
        ("https://news.example/2025-03-04-slug", "2025-03-04"),
        ("http://paper.example/nw.D110000zgjyb_20250304_2-01.htm", "2025-03-04"),
        ("http://paper.example/nd.D110000zgjyb.20250304", "2025-03-04"),
        ("https://news.example/2025/13/01/2024/12/31/", "2024-12-31"),
    ],
)
def test_a_date_in_the_path_is_found(url: str, day: str) -> None:
    assert date_in(url) == day


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/",
        "https://news.example/article/20261399",  # no such month
        "https://news.example/2025/02/30/",
        "https://news.example/article/2025030412345",  # an article's number
        "https://news.example/no20250304/",
        "https://news.example/2025/3/4/",  # the fourth article of March
        "https://news.example/2025/01/",
        "https://news.example/2025/01/23.html",
        "https://news.example/1989/12/31/",
        "https://news.example/2101/01/01/",
        "https://news.example/view?date=2025-03-04",
        "https://news.example/#/2025/03/04/",
        "https://2025/03/04-slug",
        "http://[::/2025/03/04/",
        "",
    ],
)
def test_what_may_be_something_else_is_no_date(url: str) -> None:
    assert date_in(url) == ""


@given(st.text())
def test_any_text_gives_a_day_of_the_calendar_or_none(text: str) -> None:
    found = date_in(f"https://news.example/{text}")

    assert found == "" or FIRST_YEAR <= date.fromisoformat(found).year <= LAST_YEAR


@given(st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)), st.sampled_from("/-"))
def test_every_day_is_found_again(day: date, sign: str) -> None:
    assert date_in(f"https://news.example/a/{day:%Y{sign}%m{sign}%d}/b") == day.isoformat()
