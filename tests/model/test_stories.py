"""What follows from a story's places: how it came from country to country, and to whom not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from aggregator.model import Story
from tests.builders import NOW, place, source, story

HOUR = timedelta(hours=1)


def spread(told: Story) -> list[tuple[str, timedelta | None]]:
    return [(report.country, report.after) for report in told.spread]


def test_a_story_knows_its_countries_and_languages() -> None:
    told = story("ja", others=(place("zh-Hant", 2), place("ja", 3), place("ko", 4)))
    assert told.countries == ("jp", "tw", "kr")
    assert told.languages == ("ja", "zh-Hant", "ko")


def test_each_country_is_told_once_by_its_first_report() -> None:
    told = story(
        lead=place("ja", published=NOW - 9 * HOUR),
        others=(
            place("ko", 2, published=NOW - 3 * HOUR),
            place("th", 3, published=NOW - 6 * HOUR),
            place("ko", 4, published=NOW - 7 * HOUR),
        ),
    )
    assert spread(told) == [("jp", timedelta()), ("kr", 2 * HOUR), ("th", 3 * HOUR)]


def test_who_leads_a_story_need_not_have_reported_first() -> None:
    told = story(
        lead=place("ja", published=NOW - HOUR), others=(place("ko", published=NOW - 2 * HOUR),)
    )
    assert spread(told) == [("kr", timedelta()), ("jp", HOUR)]


def test_a_backlog_makes_no_first_report_of_news() -> None:
    told = story(
        lead=place("ja", published=NOW - 90 * HOUR, backlog=True),
        others=(
            place("ko", 2, published=NOW - 5 * HOUR),
            place("ja", 3, published=NOW - 4 * HOUR),
            place("vi", 4, published=NOW - 80 * HOUR, backlog=True),
        ),
    )
    assert spread(told) == [("kr", timedelta()), ("jp", HOUR), ("vn", None)]


def test_a_story_that_is_all_backlog_is_told_by_its_dates() -> None:
    old = story(
        lead=place("ja", published=NOW - 90 * HOUR, backlog=True),
        others=(place("ko", published=NOW - 100 * HOUR, backlog=True),),
        backlog=True,
    )
    assert spread(old) == [("kr", timedelta()), ("jp", 10 * HOUR)]


def test_it_is_known_how_well_a_time_is_known() -> None:
    midnight = datetime(2026, 3, 17, 15, tzinfo=UTC)  # in Tokyo
    assert place("ja").known == "minute"
    assert place("ja", published=midnight).known == "day"
    assert place("th", published=midnight).known == "minute"
    assert place("ja", date_confidence="guess").known == "guess"
    assert place("ja", date_confidence="likely").known == "minute"
    assert place("ja", dated_by="first-seen").known == "seen"
    assert place("ja", dated_by="future", published=midnight).known == "seen"


def test_silent_are_the_countries_that_are_read_and_do_not_tell_it() -> None:
    told = story("ja", others=(place("ko"),))
    read = [source(language) for language in ("ja", "ko", "vi", "th", "en")]
    assert told.silent(read) == ("th", "vn")
    assert told.silent([replace(each, enabled=False) for each in read]) == ()
