"""Whom a run asks, and whom it leaves alone: politeness is kept in the store, over restarts."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from aggregator.flow.fetching import due
from aggregator.flow.report import exit_code
from aggregator.model import Fetched, Outputs, PageSelect, Request, Select, Unfetched
from aggregator.store.schema import articles, documents
from tests import builders
from tests.flow.world import NOW, World, rss

URL = builders.source("ja").url
YESTERDAY = NOW - timedelta(days=1)
LESSON = ("公開研究会を開く", "子どもの学びを語り合った。", YESTERDAY)
REQUEST = Request(source_id="", url="", role="source")
HOUR = timedelta(hours=1)


def refused(status: int, retry_after: str = "") -> Unfetched:
    return Unfetched(
        request=REQUEST,
        reason=f"{status}",
        error="RefusedError",
        status=status,
        retry_after=retry_after,
    )


def outcome(world: World) -> str:
    (source,) = world.run().sources
    return source.outcome


def test_a_host_that_asks_for_rest_gets_it_whoever_asks(world: World) -> None:
    world.web.answers[URL] = refused(503, "7000")
    assert outcome(world) == "failed"
    world.web.answers.clear()
    world.web.pages[URL] = rss(LESSON)
    world.early = True
    assert outcome(world) == "waiting"
    world.early = False
    assert len(world.web.asked) == 1
    assert outcome(world) == "fetched"


def test_the_report_says_why_a_source_was_not_asked(world: World) -> None:
    world.web.answers[URL] = refused(429, "7000")
    world.run()
    report = world.run()
    (source,) = report.sources
    assert source.reason.startswith("Its server asked to be left alone until 2026-")
    assert report.failures == ()


def test_what_calls_itself_fresh_is_asked_later_unless_a_person_asks(world: World) -> None:
    fresh = Fetched(
        request=REQUEST,
        final_url=URL,
        content_type="application/rss+xml",
        body=rss(LESSON),
        max_age_s=3 * 3600,
    )
    world.web.answers[URL] = fresh
    assert [outcome(world) for _ in range(4)] == ["fetched", "waiting", "waiting", "fetched"]
    world.early = True
    assert outcome(world) == "fetched"


def test_a_source_that_is_gone_twice_is_stopped_and_a_person_can_look_again(world: World) -> None:
    world.web.answers[URL] = refused(410)
    assert [outcome(world) for _ in range(2)] == ["failed", "failed"]
    world.now += timedelta(days=30)
    (source,) = world.run().sources
    assert source.outcome == "waiting"
    assert "gone" in source.reason
    world.web.answers.clear()
    world.web.pages[URL] = rss(LESSON)
    world.early = True
    assert outcome(world) == "fetched"
    world.early = False
    assert outcome(world) == "unchanged"


def test_every_week_a_source_is_asked_without_conditions(world: World) -> None:
    world.web.pages[URL] = rss(LESSON)
    for _ in range(3):
        world.run()
    world.now += timedelta(days=7)
    world.run()
    world.run()
    conditional = [request.etag is not None for request in world.web.requests]
    assert conditional == [False, True, True, False, True]


def test_a_permanent_redirect_is_followed_at_once_and_looked_at_again(world: World) -> None:
    new = "https://new.example.org/feed"
    world.web.answers[URL] = Fetched(
        request=REQUEST, final_url=new, content_type="", body=rss(LESSON), moved_to=new
    )
    world.run()
    del world.web.answers[URL]
    world.web.pages[new] = rss(LESSON)
    world.run()
    assert world.web.asked == [URL, new]
    world.web.pages[URL] = rss(LESSON)
    world.now += timedelta(days=7)
    world.run()
    world.run()
    assert world.web.asked[2:] == [URL, URL]


def test_after_failures_the_pauses_grow(world: World) -> None:
    world.run()
    gaps = []
    for _ in range(6):
        begun = world.now
        while outcome(world) == "waiting":
            pass
        gaps.append(world.now - begun)
    assert gaps == sorted(gaps)
    assert gaps[0] == HOUR
    assert gaps[-1] > 2 * HOUR


def test_a_page_that_is_not_there_is_not_asked_for_ever(world: World) -> None:
    world.sources[0] = replace(
        world.sources[0], format="html-list", select=Select(item="li"), page=PageSelect()
    )
    world.web.types[URL] = "text/html"
    world.web.pages[URL] = "<ul><li><a href='/gone'>公開研究会の記録です</a></ul>".encode()
    for _ in range(6):
        world.run()
    assert world.web.asked.count("https://jp.example.org/gone") == 2


def listing(first: int, last: int, following: str = "") -> bytes:
    rows = "".join(
        f"<li><a href='/{n}'>第{n}回の公開研究会</a></li>" for n in range(first, last, -1)
    )
    more = f"<a rel=next href='{following}'>次へ</a>" if following else ""
    return f"<meta charset=utf-8><ul>{rows}</ul>{more}".encode()


def list_world(world: World) -> World:
    pages = {URL: (30, 20, "/2"), "https://jp.example.org/2": (20, 10, "/3")}
    pages |= {"https://jp.example.org/3": (10, 0, "")}
    world.web.pages = {url: listing(*rows) for url, rows in pages.items()}
    world.web.types = dict.fromkeys(pages, "text/html")
    select = Select(item="li", next="a[rel=next]")
    world.sources[0] = replace(world.sources[0], format="html-list", select=select)
    return world


def test_a_new_list_is_read_to_its_end_and_later_only_as_far_as_it_is_new(world: World) -> None:
    list_world(world).run()
    assert [url.rpartition("/")[2] for url in world.web.asked] == ["feed", "2", "3"]
    world.web.asked.clear()
    world.web.pages[URL] = listing(32, 22, "/2")
    world.run()
    assert world.web.asked == [URL]
    world.web.pages[URL] = listing(52, 42, "/2")
    world.web.pages["https://jp.example.org/2"] = listing(42, 31, "/3")
    world.run()
    assert world.web.asked[1:] == [URL, "https://jp.example.org/2"]


def test_a_list_is_followed_as_far_as_its_entry_allows(world: World) -> None:
    list_world(world)
    world.sources[0] = replace(world.sources[0], pages=1)
    world.run()
    assert [url.rpartition("/")[2] for url in world.web.asked] == ["feed", "2"]


@pytest.mark.slow
def test_a_run_reads_a_hundred_pages_of_a_source_and_the_next_goes_on(world: World) -> None:
    world.pipelines = [replace(world.pipelines[0], outputs=Outputs())]
    world.sources[0] = replace(
        world.sources[0], format="html-list", select=Select(item="li"), page=PageSelect(title="h1")
    )
    world.web.types[URL] = "text/html"
    world.web.pages[URL] = listing(130, 0)
    for n in range(1, 131):
        address = f"https://jp.example.org/{n}"
        world.web.pages[address] = "<h1>公開研究会の記録</h1>".encode()
        world.web.types[address] = "text/html"
    world.run()
    assert world.web.asked[1:] == [f"https://jp.example.org/{n}" for n in range(130, 30, -1)]
    world.web.asked.clear()
    world.run()
    assert len(world.web.asked) == 31


@pytest.mark.slow
def test_a_run_takes_in_two_thousand_items_of_a_source_and_the_next_goes_on(world: World) -> None:
    world.pipelines = [replace(world.pipelines[0], outputs=Outputs())]
    world.web.pages[URL] = rss(
        *((f"第{n}回の公開研究会", "学びを語り合った。", None) for n in range(2_100))
    )
    counts = []
    for _ in range(3):
        world.run()
        with world.database.read() as db:
            rows = select(func.count(), func.count().filter(articles.c.backlog.is_(False)))
            counts.append(tuple(db.execute(rows).one()))
    assert counts == [(2_000, 20), (2_100, 20), (2_100, 20)]


def test_the_same_bytes_from_a_server_without_validators_change_no_row(world: World) -> None:
    world.web.answers[URL] = Fetched(
        request=REQUEST, final_url=URL, content_type="application/rss+xml", body=rss(LESSON)
    )
    world.run()
    with world.database.read() as db:
        before = db.execute(select(documents)).all()
    assert outcome(world) == "fetched"
    with world.database.read() as db:
        assert db.execute(select(documents)).all() == before


def backlog(world: World) -> dict[str, bool]:
    with world.database.read() as db:
        return dict(db.execute(select(articles.c.title, articles.c.backlog)).all())


def test_a_further_page_that_is_not_there_does_not_make_news_backlog(world: World) -> None:
    list_world(world)
    del world.web.pages["https://jp.example.org/2"]
    world.run()
    world.web.pages[URL] = listing(31, 21)
    world.run()
    world.web.pages[URL] = listing(32, 22)
    world.run()
    assert backlog(world)["第32回の公開研究会"] is False


def test_another_address_is_another_list_and_brings_no_flood(world: World) -> None:
    list_world(world).run()
    other = "https://jp.example.org/other"
    world.web.pages = {other: listing(80, 40)}
    world.web.types[other] = "text/html"
    world.sources[0] = replace(world.sources[0], url=other)
    world.run()
    news = [title for title, old in backlog(world).items() if not old]
    assert len(news) == 20
    with world.database.read() as db:
        assert set(db.scalars(select(documents.c.url))) == {other}


def test_an_id_longer_than_an_index_holds_is_kept_in_short(world: World) -> None:
    long = "学" * 9_000
    feed = rss(LESSON).decode()
    guid = feed.partition("<guid>")[2].partition("</guid>")[0]
    world.web.pages[URL] = feed.replace(f"<guid>{guid}", f"<guid>{long}").encode()
    report = world.run()
    assert (report.failures, report.sources[0].new) == ((), 1)
    world.web.pages[URL] += b" "
    assert world.run().sources[0].new == 0


def test_a_decision_is_published_while_healthy_sources_are_not_due(world: World) -> None:
    other = replace(world.sources[0], id="jp-other", url="https://jp.example.org/other")
    world.sources.append(other)
    world.web.answers[URL] = Fetched(
        request=REQUEST,
        final_url=URL,
        content_type="application/rss+xml",
        body=rss(LESSON),
        max_age_s=12 * 3600,
    )
    world.run()
    report = world.run()
    assert {each.outcome for each in report.sources} == {"waiting", "failed"}
    assert report.files_unchanged > 0
    assert exit_code(report, strict=False) == 0


def test_the_plan_of_a_run_leaves_out_what_is_not_due(world: World) -> None:
    world.web.pages[URL] = rss(LESSON)
    assert due(world.planned()) == [world.sources[0].id]
    world.run()
    world.now -= timedelta(minutes=30)
    assert due(world.planned()) == []
