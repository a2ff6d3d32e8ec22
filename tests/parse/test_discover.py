"""What a site offers, where else to try, and what a list without a feed looks like."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.errors import ParseError
from aggregator.model import Document, Select, Source
from aggregator.parse import parse
from aggregator.parse.discover import Found, discover, guesses
from aggregator.parse.html.repeats import suggest_selectors
from tests.parse import corpus

HOME = "https://news.example/blog/"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def document(text: str | bytes, *, url: str = HOME, content_type: str = "") -> Document:
    return Document(
        source_id="new",
        url=url,
        role="source",
        final_url=url,
        content_type=content_type,
        body=text.encode() if isinstance(text, str) else text,
        fetched=NOW,
    )


def source(select: Select | None = None) -> Source:
    return Source(
        id="new",
        name="new",
        name_en="new",
        country="kr",
        language="ko",
        homepage=HOME,
        url=HOME,
        format="html-list",
        kinds=("news",),
        timezone="Asia/Seoul",
        select=select,
    )


def offered(html: str, *, url: str = HOME) -> list[tuple[str, str]]:
    return [(each.url, each.format) for each in discover(document(html, url=url))]


def test_declared_feeds_come_with_their_titles_best_first() -> None:
    found = discover(
        document(
            """<html><head>
            <link rel="sitemap" type="application/xml" href="/sitemap_index.xml">
            <link rel=alternate type="application/rss+xml" title="Bình luận" href="comments/feed/">
            <link rel="alternate" type="application/feed+json" href="feed.json">
            <link rel="ALTERNATE home" type="application/atom+xml; charset=utf-8" title="Tin"
                href="atom.xml#x">
            <link rel="alternate" type="application/rss+xml" title="Tin RSS" href="/rss.xml">
            <link rel="alternate" hreflang="en" href="/en/">
            <link rel="alternate" type="text/html" href="/m">
            <link rel="stylesheet" type="application/rss+xml" href="/style">
            </head><body><a href="http://news.example/rss.xml">RSS</a></body></html>"""
        )
    )

    assert found == (
        Found(url="https://news.example/blog/atom.xml", format="atom", title="Tin"),
        Found(url="https://news.example/rss.xml", format="rss", title="Tin RSS"),
        Found(url="https://news.example/blog/feed.json", format="json-feed"),
        Found(url="https://news.example/sitemap_index.xml", format="sitemap"),
        Found(url="https://news.example/blog/comments/feed/", format="rss", title="Bình luận"),
    )


@pytest.mark.parametrize(
    ("anchor", "url", "format"),
    [
        ('<a href="/index.rdf">更新情報</a>', "https://news.example/index.rdf", "rss"),
        ('<a href="rss">구독</a>', "https://news.example/blog/rss", "rss"),
        ('<a href="/?feed=rss2">x</a>', "https://news.example/?feed=rss2", "rss"),
        ('<a href="/feed/atom/">x</a>', "https://news.example/feed/atom/", "atom"),
        ('<a href="/bbs/rss.php?bo=1">x</a>', "https://news.example/bbs/rss.php?bo=1", "rss"),
        ('<a href="/rssBoard.do?id=3">x</a>', "https://news.example/rssBoard.do?id=3", "rss"),
        ('<a href="/xml/7">RSS</a>', "https://news.example/xml/7", "rss"),
        ('<a href="/xml/7"><img alt="RSS 2.0"></a>', "https://news.example/xml/7", "rss"),
        ('<a href="/n?type=1">Atom</a>', "https://news.example/n?type=1", "atom"),
        ('<a href="feed://news.example/f.rss">x</a>', "https://news.example/f.rss", "rss"),
        ('<a href="/events.ics">x</a>', "https://news.example/events.ics", "ical"),
        ('<a href="webcal://cal.example/a?b">x</a>', "https://cal.example/a?b", "ical"),
        ('<a href="webcal://cal.example/a.ics">x</a>', "https://cal.example/a.ics", "ical"),
        ('<link rel=alternate type="text/calendar" href=/c>', "https://news.example/c", "ical"),
        (
            '<a href="/oai/request?verb=Identify">x</a>',
            "https://news.example/oai/request",
            "oai-pmh",
        ),
        (
            '<a href="/sitemap-news.xml.gz">x</a>',
            "https://news.example/sitemap-news.xml.gz",
            "sitemap",
        ),
        ('<a href="/feedback">ご意見</a>', None, None),
        ('<a href="/rss.html">RSS</a>', None, None),
        ('<a href="/hajimete/rss">RSSとは</a>', None, None),
        ('<a href="https://reader.example/subscribe/https://news.example/rss">x</a>', None, None),
        ('<a href="javascript:rss()">RSS</a>', None, None),
        ('<a href="ftp://news.example/rss">RSS</a>', None, None),
        ('<a href="/">RSS</a>', None, None),
        ('<a href="/story/4">Guru membaca berita lewat RSS di sekolah</a>', None, None),
        ('<a href="http://[/rss">x</a>', None, None),
    ],
)
def test_links_that_look_like_feeds_are_found(
    anchor: str, url: str | None, format: str | None
) -> None:
    assert offered(f"<html><body>{anchor}</body></html>") == ([(url, format)] if url else [])


@pytest.mark.parametrize(
    ("head", "url", "format"),
    [
        ('<meta name="generator" content="WordPress 6.9">', "https://news.example/feed/", "rss"),
        (
            '<link rel="https://api.w.org/" href="https://news.example/blog/wp-json/">',
            "https://news.example/blog/feed/",
            "rss",
        ),
        (
            """<meta name="Generator" content="Open Journal Systems 3.4.0.7">
            <a href="/index.php/index/login">Login</a>
            <a href="/index.php/pendidikan/issue/current">Current</a>""",
            "https://news.example/index.php/pendidikan/oai",
            "oai-pmh",
        ),
        (
            '<meta name="generator" content="Open Journal Systems 3.3.0.8">',
            "https://news.example/blog/oai",
            "oai-pmh",
        ),
        (
            '<meta name="Generator" content="DSpace 6.3">',
            "https://news.example/blog/oai/request",
            "oai-pmh",
        ),
    ],
)
def test_systems_are_known_by_what_they_say_of_themselves(head: str, url: str, format: str) -> None:
    assert offered(f"<html><head>{head}</head></html>") == [(url, format)]


def test_a_system_is_not_guessed_at_where_the_page_says_itself() -> None:
    html = (
        '<meta name="generator" content="WordPress 6.9">'
        '<link rel="alternate" type="application/rss+xml" href="https://feeds.example/7">'
    )

    assert offered(html) == [("https://feeds.example/7", "rss")]


@pytest.mark.parametrize(
    ("text", "format", "title"),
    [
        ("<rss version='2.0'><channel><title>A &amp; B</title>", "rss", "A & B"),
        (
            "\ufeff<?xml version='1.0'?>\n<!-- x --><rdf:RDF xmlns='http://purl.org/rss/1.0/'><title>新着</title>",
            "rss",
            "新着",
        ),
        ("<b>Warning</b>: x in y\n<rss><channel><title><![CDATA[ Tin ]]></title>", "rss", "Tin"),
        (
            "<feed xmlns='http://www.w3.org/2005/Atom'><title type='text'>새 글</title>",
            "atom",
            "새 글",
        ),
        ('{"version": "https:\\/\\/jsonfeed.org\\/version\\/1.1", "title": "x"}', "json-feed", ""),
        ("<OAI-PMH xmlns='z'><Identify>", "oai-pmh", ""),
        ("<urlset><url><loc>", "sitemap", ""),
        ("<sitemapindex><sitemap>", "sitemap", ""),
        ("BEGIN:VCALENDAR\r\nVERSION:2.0", "ical", ""),
    ],
)
def test_a_document_that_is_a_feed_itself_is_told(text: str, format: str, title: str) -> None:
    (found,) = discover(document(text))

    assert (found.url, found.format, found.title) == (HOME, format, title)


def test_a_page_that_quotes_a_feed_is_a_page() -> None:
    assert offered("<!DOCTYPE html><html><script>x = '<rss >'</script></html>") == []


@pytest.mark.parametrize("text", ["", "just words", '{"records": []}'])
def test_what_is_no_page_is_refused(text: str) -> None:
    with pytest.raises(ParseError, match="expected an HTML page"):
        discover(document(text))


WHOLE = {"feeds": b"<", "oai": b"<OAI-PMH", "ical": b"BEGIN:VCALENDAR"}


def test_every_real_feed_repository_and_calendar_is_told(shared: Path) -> None:
    wrong = []
    for kind, formats in (("feeds", ("rss", "atom")), ("oai", ("oai-pmh",)), ("ical", ("ical",))):
        for row in corpus.rows(shared / "corpus", kind):
            body = (shared / "corpus" / row["file"]).read_bytes()
            if WHOLE[kind] not in body:
                continue  # a part of one, or a record alone
            if next(each.format for each in discover(document(body))) not in formats:
                wrong.append(row["file"])

    assert wrong == []


def test_guesses_begin_where_the_page_lives() -> None:
    tried = guesses("https://news.example/blog/index.html?x=1")

    assert tried[0] == "https://news.example/blog/feed/"
    assert tried[6:8] == ("https://news.example/blog/sitemap.xml", "https://news.example/feed/")
    assert len(tried) == 14
    assert guesses("https://news.example") == guesses("https://news.example/")
    assert len(guesses("https://news.example")) == 7


@pytest.mark.parametrize("url", ["", "news", "mailto:a@news.example", "http://["])
def test_nothing_is_guessed_for_what_is_no_web_address(url: str) -> None:
    assert guesses(url) == ()


@given(st.text())
def test_any_text_is_a_page_a_feed_or_refused(text: str) -> None:
    try:
        found = discover(document(text))
    except ParseError:
        return

    assert all(each.url.startswith(("http://", "https://")) for each in found)


ROWS = "".join(
    f"<li class='row r{number % 2}'><a href='/v/{number}'><img src='/t.gif'></a>"
    f"<b><a class='tit' href='/v/{number}'>배움의 공동체 수업 나눔 {number}번째 소식</a></b>"
    f"<em>홍보팀</em><span class='day new'>2026.11.{number:02}.</span></li>"
    for number in range(10, 18)
)
MENU = "".join(f"<li><a href='/m{number}'>메뉴 {number}</a></li>" for number in range(20))
POPULAR = "".join(f"<li><a href='/p{n}'>많이 읽은 교육 소식 {n}번</a></li>" for n in range(9))
LIST_PAGE = f"""<html><body><header><ul>{ROWS}</ul></header>
<ul class="menu">{MENU}</ul><div class="popular"><ol>{POPULAR}</ol></div>
<div id="board-7"><ul><li>소식이 있습니다</li>{ROWS}</ul></div></body></html>"""


def test_the_list_with_headlines_and_dates_is_suggested() -> None:
    suggested = suggest_selectors(document(LIST_PAGE), source())

    assert suggested == Select(item="#board-7 > ul > li", title="a.tit", date="span.day.new")


def test_what_is_suggested_finds_the_list() -> None:
    page = document(LIST_PAGE)
    items = parse(page, source(suggest_selectors(page, source()))).items

    assert [item.link for item in items] == [f"https://news.example/v/{n}" for n in range(10, 18)]
    assert items[0].title == "배움의 공동체 수업 나눔 10번째 소식"
    assert items[0].published == "2026.11.10."


@pytest.mark.parametrize(
    "html",
    [
        "<html><body><p>글이 없습니다</p></body></html>",
        "<ul>" + "<li><a href='/m'>메뉴</a></li>" * 30 + "</ul>",
        "<ul class=a>" + "<li><a href='/m'>배움의 공동체 수업 나눔 소식</a></li>" * 3 + "</ul>",
    ],
)
def test_nothing_is_suggested_for_menus_and_chance(html: str) -> None:
    assert suggest_selectors(document(html), source()) is None
