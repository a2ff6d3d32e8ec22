"""JSON Feed 1.1 and 1.0: bytes -> items (https://www.jsonfeed.org/version/1.1/)."""

from collections.abc import Iterable, Iterator

from aggregator.errors import ParseError
from aggregator.model import Document, Enclosure, Further, Item, Parsed, Source
from aggregator.parse import fragment, prose
from aggregator.parse.api.jsontext import Json, read_json
from aggregator.parse.keys import keyed

#: A file of more bytes there is not; databases count no further.
_LARGEST = 2**63


def parse_json_feed(document: Document, source: Source) -> Parsed:
    """Give the items of a JSON Feed in its order, each key once, and its next page.

    With selectors for the article's page, each item's own page is a further request.

    Raises:
        ParseError: it is no JSON, or holds no list of items.
    """
    feed = read_json(document, source)
    entries = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(entries, list):
        raise ParseError("expected a JSON Feed, got JSON without a list 'items'")
    base = document.final_url
    items = keyed([_item(entry, base) for entry in entries if isinstance(entry, dict)])
    return Parsed(items=items, requests=tuple(_requests(feed, items, base, source)))


def _requests(
    feed: dict[str, Json], items: Iterable[Item], base: str, source: Source
) -> Iterator[Further]:
    if source.page is not None:
        for item in items:
            if item.link:
                yield Further(url=item.link, role="page", key=item.key, version=item.updated)
    if following := _address(base, _text(feed, "next_url")):
        yield Further(url=following, role="list")


def _item(entry: dict[str, Json], base: str) -> Item:
    html = fragment.with_absolute_addresses(_text(entry, "content_html").strip(), base)
    links = (_address(base, _text(entry, name)) for name in ("url", "external_url"))
    return Item(
        key=_text(entry, "id"),
        link=next((link for link in links if link), ""),
        title=fragment.from_text(_text(entry, "title")),
        summary=fragment.from_text(_text(entry, "summary")),
        body=html or prose.paragraphs(_text(entry, "content_text")),
        published=_text(entry, "date_published"),
        updated=_text(entry, "date_modified"),
        authors=_once(_authors(entry)),
        categories=_once(tag for tag in _list(entry, "tags") if isinstance(tag, str)),
        language=_text(entry, "language"),
        enclosures=tuple(_enclosures(entry, base)),
    )


def _authors(entry: dict[str, Json]) -> Iterator[str]:
    """Name the authors; version 1.0 has one, as `author`."""
    for author in (*_list(entry, "authors"), entry.get("author")):
        if isinstance(author, dict):
            yield _text(author, "name")


def _enclosures(entry: dict[str, Json], base: str) -> Iterator[Enclosure]:
    for attached in _list(entry, "attachments"):
        address = _address(base, _text(attached, "url")) if isinstance(attached, dict) else ""
        if address:
            size = attached.get("size_in_bytes")
            sized = type(size) in (int, float) and 0 < size < _LARGEST
            yield Enclosure(
                url=address,
                type=_text(attached, "mime_type"),
                length=int(size) if sized else None,
                title=_text(attached, "title"),
            )


def _address(base: str, address: str) -> str:
    return fragment.web_address(base, address) if address else ""


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    """Give each text once, as a fragment."""
    written = (fragment.from_text(text.strip()) for text in texts)
    return tuple(dict.fromkeys(text for text in written if text))


def _text(entry: dict[str, Json], name: str) -> str:
    """Give a text; an id may be a number, which the specification asks to read as its digits."""
    value = entry.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else ""


def _list(entry: dict[str, Json], name: str) -> list[Json]:
    value = entry.get(name)
    return value if isinstance(value, list) else []
