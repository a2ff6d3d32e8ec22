"""RSS and Atom in all their versions: bytes -> items, guarded.

Plain feeds are read by `aggregator.parse.plain`, all others by feedparser, with one result. What
is a feed at all, and which of its entries arrived whole, is judged here; `aggregator.parse.entry`
says what one entry means.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import feedparser

from aggregator.errors import ParseError
from aggregator.model import Document, Further, Item, Parsed, Source
from aggregator.parse import charset, guard, plain
from aggregator.parse.entry import Entry, item_of
from aggregator.parse.guard import Guarded
from aggregator.parse.keys import keyed

_FEED_ROOTS = frozenset({"rss", "rdf", "feed", "channel"})

_EDGE = re.compile(r"<(/?)((?:[\w-]+:)?(?:item|entry))(?=[\s>])[^<>]*>", re.IGNORECASE)
_ROOT_TAG = re.compile(r"<([A-Za-z_][\w:.-]*)[^<>]*>")
_ROOT_CLOSING = re.compile(r"</(?:[\w-]+:)?(?:rss|rdf|feed|channel)\s*>", re.IGNORECASE)
_COUNT = re.compile("[0-9]{1,9}")
_PAGE_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,200})", re.IGNORECASE)


_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_PERIODS = {
    "hourly": _HOUR,
    "daily": _DAY,
    "weekly": 7 * _DAY,
    "monthly": 30 * _DAY,
    "yearly": 365 * _DAY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What feedparser makes of a text."""

    version: str  #: "rss20", "atom10" …; "" when it saw no feed
    entries: tuple[Entry, ...]
    well_formed: bool
    feed: Entry = field(default_factory=dict)  #: what is said of the feed itself


def parse_feed(document: Document, source: Source) -> Parsed:
    """Give the items of a feed in its order, each key once; a valid empty feed gives none.

    A feed that was cut off on its way gives the items that arrived whole.

    Raises:
        ParseError: it is no feed, cannot be decoded, defines entities of its own, or is cut off
            before its first item.
    """
    text = charset.decode(
        document.body,
        content_type=document.content_type,
        charset=source.charset,
        language=source.language,
    ).text
    guarded = guard.guarded(text)
    if guarded.root == "html":
        raise ParseError(f"expected a feed, got an HTML page{_titled(text)}")
    reading = _read(guarded.xml)
    entries = _whole(reading, guarded)
    if not entries:
        _refuse_unless_empty(reading, guarded, text)
    # Before its standard Atom was written like RSS: its blogs escaped plain text twice as well.
    exact = reading.version == "atom10"
    items = keyed([item_of(entry, document.final_url, exact=exact) for entry in entries])
    return Parsed(
        items=items,
        requests=_pages(items, reading.version) if source.page else (),
        refresh_s=_refresh_s(reading.feed),
    )


def _pages(items: Iterable[Item], version: str) -> tuple[Further, ...]:
    """Ask for each item's own page; only Atom says when an entry has changed."""
    is_atom = version.startswith("atom")
    return tuple(
        Further(url=item.link, role="page", key=item.key, version=item.updated if is_atom else "")
        for item in items
        if item.link
    )


def _refresh_s(feed: Entry) -> int | None:
    """Give how seldom the feed asks to be fetched, in seconds; None if it says nothing sensible.

    RSS has `<ttl>` (https://www.rssboard.org/rss-specification), the syndication module a period
    and how often in it (https://web.resource.org/rss/1.0/modules/syndication/).
    """
    hints = [_count(feed.get("ttl")) * _MINUTE]
    said = (feed.get("sy_updateperiod"), feed.get("sy_updatefrequency"))
    if any(said):
        period = _PERIODS.get(str(said[0] or "daily").lower(), 0)
        often = _count(said[1]) if said[1] else 1
        hints.append(period // often if often else 0)
    return max((hint for hint in hints if 0 < hint <= _PERIODS["yearly"]), default=None)


def _count(said: object) -> int:
    return int(said) if isinstance(said, str) and _COUNT.fullmatch(said) else 0


def _read(xml: str) -> Reading:
    quick = plain.read(xml)
    if isinstance(quick, plain.Plain):
        return Reading(
            version=quick.version, entries=quick.entries, feed=quick.feed, well_formed=True
        )
    return read_slowly(xml)


def read_slowly(xml: str) -> Reading:
    """Give what feedparser makes of a guarded text, item by item where it breaks over the whole.

    Raises:
        ParseError: it breaks over each item.
    """
    try:
        return _feedparser(xml)
    except Exception as err:  # it raises whatever an odd feed meets: KeyError, TypeError, …
        salvaged = tuple(_one_by_one(xml))
        if not salvaged:
            raise ParseError(f"the feed is broken: {type(err).__name__}: {err}") from err
        version = next((reading.version for reading in salvaged if reading.version), "")
        entries = tuple(entry for reading in salvaged for entry in reading.entries)
        return Reading(version=version, entries=entries, well_formed=False)


def _feedparser(xml: str) -> Reading:
    """Parse once.

    The parser gets a stream, since it takes bytes for a file's name first. It gets no address:
    it would resolve GUIDs against it, and a feed that moves to https would change all its keys.
    It neither sanitizes nor resolves: that halves its speed, and both are done better later.
    """
    result: Any = feedparser.parse(
        io.BytesIO(xml.encode()),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    return Reading(
        version=result.version or "",
        entries=tuple(result.entries),
        well_formed=not result.bozo,
        feed=result.feed,
    )


def _one_by_one(xml: str) -> Iterator[Reading]:
    """Parse each item in a feed of its own: what breaks one does not take the others along."""
    root = _ROOT_TAG.search(xml)
    if root is None:
        return
    for start, end in _spans(xml):
        try:
            yield _feedparser(f"{root[0]}{xml[start:end]}</{root[1]}>")
        except Exception:  # noqa: BLE001, S112 - as above; this is the item at fault
            continue


def _spans(xml: str) -> Iterator[tuple[int, int]]:
    """Give start and end of each item that has both."""
    start: int | None = None
    for edge in _EDGE.finditer(xml):
        if not edge[1]:
            start = edge.start()
        elif start is not None:
            yield start, edge.end()
            start = None


def _whole(reading: Reading, guarded: Guarded) -> tuple[Entry, ...]:
    """Leave out the last entry when the document ends inside it; the next fetch brings it whole."""
    if reading.well_formed or _ROOT_CLOSING.search(guarded.xml):
        return reading.entries
    edges = _EDGE.findall(guarded.xml)
    inside = bool(edges) and edges[-1][0] != "/"
    return reading.entries[:-1] if inside else reading.entries


def _refuse_unless_empty(reading: Reading, guarded: Guarded, text: str) -> None:
    """Raise unless the document is a feed that says itself that it holds nothing."""
    if not text.strip():
        raise ParseError("expected a feed, got an empty document")
    ended = _ROOT_CLOSING.search(guarded.xml) is not None
    if guarded.root in _FEED_ROOTS:
        if reading.well_formed or (ended and not _EDGE.search(guarded.xml)):
            return
        how = "broken" if ended else "cut off"
        raise ParseError(f"the feed is {how}, and not one item of it could be read")
    if guarded.root:
        raise ParseError(f"expected a feed, got a document of <{guarded.root}>")
    raise ParseError(f"expected a feed, got a text that begins {text.strip()[:40]!r}")


def _titled(text: str) -> str:
    title = _PAGE_TITLE.search(text)
    words = " ".join(title[1].split()) if title else ""
    return f" titled '{words}'" if words else " without a title"
