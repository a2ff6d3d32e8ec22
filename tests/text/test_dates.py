"""Dates: each dialect's cases, and any date written and read back."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.text.countries import COUNTRIES
from aggregator.text.dates import FROM_NOW, MAX_CHARACTERS, ReadDate, read_date, read_span
from aggregator.text.dates.day import han_number
from aggregator.text.languages import LANGUAGES

CASES = Path(__file__).resolve().parents[1] / "cases" / "dates"
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def read(text: str, language: str, country: str, now: datetime = NOW) -> ReadDate | None:
    zone = COUNTRIES[country].zone
    return read_date(text, language=language, country=country, zone=zone, now=now)


def _cases() -> Iterator[tuple[str, str, str, str | None, str]]:
    for file in sorted(CASES.glob("*.yaml")):
        for case in yaml.safe_load(file.read_text(encoding="utf-8")):
            if "expected" in case:
                place = case["language"], case["country"]
                yield case["text"], *place, case["expected"], case.get("confidence", "")


@pytest.mark.parametrize(("text", "language", "country", "expected", "confidence"), [*_cases()])
def test_a_date_is_read_as_its_country_means_it(
    text: str, language: str, country: str, expected: str | None, confidence: str
) -> None:
    found = read(text, language, country)

    assert (found.at if found else None) == (datetime.fromisoformat(expected) if expected else None)
    assert found is None or confidence in ("", found.confidence)


def test_every_dialect_has_cases_of_both_kinds() -> None:
    files = {file.stem: yaml.safe_load(file.read_text("utf-8")) for file in CASES.glob("*.yaml")}

    assert set(files) == {
        "iso", "rfc", "japanese", "minguo", "korean", "chinese", "vietnamese", "thai",
        "indonesian", "english", "relative", "alone", "confidence", "ranges", "impossible",
    }  # fmt: skip
    for name, cases in files.items():
        answer = {"ranges": "first", "impossible": "why"}.get(name, "expected")
        assert {bool(case[answer]) for case in cases} == {True, False}, name


@pytest.mark.parametrize("name", ["relative", "alone"])
def test_each_language_tells_days_from_now_and_has_what_it_does_not_read(name: str) -> None:
    cases = yaml.safe_load((CASES / f"{name}.yaml").read_text("utf-8"))

    for language in LANGUAGES:
        answers = {bool(case["expected"]) for case in cases if case["language"] == language}
        assert answers == {True, False}, language


@pytest.mark.parametrize(
    ("text", "language", "country", "rule", "has_time"),
    [
        ("2026-11-19", "ja", "jp", "iso", False),
        ("2026-11-19 08:00", "ja", "jp", "iso", True),
        ("2026-11-19+09:00", "ja", "jp", "iso", False),
        ("2569-11-19", "th", "th", "iso-buddhist", False),
        ("Thu, 19 Nov 2026 08:00:00 GMT", "ja", "jp", "rfc", True),
        ("令和8年11月19日", "ja", "jp", "japanese-era", False),
        ("2026年11月19日", "ja", "jp", "japanese", False),
        ("115-11-19", "zh-Hant", "tw", "minguo", False),
        ("2026年11月19日", "zh-Hans", "cn", "chinese", False),
        ("26.11.19", "ko", "kr", "korean", False),
        ("19 tháng 11 2026", "vi", "vn", "vietnamese", False),
        ("19/11/2026", "vi", "vn", "numeric", False),
        ("19 พ.ย. 69", "th", "th", "thai-buddhist", False),
        ("19 พ.ย. 2026", "th", "th", "thai", False),
        ("19 Mei 2026", "id", "id", "indonesian", False),
        ("19 November 2026", "en", "int", "english", False),
        ("昨日", "ja", "jp", "relative", False),
        ("昨日 10:30", "ja", "jp", "relative", True),
        ("3시간 전", "ko", "kr", "relative", True),
        ("周三", "zh-Hans", "cn", "weekday", False),
        ("19/11", "vi", "vn", "month-day", False),
        ("11月20日〜22日", "ja", "jp", "month-day", False),
        ("Nov 20-22, 2026", "en", "sg", "range", False),
        ("15.30 WIB", "id", "id", "time", True),
    ],
)
def test_a_date_says_which_rule_read_it(
    text: str, language: str, country: str, rule: str, has_time: bool
) -> None:
    found = read(text, language, country)

    assert found is not None
    assert (found.rule, found.has_time) == (rule, has_time)


def test_a_date_in_a_country_we_do_not_know_is_read_in_its_language() -> None:
    found = read_date("19 พ.ย. 2569", language="th", country="la", zone="Asia/Vientiane", now=NOW)

    assert found is not None
    assert found.at == datetime(2026, 11, 18, 17, tzinfo=UTC)


def test_a_long_text_is_no_date_field() -> None:
    assert read("2026-11-19" + "あ" * MAX_CHARACTERS, "ja", "jp") is None


def test_numerals_in_no_order_are_no_number() -> None:
    assert [han_number(text) for text in ("十", "二十", "一", "百", "一百零五", "31")] == [
        10, 20, 1, 100, 105, 31,
    ]  # fmt: skip
    with pytest.raises(ValueError, match="十百十"):
        han_number("十百十")


def test_the_rules_that_count_from_now_are_told() -> None:
    told = [
        ("昨日", "ja", "jp"),
        ("金曜日", "ja", "jp"),
        ("11-19", "zh-Hans", "cn"),
        ("2시", "ko", "kr"),
    ]

    assert {found.rule for text in told if (found := read(*text))} == FROM_NOW


def test_what_is_told_from_now_moves_with_it() -> None:
    later = NOW + timedelta(days=3)

    for text in ("昨日", "3日前", "2時間前"):
        one, other = read(text, "ja", "jp"), read(text, "ja", "jp", later)
        assert one is not None
        assert other is not None
        assert other.at - one.at == timedelta(days=3)


@pytest.mark.parametrize(
    ("today", "text", "expected"),
    [
        ("2026-03-31", "1か月前", "2026-02-28"),
        ("2024-03-31", "1か月前", "2024-02-29"),
        ("2024-02-29", "1年前", "2023-02-28"),
        ("2026-01-15", "2か月前", "2025-11-15"),
        ("2026-12-31", "2か月後", "2027-02-28"),
        ("2026-01-01", "昨日", "2025-12-31"),
        ("2024-03-01", "2月29日", "2024-02-29"),
        ("2025-02-27", "2月29日", "2024-02-29"),
        ("2025-03-03", "2月29日", None),
        ("2026-12-31", "1月1日", "2027-01-01"),
        ("2026-12-30", "1月1日", "2026-01-01"),
    ],
)
def test_months_and_years_are_counted_on_the_calendar(
    today: str, text: str, expected: str | None
) -> None:
    now = datetime.fromisoformat(f"{today}T12:00:00Z")
    found = read_date(text, language="ja", country="int", zone="UTC", now=now)

    assert (found.at.date().isoformat() if found else None) == expected


def test_days_are_counted_on_the_calendar_where_clocks_change() -> None:
    spring = datetime(2026, 3, 8, 16, tzinfo=UTC)  # noon in New York, on the day of 23 hours

    yesterday, hours = (read(text, "en", "us", spring) for text in ("yesterday", "24 hours ago"))

    assert yesterday is not None
    assert yesterday.at == datetime(2026, 3, 7, 5, tzinfo=UTC)
    assert hours is not None
    assert hours.at == spring - timedelta(hours=24)


# --- written and read back --------------------------------------------------------------------

HAN = "〇一二三四五六七八九"
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
THAI_MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม",
    "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
THAI_SHORT = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.",
    "ธ.ค.",
)  # fmt: skip
INDONESIAN = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip
ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


WEEKDAYS = "月火水木金土日"
KOREAN_DAYS = "월화수목금토일"
HAN_DAYS = "一二三四五六日"
VIETNAMESE_DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
THAI_DAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")


def han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (HAN[tens] if tens > 1 else "") + ("十" if tens else "") + (HAN[ones] if ones else "")


def half_day(at: datetime, morning: str, afternoon: str) -> str:
    """Return the hour and minute on a clock of twelve hours."""
    return f"{afternoon if at.hour >= 12 else morning} {at.hour % 12 or 12}:{at.minute:02}"


def kanji(at: datetime) -> str:
    return f"{at.year}年{at.month}月{at.day}日"


@dataclass(frozen=True)
class Form:
    """One way of writing a date."""

    language: str
    country: str
    write: Callable[[datetime], str]
    has_time: bool = False


FORMS = {
    "iso": Form("ko", "kr", lambda d: d.isoformat(timespec="minutes"), has_time=True),
    "iso utc": Form("ja", "jp", lambda d: f"{d.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", True),
    "iso basic": Form("ja", "jp", lambda d: f"{d:%Y%m%dT%H%M%S%z}", True),
    "slashes": Form("ja", "jp", lambda d: f"{d.year}/{d.month}/{d.day} {d:%H:%M}", True),
    "rfc": Form("vi", "vn", lambda d: f"{d:%d} {ENGLISH[d.month - 1][:3]} {d:%Y %H:%M %z}", True),
    "rfc short": Form(
        "ja", "jp", lambda d: f"{d.day} {ENGLISH[d.month - 1][:3]} {d:%y %H:%M:00 %z}", True
    ),
    "asctime": Form(
        "ja",
        "jp",
        lambda d: f"{ENGLISH[d.month - 1][:3]} {d.day:2} {d:%H:%M:%S} JST {d.year}",
        True,
    ),
    "japanese": Form("ja", "jp", lambda d: f"{kanji(d)}{d.hour}時{d.minute}分", True),
    "japanese half": Form(
        "ja",
        "jp",
        lambda d: f"{kanji(d)} {'午後' if d.hour >= 12 else '午前'}{d.hour % 12}時{d.minute}分",
        True,
    ),
    "japanese wide": Form(
        "ja", "jp", lambda d: f"{d.year}年{d.month}月{d.day}日（日）".translate(WIDE_DIGITS)
    ),
    "era": Form("ja", "jp", lambda d: f"令和{d.year - 2018}年{d.month}月{d.day}日"),
    "era short": Form("ja", "jp", lambda d: f"R{d.year - 2018}.{d.month}.{d.day}"),
    "era han": Form(
        "ja", "jp", lambda d: f"令和{han(d.year - 2018)}年{han(d.month)}月{han(d.day)}日"
    ),
    "minguo": Form("zh-Hant", "tw", lambda d: f"民國{d.year - 1911}年{d.month}月{d.day}日"),
    "minguo bare": Form("zh-Hant", "tw", lambda d: f"{d.year - 1911}-{d:%m-%d %H:%M}", True),
    "chinese": Form("zh-Hans", "cn", lambda d: f"{d.year}年{d.month}月{d.day}日 {d:%H:%M}", True),
    "chinese han": Form(
        "zh-Hans",
        "cn",
        lambda d: f"{''.join(HAN[int(n)] for n in str(d.year))}年{han(d.month)}月{han(d.day)}日",
    ),
    "korean": Form(
        "ko",
        "kr",
        lambda d: f"{d.year}년 {d.month}월 {d.day}일 {half_day(d, '오전', '오후')}",
        True,
    ),
    "korean points": Form("ko", "kr", lambda d: f"{d.year}. {d.month}. {d.day}. {d:%H:%M}", True),
    "korean short": Form("ko", "kr", lambda d: f"{d:%y.%m.%d}"),
    "vietnamese": Form("vi", "vn", lambda d: f"ngày {d.day} tháng {d.month} năm {d.year}"),
    "vietnamese digits": Form("vi", "vn", lambda d: f"{d:%d/%m/%Y, %H:%M} (GMT+7)", True),
    "vietnamese reversed": Form("vi", "vn", lambda d: f"{d:%H:%M} ngày {d:%d/%m/%Y}", True),
    "thai": Form(
        "th",
        "th",
        lambda d: f"{d.day} {THAI_MONTHS[d.month - 1]} {d.year + 543} {d:%H:%M} น.",
        True,
    ),
    "thai digits": Form(
        "th",
        "th",
        lambda d: f"{d.day} {THAI_MONTHS[d.month - 1]} พ.ศ. {d.year + 543}".translate(THAI_DIGITS),
    ),
    "thai short": Form(
        "th", "th", lambda d: f"{d.day} {THAI_SHORT[d.month - 1]} {(d.year + 543) % 100:02}"
    ),
    "thai iso": Form("th", "th", lambda d: f"{d.year + 543}-{d:%m-%d}"),
    "indonesian": Form(
        "id",
        "id",
        lambda d: f"Senin, {d.day} {INDONESIAN[d.month - 1]} {d.year} {d:%H.%M} WIB",
        True,
    ),
    "japanese weekday": Form("ja", "jp", lambda d: f"{kanji(d)}({WEEKDAYS[d.weekday()]})"),
    "korean weekday": Form(
        "ko", "kr", lambda d: f"{d.year}. {d.month}. {d.day}.({KOREAN_DAYS[d.weekday()]})"
    ),
    "chinese weekday": Form(
        "zh-Hans", "cn", lambda d: f"星期{HAN_DAYS[d.weekday()]} {kanji(d)} {d:%H:%M}", True
    ),
    "vietnamese short": Form("vi", "vn", lambda d: f"{d:%d/%m/%y %H:%M}", True),
    "vietnamese weekday": Form(
        "vi",
        "vn",
        lambda d: f"{VIETNAMESE_DAYS[d.weekday()]}, {d:%d/%m/%Y}, {d.hour}h{d.minute:02}",
        True,
    ),
    "thai numbers": Form("th", "th", lambda d: f"{d:%d/%m}/{(d.year + 543) % 100:02}"),
    "thai weekday": Form(
        "th",
        "th",
        lambda d: f"วัน{THAI_DAYS[d.weekday()]}ที่ {d.day} {THAI_SHORT[d.month - 1]} {d.year + 543}",
    ),
    "english": Form("en", "sg", lambda d: f"{d.day} {ENGLISH[d.month - 1]} {d.year}"),
    "american": Form(
        "en",
        "us",
        lambda d: f"{ENGLISH[d.month - 1]} {d.day}, {d.year} {half_day(d, '', '').strip()}"
        f" {'PM' if d.hour >= 12 else 'AM'} {d.tzname()}",
        True,
    ),
}  # fmt: skip

# From the present era's first day on, to the minute.
MOMENTS = st.builds(
    datetime.combine,
    st.dates(date(2019, 5, 2), date(2026, 11, 19)),
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
)


@pytest.mark.parametrize("name", sorted(FORMS))
@settings(max_examples=30, deadline=None)  # for each of the 30 forms
@given(moment=MOMENTS)
def test_a_date_written_in_a_dialect_is_read_back(name: str, moment: datetime) -> None:
    form = FORMS[name]
    zone = ZoneInfo(COUNTRIES[form.country].zone)
    written = moment.replace(tzinfo=zone)
    meant = written if form.has_time else datetime.combine(moment, time(), tzinfo=zone)

    found = read(form.write(written), form.language, form.country)

    assert found is not None
    assert found.at == meant.astimezone(UTC)
    assert found.has_time == form.has_time
    # These two write the same weekday beside every day.
    assert found.confidence != "guess" or name in ("indonesian", "japanese wide")


#: A day of the last year, without it.
YEARLESS = {
    "japanese": Form("ja", "jp", lambda d: f"{d.month}月{d.day}日"),
    "japanese digits": Form("ja", "jp", lambda d: f"{d.month}/{d.day}({WEEKDAYS[d.weekday()]})"),
    "korean": Form("ko", "kr", lambda d: f"{d.month}월 {d.day}일"),
    "korean digits": Form("ko", "kr", lambda d: f"{d:%m.%d %H:%M}", True),
    "chinese": Form("zh-Hans", "cn", lambda d: f"{d:%m-%d %H:%M}", True),
    "chinese han": Form("zh-Hans", "cn", lambda d: f"{han(d.month)}月{han(d.day)}日"),
    "vietnamese": Form("vi", "vn", lambda d: f"ngày {d.day} tháng {d.month}"),
    "vietnamese digits": Form("vi", "vn", lambda d: f"{d:%d/%m}"),
    "thai": Form("th", "th", lambda d: f"{d.day} {THAI_MONTHS[d.month - 1]} {d:%H.%M} น.", True),
    "thai short": Form("th", "th", lambda d: f"{d.day} {THAI_SHORT[d.month - 1]}"),
    "indonesian": Form(
        "id", "id", lambda d: f"{d.day} {INDONESIAN[d.month - 1]}, {d:%H.%M} WIB", True
    ),
    "english": Form("en", "sg", lambda d: f"{ENGLISH[d.month - 1]} {d.day}"),
}

#: A number of days or hours ago.
AGO = {
    "ja": ("{}日前", "{}時間前"),
    "ko": ("{}일 전", "{}시간 전"),
    "zh-Hans": ("{}天前", "{}小时前"),
    "zh-Hant": ("{}天前", "{}個小時前"),
    "vi": ("{} ngày trước", "cách đây {} giờ"),
    "th": ("{} วันที่แล้ว", "เมื่อ {} ชั่วโมงที่แล้ว"),
    "id": ("{} hari yang lalu", "{} jam lalu"),
    "en": ("{} days ago", "{} hours ago"),
}


@pytest.mark.parametrize("name", sorted(YEARLESS))
@settings(max_examples=30, deadline=None)
@given(back=st.integers(0, 363), clock=st.times())
def test_a_day_without_its_year_is_the_last_one(name: str, back: int, clock: time) -> None:
    form = YEARLESS[name]
    zone = ZoneInfo(COUNTRIES[form.country].zone)
    written = datetime.combine(NOW.date() - timedelta(days=back), clock, zone)
    meant = written.replace(second=0, microsecond=0)
    meant = meant if form.has_time else datetime.combine(meant, time(), zone)

    found = read(form.write(written), form.language, form.country)

    assert found is not None
    assert (found.at, found.has_time, found.confidence) == (
        meant.astimezone(UTC),
        form.has_time,
        "guess",
    )


@pytest.mark.parametrize("language", sorted(AGO))
@settings(max_examples=20, deadline=None)
@given(number=st.integers(0, 999))
def test_what_is_some_days_or_hours_ago_is_counted_back(language: str, number: int) -> None:
    days, hours = AGO[language]

    day, moment = (
        read(days.format(number), language, "int"),
        read(hours.format(number), language, "int"),
    )

    assert day is not None
    assert day.at == datetime.combine(NOW, time(), UTC) - timedelta(days=number)
    assert (day.has_time, day.confidence) == (False, "likely")
    assert moment is not None
    assert moment.at == NOW - timedelta(hours=number)
    assert (moment.has_time, moment.confidence) == (True, "likely")


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from(["ja", "ko", "zh-Hant", "vi", "th", "id", "en"]))
def test_any_text_is_a_date_in_reach_or_none(text: str, language: str) -> None:
    found = read(text, language, "int")

    if found:
        assert 1899 <= found.at.year <= NOW.year + 11
        assert found.at.utcoffset() == timedelta()


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from([*"0123456789", *" -/.:T+年月日時分년월일시", "令和", "民國", "R8", "午後",
                         "พ.ย.", "Nov", "tháng", "WIB", "GMT", "Z", "2026", "19"]),
        max_size=14,
    ),
    st.sampled_from([("ja", "jp"), ("ko", "kr"), ("zh-Hant", "tw"), ("th", "th"), ("vi", "vn")]),
)  # fmt: skip
def test_scrambled_dates_break_nothing(pieces: list[str], place: tuple[str, str]) -> None:
    found = read("".join(pieces), *place)

    assert found is None or found.at.tzinfo is UTC


@settings(deadline=None)
@given(st.integers(0, 99), st.dates(date(2020, 1, 1), date(2080, 1, 1)))
def test_a_year_of_two_digits_is_near_or_not_believed(short: int, today: date) -> None:
    now = datetime.combine(today, time(), tzinfo=UTC)

    found = read(f"{short:02}.06.15", "ko", "kr", now)

    assert found is None or now.year - 40 <= found.at.year <= now.year + 1


# --- the corpus -------------------------------------------------------------------------------

#: Bulgarian among the Chinese ones.
OTHER_LANGUAGES = {"25 ян 2016", "23 декември 2013 15:10:01"}
COUNTRY = {"ja": "jp", "zh": "cn", "zh-Hant": "tw", "ko": "kr", "vi": "vn", "th": "th", "id": "id"}
UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400}
WEEKDAY = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: When the corpus' own authors read its weekdays.
ITS_NOW = datetime(2012, 11, 13, 23, 15, tzinfo=UTC)


def corpus(shared: Path) -> list[dict[str, str]]:
    cases = json.loads((shared / "corpus/dates/dateparser.json").read_text("utf-8"))
    return [case for case in cases if case["input"] not in OTHER_LANGUAGES]


def _is_duration(case: dict[str, str]) -> bool:
    unit = "second|minute|hour|day|week|month|year"
    return bool(re.fullmatch(rf"(?:\d+ (?:{unit})s? ?)+", case.get("english", "")))


def _is_month(case: dict[str, str]) -> bool:
    return case.get("english", "") in ("march", "december", "2013 year february")


def _moved(number: int, unit: str) -> datetime:
    if unit in UNITS:
        return NOW + timedelta(seconds=number * UNITS[unit])
    months = NOW.year * 12 + NOW.month - 1 + number * (12 if unit == "year" else 1)
    return NOW.replace(year=months // 12, month=months % 12 + 1)


def _meant(case: dict[str, str], now: datetime) -> datetime:
    """Return the moment that a case of the corpus means."""
    if "datetime" in case:
        numbers = [*map(int, re.findall(r"\d+", case["datetime"])), 0, 0, 0][:6]
        year, month, day, hour, minute, second = numbers
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    return _counted(case["english"], now) or _absolute(case["english"], now)


def _counted(english: str, now: datetime) -> datetime | None:
    if found := re.fullmatch(r"(in )?(\d+) (\w+?)( ago)?(?: (\d+):(\d+))?", english):
        at = _moved(int(found[2]) * (1 if found[1] else -1), found[3])
        if found[5]:
            return at.replace(hour=int(found[5]), minute=int(found[6]))
        is_exact = found[3] in ("second", "minute", "hour")
        return at if is_exact else at.replace(hour=0)
    if english in WEEKDAY:
        back = (now.weekday() - WEEKDAY.index(english)) % 7
        return datetime.combine(now.date() - timedelta(days=back), time(), UTC)
    return None


def _absolute(english: str, now: datetime) -> datetime:
    if found := re.fullmatch(r"(?:pm )?(\d+):(\d+)(?: [ap]m)?", english):
        hour = int(found[1]) % 12 + 12 if "pm" in english else int(found[1])
        at = now.replace(hour=hour, minute=int(found[2]))
        return at if at <= now else at - timedelta(days=1)
    if found := re.fullmatch(r"(\d+)-(\d+)", english):
        return datetime(now.year, int(found[1]), int(found[2]), tzinfo=UTC)
    plain = re.sub(r"\b25(\d\d)\b", lambda year: str(int(year[0]) - 543), english)
    day = read_date(plain, language="en", country="sg", zone="UTC", now=now)
    assert day is not None, english
    return day.at


def test_every_point_in_time_of_the_corpus_is_read(shared: Path) -> None:
    points = [each for each in corpus(shared) if not (_is_duration(each) or _is_month(each))]
    for case in points:
        now = ITS_NOW if case["input"] in ("Thứ năm", "Thứ sáu") else NOW
        country = COUNTRY[case["language"]]
        language = "zh-Hans" if country == "cn" else case["language"]
        found = read_date(case["input"], language=language, country=country, zone="UTC", now=now)

        assert found is not None, case["input"]
        assert found.at == _meant(case, now), case["input"]
    assert len(points) >= 100


def test_the_months_of_the_corpus_are_spans_and_its_durations_nothing(shared: Path) -> None:
    cases = [each for each in corpus(shared) if _is_duration(each) or _is_month(each)]
    for case in cases:
        country = COUNTRY[case["language"]]
        language = "zh-Hans" if country == "cn" else case["language"]
        day, span = (
            each(case["input"], language=language, country=country, zone="UTC", now=NOW)
            for each in (read_date, read_span)
        )

        assert day is None, case["input"]
        assert (span is not None) == _is_month(case), case["input"]
    assert len(cases) >= 15
