"""Sitemaps: a site's addresses -> items, or the further sitemaps that an index lists.

https://www.sitemaps.org/protocol.html, with Google's extension for news
(https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap). Only the
extension gives titles; without it, each article's own page must be read.
"""

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from lxml import etree

from aggregator.errors import ParseError
from aggregator.model import Document, Further, Item, Parsed, Source
from aggregator.parse import charset, fragment
from aggregator.parse.xml import local, read_xml, words

#: Bytes that a compressed sitemap may inflate to: the protocol's own limit for one file.
_MOST_BYTES = 50_000_000

#: Items of one sitemap: a news site's last weeks. The protocol allows 50,000 addresses, most of
#: them a decade old.
_MOST_ITEMS = 2000

#: Sitemaps that are followed of an index, and of an index inside an index: sites split by month
#: or by 1,000 addresses, and what is new stands in the newest ones.
_MOST_CHILDREN = 10
_MOST_GRANDCHILDREN = 3

#: Marks the version of what stands in an inner index: another index there is not followed.
_INNER = "inner "

#: Parts that a compressed sitemap may be put together of; reading takes their square.
_MOST_PARTS = 100

_GZIP = b"\x1f\x8b"
_MONTH = re.compile(r"[0-9]{4}(?:-[0-9]{2})?")
_REMEDY = "add `page: {}` to the source in sources.yaml, so that each article's page is read"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """One address of a sitemap, with what is said of it."""

    url: str
    modified: str = ""
    published: str = ""
    title: str = ""
    language: str = ""
    keywords: str = ""


def parse_sitemap(document: Document, source: Source) -> Parsed:
    """Give the addresses that fit the source's `match` as items, or an index' newest sitemaps.

    The newest come first, by when they were changed. What says no time comes after them, the last
    of the document first: programs that tell no times append.

    Raises:
        ParseError: it is no sitemap, cannot be inflated, or its items have no titles and the
            source's pages are not read; the message tells the remedy.
    """
    document = _inflated(document)
    if (places := _lines(document, source)) is not None:
        return _items(places, source)
    root = read_xml(document, source)
    if local(root) not in ("urlset", "sitemapindex"):
        raise ParseError(f"expected a sitemap, got a document of <{local(root)}>")
    found = (_place(each, document.final_url) for each in root)
    places = [place for place in found if place.url]
    return (
        _items(places, source) if local(root) == "urlset" else _children(places, document, source)
    )


def _inflated(document: Document) -> Document:
    """Give the document with its body decompressed: `sitemap.xml.gz` is a file, not a coding."""
    data, body = document.body, b""
    for _ in range(_MOST_PARTS):
        if not data.startswith(_GZIP):
            return document if data is document.body else replace(document, body=body)
        stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            body += stream.decompress(data, _MOST_BYTES + 1 - len(body))
        except zlib.error as err:
            raise ParseError("the compressed sitemap cannot be decompressed") from err
        if len(body) > _MOST_BYTES:
            break
        if not stream.eof:
            raise ParseError("the compressed sitemap is cut off")
        data = stream.unused_data
    raise ParseError(f"the compressed sitemap holds over {_MOST_BYTES // 1_000_000} MB")


def _lines(document: Document, source: Source) -> list[_Place] | None:
    """Give the addresses of a sitemap in plain text, one a line; None: it is no such text."""
    if b"<" in document.body[:1024]:
        return None
    text = charset.decode(document.body, charset=source.charset).text.removeprefix("\ufeff")
    lines = (line.split() for line in text.splitlines())
    urls = [fragment.web_address("", line[0]) for line in lines if len(line) == 1]
    return [_Place(url=url) for url in urls if url] or None


def _place(entry: etree._Element, base: str) -> _Place:
    told = {local(child): child for child in reversed(entry)}
    news = told.get("news")
    said = {} if news is None else {local(child): words(child) for child in news.iterdescendants()}
    return _Place(
        url=fragment.web_address(base, loc) if (loc := words(told.get("loc"))) else "",
        modified=words(told.get("lastmod")),
        published=said.get("publication_date", ""),
        title=said.get("title", ""),
        language=said.get("language", ""),
        keywords=said.get("keywords", ""),
    )


def _items(places: Iterable[_Place], source: Source) -> Parsed:
    fitting = _fitting(places, source)
    unique = {place.url: place for place in reversed(fitting)}
    newest = _newest_first(tuple(reversed(unique.values())))[:_MOST_ITEMS]
    if source.page is None:
        # Beside articles, news sitemaps list sections: those have no title.
        titled = [place for place in newest if place.title]
        if newest and not titled:
            raise ParseError(f"the sitemap gives addresses without titles: {_REMEDY}")
        return Parsed(items=tuple(map(_item, titled)))
    pages = [Further(url=p.url, role="page", key=p.url, version=p.modified) for p in newest]
    return Parsed(items=tuple(map(_item, newest)), requests=tuple(pages))


def _fitting(places: Iterable[_Place], source: Source) -> list[_Place]:
    try:
        pattern = re.compile(source.match or "")
    except re.error as err:
        raise ParseError(f"the source's match {source.match!r} is no pattern: {err}") from err
    return [place for place in places if pattern.search(place.url)]


def _item(place: _Place) -> Item:
    keywords = (word.strip() for word in place.keywords.split(","))
    return Item(
        key=place.url,
        link=place.url,
        title=fragment.from_text(place.title),
        published=place.published,
        updated=place.modified,
        categories=tuple(fragment.from_text(word) for word in keywords if word),
        language=place.language,
    )


def _children(places: Iterable[_Place], document: Document, source: Source) -> Parsed:
    if document.version.startswith(_INNER):
        raise ParseError("the site's sitemaps are nested more than twice; these are not followed")
    inner = document.role == "list"
    above = {source.url, document.url}  # an index may list itself
    newest = _newest_first([place for place in places if place.url not in above])
    children = newest[: _MOST_GRANDCHILDREN if inner else _MOST_CHILDREN]
    # What says no time is asked for again on another day.
    day = document.fetched.date().isoformat() if document.fetched else ""
    mark = _INNER if inner else ""
    requests = (
        Further(url=each.url, role="list", version=f"{mark}{each.modified or day}")
        for each in children
    )
    return Parsed(items=(), requests=tuple(requests))


def _newest_first(places: Iterable[_Place]) -> list[_Place]:
    timed, others = [], []
    for place in places:
        moment = _moment(place.modified) or _moment(place.published)
        if moment:
            timed.append((moment, place))
        else:
            others.append(place)
    timed.sort(key=lambda pair: pair[0], reverse=True)
    return [*(place for _, place in timed), *reversed(others)]


def _moment(told: str) -> datetime | None:
    """Give a time in W3C's format (https://www.w3.org/TR/NOTE-datetime) to order by."""
    if _MONTH.fullmatch(told):
        told = f"{told}-01-01"[:10]
    try:
        moment = datetime.fromisoformat(told)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
