"""What is found on article pages that no selector describes."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.errors import ParseError
from aggregator.model import Document, Item, PageSelect, Select, Source
from aggregator.parse import parse
from aggregator.parse.html import linked
from aggregator.parse.html.headline import without_site
from aggregator.text.dates import read_date

NOW = datetime(2026, 11, 20, tzinfo=UTC)
URL = "https://news.example/a/1"
TEXT = "<p>教師が互いの教室を訪ね、子どもの学びを語り合う学校が、県内で少しずつ増えている。</p>" * 3

SOURCE = Source(
    id="s",
    name="s",
    name_en="s",
    country="jp",
    language="ja",
    homepage=URL,
    url=URL,
    format="html-list",
    kinds=("news",),
    timezone="Asia/Tokyo",
    page=PageSelect(),
)
SITE = '<meta property="og:site_name" content="学び新聞">'


def read(html: str, *, source: Source = SOURCE, url: str = URL) -> Item:
    (item,) = parse(document(html, url), source).items
    return item


def document(html: str, url: str = URL) -> Document:
    return Document(
        source_id="s",
        url=url,
        role="page",
        final_url=url,
        content_type="text/html; charset=utf-8",
        body=html.encode(),
        fetched=NOW,
    )


def page(head: str = "", body: str = "") -> str:
    return f"<html><head>{head}</head><body>{body}<div>{TEXT}</div></body></html>"


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ('<meta property="og:title" content="報告 | 学び新聞">', "", "報告 | 学び新聞"),
        (
            f'<meta property="og:title" content="報告 | 学び新聞">{SITE}',
            "",
            "報告",
        ),
        (
            f'<meta property="og:title" content="学び新聞">{SITE}',
            "<h1>報告</h1>",
            "報告",
        ),
        ('<meta property="og:title" content="報告 - 国内 - 学び">', "<h2>報告</h2>", "報告"),
        ('<meta name="citation_title" content="授業研究">', "<h1>論文</h1>", "授業研究"),
        ("<title>報告 - 学び</title>", '<h1><a href="/">学び</a></h1><h2>報告</h2>', "報告"),
        ("<title>報告_国内_学び</title>", "<h1>国内</h1><b class=arTitle>報告</b>", "報告"),
        ("<title>別</title>", "<h1></h1><h1>報告</h1>", "報告"),
        ("<title>報告 一\n二</title>", "", "報告 一 二"),
        ('<meta property="og:title" content="Q&amp;amp;A &lt;b&gt;">', "", "Q&amp;amp;A &lt;b&gt;"),
        (
            '<title>報告：副題 - 学び</title><meta property="og:title" content="報告">',
            "<h1>報告：副題</h1>",
            "報告：副題",
        ),
    ],
)
def test_the_headline_comes_without_the_names_of_site_and_section(
    head: str, body: str, title: str
) -> None:
    assert read(page(head, body)).title == title


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2026-11-10T09:00:00+09:00">', "10T09"),
        ('<meta name="DC.date.issued" value="2026-11-11">', "2026-11-11"),
        ('<meta name="citation_publication_date" content="2026/11/12">', "2026/11/12"),
        ('<i itemprop="datePublished" content="2026-11-13">昨日</i>', "2026-11-13"),
        (
            """<script type="application/ld+json">
            {"@type": "WebPage", "datePublished": "2026-11-14", "name": "頁"}</script>""",
            "2026-11-14",
        ),
    ],
)
def test_dates_are_told_in_many_ways(head: str, published: str) -> None:
    assert published in read(page(head)).published


def test_the_date_beside_the_headline_is_its_own() -> None:
    body = (
        "<p class=today>2026年11月20日</p><nav><span class=date>2026.11.19</span></nav>"
        + "<b>x</b>" * 9
        + "<h1>報告</h1><p class=update-date>2026.11.18</p><p class=posted>掲載 2026.11.17</p>"
        + "<ul><li><span class=date>2026.11.01</span></ul>"
    )

    assert read(page("", body)).published == "掲載 2026.11.17"


def test_the_address_dates_a_page_that_shows_no_date() -> None:
    url = "https://news.example/2026/11/05/report"

    assert read(page("", "<h1>報告</h1><p>2026年11月1日に</p>"), url=url).published == "2026-11-05"


def test_some_date_beside_the_headline_is_the_last_resort() -> None:
    near = "<h1>報告</h1><div>令和８年１１月６日 学校教育課</div>"

    assert read(page("", near)).published == "令和８年１１月６日 学校教育課"
    assert read(page("", near.replace("<div", "<b>x</b>" * 60 + "<div"))).published == ""


def place(language: str, country: str) -> Source:
    return replace(SOURCE, language=language, country=country)


@pytest.mark.parametrize(
    ("language", "country", "shown"),
    [
        ("ja", "jp", "<p>日時 2026年12月5日</p>{text}<div>掲載日：2026年11月2日</div>"),
        (
            "ja",
            "jp",
            "{text}<dl><dt>著者</dt><dd>山田</dd><dt>配信開始日</dt><dd>2026/11/2</dd></dl>",
        ),
        ("ja", "jp", "<dl><dt>申込締切</dt><dd>2026/12/1</dd></dl>{text}<p>公開日 2026/11/2</p>"),
        (
            "ko",
            "kr",
            "<p>일시: 2026년 12월 5일(토)</p>{text}<dl><dt>등록일</dt><dd>2026.11.02</dd></dl>",
        ),
        ("ko", "kr", "{text}<div><em>등록일시</em><span>2026-11-02 14:20:11</span></div>"),
        ("ko", "kr", "{text}<table><tr><th><b>작성일</b></th><td>26.11.02</td></tr></table>"),
        ("zh-Hans", "cn", "<p>时间：2026年12月5日</p>{text}<p>发布日期：2026年11月2日</p>"),
        ("zh-Hant", "tw", "<p>研習時間：115年12月5日</p>{text}<th>發布日期</th><td>115/11/02</td>"),
        ("vi", "vn", "<p>Thời gian: 5/12/2026</p>{text}<b>Ngày đăng:</b> <span>02/11/2026</span>"),
        ("th", "th", "<p>วันประชุม 5 ธันวาคม 2569</p>{text}<td>วันที่ประกาศ</td><td>02/11/2569</td>"),
        (
            "id",
            "id",
            "<p>Acara: 5 Desember 2026</p>{text}<i>Tanggal Terbit</i><i>2 November 2026</i>",
        ),
        (
            "en",
            "sg",
            "<p>5 December 2026</p>{text}<p>Published on 2 November 2026 by the office</p>",
        ),
    ],
)
def test_a_date_that_is_called_the_day_of_publication_counts_wherever_it_stands(
    language: str, country: str, shown: str
) -> None:
    source = place(language, country)
    found = read(page("", f"<h1>報告</h1>{shown.format(text=TEXT)}"), source=source).published
    at = read_date(found, language=language, country=country, zone="UTC", now=NOW)

    assert at is not None
    assert at.at.date().isoformat() == "2026-11-02"


@pytest.mark.parametrize(
    "shown",
    [
        "<dl><dt>開催日</dt><dd>2026/11/5</dd></dl>",
        "<p>申込期限 2026年11月5日</p>",
        "<aside><p>2026年11月5日</p></aside>",
        "<p>公開日：未定</p><a href='/o'>原文（公開日：2026年11月5日）を読む</a>",
    ],
)
def test_what_is_another_day_dates_no_page(shown: str) -> None:
    assert read(page("", f"<h1>報告</h1>{shown}")).published == ""


@pytest.mark.parametrize(
    ("data", "published"),
    [
        ('{"article":{"publishedAt":"2026-11-02T10:00:00+09:00"}}', "2026-11-02T10:00:00+09:00"),
        (r'"{\"publish_time\":\"2026-11-02 10:00\"}"', "2026-11-02 10:00"),
        ('[{"publishedAt":"2026-11-02"},{"publishedAt":"2026-11-03"}]', ""),
        ('{"publishedAt":"yesterday"}', ""),
    ],
)
def test_data_that_a_page_draws_itself_from_dates_it_if_it_tells_one_day(
    data: str, published: str
) -> None:
    script = f'<script type="application/json">{data}</script>'

    assert read(page(script, "<h1>報告</h1>")).published == published


def test_a_change_is_told_as_one_where_nothing_else_is_known() -> None:
    modified = '<meta property="article:modified_time" content="2026-11-07">'
    published = '<meta property="article:published_time" content="2026-11-01">'

    assert read(page(modified)).updated == "2026-11-07"
    assert read(page(modified + published)).updated == ""


@pytest.mark.parametrize(
    "dated",
    [replace(SOURCE, format="rss"), replace(SOURCE, select=Select(item="li", date="i"))],
)
def test_no_date_is_guessed_where_the_list_says_it(dated: Source) -> None:
    url = "https://news.example/2026/11/05/report"
    shown = page("", "<h1>報告</h1><time>2026-11-06</time>")

    assert read(shown, source=dated, url=url).published == ""


def test_authors_are_people_not_addresses() -> None:
    head = (
        '<meta property="article:author" content="https://social.example/manabi">'
        '<meta name="author" content="山田花子"><meta name="author" content="李 &amp; 金">'
    )

    assert read(page(head)).authors == ("山田花子", "李 &amp; 金")


def test_selectors_come_first_each_on_its_own() -> None:
    head = '<meta property="og:title" content="別"><meta name="pubdate" content="2026-11-01">'
    source = replace(SOURCE, page=PageSelect(title="h3", date=".nothing", body="#main"))

    item = read(page(head, "<h3>報告</h3><div id=main>短文</div>"), source=source)

    assert (item.title, item.published, item.body) == ("報告", "2026-11-01", "短文")


@pytest.mark.parametrize("body", ["", "<h2>404</h2>", "<ul><li><a href=/>ホーム</a></li></ul>"])
def test_a_page_without_an_article_is_refused(body: str) -> None:
    html = f"<html><head><title>見つかりません</title></head><body>{body}</body></html>"

    with pytest.raises(
        ParseError, match="no article was found in the page titled '見つかりません'"
    ):
        read(html)


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "報告"}',
        '<!--\n{"@type": "NewsArticle", "headline": "報告"}\n-->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "報告",}\n//]]>',
        '/*<![CDATA[*/{"@type": "NewsArticle", "headline": "報告"}/*]]>*/',
        '[{"@type": "BreadcrumbList"}, {"@graph": [{"@type": "Article", "headline": "報告"}]}]',
        '{"@type": "NewsArticle", "x": "a\tb\n", "headline": "\\u5831告"}',
        '{"@type": "NewsArticle", "x": "a "quoted" word", "headline": "報告", "y": 1}',
        '{"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "headline": ["報告"]}}',
    ],
)
def test_linked_data_is_read_as_sites_write_it(script: str) -> None:
    told = [linked.text(thing, "headline") for thing in linked.things([script])]

    assert "報告" in told


@given(st.text() | st.recursive(st.none() | st.text(), st.lists).map(str))
def test_any_script_is_read_or_passed_over(script: str) -> None:
    assert all(isinstance(thing, dict) for thing in linked.things([script]))


@given(st.text(min_size=1), st.lists(st.text(), max_size=3))
def test_a_title_never_loses_all_to_the_site(title: str, sites: list[str]) -> None:
    assert without_site(title, sites) or not title.split()


def test_finding_a_text_touches_neither_network_nor_disk() -> None:
    program = """
import sys
from tests.parse.test_page import page, read
read(page("", "<h1>x</h1>"))  # what is imported late is imported now
def refuse(event, args):
    if event.startswith(("socket.", "subprocess.", "os.")) or event == "open":
        raise SystemExit(f"{event} {args}")
sys.addaudithook(refuse)
assert read(page("", "<h1>報告</h1>")).body
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)

    assert (run.returncode, run.stderr) == (0, b"")
