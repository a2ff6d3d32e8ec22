"""Events in an article: from its source's details, else from its words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import escape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.model import Article
from aggregator.model.events import Event
from aggregator.normalize.events import find_deadlines, find_events, revised
from aggregator.normalize.events.find import MOST_SESSIONS
from tests.builders import article, source

PUBLISHED = datetime(2026, 11, 10, 3, tzinfo=UTC)
NOW = PUBLISHED + timedelta(days=1)


def announced(language: str, text: str, title: str = "案内", **changes: Any) -> Article:
    body = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
    made = article(language, title=title, summary="", body=body, published=PUBLISHED)
    return replace(made, **{"dated_by": "iso", **changes})


def found(
    language: str, text: str, *, title: str = "案内", country: str = "", **changes: Any
) -> tuple[Event, ...]:
    own = source(language, **({"country": country} if country else {}))
    return find_events(announced(language, text, title, **changes), own, NOW)


def only(language: str, text: str, **changes: Any) -> Event:
    (event,) = found(language, text, **changes)
    return event


# --- what a text says


def test_labels_make_an_event_with_the_words_they_came_from() -> None:
    event = only("ja", "日時：2026年12月5日（土）１３：００〜１７：００\n会場：中央小学校")
    assert event.starts == datetime(2026, 12, 5, 4, tzinfo=UTC)
    assert event.ends == datetime(2026, 12, 5, 8, tzinfo=UTC)
    assert (event.zone, event.all_day, event.number) == ("Asia/Tokyo", False, 1)
    assert dict(event.words) == {
        "starts": "日時：2026年12月5日（土）１３：００〜１７：００",
        "place": "会場：中央小学校",
    }


def test_what_was_found_waits_for_an_editor() -> None:
    assert only("ja", "日時：2026年12月5日").status == "found"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh-Hans", "会议时间：2026年12月11-13日"),
        ("ko", "일시: 2026년 12월 11~13일"),
        ("ja", "会期：2026年12月11日（金）・12日（土）・13日（日）"),
        ("ja", "会期：2026.12.11～13"),
        ("zh-Hant", "日期：115/12/11（五）至12/13（日）"),
        ("vi", "Thời gian: từ 11 đến 13/12/2026"),
        ("vi", "Thời gian: từ ngày 11 đến ngày 13 tháng 12 năm 2026"),
        ("th", "ระหว่างวันที่ 11 ถึง 13 ธันวาคม 2569 ขอเชิญร่วมงาน"),
        ("id", "Waktu: 11 s.d. 13 Desember 2026"),
        ("en", "Dates: December 11–13, 2026"),
    ],
)
def test_several_days_are_one_event(language: str, text: str) -> None:
    event = only(language, text)
    assert (event.starts, event.ends) == (date(2026, 12, 11), date(2026, 12, 13))


def test_a_range_may_run_into_the_next_year() -> None:
    event = only("ja", "期日：2026年12月28日（月）〜1月3日（日）")
    assert (event.starts, event.ends) == (date(2026, 12, 28), date(2027, 1, 3))


def test_an_hour_on_the_first_of_several_days_alone_is_no_span() -> None:
    event = only("ja", "日時：2026年12月5日（土）13:00〜6日（日）")
    assert (event.starts, event.ends) == (date(2026, 12, 5), date(2026, 12, 6))


def test_a_calendar_of_hundreds_of_days_gives_a_bounded_number_of_events() -> None:
    lines = (f"第{n}回　{date(2026, 12, 1) + timedelta(days=n):%Y-%m-%d}" for n in range(300))
    assert len(found("ja", "\n".join(lines))) == MOST_SESSIONS


def test_whole_days_have_no_zone() -> None:
    event = only("en", "Dates: 5-7 March 2027\nVenue: Town Hall")
    assert (event.starts, event.ends) == (date(2027, 3, 5), date(2027, 3, 7))
    assert event.zone == ""
    assert event.all_day


def test_one_whole_day_has_no_end() -> None:
    assert only("ko", "일자: 2027년 4월 24일(토)").ends is None


def test_hours_after_midnight_end_on_the_next_day() -> None:
    event = only("en", "Date: 5 December 2026\nTime: 22:00-1:00")
    assert event.ends is not None
    assert event.ends - event.starts == timedelta(hours=3)


@pytest.mark.parametrize(
    ("name", "hour"), [("WIB", 6), ("WITA", 5), ("WIT", 4)], ids=["Jakarta", "Makassar", "Jayapura"]
)
def test_a_zone_in_the_text_counts_before_the_sources(name: str, hour: int) -> None:
    event = only("id", f"Tanggal: 5 Desember 2026\nPukul: 13.00 {name}")
    assert event.starts == datetime(2026, 12, 5, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "期日　令和8年12月5日"),
        ("zh-Hant", "時間：115年12月5日"),
        ("zh-Hans", "时间：二〇二六年十二月五日"),
        ("th", "วันที่: ๕ ธันวาคม ๒๕๖๙"),
        ("th", "วันจัดประชุม: 5 ธ.ค. 69"),
        ("vi", "Thời gian: ngày 5 tháng 12 năm 2026"),
        ("vi", "Thời gian: 05/12/2026"),
        ("ko", "일시: 2026. 12. 5.(토)"),
        ("id", "Tanggal: 5 Desember 2026"),
        ("en", "Date: December 5th, 2026"),
        ("en", "When: 2026-12-05"),
    ],
)
def test_years_of_all_calendars_are_read(language: str, text: str) -> None:
    event = only(language, text)
    assert event.starts == date(2026, 12, 5)
    assert event.certainty != "guess"


@pytest.mark.parametrize(
    ("language", "text", "certainty"),
    [
        ("th", "วันที่: 5 ธันวาคม 2569", "sure"),
        ("th", "วันที่: 5 ธ.ค. 69", "likely"),
        ("vi", "Thời gian: 05/12/2026", "likely"),
        ("vi", "Thời gian: 25/12/2026", "sure"),
        ("zh-Hant", "時間：115年12月5日", "likely"),
        ("zh-Hant", "時間：民國115年12月5日", "sure"),
    ],
)
def test_what_the_country_tells_of_a_date_is_likely(
    language: str, text: str, certainty: str
) -> None:
    assert only(language, text).certainty == certainty


def test_a_year_that_is_not_written_is_never_taken_silently() -> None:
    assert only("ja", "日時：12月5日").certainty == "guess"


def test_a_weekday_makes_a_year_that_is_not_written_likely() -> None:
    assert only("ja", "日時：12月5日（土）").certainty == "likely"


def test_a_weekday_that_no_near_year_has_leaves_the_day_unread() -> None:
    assert found("ja", "日時：12月5日（月）") == ()


def test_without_a_date_of_publication_only_a_weekday_tells_the_year() -> None:
    assert found("ja", "日時：12月5日", dated_by="first-seen") == ()
    assert only("ja", "日時：12月5日（土）", dated_by="first-seen").starts == date(2026, 12, 5)


def test_a_weekday_that_contradicts_a_written_year_lowers_the_certainty() -> None:
    assert only("ja", "日時：2026年12月5日（月）").certainty == "guess"


def test_next_year_is_next_year() -> None:
    assert only("ja", "来年1月23日（土）に研究会を開催します。").starts == date(2027, 1, 23)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "2月30日に研究会を開催します。"),
        ("ja", "日時：2026年13月5日"),
        ("en", "Date: 31 November 2026"),
        ("en", "Date: 3/4/2027"),
        ("th", "วันที่: 40 ธันวาคม 2569"),
    ],
)
def test_what_no_calendar_has_or_may_be_two_days_is_left_out(language: str, text: str) -> None:
    assert found(language, text, country="int" if language == "en" else "") == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "11月8日に研究会を開催しました。"),
        ("ko", "연구회는 지난 7일 가온초에서 세미나를 개최했다."),
        ("zh-Hans", "11月9日，省教育厅召开新闻通气会。"),
        ("vi", "Ngày 8/11/2026, hội thảo đã diễn ra tại Hà Nội."),
        ("th", "เมื่อวันที่ 8 พฤศจิกายน 2569 ได้จัดการประชุม"),
        ("id", "Seminar digelar Minggu (8/11/2026) di Jakarta."),
        ("en", "The conference was held on 8 November 2026."),
        ("ja", "第3号は2026年12月1日に発行します。"),
        ("zh-Hans", "本办法自2027年1月1日起施行。"),
        ("en", "The law takes effect on 1 January 2027."),
        ("ko", "계약 기간: 2027. 3. 1. ~ 2028. 2. 29."),
    ],
)
def test_reports_laws_and_issues_are_no_events(language: str, text: str) -> None:
    assert found(language, text) == ()


def test_a_labeled_day_that_is_over_needs_more_than_its_label() -> None:
    assert found("ja", "日時：2026年10月3日") == ()
    assert len(found("ja", "日時：2026年10月3日\n会場：中央小学校")) == 1
    assert found("ja", "日時：2026年10月3日\n会場：中央小学校\nありがとうございました。") == ()


def test_the_day_of_publication_is_no_event() -> None:
    assert found("ja", "公開日：2026年11月10日\n秋の授業について考えます。") == ()


def test_sessions_are_events_of_their_own() -> None:
    days = ("2026年12月5日", "2027年1月9日", "2027年2月6日")
    text = "\n".join(f"第{n}回　{day}　10:00～12:00" for n, day in enumerate(days, 1))
    events = found("ja", text)
    assert [each.number for each in events] == [1, 2, 3]
    assert {each.starts.month for each in events} == {12, 1, 2}


def test_of_a_postponed_event_the_new_day_counts() -> None:
    event = only("ja", "11月14日（土）に予定していた研究会は、12月5日（土）に延期します。")
    assert (event.starts, event.status) == (date(2026, 12, 5), "moved")


def test_a_cancelled_event_keeps_its_day() -> None:
    text = "The open lesson planned for 26 November 2026 has been cancelled."
    event = only("en", text, title="CANCELLED: open lesson")
    assert (event.starts, event.status) == (date(2026, 11, 26), "cancelled")


def test_hours_at_which_the_doors_open_are_no_beginning() -> None:
    event = only("ja", "日時：2026年12月5日\n受付 8:30 開会 9:00")
    assert event.starts == datetime(2026, 12, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("ja", "12月5日（土）、東海学芸大学を会場に開きます。", "東海学芸大学"),
        ("ko", "12월 5일(토) 솔빛교육대학교 대강당에서 개최한다.", "솔빛교육대학교 대강당"),
        ("zh-Hans", "定于12月5日在江海学院举行。", "江海学院"),
        ("vi", "Hội thảo tổ chức ngày 5/12/2026 tại Trường A, Hà Nội.", "Trường A, Hà Nội"),
        ("th", "จัดวันที่ 5 ธันวาคม 2569 ณ โรงแรมดอยคำ", "โรงแรมดอยคำ"),
        ("id", "Seminar digelar 5 Desember 2026 di Universitas Selat.", "Universitas Selat"),
        ("en", "It will be held on 5 December 2026 at Harbour House.", "Harbour House"),
    ],
)
def test_the_place_is_found_in_a_sentence(language: str, text: str, place: str) -> None:
    assert only(language, text).place == place


def test_being_online_is_no_place() -> None:
    event = only("en", "Date: 5 December 2026\nWhere: Online via Zoom")
    assert (event.place, event.is_online) == ("", True)


def test_the_address_of_a_meeting_is_found_in_a_link() -> None:
    made = announced("en", "Date: 5 December 2026")
    made = replace(made, body=f'{made.body}<a href="https://zoom.us/j/1?a=1&amp;b=2">here</a>')
    (event,) = find_events(made, source("en"), NOW)
    assert event.online == "https://zoom.us/j/1?a=1&b=2"


def test_a_form_to_sign_up_by_is_no_meeting() -> None:
    text = "Date: 5 December 2026\nJoin by the form: https://forms.example/register"
    assert only("en", text).online == ""


# --- deadlines


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("ja", "申込締切：11月30日", "registration"),
        ("ja", "発表申込締切：11月30日", "papers"),
        ("ko", "신청 마감: 2026. 11. 30.(월)", "registration"),
        ("ko", "초록 접수는 11월 30일까지입니다.", "papers"),
        ("zh-Hans", "投稿截止：2026年11月30日", "papers"),
        ("zh-Hant", "報名期限：115年11月30日止", "registration"),
        ("vi", "Hạn nộp tóm tắt: 30/11/2026", "papers"),
        ("th", "หมดเขตรับสมัคร 30 พ.ย. 2569", "registration"),
        ("id", "Batas pendaftaran 30 November 2026", "registration"),
        ("en", "Abstracts are due on 30 November 2026.", "papers"),
    ],
)
def test_a_deadline_has_its_kind(language: str, text: str, kind: str) -> None:
    (deadline,) = find_deadlines(announced(language, text), source(language))
    assert (deadline.kind, deadline.at) == (kind, date(2026, 11, 30))
    assert deadline.words in text


def test_a_deadline_may_have_its_hour() -> None:
    text = "申込期限：2026年11月30日（月）17時"
    (deadline,) = find_deadlines(announced("ja", text), source("ja"))
    assert deadline.at == datetime(2026, 11, 30, 8, tzinfo=UTC)
    assert not deadline.is_day


def test_of_a_span_to_answer_in_the_last_day_counts() -> None:
    text = "신청 기간: 2026.11.12.(목) ~ 2026.11.30.(월)"
    (deadline,) = find_deadlines(announced("ko", text), source("ko"))
    assert deadline.at == date(2026, 11, 30)


def test_an_event_has_the_deadlines_of_its_article() -> None:
    event = only("ja", "日時：2026年12月5日\n申込締切：11月30日")
    assert [each.at for each in event.deadlines] == [date(2026, 11, 30)]


def test_a_call_of_a_journal_has_a_deadline_and_no_event() -> None:
    text = "The journal invites papers. Abstracts are due on 15 January 2027."
    assert found("en", text) == ()
    assert len(find_deadlines(announced("en", text), source("en"))) == 1


# --- what the source's calendar says

DETAILS = (
    ("starts", "2027-01-21T08:00:00+08:00"),
    ("ends", "2027-01-21T12:30:00+08:00"),
    ("place", "Tanjong Mas Primary School"),
    ("status", "CONFIRMED"),
    ("sequence", "2"),
)


def told(*details: tuple[str, str], text: str = "Come.") -> tuple[Event, ...]:
    own = source("en", timezone="Asia/Singapore", country="sg")
    return find_events(announced("en", text, "Open lesson", details=details), own, NOW)


def test_what_a_calendar_says_is_sure() -> None:
    (event,) = told(*DETAILS)
    assert event.starts == datetime(2027, 1, 21, 0, tzinfo=UTC)
    assert event.ends == datetime(2027, 1, 21, 4, 30, tzinfo=UTC)
    assert (event.status, event.certainty) == ("confirmed-by-source", "sure")
    assert (event.zone, event.revision) == ("Asia/Singapore", 2)
    assert event.place == "Tanjong Mas Primary School"


def test_the_text_is_not_asked_when_the_calendar_tells() -> None:
    (event,) = told(*DETAILS, text="Date: 5 December 2026. Register by 1 December 2026.")
    assert event.starts == datetime(2027, 1, 21, 0, tzinfo=UTC)
    assert [each.at for each in event.deadlines] == [date(2026, 12, 1)]


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("CANCELLED", "cancelled"),
        ("https://schema.org/EventCancelled", "cancelled"),
        ("https://schema.org/EventRescheduled", "moved"),
        ("TENTATIVE", "found"),
        ("https://schema.org/EventScheduled", "confirmed-by-source"),
        ("", "confirmed-by-source"),
    ],
)
def test_the_source_says_whether_it_takes_place(written: str, status: str) -> None:
    (event,) = told(("starts", "2027-01-21"), ("status", written))
    assert event.status == status


def test_a_time_without_a_zone_is_the_sources() -> None:
    (event,) = told(("starts", "2027-01-21T08:00:00"))
    assert event.starts == datetime(2027, 1, 21, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("spoken", "hour"),
    [("เวลาบ่าย 3 โมง", 15), ("เวลา 2 ทุ่ม", 20), ("เวลา 9 โมงเช้า", 9), ("เวลา 15.00 น.", 15)],
)
def test_thai_hours_are_read_as_they_are_spoken(spoken: str, hour: int) -> None:
    own = source("th", timezone="Asia/Bangkok", country="th")
    text = f"ขอเชิญร่วมงานวันที่ 20 ธันวาคม 2569 {spoken} ณ หอประชุมโรงเรียน"

    (event,) = find_events(announced("th", text, "ประชุมครู"), own, NOW)

    assert event.starts == datetime(2026, 12, 20, hour - 7, tzinfo=UTC)


def test_a_series_has_an_event_for_each_occurrence() -> None:
    events = told(*DETAILS, ("occurs", "2027-01-28T08:00:00+08:00"), ("occurs", "never"))
    assert [each.number for each in events] == [1, 2]
    assert events[1].ends == datetime(2027, 1, 28, 4, 30, tzinfo=UTC)


def test_an_occurrence_that_goes_keeps_the_numbers_of_the_others() -> None:
    first = told(*DETAILS, ("occurs", "2027-01-28T08:00:00+08:00"))
    assert [each.number for each in first] == [1, 2]


@pytest.mark.parametrize("written", ["", "soon", "2027-02-31", "99999-01-01"])
def test_a_day_that_cannot_be_read_makes_no_event(written: str) -> None:
    assert told(("starts", written)) == ()


def test_an_end_before_the_start_or_of_another_sort_is_left_out() -> None:
    (early,) = told(("starts", "2027-01-21"), ("ends", "2027-01-20"))
    (other,) = told(("starts", "2027-01-21"), ("ends", "2027-01-21T10:00:00"))
    assert (early.ends, other.ends) == (None, None)


# --- revisions


def test_a_change_that_matters_is_a_revision_further() -> None:
    before = told(*DETAILS[:1])
    after = revised(before, told(("starts", "2027-01-22T08:00:00+08:00")), NOW)
    assert [each.revision for each in after] == [1]


def test_a_change_of_other_words_keeps_the_revision() -> None:
    before = tuple(replace(each, revision=4) for each in told(*DETAILS))
    assert [each.revision for each in revised(before, told(*DETAILS), NOW)] == [4]


@pytest.mark.parametrize(
    ("details", "online", "is_online"),
    [
        ([("online", "https://live.example/join")], "https://live.example/join", True),
        ([("online", "ask us")], "", False),
        ([("attendance", "OnlineEventAttendanceMode")], "", True),
        ([("attendance", "MixedEventAttendanceMode"), ("place", "Room 4")], "", True),
        ([("attendance", "OfflineEventAttendanceMode")], "", False),
    ],
)
def test_markup_says_whether_one_can_take_part_from_afar(
    details: list[tuple[str, str]], online: str, is_online: bool
) -> None:
    (event,) = told(("starts", "2027-01-21"), *details)

    assert (event.status, event.online, event.is_online) == (
        "confirmed-by-source",
        online,
        is_online,
    )


def test_an_event_that_is_no_longer_told_of_is_cancelled_once() -> None:
    before = told(*DETAILS)
    gone = revised(before, (), NOW)
    assert [(each.status, each.revision) for each in gone] == [("cancelled", 3)]
    assert revised(gone, (), NOW) == gone


WEEKLY = (
    ("starts", "2027-01-21T18:00:00+09:00"),
    ("occurs", "2027-01-28T18:00:00+09:00"),
    ("occurs", "2027-02-04T18:00:00+09:00"),
)


def test_times_of_a_series_keep_their_numbers_when_the_calendar_tells_of_later_ones() -> None:
    before = told(*WEEKLY)
    later = told(
        ("starts", "2027-01-28T18:00:00+09:00"),
        ("occurs", "2027-02-04T18:00:00+09:00"),
        ("occurs", "2027-02-11T18:00:00+09:00"),
    )
    after = revised(before, later, datetime(2027, 1, 23, tzinfo=UTC))
    assert [(each.number, each.starts.day, each.revision) for each in after] == [
        (1, 21, 0),  # it is over, and was confirmed
        (2, 28, 0),
        (3, 4, 0),
        (4, 11, 0),
    ]
    assert {each.status for each in after} == {"confirmed-by-source"}


def test_one_time_of_a_series_that_moves_is_a_revision_further() -> None:
    moved = told(*WEEKLY[:2], ("occurs", "2027-02-05T18:00:00+09:00"))
    after = revised(told(*WEEKLY), moved, NOW)
    assert [(each.number, each.starts.day, each.revision) for each in after] == [
        (1, 21, 0),
        (2, 28, 0),
        (3, 5, 1),
    ]


def test_what_was_read_wrongly_and_is_over_is_forgotten() -> None:
    wrong = tuple(replace(each, status="found") for each in told(("starts", "2020-01-21")))
    assert revised(wrong, (), NOW) == ()


# --- whatever comes


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(("ja", "ko", "zh-Hans", "zh-Hant", "vi", "th", "id", "en")),
    st.text(
        st.sampled_from(
            "0123456789年月日年월일/.-:〜~〜（）() \n時点시分กพ.ศ開催日時場所Datevenue第回十"
        ),
        max_size=80,
    ),
)
def test_any_text_gives_events_in_bounds(language: str, text: str) -> None:
    for event in found(language, text):
        day = event.starts.date() if isinstance(event.starts, datetime) else event.starts
        assert abs(day - PUBLISHED.date()) < timedelta(days=366 * 120)
        assert event.ends is None or event.ends >= event.starts


@given(st.text(max_size=200))
def test_no_text_breaks_the_finder(text: str) -> None:
    made = replace(announced("ja", ""), title=text[:50], body=escape(text))
    told = replace(made, details=((text[:6], text),))
    assert isinstance(find_events(told, source("ja"), NOW), tuple)


DAYS = st.dates(date(2026, 11, 12), date(2027, 10, 31))
WRITTEN = {
    "ja": "日時：{0.year}年{0.month}月{0.day}日",
    "ko": "일시: {0.year}. {0.month}. {0.day}.",
    "zh-Hans": "时间：{0.year}年{0.month}月{0.day}日",
    "vi": "Thời gian: {0.day}/{0.month}/{0.year}",
    "id": "Tanggal: {0:%d-%m-%Y}",
    "en": "Date: {0:%d %B %Y}",
}


@given(st.sampled_from(sorted(WRITTEN)), DAYS)
def test_the_day_that_is_written_is_the_day_that_is_read(language: str, day: date) -> None:
    assert only(language, WRITTEN[language].format(day)).starts == day
