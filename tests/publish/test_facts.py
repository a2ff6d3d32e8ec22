"""What a story knows beside its words: how it spread and what takes place, in words and as data."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from lxml import html

from aggregator.model import Place, Story
from aggregator.model.events import Deadline, Event
from aggregator.normalize.events import occasions
from aggregator.publish.facts import appeared, clocks, delay, knowledge, silence, until, when
from tests.builders import NOW, WORDS, edition, entry, place, source, story

Render = Callable[..., dict[str, bytes]]

HOUR = timedelta(hours=1)
AT = datetime(2026, 5, 16, 4, tzinfo=UTC)  # 13:00 in Tokyo
SOURCES = [source(language) for language in WORDS]


def event(told: Place, **changes: Any) -> Event:
    made = Event(
        article_id=told.article.id,
        number=1,
        title=told.article.title,
        starts=AT,
        ends=AT + 2 * HOUR,
        zone="Asia/Tokyo",
    )
    return replace(made, **changes)


def later(other: Place, first: Place | None = None) -> str:
    told = story(lead=first or place("ja", published=NOW - 200 * HOUR), others=(other,))
    return delay(told.spread[1], told.spread[0])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"published": NOW - 200 * HOUR + HOUR / 2}, "within an hour"),
        ({"published": NOW - 199 * HOUR}, "1 hour later"),
        ({"published": NOW - 153 * HOUR}, "47 hours later"),
        ({"published": NOW - 100 * HOUR}, "4 days later"),
        ({"published": NOW, "dated_by": "first-seen"}, "at most 8 days later"),
        ({"published": NOW, "date_confidence": "guess"}, "about 8 days later"),
        ({"published": NOW - 190 * HOUR, "date_confidence": "guess"}, "about the same day"),
        # Midnight in Seoul: only the day is told, the first time that of the other report.
        ({"published": datetime(2026, 3, 11, 15, tzinfo=UTC)}, "the same day"),
        ({"published": datetime(2026, 3, 12, 15, tzinfo=UTC)}, "1 day later"),
        ({"backlog": True}, ""),
    ],
)
def test_a_delay_says_no_more_than_is_known(changes: dict[str, Any], said: str) -> None:
    assert later(place("ko", **changes)) == said


def test_a_delay_from_what_was_only_seen_is_the_least() -> None:
    first = place("ja", published=NOW - 9 * HOUR, dated_by="first-seen")
    assert later(place("ko", published=NOW - 3 * HOUR), first) == "at least 6 hours later"
    assert later(place("ko", published=NOW, dated_by="future"), first) == ""
    assert appeared(first) == "first seen 20 March 2026"


def test_when_an_article_appeared_is_told_as_well_as_it_is_known() -> None:
    at = datetime(2026, 3, 17, 15, tzinfo=UTC)
    assert appeared(place("ja", published=at)) == "18 March 2026"
    assert appeared(place("ja", published=at + HOUR)) == "18 March 2026, 01:00"
    assert appeared(place("ja", published=at, date_confidence="guess")) == "about 18 March 2026"


def test_silence_is_told_where_others_are_read() -> None:
    both = story("ja", others=(place("ko"),))
    assert silence(story("ja"), SOURCES) == "Told so far in Japan only."
    assert silence(both, SOURCES) == (
        "Not told so far in China, Indonesia, Taiwan, Thailand, Vietnam."
    )
    assert silence(both, SOURCES[:2]) == ""
    assert silence(replace(both, backlog=True), SOURCES) == ""


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        (AT, None, "16 May 2026, 13:00"),
        (AT, AT + 2 * HOUR, "16 May 2026, 13:00–15:00"),
        (AT, AT + 24 * HOUR, "16 May 2026, 13:00 – 17 May 2026, 13:00"),
        (date(2026, 5, 16), None, "16 May 2026"),
        (date(2026, 5, 16), date(2026, 5, 17), "16–17 May 2026"),
        (date(2026, 5, 30), date(2026, 6, 1), "30 May – 1 June 2026"),
        (date(2026, 12, 30), date(2027, 1, 2), "30 December 2026 – 2 January 2027"),
    ],
)
def test_an_event_is_told_on_its_own_clocks(starts: date, ends: date | None, said: str) -> None:
    assert when(event(place("ja"), starts=starts, ends=ends)) == said
    assert clocks("Asia/Ho_Chi_Minh") == "Ho Chi Minh time"
    assert clocks("UTC") == "UTC"
    assert until(AT, "Asia/Tokyo") == "16 May 2026, 13:00"


def disputed() -> Story:
    lead, other = place("ja", 3), place("th", 1)
    papers = Deadline(kind="papers", at=date(2026, 4, 10), certainty="sure", words="")
    later = replace(papers, at=date(2026, 4, 12))
    told = [
        event(lead, place="浜之郷小学校", deadlines=(papers,)),
        event(other, starts=AT + 24 * HOUR, ends=None, deadlines=(later,)),
    ]
    return story(lead=lead, others=(other,), occasions=occasions(told))


def test_as_data_everything_has_its_teller() -> None:
    told = knowledge(disputed(), SOURCES)
    assert told["countries"] == ["jp", "th"]
    assert told["languages"] == ["ja", "th"]
    assert told["silent"] == ["cn", "id", "kr", "tw", "vn"]
    assert [(each["country"], each["after_s"]) for each in told["spread"]] == [
        ("jp", 0),
        ("th", 172_800),
    ]
    (one,) = told["events"]
    assert one["disputed"] is True
    assert [(each["source"], each["starts"]) for each in one["told"]] == [
        ("jp-source", "2026-05-16T04:00:00+00:00"),
        ("th-source", "2026-05-17T04:00:00+00:00"),
    ]
    assert [(each["at"], each["sources"]) for each in one["deadlines"]] == [
        ("2026-04-10", ["jp-source"]),
        ("2026-04-12", ["th-source"]),
    ]


def section(told: Story, rendered: Render, name: str) -> str:
    made = rendered(edition(entry("ja", story=told)))
    page = html.document_fromstring(made[f"stories/{told.id}.html"].decode())
    found = page.xpath(f"//section[@class='{name}']")
    return " ".join(found[0].text_content().split()) if found else ""


def test_a_page_shows_all_times_that_articles_tell(rendered: Render) -> None:
    shown = section(disputed(), rendered, "events")
    assert "the articles tell it differently" in shown
    assert "16 May 2026, 13:00–15:00 Tokyo time (read from the text, not confirmed)" in shown
    assert "17 May 2026, 13:00 Tokyo time (read from the text, not confirmed) · Teachers of TH" in (
        shown
    )
    assert "Where浜之郷小学校" in shown
    assert "10 April 2026 · Teachers of JP" in shown
    assert "12 April 2026 · Teachers of TH" in shown


def test_an_event_that_all_tell_alike_is_told_once(rendered: Render) -> None:
    lead = place("ja")
    told = story(lead=lead, occasions=occasions([event(lead, status="confirmed-by-source")]))
    shown = section(told, rendered, "events")
    assert shown == "Event When16 May 2026, 13:00–15:00 Tokyo time"
    assert section(story("ko"), rendered, "events") == ""


def test_a_page_shows_the_way_from_country_to_country(rendered: Render) -> None:
    told = story(
        lead=place("ja", published=NOW - 9 * HOUR),
        others=(
            place("ko", 2, published=NOW - 6 * HOUR),
            place("vi", 9, backlog=True),
        ),
    )
    shown = section(told, rendered, "spread")
    assert "Japan First report 20 March 2026, 06:00 · Teachers of JP" in shown
    assert "South Korea 20 March 2026, 09:00 · 3 hours later · Teachers of KR" in shown
    assert shown.endswith("From its source’s archive: not counted as a report of news")
    assert section(told, rendered, "places").endswith(
        "Not told so far in China, Indonesia, Taiwan, Thailand."
    )
    assert section(story("ko"), rendered, "spread") == ""


def test_no_archive_has_a_first_report(rendered: Render) -> None:
    lead, other = place("ja", 99, backlog=True), place("ko", 98, backlog=True)
    shown = section(story(lead=lead, others=(other,), backlog=True), rendered, "spread")
    assert "First report" not in shown
    assert "Earliest" in shown
