"""Events that several articles tell of are one, and nothing they say of it is lost."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from aggregator.model.events import Deadline, Event
from aggregator.normalize.events import occasions

#: 13:00 in Tokyo and Seoul.
AT = datetime(2026, 5, 16, 4, tzinfo=UTC)
END = AT + timedelta(hours=3)
DAY = date(2026, 5, 16)


def event(article: str = "a", **changes: Any) -> Event:
    whole = not isinstance(changes.get("starts", AT), datetime)
    made = Event(
        article_id=article,
        number=1,
        title=f"Title of {article}",
        starts=AT,
        ends=None,
        zone="" if whole else "Asia/Tokyo",
    )
    return replace(made, **changes)


def deadline(at: date, kind: Any = "papers") -> Deadline:
    return Deadline(kind=kind, at=at, certainty="sure", words="")


def test_the_same_beginning_is_one_event_with_the_best_details_of_each() -> None:
    long = event("a", ends=END, place="")
    sure = event("b", place="Hall 1", status="confirmed-by-source", zone="Asia/Seoul")
    online = event("c", online="https://x.example/", is_online=True)
    (one,) = occasions([long, sure, online])
    assert one.told == (long, sure, online)
    assert not one.is_disputed
    best = one.best
    assert (best.starts, best.ends, best.place) == (AT, END, "Hall 1")
    assert (best.online, best.is_online) == ("https://x.example/", True)


def test_a_day_and_an_hour_on_it_are_one_event_at_that_hour() -> None:
    (one,) = occasions([event("a", starts=DAY, status="confirmed-by-source"), event("b")])
    assert (one.best.starts, one.best.article_id, one.is_disputed) == (AT, "b", False)


def test_the_day_is_that_of_the_clocks_it_is_held_by() -> None:
    early = datetime(2026, 5, 15, 23, tzinfo=UTC)  # the 16th in Tokyo
    (one,) = occasions([event("a", starts=early), event("b", starts=DAY)])
    assert not one.is_disputed


def test_other_hours_of_one_day_are_one_event_and_all_are_told() -> None:
    one_o_clock, two_o_clock = event("a"), event("b", starts=AT + timedelta(hours=1))
    (one,) = occasions([one_o_clock, two_o_clock, event("c")])
    assert one.is_disputed
    assert [[each.article_id for each in some] for some in one.versions] == [["a", "c"], ["b"]]


def test_other_days_of_the_one_event_that_each_tells_are_told_side_by_side() -> None:
    (one,) = occasions([event("a"), event("b", starts=AT + timedelta(days=30), status="moved")])
    assert one.is_disputed
    assert [some[0].status for some in one.versions] == ["found", "moved"]


def test_days_that_none_tells_whole_are_no_agreement() -> None:
    """One knows the hour, the other that there is a second day: either alone would lose that."""
    (one,) = occasions([event("a"), event("b", starts=DAY, ends=date(2026, 5, 17))])
    assert one.is_disputed


def test_cancelled_for_one_and_on_for_another_is_no_agreement() -> None:
    (one,) = occasions([event("a"), event("b", status="cancelled")])
    assert one.is_disputed
    assert len(one.versions) == 2


def test_sessions_of_one_article_stay_apart_and_find_theirs_in_another() -> None:
    morning, noon = event("a", ends=END), event("a", number=2, starts=AT + timedelta(hours=4))
    (first, second) = occasions([noon, morning, event("b", starts=noon.starts), event("c")])
    assert [each.article_id for each in first.told] == ["a", "c"]
    assert [each.article_id for each in second.told] == ["a", "b"]


def test_what_overlaps_is_one_before_what_is_on_the_same_day() -> None:
    morning = event("a", ends=END)
    evening = event("a", number=2, starts=AT + timedelta(hours=6), ends=END + timedelta(hours=6))
    late = event("b", starts=evening.starts + timedelta(hours=1), ends=evening.ends)
    (first, second) = occasions([morning, evening, late])
    assert (first.told, second.told) == ((morning,), (evening, late))


def test_a_day_among_those_of_a_series_is_the_one_that_it_falls_on() -> None:
    days = [event("a", number=n, starts=DAY + timedelta(days=n)) for n in range(3)]
    found = occasions([*days, event("b", starts=DAY + timedelta(days=1))])
    assert [len(each.told) for each in found] == [1, 2, 1]


def test_an_event_like_none_of_several_is_one_of_its_own() -> None:
    days = [event("a", number=n, starts=DAY + timedelta(days=n)) for n in range(2)]
    other = event("b", starts=DAY - timedelta(days=9))
    assert [each.best for each in occasions([*days, other])] == [other, *days]


def test_each_deadline_is_told_once_with_its_tellers() -> None:
    day, next_day = deadline(date(2026, 4, 10)), deadline(date(2026, 4, 12))
    hour = deadline(datetime(2026, 4, 10, 8, tzinfo=UTC))
    other = deadline(date(2026, 4, 10), "registration")
    (one,) = occasions(
        [
            event("a", deadlines=(day, other)),
            event("b", deadlines=(hour,)),
            event("c", deadlines=(next_day,)),
        ]
    )
    assert set(one.best.deadlines) == {hour, next_day, other}
    assert one.tellers(hour) == ("a", "b")
    assert one.tellers(next_day) == ("c",)
    assert one.tellers(other) == ("a",)


def test_nothing_told_is_nothing() -> None:
    assert occasions([]) == ()


SOME = st.lists(
    st.builds(
        lambda article, hours, length, whole: event(
            "abcd"[article],
            starts=DAY + timedelta(days=hours // 24) if whole else AT + timedelta(hours=hours),
            ends=None if whole or not length else AT + timedelta(hours=hours + length),
        ),
        st.integers(0, 3),
        st.integers(-30, 60),
        st.integers(0, 30),
        st.booleans(),
    ),
    max_size=8,
)


@given(SOME)
def test_no_event_is_lost_and_none_of_one_article_are_joined(some: list[Event]) -> None:
    told = [replace(each, number=number) for number, each in enumerate(some)]
    told.sort(key=lambda each: each.article_id)
    found = occasions(told)
    kept = [each for one in found for each in one.told]
    assert sorted(kept, key=lambda each: each.number) == sorted(told, key=lambda e: e.number)
    for one in found:
        ids = [each.article_id for each in one.told]
        assert len(ids) == len(set(ids))
        assert one.best.article_id in ids
        assert one.is_disputed or all(one.best.days[0] == each.days[0] for each in one.told)
