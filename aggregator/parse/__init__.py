"""Bytes of one document -> what is written there: items, and pages that complete them.

Every text field of an item is an HTML fragment, whatever the format: title, summary, body, authors
and categories. What the format calls plain text is escaped here, so that `a < b & c` arrives as
`a &lt; b &amp; c`. Fragments are not sanitized yet; links and pictures in them are absolute.
`published`, `updated`, `language`, `key` and `link` are plain strings. Dates are as written.
Content without a summary beside it is `body`; `summary` then is empty.
"""

from aggregator.errors import ParseError
from aggregator.model import Document, Parsed, Source
from aggregator.parse.feed import parse_feed
from aggregator.parse.listing import parse_listing
from aggregator.parse.page import parse_page

__all__ = ["READABLE", "VERSION", "parse"]

#: Grows when the same bytes would give another result, so that stored documents are parsed again.
VERSION = 2

_PARSERS = {"rss": parse_feed, "atom": parse_feed, "html-list": parse_listing}

#: The formats of sources that are read.
READABLE: frozenset[str] = frozenset(_PARSERS)


def parse(document: Document, source: Source) -> Parsed:
    """Give the items of a document of the source, and the addresses of pages to fetch for them.

    Raises:
        ParseError: the document is not what the source's format says; the message says what it is.
    """
    if document.role == "page":
        return parse_page(document, source)
    parser = _PARSERS.get(source.format)
    if parser is None:
        raise ParseError(f"the format '{source.format}' is not read yet")
    return parser(document, source)
