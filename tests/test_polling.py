"""When and how addresses are asked again."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator import polling
from aggregator.model import Answer, Fetched, NotModified, Poll, Postponed, Request, Role, Unfetched
from tests.builders import NOW

URL = "https://news.example/feed"
NEW = "https://new.example/feed"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

#: What `read_wait` believes at most.
LONGEST_S = 2 * 86400

FRESH = Poll(source_id="s", url=URL)
ANSWERED = replace(FRESH, asked=NOW, whole=NOW)


def asking(**changes: Any) -> Request:
    return replace(Request(source_id="s", url=URL, role="source"), **changes)


def fetched(request: Request | None = None, **changes: Any) -> Fetched:
    got = Fetched(request=request or asking(), final_url=URL, content_type="", body=b"x")
    return replace(got, **changes)


def unmodified(request: Request | None = None, **changes: Any) -> NotModified:
    return replace(NotModified(request=request or asking(etag='"1"')), **changes)


def failed(status: int = 500, *, role: Role = "source", **changes: Any) -> Unfetched:
    request = asking(role=role)
    got = Unfetched(request=request, reason="It failed", error="RefusedError", status=status)
    return replace(got, **changes)


def after_all(answers: Sequence[Answer], apart: timedelta = DAY) -> Poll:
    """Return the state after answers that came so far apart, the last one now."""
    poll: Poll | None = None
    for ago, answer in zip(range(len(answers) - 1, -1, -1), answers, strict=True):
        poll = polling.after(poll, answer, NOW - ago * apart)
    assert poll is not None
    return poll


def due_s(poll: Poll, rhythm: int | None = None) -> float:
    """Return the seconds until the address may be asked."""
    due = polling.due_at(poll, rhythm)
    return 0 if due is None else (due - NOW).total_seconds()


# --- the source's rhythm


@pytest.mark.parametrize(
    ("days_ago", "expected_days"),
    [
        ([], None),
        ([0, 7], None),
        ([7, 0, 7, 7, 0], None),  # two dates, however often they come
        ([0, 7, 14], 7),
        ([14, 0, 7, 0], 7),
        ([0, 1, 2, 3, 60, 61], 1),  # a summer break
        ([*range(10), 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000], 1),  # years ago
    ],
)
def test_the_rhythm_is_the_median_gap_between_the_newest_dates(
    days_ago: list[int], expected_days: int | None
) -> None:
    published = [NOW - ago * DAY for ago in days_ago]
    expected = None if expected_days is None else expected_days * 86400
    assert polling.rhythm_s(published) == expected


# --- the interval


@pytest.mark.parametrize(
    ("told", "rhythm", "expected"),
    [
        ({}, None, 3600),
        ({}, 0, 3600),
        ({}, 4 * 3600, 2 * 3600),
        ({}, 30 * 86400, 12 * 3600),
        ({"max_age_s": 7200}, 20 * 3600, 7200),
        ({"max_age_s": 7200, "refresh_s": 10800}, None, 10800),
        ({"max_age_s": 10800, "refresh_s": 7200}, None, 10800),
        ({"max_age_s": 300}, None, 3600),
        ({"max_age_s": 300}, 20 * 3600, 10 * 3600),
        ({"max_age_s": 31536000}, None, 12 * 3600),
    ],
)
def test_the_interval_follows_server_and_document_then_the_rhythm(
    told: dict[str, Any], rhythm: int | None, expected: int
) -> None:
    assert polling.interval_s(replace(ANSWERED, **told), rhythm) == expected


seconds = st.none() | st.integers(-(10**18), 10**18)


@given(max_age=seconds, refresh=seconds, rhythm=st.none() | st.integers(0, 10**12))
def test_the_interval_is_between_an_hour_and_twelve(
    max_age: int | None, refresh: int | None, rhythm: int | None
) -> None:
    poll = replace(ANSWERED, max_age_s=max_age, refresh_s=refresh)
    assert 3600 <= polling.interval_s(poll, rhythm) <= 12 * 3600


@given(late_s=st.integers(0, 6 * 3600), rhythm=st.none() | st.integers(0, 10**9), age=seconds)
def test_a_daily_run_always_finds_an_address_due(
    late_s: int, rhythm: int | None, age: int | None
) -> None:
    asked = polling.after(None, fetched(max_age_s=age), NOW + timedelta(seconds=late_s))
    assert polling.is_due(asked, rhythm, NOW + DAY, early=False)


def test_a_daily_run_finds_an_address_due_however_long_it_failed() -> None:
    poll = after_all([failed()] * 40)
    assert polling.is_due(poll, None, NOW + DAY - timedelta(minutes=59), early=False)


@given(age=seconds, refresh=seconds)
def test_no_stored_number_of_seconds_is_too_large_for_a_database(
    age: int | None, refresh: int | None
) -> None:
    poll = polling.refreshed(polling.after(None, fetched(max_age_s=age), NOW), refresh)
    kept = [poll.max_age_s or 0, poll.refresh_s or 0]
    assert all(0 <= each < 2**31 for each in kept)
    assert (poll.max_age_s is None, poll.refresh_s is None) == (age is None, refresh is None)


# --- being due


def test_what_was_never_asked_is_due_at_once() -> None:
    assert polling.is_due(None, None, NOW, early=False)
    assert polling.is_due(FRESH, 10**6, NOW, early=False)
    assert polling.due_at(FRESH, 10**6) is None


def test_an_answered_address_is_due_after_its_interval_to_the_second() -> None:
    due = NOW + HOUR
    assert polling.due_at(ANSWERED, None) == due
    assert not polling.is_due(ANSWERED, None, due - timedelta(seconds=1), early=False)
    assert polling.is_due(ANSWERED, None, due, early=False)


def test_a_failed_address_waits_for_its_back_off_and_not_for_its_interval() -> None:
    poll = replace(ANSWERED, failures=2, max_age_s=10 * 3600, not_before=NOW + HOUR)
    assert polling.due_at(poll, None) == NOW + HOUR
    assert polling.due_at(replace(poll, not_before=None), None) is None


def test_a_person_may_ask_at_any_time_and_what_was_given_up_too() -> None:
    waiting = replace(ANSWERED, failures=3, not_before=NOW + DAY)
    for poll in (ANSWERED, waiting, replace(waiting, stopped="It is gone")):
        assert polling.is_due(poll, None, NOW, early=True)
        assert not polling.is_due(poll, None, NOW, early=False)


def test_what_was_given_up_is_never_due() -> None:
    poll = replace(ANSWERED, stopped="It is gone")
    assert not polling.is_due(poll, None, NOW + 1000 * DAY, early=False)


# --- without conditions, and where


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"whole": None}, True),
        ({}, False),
        ({"whole": NOW - 7 * DAY}, True),
        ({"whole": NOW - 7 * DAY + timedelta(seconds=1)}, False),
        ({"conditional": 49}, False),
        ({"conditional": 50}, True),
    ],
)
def test_now_and_then_an_address_is_asked_whole(changes: dict[str, Any], expected: bool) -> None:
    assert polling.is_whole(replace(ANSWERED, **changes), NOW) is expected


def test_an_address_that_was_never_asked_is_asked_whole() -> None:
    assert polling.is_whole(None, NOW)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, NEW),
        ({"moved_to": ""}, URL),
        ({"failures": 1}, URL),
        ({"whole": NOW - 7 * DAY}, URL),
        ({"conditional": 50}, URL),
    ],
)
def test_a_moved_address_is_asked_where_it_is_but_when_that_must_be_checked(
    changes: dict[str, Any], expected: str
) -> None:
    moved = replace(replace(ANSWERED, moved_to=NEW), **changes)
    assert polling.address(moved, URL, NOW) == expected


def test_an_unknown_address_is_asked_itself() -> None:
    assert polling.address(None, URL, NOW) == URL


# --- what an answer leaves behind


def test_an_answer_ends_all_trouble() -> None:
    troubled = replace(
        ANSWERED, failures=7, gone=2, not_before=NOW + DAY, stopped="It is gone", max_age_s=9000
    )
    for answer in (fetched(max_age_s=7200), unmodified(max_age_s=7200)):
        poll = polling.after(troubled, answer, NOW)
        assert (poll.failures, poll.gone, poll.not_before, poll.stopped) == (0, 0, None, "")
        assert (poll.asked, poll.max_age_s) == (NOW, 7200)


def test_a_whole_answer_says_again_how_long_it_is_fresh_and_a_304_may_leave_it_out() -> None:
    poll = replace(ANSWERED, max_age_s=9000)
    assert polling.after(poll, fetched(), NOW).max_age_s is None
    assert polling.after(poll, unmodified(), NOW).max_age_s == 9000
    assert polling.after(poll, unmodified(max_age_s=0), NOW).max_age_s == 0


def test_requests_are_counted_until_one_has_no_conditions() -> None:
    conditional = asking(last_modified="Thu, 19 Mar 2026 00:00:00 GMT")
    poll = after_all([fetched(), unmodified(), fetched(conditional), failed(), unmodified()])
    assert (poll.whole, poll.conditional) == (NOW - 4 * DAY, 3)
    poll = polling.after(poll, fetched(), NOW)
    assert (poll.whole, poll.conditional) == (NOW, 0)


@pytest.mark.parametrize(
    ("at", "told", "expected"),
    [
        ("", NEW, NEW),
        ("", None, ""),  # it was asked itself and answered: the redirect was taken back
        (URL, None, ""),
        (URL, NEW, NEW),
        ("https://moved.example/", None, "https://moved.example/"),
        ("https://moved.example/", NEW, NEW),
        ("https://moved.example/", URL, ""),  # it moved back
        (URL + "?since=3", NEW + "?since=3", ""),
    ],
)
def test_where_an_address_moved_to_is_learned_and_unlearned(
    at: str, told: str | None, expected: str
) -> None:
    poll = replace(ANSWERED, moved_to="https://moved.example/")
    for answer in (
        fetched(asking(at=at), moved_to=told),
        unmodified(asking(at=at), moved_to=told),
    ):
        assert polling.after(poll, answer, NOW).moved_to == expected


def test_a_failure_forgets_where_the_address_moved_to() -> None:
    assert polling.after(replace(ANSWERED, moved_to=NEW), failed(), NOW).moved_to == ""


def test_a_redirect_is_looked_at_again_even_where_no_request_ever_has_conditions() -> None:
    poll, asked_at = None, []
    for hour in range(8 * 24):
        now = NOW + hour * HOUR
        at = polling.address(poll, URL, now)
        poll = polling.after(poll, fetched(asking(at=at), moved_to=NEW if at == URL else None), now)
        asked_at.append(at)
    assert [hour for hour, at in enumerate(asked_at) if at == URL] == [0, 51, 102, 153]


def test_an_address_that_was_not_asked_stays_as_it_is() -> None:
    postponed = Postponed(request=asking(), reason="Its host wants rest")
    poll = replace(ANSWERED, failures=3, moved_to=NEW)
    assert polling.after(poll, postponed, NOW) == poll
    assert polling.after(None, postponed, NOW) == FRESH


def test_how_seldom_the_document_wants_to_be_fetched_is_kept_and_forgotten() -> None:
    assert polling.refreshed(ANSWERED, 7200) == replace(ANSWERED, refresh_s=7200)
    assert polling.refreshed(replace(ANSWERED, refresh_s=7200), None) == ANSWERED


# --- failures


def test_the_first_failure_is_tried_again_in_the_next_run() -> None:
    assert due_s(polling.after(ANSWERED, failed(), NOW)) == 0


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(2, 10), (3, 20), (4, 40), (5, 80), (6, 160), (7, 320), (8, 640)],
)
def test_each_further_failure_doubles_the_wait(failures: int, minutes: int) -> None:
    wait_s = due_s(after_all([failed()] * failures))
    assert minutes * 60 * 0.8 <= wait_s <= minutes * 60 * 1.2


@given(st.text(), st.text())
def test_waits_grow_up_to_their_longest_and_stay_there(source_id: str, url: str) -> None:
    poll = Poll(source_id=source_id, url=url)
    answer = failed()
    waits = []
    for failures in [*range(14), 10**6]:
        told = polling.after(replace(poll, failures=failures), answer, NOW)
        waits.append(due_s(told))
    assert waits == sorted(waits)
    assert waits[9:] == [23 * 3600] * 6


def test_what_failed_together_is_not_asked_together_and_chance_plays_no_part() -> None:
    answer = failed()
    polls = [replace(FRESH, url=f"{URL}/{number}", failures=3) for number in range(50)]
    waits = [due_s(polling.after(poll, answer, NOW)) for poll in polls]
    again = [due_s(polling.after(poll, answer, NOW)) for poll in polls]
    assert waits == again
    assert len(set(waits)) == 50
    assert min(waits) < 0.85 * 2400
    assert max(waits) > 1.15 * 2400


def test_what_robots_txt_forbids_is_asked_again_after_a_day() -> None:
    answer = failed(0, error="DisallowedError")
    assert due_s(polling.after(ANSWERED, answer, NOW)) == 86400
    assert due_s(after_all([answer] * 20, 2 * DAY)) == 86400


# --- gone


def test_a_source_that_says_twice_that_it_is_gone_is_given_up_with_the_day() -> None:
    first = polling.after(ANSWERED, failed(410), NOW)
    second = polling.after(first, failed(410), NOW + HOUR)
    assert first.stopped == ""
    assert second.stopped == ("The server said twice that it is gone, the last time on 2026-03-20")


def test_the_second_look_at_a_source_that_is_gone_comes_late_enough_to_count() -> None:
    first = polling.after(ANSWERED, failed(410), NOW)
    due = polling.due_at(first, None)
    assert due == NOW + HOUR
    assert polling.after(first, failed(410), due).stopped


def test_a_person_who_looks_again_and_again_within_the_hour_does_not_end_a_source() -> None:
    assert after_all([failed(410)] * 4, timedelta(minutes=59)).stopped == ""


@pytest.mark.parametrize("between", [fetched(), failed(500), failed(404)])
def test_only_answers_in_a_row_end_a_source(between: Answer) -> None:
    assert after_all([failed(410), between, failed(410)]).stopped == ""


def test_nothing_else_ends_a_source() -> None:
    assert after_all([failed(404)] * 30 + [failed(0)] * 30).stopped == ""


@pytest.mark.parametrize("role", ["page", "attachment"])
@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ([404], ""),
        ([404, 404], "not found"),
        ([410, 410], "gone"),
        ([410, 404], "not found"),
        ([404, 500, 404], ""),
        ([500] * 4, ""),
        ([500] * 5, "5 times in a row"),
        ([404, 500, 0, 0, 403], "5 times in a row"),
    ],
)
def test_an_articles_page_or_file_is_given_up_sooner(
    role: Role, statuses: list[int], said: str
) -> None:
    stopped = after_all([failed(status, role=role) for status in statuses], HOUR / 60).stopped
    assert bool(stopped) is bool(said)
    assert said in stopped


def test_the_reason_and_the_day_stay_those_of_the_end() -> None:
    ended = after_all([failed(410), failed(410)])
    later = polling.after(ended, failed(500), NOW + 30 * DAY)
    assert later.stopped == ended.stopped
    assert polling.after(later, fetched(), NOW + 31 * DAY).stopped == ""


# --- what servers ask for


def http_date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


@pytest.mark.parametrize("header", ["7200", http_date(NOW + 2 * HOUR)])
@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_nobody_is_asked_before_they_want_to_be(status: int, header: str) -> None:
    poll = polling.after(ANSWERED, failed(status, retry_after=header), NOW)
    assert polling.due_at(poll, None) == NOW + 2 * HOUR


def test_the_later_of_back_off_and_retry_after_counts() -> None:
    poll = polling.after(replace(ANSWERED, failures=9), failed(503, retry_after="60"), NOW)
    assert due_s(poll) == 23 * 3600


def test_a_wait_outlives_a_person_who_asked_before_it_was_over() -> None:
    poll = polling.after(ANSWERED, failed(503, retry_after="86400"), NOW)
    poll = polling.after(poll, failed(500), NOW + HOUR)
    assert polling.due_at(poll, None) == NOW + DAY


@pytest.mark.parametrize(
    ("status", "header", "expected"),
    [
        (429, "7200", NOW + 2 * HOUR),
        (503, "7200", NOW + 2 * HOUR),
        (429, "", NOW + timedelta(minutes=10)),
        (429, "soon", NOW + timedelta(minutes=10)),
        (503, "", None),
        (503, "soon", None),
        (500, "7200", None),
        (404, "7200", None),
        (0, "", None),
    ],
)
def test_a_host_is_left_alone_as_long_as_it_wants(
    status: int, header: str, expected: datetime | None
) -> None:
    assert polling.host_wait(failed(status, retry_after=header), NOW) == expected


def test_too_many_requests_without_a_time_puts_the_address_off_as_long_as_its_host() -> None:
    assert due_s(polling.after(ANSWERED, failed(429), NOW)) == 600


# --- any answer, any order

moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants bounds without a zone
addresses = st.sampled_from(["", URL, NEW, URL + "?page=2"])
headers = st.one_of(
    st.just(""),
    st.text(max_size=20),
    st.integers(-(10**12), 10**25).map(str),
    moments.map(http_date),
)
requests = st.builds(
    Request,
    source_id=st.just("s"),
    url=st.just(URL),
    role=st.sampled_from(["source", "list", "page", "attachment"]),
    at=addresses,
    etag=st.none() | st.just('"1"'),
    last_modified=st.none() | st.just("then"),
)
facts: dict[str, st.SearchStrategy[Any]] = {
    "request": requests,
    "max_age_s": seconds,
    "moved_to": st.none() | addresses,
}
answers = st.one_of(
    st.builds(
        Fetched, final_url=st.just(URL), content_type=st.just(""), body=st.just(b"x"), **facts
    ),
    st.builds(NotModified, **facts),
    st.builds(
        Unfetched,
        request=requests,
        reason=st.just("It failed"),
        error=st.sampled_from(["RefusedError", "DisallowedError", "TimedOutError", ""]),
        status=st.sampled_from([0, 200, 304, 403, 404, 410, 429, 500, 503]),
        retry_after=headers,
    ),
    st.builds(Postponed, request=requests, reason=st.just("Its host wants rest")),
)


@given(st.lists(st.tuples(moments, answers), min_size=1, max_size=12), moments)
def test_any_answer_leads_to_a_state_that_answers_all_questions(
    told: list[tuple[datetime, Answer]], now: datetime
) -> None:
    poll: Poll | None = None
    for moment, answer in told:  # in no order: clocks are set back
        poll = polling.after(poll, answer, moment)
    assert poll is not None
    assert (poll.source_id, poll.url) == ("s", URL)
    assert polling.address(poll, URL, now) in {URL, NEW, URL + "?page=2"}
    assert polling.is_due(poll, None, now, early=True)
    due = polling.due_at(poll, None)
    wrong_clock = poll.asked is not None and poll.asked > now
    late_enough = due is None or due <= now or wrong_clock
    assert polling.is_due(poll, None, now, early=False) is (late_enough and not poll.stopped)


@given(st.integers(0, 10**6), st.integers(0, LONGEST_S), answers)
def test_no_address_is_due_before_the_moment_its_server_named(
    failures: int, wait_s: int, before: Answer
) -> None:
    poll = replace(polling.after(None, before, NOW), failures=failures)
    told = polling.after(poll, failed(503, retry_after=str(wait_s)), NOW)
    assert due_s(told) >= wait_s


@dataclass
class Site:
    """A site that now and then fails, and notes who comes before it wants them to."""

    chance: random.Random
    not_before: datetime = NOW
    last_asked: datetime | None = None
    fresh_s: int = 0
    too_early: list[str] = field(default_factory=list)
    whole: list[datetime] = field(default_factory=list)

    def answer(self, request: Request, now: datetime, *, early: bool) -> Answer:
        if not early:
            self._check(now)
        self.last_asked = now
        status = self.chance.choice([200, 200, 304, 404, 410, 429, 500, 503])
        if status in {200, 304}:
            return self._succeed(request, status, now)
        self.fresh_s = 0
        return self._fail(request, status, now)

    def _check(self, now: datetime) -> None:
        if now < self.not_before:
            self.too_early.append(f"{now} before {self.not_before}")
        if self.last_asked and (now - self.last_asked).total_seconds() < self.fresh_s:
            self.too_early.append(f"{now} only so long after {self.last_asked}")

    def _succeed(self, request: Request, status: int, now: datetime) -> Answer:
        self.not_before, self.fresh_s = now, 3600
        if not request.etag:
            self.whole.append(now)
            return fetched(request, etag='"1"')
        return unmodified(request) if status == 304 else fetched(request, etag='"2"')

    def _fail(self, request: Request, status: int, now: datetime) -> Answer:
        wait = timedelta(seconds=self.chance.randrange(LONGEST_S))
        header = self.chance.choice(["", str(wait.seconds), http_date(now + wait)])
        if header:
            asked = timedelta(seconds=wait.seconds) if header.isdigit() else wait
            self.not_before = max(self.not_before, now + asked)
        return replace(failed(status, retry_after=header), request=request)


def visit(site: Site, poll: Poll | None, now: datetime, *, early: bool) -> Poll | None:
    """Ask the site as the flow does, if it is time."""
    if not polling.is_due(poll, None, now, early=early):
        return poll
    etag = None if polling.is_whole(poll, now) else '"1"'
    request = asking(etag=etag, at=polling.address(poll, URL, now))
    return polling.after(poll, site.answer(request, now, early=early), now)


@given(st.randoms(), st.lists(st.tuples(st.integers(1, 10**5), st.integers(0, 9))))
def test_a_site_is_never_asked_too_early_over_any_sequence_of_answers(
    chance: random.Random, runs: list[tuple[int, int]]
) -> None:
    site, poll, now = Site(chance), None, NOW
    for pause_s, whim in runs:
        now = (now + timedelta(seconds=pause_s)).replace(microsecond=0)
        poll = visit(site, poll, now, early=whim == 0)
    assert site.too_early == []


def test_a_site_that_never_changes_gets_one_whole_request_in_fifty() -> None:
    class Unchanging(random.Random):
        def choice(self, seq: Any) -> Any:
            return 304

    site, poll = Site(Unchanging()), None
    for hour in range(200):
        poll = visit(site, poll, NOW + hour * HOUR, early=False)
    assert [(moment - NOW) // HOUR for moment in site.whole] == [0, 51, 102, 153]


def test_what_a_wrong_clock_asked_in_the_future_is_asked_again() -> None:
    poll = Poll(source_id="s", url="u", asked=NOW + timedelta(days=400))
    assert polling.is_due(poll, None, NOW, early=False)
