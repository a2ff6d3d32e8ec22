"""A source that is checked is asked once, and tells how it does and what changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from aggregator import sample
from aggregator.config import read_sources
from aggregator.fetch import Fetcher, Guard, Limits
from aggregator.flow.scouting.checking import Seen, check
from aggregator.flow.scouting.looking import look
from aggregator.model import (
    Answer,
    Document,
    Fetched,
    NotModified,
    PageSelect,
    Postponed,
    Request,
    Robots,
    Select,
    Source,
    Unfetched,
)
from aggregator.parse import parse
from aggregator.store import Database
from aggregator.store.documents import save_answers
from aggregator.store.lookup import last_documents
from tests import builders
from tests.flow.world import NOW, rss

URL = "https://jp.example.org/feed"
LIST = b"""<html><title>News</title><ul>
<li><span class="d">2026-03-18</span><a href="/1">One</a></li>
<li><span class="d">2026-03-19</span><a href="/2">Two</a></li></ul></html>"""


def request(url: str = URL, role: str = "source") -> Request:
    return Request(source_id="jp-source", url=url, role=role)  # type: ignore[arg-type]


def fetched(body: bytes, **changes: object) -> Fetched:
    answer = Fetched(request=request(), final_url=URL, content_type="text/xml", body=body)
    return replace(answer, **changes)  # type: ignore[arg-type]


def before(body: bytes) -> Document:
    return Document(
        source_id="jp-source",
        url=URL,
        role="source",
        final_url=URL,
        content_type="text/xml",
        body=body,
    )


def days(number: int) -> timedelta:
    return timedelta(days=number)


def test_a_feed_tells_its_items_its_newest_date_and_its_charset() -> None:
    body = rss(("一", "x", NOW - days(3)), ("二", "y", NOW - days(1)), ("三", "z", None))
    found = check(builders.source(), Seen(own=fetched(body)), None, NOW)
    assert (found.answer, found.items, found.dated) == ("ok", 3, 2)
    assert found.newest == NOW - days(1)
    assert (found.charset, found.robots, found.changes) == ("utf-8", "not asked", ())
    assert found.is_read


@pytest.mark.parametrize(
    ("own", "reason"),
    [
        (
            Unfetched(request=request(), reason="404 Not Found", error="RefusedError"),
            "404 Not Found",
        ),
        (Postponed(request=request(), reason="its host rests"), "its host rests"),
        (fetched(b"<html><title>Busy</title>"), "Busy"),
    ],
    ids=["unfetched", "postponed", "unreadable"],
)
def test_what_cannot_be_read_says_why(own: Answer, reason: str) -> None:
    found = check(builders.source(), Seen(own=own), before(rss(("一", "x", None))), NOW)
    assert found.answer == "failed"
    assert reason in found.reason
    assert not found.is_read
    assert found.changes == ()


def test_a_304_speaks_for_what_the_store_has() -> None:
    old = before(rss(("一", "x", NOW - days(2))))
    found = check(builders.source(), Seen(own=NotModified(request=request())), old, NOW)
    assert (found.answer, found.items, found.newest) == ("unchanged", 1, NOW - days(2))
    assert found.is_read
    alone = check(builders.source(), Seen(own=NotModified(request=request())), None, NOW)
    assert (alone.answer, alone.items) == ("unchanged", 0)


def test_a_permanent_move_is_an_address_to_write() -> None:
    moved = fetched(rss(("一", "x", None)), moved_to="https://new.example.org/feed")
    found = check(builders.source(), Seen(own=moved), None, NOW)
    assert found.write_url == "https://new.example.org/feed"


@pytest.mark.parametrize(
    ("robots", "verdict"),
    [
        (None, "not asked"),
        ("User-agent: *\nDisallow: /private", "allowed"),
        ("", "there is none"),
        (..., "could not be read"),
    ],
    ids=str,
)
def test_what_robots_txt_says_is_told(robots: object, verdict: str) -> None:
    told = (
        None
        if robots is None
        else Robots(origin="https://jp.example.org", text=robots if robots is not ... else None)  # type: ignore[arg-type]
    )
    seen = Seen(own=fetched(rss(("一", "x", None))), robots=told)
    assert check(builders.source(), seen, None, NOW).robots == verdict


def test_an_address_that_robots_txt_closes_is_refused() -> None:
    own = Unfetched(request=request(), reason="robots.txt says no", error="DisallowedError")
    seen = Seen(own=own, robots=Robots(origin="https://jp.example.org", text="Disallow: /"))
    found = check(builders.source(), seen, None, NOW)
    assert (found.robots, found.answer) == ("refused", "failed")


def test_selectors_that_find_nothing_are_named_with_their_place() -> None:
    source = builders.source(
        format="html-list",
        select=Select(item="li", date=".date", summary=".lead", next="a.next"),
        page=PageSelect(title="h1", body=".text"),
    )
    page = Fetched(
        request=request("https://jp.example.org/1", "page"),
        final_url="https://jp.example.org/1",
        content_type="text/html",
        body=b"<html><h1>One</h1><div class=body>2026-03-17 It is so.</div></html>",
    )
    seen = Seen(own=fetched(LIST, content_type="text/html"), page=page)
    found = check(source, seen, None, NOW)
    assert found.silent == ("select.date", "select.summary", "select.next", "page.body")


def test_selectors_that_find_something_in_one_row_are_not_named() -> None:
    body = LIST.replace(b'<span class="d">2026-03-18</span>', b"")
    source = builders.source(format="html-list", select=Select(item="li", date=".d"))
    found = check(source, Seen(own=fetched(body, content_type="text/html")), None, NOW)
    assert found.silent == ()
    assert found.dated == 1


def test_a_page_that_did_not_come_is_told_beside_the_list_that_did() -> None:
    source = builders.source(format="html-list", select=Select(item="li"), page=PageSelect())
    page = Unfetched(request=request("https://jp.example.org/1", "page"), reason="410", error="E")
    found = check(source, Seen(own=fetched(LIST, content_type="text/html"), page=page), None, NOW)
    assert (found.answer, found.items, found.page) == ("ok", 2, "410")


def test_what_came_and_went_is_counted() -> None:
    old = before(rss(("一", "x", None), ("二", "x", None)))
    new = fetched(rss(("三", "x", None), ("二", "x", None), ("四", "x", None)))
    assert check(builders.source(), Seen(own=new), old, NOW).changes == (
        "2 new, 1 gone since the last run",
    )
    assert check(builders.source(), Seen(own=fetched(old.body)), old, NOW).changes == ()


def test_the_same_titles_under_other_ids_are_a_warning() -> None:
    old = before(rss(("一", "x", None), ("二", "x", None)))
    new = fetched(rss(("一", "x", None), ("二", "x", None), link="https://new.example.org/"))
    changes = check(builders.source(), Seen(own=new), old, NOW).changes
    assert changes[0] == "2 new, 2 gone since the last run"
    assert "other ids" in changes[1]


def test_a_field_that_comes_or_goes_is_named() -> None:
    old = before(rss(("一", "", NOW)))
    new = fetched(rss(("一", "x", None)))
    assert check(builders.source(), Seen(own=new), old, NOW).changes == (
        "summary: is told now",
        "published: is not told any more",
    )


def test_titles_that_are_written_in_another_way_are_counted() -> None:
    old = rss(("一", "x", None), ("二", "x", None))
    new = fetched(
        old.replace("<title>一".encode(), "<title>News: 一".encode()).replace(
            "<title>二".encode(), "<title>News: 二".encode()
        )
    )
    changes = check(builders.source(), Seen(own=new), before(old), NOW).changes
    assert changes == ("2 of 2 known titles are written in another way",)


class Web:
    """Answers from a dictionary and notes what it was asked."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        self.pages = pages
        self.asked: list[Request] = []

    def fetch(
        self, requests: Sequence[Request], robots: Mapping[str, Robots]
    ) -> Iterator[Sequence[Answer | Robots]]:
        for each in requests:
            self.asked.append(each)
            if each.obeys_robots and not robots:
                yield [Robots(origin="https://jp.example.org", text="User-agent: x\nDisallow: /")]
            body = self.pages.get(each.at or each.url)
            if body is None:
                yield [Unfetched(request=each, reason="404", error="RefusedError")]
            else:
                yield [Fetched(request=each, final_url=each.url, content_type="", body=body)]


def test_each_source_is_asked_once_and_one_of_its_pages() -> None:
    html = builders.source(
        id="list",
        url="https://jp.example.org/list",
        format="html-list",
        select=Select(item="li"),
        page=PageSelect(),
        referer="https://jp.example.org/",
    )
    web = Web({URL: rss(("一", "x", NOW)), html.url: LIST})
    sources = [builders.source(), html, builders.source(id="gone", url="https://gone.example/")]
    feed, list_, gone = look(sources, web, {}, NOW)
    assert [each.url for each in web.asked] == [
        URL,
        html.url,
        "https://gone.example/",
        "https://jp.example.org/1",
    ]
    assert [each.obeys_robots for each in web.asked] == [False, True, False, True]
    assert {each.referer for each in web.asked if each.source_id == "list"} == {html.referer}
    assert (feed.answer, list_.answer, gone.answer) == ("ok", "ok", "failed")
    assert (feed.robots, list_.robots, list_.page) == ("allowed", "allowed", "404")


def test_a_repository_is_asked_with_its_parameters() -> None:
    repository = builders.source(format="oai-pmh", url="https://jp.example.org/oai")
    web = Web({})
    (found,) = look([repository], web, {}, NOW)
    assert "verb=ListRecords" in web.asked[0].at
    assert web.asked[0].url == repository.url
    assert not found.is_read


def records(*titles: str) -> bytes:
    told = "".join(
        f"<record><header><identifier>oai:{title}</identifier><datestamp>2026-03-02</datestamp>"
        f"</header><metadata><dc><title>{title}</title><date>2026</date></dc></metadata></record>"
        for title in titles
    )
    answer = f"<ListRecords>{told}</ListRecords>" if titles else '<error code="noRecordsMatch"/>'
    return f"<OAI-PMH><responseDate>2026-03-10</responseDate>{answer}</OAI-PMH>".encode()


class Repository:
    """Answers whatever is asked with the same."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.asked: list[Request] = []

    def fetch(
        self, requests: Sequence[Request], robots: Mapping[str, Robots]
    ) -> Iterator[Sequence[Answer | Robots]]:
        for each in requests:
            self.asked.append(each)
            yield [Fetched(request=each, final_url=each.at, content_type="", body=self.body)]


@pytest.mark.parametrize("now", [(), ("一",), ("四",)], ids=["none", "known", "new"])
def test_of_a_repository_few_records_or_none_mean_that_little_is_new(now: tuple[str, ...]) -> None:
    source = builders.source(format="oai-pmh", url="https://jp.example.org/oai")
    first = replace(before(records("一", "二", "三")), url=source.url)
    parsed = parse(first, source)
    assert parsed.bookmark
    web = Repository(records(*now))
    old = {source.id: replace(first, bookmark=parsed.bookmark)}
    (found,) = look([source], web, old, NOW)
    assert "from=2026-03-" in web.asked[0].at
    assert (found.answer, found.items, found.changes) == ("ok", len(now), ())
    assert found.notes[0].startswith("asked for what changed since 2026-03-")
    assert ("the repository has nothing new" in found.notes) == (not now)


def test_a_repository_without_a_record_says_so() -> None:
    source = builders.source(format="oai-pmh", url="https://jp.example.org/oai")
    (found,) = look([source], Repository(records()), {}, NOW)
    assert (found.answer, found.notes) == ("ok", ("the repository has no records",))


MAPS = "https://jp.example.org/sitemap.xml"
MAP = (
    b"<urlset><url><loc>https://jp.example.org/1</loc><lastmod>2026-03-18</lastmod></url></urlset>"
)


def index(*names: str) -> bytes:
    listed = "".join(
        f"<sitemap><loc>https://jp.example.org/{name}</loc></sitemap>" for name in names
    )
    return f"<sitemapindex>{listed}</sitemapindex>".encode()


def test_of_an_index_of_sitemaps_the_first_one_s_items_are_told() -> None:
    source = builders.source(format="sitemap", url=MAPS, page=PageSelect())
    pages = {MAPS: index("a.xml", "b.xml"), "https://jp.example.org/b.xml": index("c.xml")}
    pages["https://jp.example.org/c.xml"] = MAP
    web = Web(pages)
    old = {source.id: replace(before(index("a.xml")), url=MAPS)}
    (found,) = look([source], web, old, NOW)
    assert all(each.obeys_robots for each in web.asked)
    assert (found.answer, found.items, found.page, found.changes) == ("ok", 1, "404", ())
    assert found.notes == ("an index of sitemaps (2 to follow); looked into the first one",)
    del pages["https://jp.example.org/b.xml"]
    (gone,) = look([source], Web(pages), {}, NOW)
    assert (gone.answer, gone.items) == ("ok", 0)
    assert gone.notes[1] == "https://jp.example.org/b.xml: 404"


def test_a_date_that_names_only_a_year_or_a_month_is_read() -> None:
    body = rss(("一", "x", None), ("二", "x", None), ("三", "x", NOW - days(90)))
    for told in (b"2026", b"2026-02"):
        body = body.replace(b"<item><title>", b"<item><pubDate>" + told + b"</pubDate><title>", 1)
    found = check(builders.source(), Seen(own=fetched(body)), None, NOW)
    assert found.newest
    assert found.newest.isoformat() == "2026-02-28T14:59:59+00:00"
    assert found.dated == 3
    assert found.notes == ("2 of 3 dates name only a year or a month",)


def test_the_last_document_of_the_store_is_compared(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/x.db")
    database.migrate()
    old = fetched(rss(("一", "x", None)))
    with database.begin() as db:
        from aggregator.store import runs, sources

        sources.configure(db, {"jp-source": "r"}, {"jp-source": "q"}, NOW)
        save_answers(db, runs.begin(db, NOW), [old], NOW)
    with database.read() as db:
        last = last_documents(db, {"jp-source": URL, "kr-source": "x"})
        assert last_documents(db, {"jp-source": "https://moved.example/"}) == {}
    assert last["jp-source"].body == old.body
    (found,) = look([builders.source()], Web({URL: rss(("二", "x", None))}), last, NOW)
    assert found.changes == ("1 new, 1 gone since the last run",)


@pytest.fixture(scope="module")
def sample_sources() -> tuple[Source, ...]:
    return read_sources(sample.SITES.parent / "sources")


def test_the_sample_web_is_healthy_but_for_what_is_broken_on_purpose(
    sample_sources: tuple[Source, ...],
) -> None:
    with sample.serve(sample.SITES) as web:
        fetcher = Fetcher(Guard(allowances=web.allowances), "check", Limits(gap_s=0.0))
        found = {each.source_id: each for each in look(sample_sources, fetcher, {}, sample.NOW)}
    failed = {name for name, each in found.items() if not each.is_read}
    assert failed == {"id-arsip-lama", "vn-banbao-cu"}
    assert found["cn-jiaoyu-gaige"].silent == ("page.author",)  # that article names nobody
    rows = {part for each in found.values() for part in each.silent if part.startswith("select")}
    assert rows == set()
    charsets = {found[name].charset for name in ("jp-manabi-shimbun", "th-khru-reform")}
    assert charsets == {"cp932", "cp874"}
    society = found["jp-kyodotai-kenkyukai"]
    assert (society.answer, society.page, society.robots) == ("ok", "", "there is none")
