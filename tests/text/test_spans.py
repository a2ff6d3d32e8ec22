"""Years and months that stand for a date."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.text.countries import COUNTRIES
from aggregator.text.dates import ReadSpan, read_date, read_span
from aggregator.text.languages import LANGUAGES

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def span(text: str, language: str, country: str) -> ReadSpan | None:
    zone = COUNTRIES[country].zone
    return read_span(text, language=language, country=country, zone=zone, now=NOW)


@pytest.mark.parametrize(
    ("text", "language", "country", "after"),
    [
        ("2019", "ja", "jp", (2020, 1, 1)),
        ("2019年", "ja", "jp", (2020, 1, 1)),
        ("二〇一九年", "zh-Hans", "cn", (2020, 1, 1)),
        ("２０１９年", "ja", "jp", (2020, 1, 1)),
        ("2019년", "ko", "kr", (2020, 1, 1)),
        ("năm 2019", "vi", "vn", (2020, 1, 1)),
        ("Tahun 2019", "id", "id", (2020, 1, 1)),
        ("2562", "th", "th", (2020, 1, 1)),
        ("ปี พ.ศ. ๒๕๖๒", "th", "th", (2020, 1, 1)),
        ("ค.ศ. 2019", "th", "th", (2020, 1, 1)),
        ("令和7年", "ja", "jp", (2026, 1, 1)),
        ("令和元年", "ja", "jp", (2020, 1, 1)),
        ("平成31年", "ja", "jp", (2019, 5, 1)),
        ("昭和64年", "ja", "jp", (1989, 1, 8)),
        ("民國114年", "zh-Hant", "tw", (2026, 1, 1)),
        ("114年", "zh-Hant", "tw", (2026, 1, 1)),
        ("2026-10", "ja", "jp", (2026, 11, 1)),
        (" 2026. 10. ", "ko", "kr", (2026, 11, 1)),
        ("2026/12", "ja", "jp", (2027, 1, 1)),
        ("10/2026", "vi", "vn", (2026, 11, 1)),
        ("2026年10月", "ja", "jp", (2026, 11, 1)),
        ("二〇二六年十月", "zh-Hans", "cn", (2026, 11, 1)),
        ("2026년 10월", "ko", "kr", (2026, 11, 1)),
        ("令和7年2月", "ja", "jp", (2025, 3, 1)),
        ("R6年2月", "ja", "jp", (2024, 3, 1)),
        ("民國114年10月", "zh-Hant", "tw", (2025, 11, 1)),
        ("114年10月", "zh-Hant", "tw", (2025, 11, 1)),
        ("tháng 10 năm 2026", "vi", "vn", (2026, 11, 1)),
        ("Tháng Mười, 2026", "vi", "vn", (2026, 11, 1)),
        ("ต.ค. 2569", "th", "th", (2026, 11, 1)),
        ("ตุลาคม พ.ศ. 2569", "th", "th", (2026, 11, 1)),
        ("Oktober 2026", "id", "id", (2026, 11, 1)),
        ("Oct. 2026", "en", "int", (2026, 11, 1)),
        ("民國114", "zh-Hant", "tw", (2026, 1, 1)),
        ("10月", "ja", "jp", (2026, 11, 1)),
        ("11月", "ja", "jp", (2026, 12, 1)),
        ("十二月", "ja", "jp", (2026, 1, 1)),
        ("3월", "ko", "kr", (2026, 4, 1)),
        ("tháng 12", "vi", "vn", (2026, 1, 1)),
        ("ธันวาคม", "th", "th", (2026, 1, 1)),
        ("Mei", "id", "id", (2026, 6, 1)),
        ("December", "en", "int", (2026, 1, 1)),
    ],
)
def test_a_year_or_a_month_counts_until_its_last_second(
    text: str, language: str, country: str, after: tuple[int, int, int]
) -> None:
    found = span(text, language, country)
    end = datetime(*after, tzinfo=ZoneInfo(COUNTRIES[country].zone))

    assert found is not None
    assert found.at == end - SECOND


@pytest.mark.parametrize(
    ("text", "language", "country"),
    [
        ("", "ja", "jp"),
        ("2026-10-19", "ja", "jp"),
        ("2019-2020", "en", "int"),
        ("2026-13", "en", "int"),
        ("2026年13月", "ja", "jp"),
        ("2026年十百十月", "ja", "jp"),
        ("13月", "ja", "jp"),
        ("10", "ja", "jp"),
        ("mar", "id", "id"),
        ("2026年度", "ja", "jp"),
        ("平成31年5月", "ja", "jp"),
        ("114年", "zh-Hans", "cn"),
        ("1234", "en", "int"),
        ("9999", "en", "int"),
        ("0000", "en", "int"),
        ("2562", "en", "int"),
        ("19", "en", "int"),
        ("昨年", "ja", "jp"),
        ("2019" + " " * 10 + "x" * 300, "ja", "jp"),
    ],
)
def test_anything_else_is_none(text: str, language: str, country: str) -> None:
    assert span(text, language, country) is None


def test_a_span_says_what_it_is_and_when_it_begins() -> None:
    year, month = span("2026", "en", "int"), span("2026-10", "en", "int")

    assert year == ReadSpan(
        first=datetime(2026, 1, 1, tzinfo=UTC),
        at=datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC),
        rule="year",
    )
    assert month == ReadSpan(
        first=datetime(2026, 10, 1, tzinfo=UTC),
        at=datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC),
        rule="month",
    )


@settings(deadline=None)
@given(
    st.text(st.sampled_from("0123456789 -/.年月元令和平成民國พศต.คtháng"), max_size=14) | st.text(),
    st.sampled_from(sorted(LANGUAGES)),
    st.sampled_from(sorted(COUNTRIES)),
)
def test_no_text_is_both_a_day_and_a_span(text: str, language: str, country: str) -> None:
    zone = COUNTRIES[country].zone
    day = read_date(text, language=language, country=country, zone=zone, now=NOW)
    found = span(text, language, country)

    assert day is None or found is None
    assert found is None or found.first < found.at
