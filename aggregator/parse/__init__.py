"""Bytes of one document -> what is written there: items, and pages that complete them.

Every text field of an item is an HTML fragment, whatever the format: title, summary, body, authors
and categories. What the format calls plain text is escaped here, so that `a < b & c` arrives as
`a &lt; b &amp; c`. Fragments are not sanitized yet; links and pictures in them are absolute.
`published`, `updated`, `language`, `key` and `link` are plain strings. Dates are as written.
Content without a summary beside it is `body`; `summary` then is empty.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from aggregator.errors import ParseError
from aggregator.model import Document, Format, Parsed, Source
from aggregator.parse.api import parse_api, parse_json_feed
from aggregator.parse.attachment import parse_attachment
from aggregator.parse.discover import Found, discover, guesses
from aggregator.parse.feed import parse_feed
from aggregator.parse.html.listing import parse_listing
from aggregator.parse.html.page import parse_page
from aggregator.parse.html.repeats import suggest_selectors
from aggregator.parse.ical import parse_calendar
from aggregator.parse.oai.answers import harvest_address, parse_oai
from aggregator.parse.sitemap import parse_sitemap

__all__ = [
    "READABLE",
    "VERSION",
    "Found",
    "address",
    "discover",
    "guesses",
    "parse",
    "suggest_selectors",
]

#: Grows when the same bytes would give another result, so that stored documents are parsed again.
VERSION = 3

_PARSERS: Mapping[Format, Callable[[Document, Source], Parsed]] = {
    "rss": parse_feed,
    "atom": parse_feed,
    "html-list": parse_listing,
    "json-feed": parse_json_feed,
    "json-api": parse_api,
    "xml-api": parse_api,
    "ical": parse_calendar,
    "oai-pmh": parse_oai,
    "sitemap": parse_sitemap,
}

#: The formats of sources that are read.
READABLE: frozenset[Format] = frozenset(_PARSERS)


def parse(document: Document, source: Source) -> Parsed:
    """Give the items of a document of the source, and the addresses of pages to fetch for them.

    Raises:
        ParseError: the document is not what the source's format says; the message says what it is.
    """
    if document.role == "page":
        return parse_page(document, source)
    if document.role == "attachment":
        return parse_attachment(document, source)
    parser = _PARSERS.get(source.format)
    if parser is None:
        raise ParseError(f"the format '{source.format}' is not read yet")
    return parser(document, source)


def address(source: Source, bookmark: str, now: datetime) -> str:
    """Give what to ask for the source's own address: some formats add parameters to it.

    `bookmark` is the source's own; `now` is only compared with it.
    """
    return harvest_address(source, bookmark, now) if source.format == "oai-pmh" else source.url
