"""Whatever arrives, in any format: items that can be stored, or a ParseError."""

from dataclasses import asdict
from html import escape, unescape
from typing import Literal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aggregator.errors import ParseError
from aggregator.model import Document, Format, Item, PageSelect, Parsed, Select, Source
from aggregator.parse import READABLE, parse

#: What feeds and pages are made of, and what has broken parsers.
PIECES = [
    "<rss version='2.0'>",
    "<channel>",
    "<item>",
    "</item>",
    "<feed xmlns='http://www.w3.org/2005/Atom'>",
    "<entry>",
    "</entry>",
    "<title>",
    "</title>",
    "<title type='xhtml'>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "<link>http://[",
    "<link href='http://[x'/>",
    "<guid>",
    "</guid>",
    "<textInput>",
    "<image>",
    "<name>",
    "<author>",
    "</author>",
    "<pubDate>Mon, 99 Nov 99999</pubDate>",
    "<category/>",
    "<width>",
    "<source url='x'>",
    "<content>",
    "&#xD800;",
    "&#x110000;",
    "&#99999999999999;",
    "&nbsp;",
    "&x;",
    "&",
    "<",
    chr(0),
    "学び",
    "<html>",
    "<li>",
    "<li><a href='http://['>x</a></li>",
    "<a href='x'>",
    "<base href='http://['>",
    "<h1>",
    "<svg>",
    "<?xml version='1.0' encoding='utf-16'?>",
    "<!DOCTYPE a [",
    "]>",
]


def source(format: Format) -> Source:
    return Source(
        id="x",
        name="x",
        name_en="x",
        country="jp",
        language="ja",
        homepage="http://news.example/",
        url="http://news.example/",
        format=format,
        kinds=("news",),
        timezone="Asia/Tokyo",
        select=Select(item="li", date="b", summary="i"),
        page=PageSelect(title="h1", body="li"),
    )


def read(body: bytes, format: Format, role: Literal["source", "page"], header: str = "") -> Parsed:
    address = "http://news.example/"
    document = Document(
        source_id="x", url=address, role=role, final_url=address, content_type=header, body=body
    )
    return parse(document, source(format))


def sound(item: Item) -> bool:
    """Whether the item can be stored: whole characters, a key, a web address if any."""
    repr(asdict(item)).encode()
    "".join((item.title, item.summary, item.body, item.key, *item.authors)).encode()
    return bool(item.key) and (not item.link or item.link.startswith(("http://", "https://")))


@pytest.mark.parametrize("role", ["source", "page"])
@pytest.mark.parametrize("format", sorted(READABLE))
@settings(deadline=None)  # the machine may be busy
@given(body=st.binary(max_size=300))
def test_arbitrary_bytes_raise_nothing_but_parse_errors(
    body: bytes, format: Format, role: Literal["source", "page"]
) -> None:
    try:
        parsed = read(body, format, role)
    except ParseError as err:
        assert str(err)
        return

    assert all(sound(item) for item in parsed.items)


@pytest.mark.parametrize("format", ["rss", "html-list"])
@settings(deadline=None)  # the machine may be busy
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=25))
@example(pieces=["<rss version='2.0'>", "<item>", "<textInput>", "<name>", "</item>"])
def test_arbitrary_markup_raises_nothing_but_parse_errors(
    pieces: list[str], format: Format
) -> None:
    try:
        parsed = read("".join(pieces).encode(), format, "source")
    except ParseError as err:
        assert str(err)
        return

    keys = [item.key for item in parsed.items]
    assert all(sound(item) for item in parsed.items)
    assert len(set(keys)) == len(keys)


# Letters of Latin-1 are left out: where they look like misread UTF-8, feedparser mends them.
LETTERS = st.characters(
    codec="utf-8",
    exclude_categories=["Cc", "Cs", "Cn"],
    exclude_characters=[chr(code) for code in range(0x80, 0x100)],
)


@settings(deadline=None)  # the machine may be busy
@given(title=st.text(LETTERS, min_size=1))
def test_a_plain_atom_title_comes_out_as_the_html_of_its_text(title: str) -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:x</id>'
        f"<title>{escape(title)}</title></entry></feed>"
    )
    (item,) = read(feed.encode(), "atom", "source").items

    assert unescape(item.title) == title.strip()
    assert "<" not in item.title
