"""What a run makes of a world that changed: addresses, engines, pages, two writers at once."""

import re
import threading
from dataclasses import replace
from datetime import timedelta

import feedparser
from sqlalchemy import select

from aggregator import publish
from aggregator.flow.deciding import decide
from aggregator.model import Outputs, PageSelect, Scope, Select
from aggregator.store.schema import articles
from tests import builders
from tests.flow.test_decisions import the_story
from tests.flow.test_flow import LESSON, READING, URL, YESTERDAY, files, titles
from tests.flow.world import NOW, FakeEngine, World, rss

NOTHING = ("", "", None)


def guid(feed: bytes, old: str, new: str) -> bytes:
    return feed.replace(f"<guid>{old}".encode(), f"<guid>{new}".encode())


def test_a_bad_item_hides_no_other_sources_item_of_the_same_id(world: World) -> None:
    good = replace(builders.source("ja"), id="jp-z", url="https://z.example.org/feed")
    world.sources.append(good)
    for url, item in ((URL, NOTHING), (good.url, LESSON)):
        world.web.pages[url] = re.sub(b"<guid>.*?<", b"<guid>same<", rss(item))
    report = world.run()
    assert [failure.source_id for failure in report.failures] == ["jp-source"]
    assert titles(world) == ["[公開研究会を開く]"]


def test_what_a_source_said_at_its_old_address_does_not_count(world: World) -> None:
    world.sources[0] = replace(world.sources[0], url="https://jp.example.org/z-old")
    world.web.pages["https://jp.example.org/z-old"] = rss(LESSON)
    world.run()
    world.sources[0] = replace(world.sources[0], url=URL)
    world.web.pages[URL] = rss(LESSON).replace("開く</title>".encode(), "延期</title>".encode())
    world.run()
    assert titles(world) == ["[公開研究会を延期]"]


def test_an_address_that_was_wrong_is_forgotten_when_it_is_mended(world: World) -> None:
    world.sources[0] = replace(world.sources[0], url="https://jp.example.org/page")
    world.web.pages["https://jp.example.org/page"] = b"<html><title>Home</title></html>"
    assert len(world.run().failures) == 1
    world.sources[0] = replace(world.sources[0], url=URL)
    world.web.pages[URL] = rss(LESSON)
    assert world.run().failures == ()


def test_a_bad_item_that_left_the_feed_fails_no_more(world: World) -> None:
    world.web.pages[URL] = rss(NOTHING, LESSON)
    assert [failure.stage for failure in world.run().failures] == ["normalize"]
    world.web.pages[URL] = rss(LESSON)
    assert world.run().failures == ()


def listing(*names: str) -> bytes:
    rows = "".join(f'<li><a href="/{name}">{name}の公開研究会の記録</a></li>' for name in names)
    return f'<html lang="ja"><meta charset="utf-8"><ul>{rows}</ul></html>'.encode()


ARTICLE = PageSelect(title="h1", body="article")


def test_pages_are_asked_for_while_they_are_listed_and_wanted(world: World) -> None:
    rows = Select(item="li")
    world.sources[0] = replace(world.sources[0], format="html-list", select=rows, page=ARTICLE)
    world.web.types = dict.fromkeys((URL, "https://jp.example.org/a"), "text/html")
    world.web.pages = {
        URL: listing("a", "gone"),
        "https://jp.example.org/a": "<h1>aの記録</h1><article>本文です。</article>".encode(),
    }
    world.run()
    assert world.web.asked[1:] == ["https://jp.example.org/a", "https://jp.example.org/gone"]
    world.web.asked.clear()
    world.web.pages[URL] = listing("a")
    world.run()
    world.run()
    assert world.web.asked == [URL, "https://jp.example.org/gone", URL]
    world.sources[0] = replace(world.sources[0], page=None)
    assert world.run().failures == ()


def test_an_article_that_left_the_list_keeps_what_the_list_said_of_it(world: World) -> None:
    """Its page is still stored; a new entry has it read again, and nothing else tells its date."""
    rows = Select(item="li", date="time")
    world.sources[0] = replace(world.sources[0], format="html-list", select=rows, page=ARTICLE)
    row = '<li><a href="/{0}">{0}の公開研究会の記録</a><time>2026年3月1{1}日</time></li>'
    pages = {name: f"https://jp.example.org/{name}" for name in "ab"}
    world.web.types = dict.fromkeys((URL, *pages.values()), "text/html")
    text = "<meta charset=utf-8><article>{}の本文です。</article>"
    world.web.pages = {pages[name]: text.format(name).encode() for name in pages}
    world.web.pages[URL] = f"<meta charset=utf-8>{row.format('a', 1)}".encode()
    world.run()
    world.web.pages[URL] = f"<meta charset=utf-8>{row.format('b', 2)}".encode()
    world.run()
    with world.database.read() as db:
        before = db.execute(select(articles).order_by(articles.c.key)).all()
    assert [article.title for article in before] == ["aの公開研究会の記録", "bの公開研究会の記録"]
    world.sources[0] = replace(world.sources[0], reason="read anew")
    assert world.run().failures == ()
    with world.database.read() as db:
        assert db.execute(select(articles).order_by(articles.c.key)).all() == before


def test_a_newer_engine_translates_what_the_older_one_did_and_no_person_touched(
    world: World,
) -> None:
    class Newer(FakeEngine):
        def version(self, source: str, target: str) -> str:
            return "2"

    world.web.pages[URL] = rss(LESSON)
    world.run()
    world.engine = newer = Newer()
    world.run()
    assert LESSON[0] in newer.asked
    world.run()
    assert newer.asked.count(LESSON[0]) == 1


def test_an_edited_date_brings_nothing_back_to_the_top(world: World) -> None:
    world.web.pages[URL] = rss(LESSON, READING)
    world.run()
    later = (READING[0], READING[1], NOW + timedelta(minutes=30))
    world.web.pages[URL] = rss(LESSON, later)
    world.run()
    assert titles(world) == ["[公開研究会を開く]", "[図書館の時間を増やす]"]


def test_pipelines_of_two_countries_leave_each_others_feeds_alone(world: World) -> None:
    """The Japanese site's article is the Korean one's: the story is told in both countries."""
    world.sources = [
        replace(builders.source("ko"), url="https://kr.example.org/feed"),
        builders.source("ja"),
    ]
    shared = rss(
        ("수업 나눔의 날을 열다", "수업을 보았다.", YESTERDAY), link="https://kr.example.org/"
    )
    world.web.pages = {"https://kr.example.org/feed": shared, URL: guid(shared, "h", "other-h")}
    base = replace(
        world.pipelines[0],
        outputs=replace(world.pipelines[0].outputs, feeds=("country",), opml=False, site=False),
    )
    world.pipelines = [
        replace(base, name=code, scope=Scope(countries=(code,))) for code in ("kr", "jp")
    ]
    world.run()
    written = files(world)
    assert world.run().files_written == 0
    world.due = ["jp"]
    world.run()
    assert files(world) == written


def test_two_writers_take_turns(world: World) -> None:
    """A desk publishes while a run does: the second waits for the first's last file."""
    order: list[str] = []
    began = threading.Event()

    def second() -> None:
        began.set()
        with publish.alone(world.output):
            order.append("second")

    with publish.alone(world.output):
        thread = threading.Thread(target=second)
        thread.start()
        began.wait()
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_an_editors_note_is_no_change_for_readers(world: World) -> None:
    world.web.pages[URL] = rss(LESSON)
    world.run()
    before = feedparser.parse((world.output / "feeds/all.atom").read_bytes()).entries[0].updated
    with world.database.begin() as db:
        decide(db, the_story(world), "note", "mai", NOW, "ask the school")
    world.run()
    after = feedparser.parse((world.output / "feeds/all.atom").read_bytes()).entries[0].updated
    assert after == before


def test_a_digest_whose_only_story_was_rejected_is_withdrawn(world: World) -> None:
    world.pipelines = [replace(world.pipelines[0], outputs=Outputs(feeds=("all",), digest="daily"))]
    world.web.pages[URL] = rss(LESSON)
    world.run()
    folder = world.output / "digests" / "daily"
    assert [path.name for path in sorted(folder.iterdir())] == [
        "2026-03-20.html",
        "2026-03-20.md",
        "2026-03-20.txt",
    ]
    with world.database.begin() as db:
        decide(db, the_story(world), "reject", "mai", NOW)
    world.run()
    assert list(folder.iterdir()) == []


def test_a_site_that_moves_with_other_ids_publishes_nothing_anew(world: World) -> None:
    lessons = [(f"第{n}回公開研究会", "学びを語り合った。", NOW) for n in range(8)]
    world.web.pages[URL] = rss(*lessons)
    assert world.run().sources[0].new == 8
    before = (world.output / "feeds/all.atom").read_bytes()

    moved = rss(*lessons, link="https://new.example/archive/")
    world.web.pages[URL] = moved.replace(b"<guid>", b"<guid>urn:new:")
    report = world.run()

    after = (world.output / "feeds/all.atom").read_bytes()
    assert (report.failures, report.sources[0].new) == ((), 0)
    assert entry_ids(after) == entry_ids(before)
    assert b"https://new.example/archive/" in after


def entry_ids(feed: bytes) -> list[bytes]:
    return re.findall(rb"<id>(urn:uuid:[^<]*)", feed)
