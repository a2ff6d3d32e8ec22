"""Calendars, beyond the cases."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.errors import ParseError
from aggregator.model import Document, Item, Parsed
from aggregator.parse.ical import parse_calendar
from aggregator.parse.ical.recurrence import days
from aggregator.parse.ical.rule import read_rule
from aggregator.parse.ical.times import instant, read_duration, read_moment
from tests.parse import corpus
from tests.parse.test_anything import sound, source

FETCHED = datetime(2026, 11, 20, 9, tzinfo=UTC)
ADDRESS = "https://school.example/calendar.ics"

#: Files of the corpus that are no calendars: parts of one, which we read inside one.
PARTS = {
    "ical/fuzz_testcase_vtimezone_lone_cr.ics": "a zone alone",
    "ical/issue_178_component_with_invalid_name_represented.ics": "an unknown component alone",
    "ical/event_with_escaped_character1.ics": "an event alone",
    "ical/event_with_escaped_character4.ics": "an event alone",
    "ical/event_with_escaped_characters.ics": "an event alone",
    "ical/issue_101_icalendar_chokes_on_umlauts_in_organizer.ics": "an event alone",
    "ical/issue_104_mark_events_broken.ics": "an event alone",
    "ical/issue_355_url_escaping_empty_param.ics": "an event alone",
    "ical/issue_464_invalid_rdate.ics": "an event alone",
}


def document(body: bytes, fetched: datetime | None = FETCHED) -> Document:
    return Document(
        source_id="x",
        url=ADDRESS,
        role="source",
        final_url=ADDRESS,
        content_type="text/calendar; charset=utf-8",
        body=body,
        fetched=fetched,
    )


def read(body: bytes, fetched: datetime | None = FETCHED) -> Parsed:
    return parse_calendar(document(body, fetched), source("ical"))


def in_calendar(body: bytes) -> bytes:
    return b"BEGIN:VCALENDAR\r\n" + body + b"\r\nEND:VCALENDAR\r\n"


def event(*lines: str, fetched: datetime | None = FETCHED) -> Item:
    text = "\r\n".join(["BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT"])
    (item,) = read(in_calendar(text.encode()), fetched).items
    return item


def told(item: Item, name: str) -> list[str]:
    return [value for each, value in item.details if each == name]


# --- real files


def test_the_corpus_is_read_to_the_last_event(shared: Path) -> None:
    wrong = []
    for row in corpus.rows(shared / "corpus", "ical"):
        body = (shared / "corpus" / row["file"]).read_bytes()
        items = read(in_calendar(body) if row["file"] in PARTS else body).items
        expected: dict[str, Any] = row["expected"]
        missing = {
            *set(expected.get("uids", [])) - {item.key for item in items},
            *set(expected.get("summaries", [])) - {item.title for item in items},
        }
        if len(items) != expected["n_vevent"] or missing:
            wrong.append((row["file"], len(items), missing))

    assert wrong == []


def test_parts_of_a_calendar_are_no_calendars(shared: Path) -> None:
    refused = []
    for row in corpus.rows(shared / "corpus", "ical"):
        try:
            read((shared / "corpus" / row["file"]).read_bytes())
        except ParseError:
            refused.append(row["file"])

    assert sorted(refused) == sorted(PARTS)


# --- texts


@pytest.mark.parametrize(
    ("line", "organizer"),
    [
        ("ORGANIZER;CN=Society\\, 2014:mailto:a@b.example", ["Society, 2014"]),
        ('ORGANIZER;CN="例示小学校":mailto:a@b.example', ["例示小学校"]),
        ("ORGANIZER;CN=hana@school.example:mailto:hana@school.example", []),
        ("ORGANIZER:mailto:hana@school.example", []),
        ('ORGANIZER;CN="Hana <hana@school.example>":MAILTO:x', ["Hana"]),
    ],
)
def test_an_organizer_is_a_name_and_never_an_address(line: str, organizer: list[str]) -> None:
    item = event(line)

    assert told(item, "organizer") == organizer
    assert "@" not in repr(item)


def test_lone_ends_of_lines_of_any_kind_end_a_line() -> None:
    body = b"BEGIN:VCALENDAR\rBEGIN:VEVENT\nUID:a\rSUMMARY:x\r\nEND:VEVENT\rEND:VCALENDAR"

    assert [item.title for item in read(body).items] == ["x"]


def test_a_group_before_a_name_is_passed_over() -> None:
    assert event("item1.SUMMARY:x").title == "x"


def test_a_relative_address_is_no_link() -> None:
    assert event("URL:events/1").link == ""


def test_the_time_of_the_export_is_not_when_an_event_was_published() -> None:
    assert event("DTSTAMP:20261120T000000Z").published == ""


# --- times


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("20261121", date(2026, 11, 21)),
        ("2026-11-21", date(2026, 11, 21)),
        ("20261121T1000", datetime(2026, 11, 21, 10)),  # noqa: DTZ001
        ("20261121T100000", datetime(2026, 11, 21, 10)),  # noqa: DTZ001
        ("20261121T235960Z", datetime(2026, 11, 21, 23, 59, 59, tzinfo=UTC)),
        ("2026-11-21T10:00:00.000Z", datetime(2026, 11, 21, 10, tzinfo=UTC)),
        ("20261321", None),
        ("00000000", None),
        ("20261121T250000", None),
        ("soon", None),
        ("", None),
    ],
)
def test_what_is_a_time(text: str, moment: date | None) -> None:
    assert read_moment(text) == moment


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("PT1H30M", timedelta(minutes=90)),
        ("P1W", timedelta(days=7)),
        ("P1DT12H", timedelta(hours=36)),
        ("-PT15M", timedelta(minutes=-15)),
        ("1H", None),
        ("P99999999999D", None),
    ],
)
def test_what_is_a_duration(text: str, length: timedelta | None) -> None:
    assert read_duration(text) == length


@pytest.mark.parametrize(
    ("lines", "ends"),
    [
        (["DTSTART;VALUE=DATE:20261121", "DTEND;VALUE=DATE:20261122"], ["2026-11-21"]),
        (["DTSTART;VALUE=DATE:20261121", "DTEND;VALUE=DATE:20261121"], ["2026-11-21"]),
        (["DTSTART;VALUE=DATE:20261121", "DURATION:P3D"], ["2026-11-23"]),
        (["DTSTART;VALUE=DATE:20261121"], []),
        (["DTSTART:20261121T100000", "DURATION:PT1H"], ["2026-11-21T11:00:00"]),
        (["DTSTART:99991231T100000", "DURATION:P999999D"], []),
        (["DTEND:20261121T100000"], []),
    ],
)
def test_when_an_event_ends(lines: list[str], ends: list[str]) -> None:
    assert told(event(*lines), "ends") == ends


@pytest.mark.parametrize("moment", [date.min, date.max, datetime.min, datetime.max])  # noqa: DTZ901
def test_every_moment_has_an_instant(moment: date) -> None:
    assert instant(moment).tzinfo is UTC
    if isinstance(moment, datetime):
        zoned = moment.replace(tzinfo=FETCHED.astimezone().tzinfo)
        assert instant(zoned).tzinfo is UTC


# --- recurrence


def found(rule: str, start: date, since: date, until: date) -> list[date]:
    made = read_rule(rule)
    assert made is not None
    return list(days(made, start, since, until, iter(range(1_000_000))))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3", ["2026-11-23", "2026-11-25", "2026-11-30"]),
        ("FREQ=MONTHLY;BYDAY=2SA;COUNT=2", ["2026-12-12", "2027-01-09"]),
        ("FREQ=MONTHLY;BYDAY=SU,-1WE;COUNT=3", ["2026-11-22", "2026-11-25", "2026-11-29"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=2", ["2026-12-31", "2027-01-31"]),
        ("FREQ=YEARLY;COUNT=1", ["2026-11-21"]),
        ("FREQ=YEARLY;BYMONTH=4;BYDAY=1MO;COUNT=1", ["2027-04-05"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["2026-11-30", "2026-12-31"]),
        ("FREQ=DAILY;INTERVAL=10;UNTIL=20261201", ["2026-11-21", "2026-12-01"]),
        ("freq = daily ; until = 20261122T235959Z", ["2026-11-21", "2026-11-22", "2026-11-23"]),
    ],
)
def test_the_days_of_a_rule(rule: str, expected: list[str]) -> None:
    start = date(2026, 11, 21)

    assert [day.isoformat() for day in found(rule, start, start, date(2027, 12, 1))] == expected


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "FREQ=SECONDLY",
        "FREQ=HOURLY",
        "FREQ=OFTEN",
        "FREQ=DAILY;BYHOUR=1,2",
        "FREQ=DAILY;BYSECOND=1",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=x",
        "FREQ=DAILY;COUNT=-1",
        "FREQ=DAILY;BYMONTH=x",
        "FREQ=DAILY;BYDAY=XX",
        "FREQ=DAILY;WKST=X",
        "FREQ=DAILY;UNTIL=20261399",
        "FREQ=DAILY;BYMONTHDAY=" + ",".join(["1"] * 400),
    ],
)
def test_rules_that_are_none_or_repeat_within_a_day_give_nothing(rule: str) -> None:
    assert read_rule(rule) is None


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=DAILY;COUNT=999999999999",
        "FREQ=DAILY;INTERVAL=999999",
        "FREQ=YEARLY;BYWEEKNO=53;BYYEARDAY=1",
    ],
)
@pytest.mark.parametrize("start", [date(1, 1, 1), date(1927, 1, 1), date(2026, 11, 24)])
def test_the_work_is_bounded_whatever_the_rule(rule: str, start: date) -> None:
    steps = iter(range(100_000))
    made = read_rule(rule)
    assert made is not None
    list(days(made, start, date(2026, 10, 1), date(2027, 12, 1), steps))

    spent = 100_000 - sum(1 for _ in steps)
    assert spent <= (1_000 if made.count is None else 100_000)


def test_a_spent_budget_ends_the_search() -> None:
    made = read_rule("FREQ=DAILY")
    assert made is not None
    looked = days(made, date(2026, 1, 1), date(2026, 1, 1), date(2027, 1, 1), iter(range(10)))

    assert len(list(looked)) <= 10


NUMBERS = {
    "BYMONTH": st.integers(1, 12),
    "BYMONTHDAY": st.integers(-31, 31).filter(bool),
    "BYYEARDAY": st.integers(-366, 366).filter(bool),
}


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Rules of which dateutil thinks as the specification does, and that come to pass."""
    frequency = draw(st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 4))}"]
    name = draw(st.sampled_from(["", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYYEARDAY"]))
    if name == "BYYEARDAY" and frequency != "YEARLY":
        name = ""
    if name in NUMBERS:
        numbers = draw(st.lists(NUMBERS[name], min_size=1, max_size=3))
        parts.append(f"{name}={','.join(map(str, numbers))}")
    if name == "BYDAY":
        counted = draw(st.sampled_from(["", "1", "2", "-1"]))
        which = counted if frequency in ("YEARLY", "MONTHLY") else ""
        weekdays = draw(st.lists(st.sampled_from(["MO", "WE", "SA", "SU"]), min_size=1, max_size=2))
        parts.append("BYDAY=" + ",".join(which + weekday for weekday in weekdays))
    if draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(['MO', 'SU']))}")
    ending = draw(st.sampled_from(["", "COUNT=7", "UNTIL=20270315"]))
    return ";".join([*parts, ending] if ending else parts)


@settings(deadline=None)  # the machine may be busy
@given(rule=rules(), start=st.dates(date(2018, 1, 1), date(2026, 12, 31)))
def test_rules_mean_what_dateutil_makes_of_them(rule: str, start: date) -> None:
    since, until = date(2026, 10, 1), date(2027, 12, 1)
    first, last = datetime.combine(since, time()), datetime.combine(until, time())
    made = rrulestr(rule, dtstart=datetime.combine(start, time()))
    expected = [day.date() for day in made.between(first, last, inc=True)]

    assert found(rule, start, since, until) == expected


def occurs(*lines: str) -> list[str]:
    return told(event(*lines), "occurs")


def test_a_series_keeps_to_its_clock_when_the_offset_changes() -> None:
    starts = occurs("DTSTART;TZID=Europe/Berlin:20261001T180000", "RRULE:FREQ=MONTHLY;COUNT=3")

    assert starts == ["2026-11-01T18:00:00+01:00", "2026-12-01T18:00:00+01:00"]


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20261122T210000Z", "2026-11-23T06:00:00+09:00"),
        ("20261122T205959Z", "2026-11-22T06:00:00+09:00"),
        ("20261122T060000", "2026-11-22T06:00:00+09:00"),
        ("20261122", "2026-11-22T06:00:00+09:00"),
    ],
)
def test_a_series_ends_at_its_last_time_in_any_zone(until: str, last: str) -> None:
    starts = occurs("DTSTART;TZID=Asia/Tokyo:20261120T060000", f"RRULE:FREQ=DAILY;UNTIL={until}")

    assert starts[-1] == last


def test_days_excluded_without_a_time_are_left_out() -> None:
    rule = ["DTSTART:20261120T060000", "RRULE:FREQ=DAILY;COUNT=3"]

    assert occurs(*rule, "EXDATE;VALUE=DATE:20261121") == ["2026-11-22T06:00:00"]


def test_no_more_than_60_further_starts_are_told() -> None:
    assert len(occurs("DTSTART:20261120T060000", "RRULE:FREQ=DAILY")) == 60


def test_a_file_that_was_never_fetched_has_no_occurrences() -> None:
    assert told(event("DTSTART:20261120", "RRULE:FREQ=DAILY", fetched=None), "occurs") == []


def test_two_fetches_in_a_month_give_the_same() -> None:
    lines = ["DTSTART:20260101", "RRULE:FREQ=WEEKLY"]

    assert event(*lines) == event(*lines, fetched=FETCHED + timedelta(days=5))


def test_a_change_alone_stands_for_its_series() -> None:
    item = event("RECURRENCE-ID:20261121T100000Z", "DTSTART:20261121T110000Z", "SUMMARY:x")

    assert (item.title, told(item, "starts")) == ("x", ["2026-11-21T11:00:00+00:00"])


# --- anything

LINES = [
    "BEGIN:VCALENDAR",
    "END:VCALENDAR",
    "BEGIN:VEVENT",
    "END:VEVENT",
    "BEGIN:VTIMEZONE",
    "END:VTIMEZONE",
    "BEGIN:STANDARD",
    "END:STANDARD",
    "TZID:Own",
    "TZOFFSETTO:+0900",
    "TZOFFSETTO:+9999",
    "DTSTART;TZID=Own:20261121T100000",
    "DTSTART;TZID=../../etc/hosts:20261121T100000",
    "DTSTART;VALUE=DATE:00010101",
    "DTSTART:99991231T235959Z",
    "DTEND:20261121",
    "DURATION:P1D",
    "RRULE:FREQ=DAILY",
    "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "RRULE:FREQ=WEEKLY;COUNT=1000000",
    "EXDATE:20261122,x",
    "RDATE;VALUE=PERIOD:20261123T000000Z/PT1H",
    "RECURRENCE-ID:20261122",
    "UID:1",
    "UID:2",
    "SEQUENCE:x",
    "SEQUENCE:٣",
    "X-WR-TIMEZONE:Asia/Tokyo",
    "URL:http://[",
    "ATTACH:http://[",
    "SUMMARY;LANGUAGE=ja:学び\\n<b>",
    "CATEGORIES:a\\,b,,c",
    "X-ALT-DESC:<body",
    "ORGANIZER;CN=:x",
    ";:=",
    " folded",
]


@settings(deadline=None)  # the machine may be busy
@given(
    lines=st.lists(st.sampled_from(LINES), max_size=30),
    end=st.sampled_from(["\r\n", "\n"]),
)
def test_lines_in_any_order_give_items_or_a_parse_error(lines: list[str], end: str) -> None:
    body = end.join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"])
    parsed = read(body.encode())

    keys = [item.key for item in parsed.items]
    assert all(sound(item) for item in parsed.items)
    assert len(set(keys)) == len(keys)
    assert all(
        isinstance(part, str) for item in parsed.items for pair in item.details for part in pair
    )


@settings(deadline=None)  # the machine may be busy
@given(body=st.binary(max_size=300))
def test_any_bytes_in_an_event_give_items_or_a_parse_error(body: bytes) -> None:
    try:
        parsed = read(in_calendar(b"BEGIN:VEVENT\n" + body + b"\nEND:VEVENT"))
    except ParseError as err:
        assert str(err)
        return

    assert all(sound(item) for item in parsed.items)


def test_a_file_of_hostile_series_shares_one_budget() -> None:
    """Each alone may look at 36,525 days; together they may not take minutes."""
    lines = (
        f"BEGIN:VEVENT\nUID:{number}\nDTSTART:19300101\nRRULE:FREQ=DAILY;COUNT=999999999\nEND:VEVENT"
        for number in islice(count(), 300)
    )
    items = read(in_calendar("\n".join(lines).encode())).items

    assert len(items) == 300
    assert told(items[0], "occurs")
    assert not told(items[-1], "occurs")
