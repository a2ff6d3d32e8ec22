"""From one day or time to another: each language's ranges, and any that is written read back."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.text.countries import COUNTRIES
from aggregator.text.dates import ReadDate, read_date, read_range
from aggregator.text.languages import LANGUAGES

CASES = Path(__file__).resolve().parents[1] / "cases" / "dates" / "ranges.yaml"
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
RANGES: list[dict[str, Any]] = yaml.safe_load(CASES.read_text(encoding="utf-8"))


def read(text: str, language: str, country: str) -> tuple[ReadDate, ReadDate] | None:
    zone = COUNTRIES[country].zone
    return read_range(text, language=language, country=country, zone=zone, now=NOW)


def written(end: ReadDate, country: str) -> str:
    local = end.at.astimezone(ZoneInfo(COUNTRIES[country].zone))
    return f"{local:%Y-%m-%d %H:%M}" if end.has_time else f"{local:%Y-%m-%d}"


@pytest.mark.parametrize("case", RANGES, ids=lambda case: case["text"])
def test_a_range_has_the_two_ends_that_its_country_means(case: dict[str, Any]) -> None:
    found = read(case["text"], case["language"], case["country"])

    if case["first"] is None:
        assert found is None
    else:
        assert found is not None
        assert [written(end, case["country"]) for end in found] == [case["first"], case["last"]]
        assert found[0].confidence == case["confidence"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_ranges_and_what_is_none(language: str) -> None:
    answers = {bool(case["first"]) for case in RANGES if case["language"] == language}

    assert answers == {True, False}


@pytest.mark.parametrize("case", RANGES, ids=lambda case: case["text"])
def test_as_a_date_a_range_is_the_day_on_which_it_begins(case: dict[str, Any]) -> None:
    if case["first"] is None or "公開" in case["text"]:
        return
    zone = COUNTRIES[case["country"]].zone
    place = {"language": case["language"], "country": case["country"], "zone": zone}
    found = read_date(case["text"], **place, now=NOW)

    assert found is not None
    assert found.at.astimezone(ZoneInfo(zone)).date().isoformat() == case["first"][:10]


THAI_SHORT = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.",
    "ธ.ค.",
)  # fmt: skip
INDONESIAN = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip


def render(language: str, first: date, last: date) -> str:
    """Return the range as the language leaves out what both days have."""
    same_year, same_month = first.year == last.year, first.month == last.month
    has_month = not (same_year and same_month)
    if language in ("ja", "zh-Hans"):
        year = "" if same_year else f"{last.year}年"
        month = f"{last.month}月" if has_month else ""
        sign = "〜" if language == "ja" else "至"
        return f"{first.year}年{first.month}月{first.day}日{sign}{year}{month}{last.day}日"
    if language == "ko":
        year = "" if same_year else f"{last.year}. "
        month = f"{last.month}. " if has_month else ""
        return f"{first.year}. {first.month}. {first.day}. ~ {year}{month}{last.day}."
    if language == "vi":
        month = f"/{first.month}" if has_month else ""
        year = "" if same_year else f"/{first.year}"
        return f"{first.day}{month}{year} - {last.day}/{last.month}/{last.year}"
    names = THAI_SHORT if language == "th" else INDONESIAN
    era = 543 if language == "th" else 0
    month = f" {names[first.month - 1]}" if has_month else ""
    year = "" if same_year else f" {first.year + era}"
    sign = "ถึง" if language == "th" else "s.d."
    return f"{first.day}{month}{year} {sign} {last.day} {names[last.month - 1]} {last.year + era}"


COUNTRY = {"ja": "jp", "zh-Hans": "cn", "ko": "kr", "vi": "vn", "th": "th", "id": "id"}


@pytest.mark.parametrize("language", sorted(COUNTRY))
@settings(max_examples=40, deadline=None)
@given(first=st.dates(date(2020, 1, 1), date(2027, 6, 1)), days=st.integers(1, 400))
def test_a_range_that_a_language_writes_is_read_back(language: str, first: date, days: int) -> None:
    last = first + timedelta(days=days)
    country = COUNTRY[language]

    found = read(render(language, first, last), language, country)

    assert found is not None
    assert [written(end, country) for end in found] == [first.isoformat(), last.isoformat()]


@settings(max_examples=40, deadline=None)
@given(
    day=st.dates(date(2020, 1, 1), date(2027, 6, 1)),
    begin=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    minutes=st.integers(1, 23 * 60),
)
def test_a_range_of_hours_ends_on_its_day_or_the_next(day: date, begin: time, minutes: int) -> None:
    first = datetime.combine(day, begin)
    last = first + timedelta(minutes=minutes)

    found = read(f"{day.year}年{day.month}月{day.day}日 {first:%H:%M}〜{last:%H:%M}", "ja", "jp")

    assert found is not None
    assert [written(end, "jp") for end in found] == [
        f"{first:%Y-%m-%d %H:%M}",
        f"{last:%Y-%m-%d %H:%M}",
    ]


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from([*"0123456789", *" -/.:~〜年月日", "から", "至", "đến", "ถึง", " s.d. ",
                         "부터", "พ.ย.", " Nov ", " tháng ", "2026", "19", "(金)", "午後", "WIB"]),
        max_size=14,
    ).map("".join) | st.text(max_size=60),
    st.sampled_from([("ja", "jp"), ("ko", "kr"), ("zh-Hant", "tw"), ("th", "th"), ("vi", "vn")]),
)  # fmt: skip
def test_whatever_stands_there_a_range_begins_before_it_ends(
    text: str, place: tuple[str, str]
) -> None:
    found = read(text, *place)

    if found:
        first, last = found
        assert 1899 <= first.at.year <= last.at.year <= NOW.year + 11
        assert first.at <= last.at or (first.has_time and not last.has_time)


def test_addresses_and_long_texts_are_no_ranges() -> None:
    assert read("http://school.example/2026-11-20〜22日", "ja", "jp") is None
    assert read("2026年11月20日〜22日" + "あ" * 300, "ja", "jp") is None
