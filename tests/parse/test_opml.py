"""Subscription lists are read whatever program wrote them."""

from datetime import timedelta
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.errors import ParseError
from aggregator.model import Document
from aggregator.parse.opml import Outline, read_opml
from tests.parse import corpus

LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zs", "Zl", "Zp"])
DEADLINE = timedelta(seconds=2)


def document(body: bytes) -> Document:
    address = "http://lists.example/feeds.opml"
    return Document(
        source_id="", url=address, role="source", final_url=address, content_type="", body=body
    )


def read(outlines: str) -> tuple[Outline, ...]:
    text = f"<?xml version='1.0'?>\n<opml version='2.0'><head/><body>{outlines}</body></opml>"
    return read_opml(document(text.encode()))


def test_folders_are_a_path_and_all_is_told() -> None:
    (feed,) = read(
        """<outline text="日本"><outline title="教育" text="x"><outline type="rss" text="short"
        title="学びの
        共同体" xmlUrl="https://school.example/feed?a=1&amp;b=2" htmlUrl="https://school.example/"
        description="a &lt;b&gt;" language="ja"/></outline></outline>"""
    )

    assert feed == Outline(
        title="学びの 共同体",
        feed="https://school.example/feed?a=1&b=2",
        line=5,
        homepage="https://school.example/",
        description="a <b>",
        language="ja",
        folder=("日本", "教育"),
    )


def test_a_feed_in_two_folders_is_listed_twice_with_its_lines() -> None:
    feed = "<outline text='a'\n xmlUrl='http://a.example/'/>\n"
    found = read(f"<outline text='1'>\n{feed}</outline>{feed}")

    assert [(each.title, each.folder, each.line) for each in found] == [
        ("a", ("1",), 4),
        ("a", (), 6),
    ]


@pytest.mark.parametrize(
    "attributes",
    [
        "xmlUrl='http://a.example/feed'",
        "xmlurl='http://a.example/feed'",
        "XMLURL=' HTTP://a.example/feed '",
        "xmlUrl='feed://a.example/feed'",
        "xmlUrl='feed:http://a.example/feed'",
        "type='rss' url='http://a.example/feed'",
    ],
)
def test_the_address_is_found_as_old_programs_wrote_it(attributes: str) -> None:
    assert [each.feed for each in read(f"<outline {attributes}/>")] == ["http://a.example/feed"]


def test_addresses_are_absolute_web_addresses_or_none() -> None:
    found = read(
        "<outline text='1' xmlUrl='/feed' htmlUrl='javascript:alert(1)'/>"
        "<outline text='2' xmlUrl='file:///etc/passwd'/>"
        "<outline text='3' xmlUrl='http://['/>"
        "<outline text='4' type='link' url='http://a.example/'/>"
        "<outline text='5' xmlUrl=''/>"
        "<outline text='6' type='include' url='http://a.example/more.opml'/>"
        "<outline text='7' xmlUrl='ftp://me:geheim@a.example/'><outline text='8'/></outline>"
    )

    assert (found[0].feed, found[0].homepage, found[0].fault) == (
        "http://lists.example/feed",
        "",
        "",
    )
    assert {each.feed for each in found[1:]} == {""}
    assert [(each.title, each.fault) for each in found[1:]] == [
        ("2", "its address is no web address (http or https)"),
        ("3", "its address is no web address (http or https)"),
        ("4", "it is no feed, but of the type 'link'"),
        ("5", "it has no address of a feed (xmlUrl)"),
        ("6", "it stands for another list: import that one by itself"),
        ("7", "its address is no web address (http or https)"),
        ("8", "it has no address of a feed (xmlUrl)"),
    ]


def test_ampersands_that_nobody_escaped_are_kept() -> None:
    (feed,) = read("<outline text='R&D &nbsp; x' xmlUrl='http://a.example/?a=1&b=2'/>")

    assert (feed.title, feed.feed) == ("R&D x", "http://a.example/?a=1&b=2")


def test_an_old_charset_is_read() -> None:
    text = "<?xml version='1.0' encoding='EUC-KR'?><opml><body><outline text='배움의 공동체' "
    text += "xmlUrl='http://a.example/'/></body></opml>"

    assert [each.title for each in read_opml(document(text.encode("euc-kr")))] == ["배움의 공동체"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty document"),
        (b"<html><title>Sign in</title></html>", "HTML page titled 'Sign in'"),
        (b"<rss><channel/></rss>", "expected a subscription list .OPML., got a document of <rss>"),
        (b"<!DOCTYPE opml [<!ENTITY a 'b'>]><opml/>", "entities of its own"),
        (b"<opml><body><outline>", "broken"),
    ],
)
def test_what_is_no_subscription_list_is_refused_by_name(body: bytes, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        read_opml(document(body))


def test_a_list_of_nothing_is_empty() -> None:
    assert read("") == ()
    assert [each.feed for each in read("<outline text='empty'/>")] == [""]


@settings(deadline=DEADLINE)
@given(
    title=st.text(LETTERS),
    folder=st.text(LETTERS, min_size=1),
    query=st.text(LETTERS).map(lambda query: query.replace("#", "")),
)
def test_any_text_in_attributes_survives(title: str, folder: str, query: str) -> None:
    (feed,) = read(
        f'<outline text="{escape(folder)}"><outline text="{escape(title)}" '
        f'description="{escape(query)}" xmlUrl="http://a.example/?q={escape(query)}"/></outline>'
    )

    assert (feed.title, feed.folder, feed.description) == (title, (folder,), query)
    assert feed.feed == f"http://a.example/?q={query}"


@settings(deadline=DEADLINE)
@given(body=st.binary(max_size=300) | st.binary(max_size=100).map(b"<opml>%b</opml>".__mod__))
def test_any_bytes_are_a_list_or_a_parse_error(body: bytes) -> None:
    try:
        found = read_opml(document(body))
    except ParseError as err:
        assert str(err)
        return

    assert all(each.fault or each.feed.startswith(("http://", "https://")) for each in found)


def test_real_subscription_lists_are_read(shared: Path) -> None:
    found = {}
    expected = {}
    for row in corpus.rows(shared / "corpus", "opml"):
        outlines = read_opml(corpus.document_of(shared / "corpus", row))
        urls = list(dict.fromkeys(each.feed for each in outlines if each.feed))
        told = row["expected"]
        expected[row["file"]] = (told["n_feeds"], told["urls"])
        found[row["file"]] = (len(urls), urls[: len(told["urls"])])

    assert found == expected
    assert found
