"""Sitemaps beyond what the case folders show: limits, orders, compressed bodies, anything."""

import gzip
import zlib
from datetime import timedelta
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.errors import ParseError
from aggregator.model import Document, PageSelect, Parsed, Source
from aggregator.parse import parse

ADDRESS = "http://news.example/sitemap.xml"
DEADLINE = timedelta(seconds=2)
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zs", "Zl", "Zp"])


def read(body: bytes, *, page: bool = True, match: str | None = None) -> Parsed:
    source = Source(
        id="x",
        name="x",
        name_en="x",
        country="id",
        language="id",
        homepage="http://news.example/",
        url=ADDRESS,
        format="sitemap",
        kinds=("news",),
        timezone="Asia/Jakarta",
        page=PageSelect() if page else None,
        match=match,
    )
    document = Document(
        source_id="x", url=ADDRESS, role="source", final_url=ADDRESS, content_type="", body=body
    )
    return parse(document, source)


def urlset(*entries: str) -> bytes:
    return f"<urlset>{''.join(f'<url>{each}</url>' for each in entries)}</urlset>".encode()


def keys(parsed: Parsed) -> list[str]:
    return [item.key.removeprefix("http://news.example/") for item in parsed.items]


def test_the_newest_two_thousand_addresses_are_taken() -> None:
    entries = [
        f"<loc>/{day}</loc><lastmod>{2000 + day // 28 // 12}-{day // 28 % 12 + 1:02}-"
        f"{day % 28 + 1:02}</lastmod>"
        for day in range(2500)
    ]

    assert keys(read(urlset(*entries))) == [str(day) for day in range(2499, 499, -1)]


def test_times_are_ordered_over_time_zones() -> None:
    entries = [
        "<loc>/1</loc><lastmod>2026-01-02T01:00:00+09:00</lastmod>",
        "<loc>/2</loc><lastmod>2026-01-01T18:00:00Z</lastmod>",
        "<loc>/3</loc><lastmod>2026-01-01</lastmod>",
        "<loc>/4</loc><lastmod>2026</lastmod>",
        "<loc>/5</loc><lastmod>2027</lastmod>",
        "<loc>/6</loc><lastmod>0001-01-01T00:00:00+09:00</lastmod>",
    ]

    assert keys(read(urlset(*entries))) == ["5", "2", "1", "3", "4", "6"]


def test_a_pattern_that_is_none_is_said() -> None:
    with pytest.raises(ParseError, match="is no pattern"):
        read(urlset("<loc>/1</loc>"), match="(")


def test_an_empty_sitemap_is_one() -> None:
    assert read(urlset(), page=False) == Parsed(items=())


def test_a_sitemap_of_which_nothing_is_wanted_is_no_failure() -> None:
    """A news sitemap holds two days: on some of them there is nothing about schools."""
    assert read(urlset("<loc>/sports/1</loc>"), page=False, match="/edu/") == Parsed(items=())


def test_a_compressed_sitemap_may_have_parts() -> None:
    head, tail = urlset("<loc>/1</loc>", "<loc>/2</loc>")[:20], urlset("<loc>/1</loc>")[20:]

    assert keys(read(gzip.compress(head) + gzip.compress(tail))) == ["1"]


def bomb() -> bytes:
    stream = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    zeros = bytes(1_000_000)
    return b"".join([*(stream.compress(zeros) for _ in range(51)), stream.flush()])


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (bomb(), "over 50 MB"),
        (gzip.compress(b"") * 200, "over 50 MB"),
        (gzip.compress(urlset("<loc>/1</loc>"))[:-9], "cut off"),
        (b"\x1f\x8bnothing of the kind", "cannot be decompressed"),
        (gzip.compress(b""), "empty document"),
    ],
    ids=["bomb", "parts", "cut", "none", "empty"],
)
def test_what_does_not_decompress_is_refused(body: bytes, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        read(body)


@settings(deadline=DEADLINE)
@given(title=st.text(LETTERS, min_size=1))
def test_any_title_comes_out_as_the_html_of_its_text(title: str) -> None:
    news = f"<news><title>{escape(title)}</title></news>"
    (item,) = read(urlset(f"<loc>/1</loc>{news}"), page=False).items

    assert item.title == escape(title, quote=False)


@settings(deadline=DEADLINE)
@given(
    body=st.binary(max_size=300).map(lambda body: b"\x1f\x8b" + body)
    | st.binary(max_size=300).map(gzip.compress)
    | st.text(max_size=100).map(lambda url: urlset(f"<loc>{escape(url)}</loc>"))
    | st.text(max_size=100).map(str.encode)
)
def test_any_body_is_a_sitemap_or_a_parse_error(body: bytes) -> None:
    try:
        parsed = read(body)
    except ParseError as err:
        assert str(err)
        return

    assert all(item.link.startswith(("http://", "https://")) for item in parsed.items)
