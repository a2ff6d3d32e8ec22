"""What one entry of a feed says: feedparser's dictionary -> an item."""

import re
from collections.abc import Iterable
from typing import Any

from aggregator.model import Enclosure, Item
from aggregator.parse import fragment

#: One entry as feedparser gives it.
Entry = dict[str, Any]

_HTML = frozenset({"text/html", "application/xhtml+xml"})

_DOI = re.compile(r"(?:^|[\s:/])(10\.[0-9]{4,9}/[^\s<>\"]+)", re.IGNORECASE)

#: feedparser's names -> ours: what PRISM and Dublin Core say of an article in a journal.
_DETAILS = (
    ("prism_publicationname", "journal"),
    ("prism_volume", "volume"),
    ("prism_number", "issue"),
    ("prism_issn", "issn"),
    ("publisher", "publisher"),
)

_DOI_KEYS = ("prism_doi", "dc_identifier")
_DETAIL_KEYS = frozenset({*_DOI_KEYS, *(key for key, _ in _DETAILS)})

_MAIL = re.compile(r"(?:mailto:)?[^\s()<>@]+@[^\s()<>@]+")


def item_of(entry: Entry, base: str, *, exact: bool) -> Item:
    """Give the item that an entry describes; `key` is its GUID or atom:id as written, or "".

    `base` is where the feed came from: links are made absolute against it and `xml:base`. With
    `exact`, plain text is plain (Atom 1.0), else what RSS calls so (`fragment.from_loose_text`).
    """
    texts = _Texts(entry, base, exact=exact)
    body = texts.content()
    return Item(
        key=_string(entry, "id").strip(),
        link=_link(entry, base),
        title=texts.field("title"),
        summary=texts.summary(),
        body=body,
        published=_string(entry, "published") or _string(entry, "created"),
        updated=_string(entry, "updated"),
        authors=_authors(entry),
        categories=_categories(entry),
        language=_language(entry),
        enclosures=_enclosures(entry, base),
        details=_details(entry),
    )


class _Texts:
    """The text fields of one entry as HTML fragments with absolute addresses."""

    def __init__(self, entry: Entry, base: str, *, exact: bool) -> None:
        self._entry = entry
        self._base = base
        self._plain = fragment.from_text if exact else fragment.from_loose_text

    def field(self, name: str) -> str:
        """Give the title or the summary."""
        return self._html(_string(self._entry, name), _mapping(self._entry, f"{name}_detail"))

    def summary(self) -> str:
        """Give the summary, unless it is the content: feedparser copies that where none is.

        It gives the copy no details.
        """
        copied = "summary_detail" not in self._entry and "content" in self._entry
        return "" if copied else self.field("summary")

    def content(self) -> str:
        """Give the content, the one in HTML where there are several; pictures and films aren't."""
        contents = [part for part in _list(self._entry, "content") if isinstance(part, dict)]
        for types in (_HTML, {"text/plain"}):
            for part in contents:
                if part.get("type") in types and (text := _string(part, "value")):
                    return self._html(text, part)
        return ""

    def _html(self, text: str, detail: Entry) -> str:
        if detail.get("type") == "text/plain":
            return self._plain(text)
        base = _string(detail, "base")
        base = fragment.joined(self._base, base) if base else self._base
        return fragment.with_absolute_addresses(text, base)


def _link(entry: Entry, base: str) -> str:
    """Give the address of the article; a GUID is one only if it looks like an address."""
    link = _string(entry, "link").strip()
    is_guid = bool(entry.get("guidislink")) and link == _string(entry, "id").strip()
    if is_guid and not link.startswith(("http://", "https://", "/")):
        link = ""
    address = fragment.web_address(base, link) if link else ""
    others = () if address else _linked(entry, "alternate")
    addresses = (fragment.web_address(base, _string(other, "href")) for other in others)
    return address or next((address for address in addresses if address), "")


def _linked(entry: Entry, rel: str) -> list[Entry]:
    """Give the links of that kind that lead anywhere."""
    return [
        link
        for link in _list(entry, "links")
        if isinstance(link, dict) and link.get("rel") == rel and _string(link, "href")
    ]


def _enclosures(entry: Entry, base: str) -> tuple[Enclosure, ...]:
    """Give the files of the item, each address once."""
    files: dict[str, Enclosure] = {}
    for link in _linked(entry, "enclosure"):
        if url := fragment.web_address(base, _string(link, "href")):
            files.setdefault(url, _enclosure(link, url))
    return tuple(files.values())


def _enclosure(link: Entry, url: str) -> Enclosure:
    length = _string(link, "length").strip()
    told = int(length) if re.fullmatch("[0-9]{1,15}", length) else 0
    kind = _string(link, "type").strip()
    return Enclosure(
        url=url,
        # feedparser calls all links pages that say nothing of their type.
        type="" if kind == "text/html" else kind,
        length=told or None,
        title=_string(link, "title").strip(),
    )


def _details(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Give what academic feeds say of an article beside its texts."""
    if entry.keys().isdisjoint(_DETAIL_KEYS):
        return ()
    told = ((name, " ".join(_string(entry, key).split())) for key, name in _DETAILS)
    dois = (_DOI.search(_string(entry, key)) for key in _DOI_KEYS)
    doi = next((found[1] for found in dois if found), "")
    return tuple((name, text) for name, text in (("doi", doi), *told) if text)


def _authors(entry: Entry) -> tuple[str, ...]:
    """Name the authors; e-mail addresses are left out.

    A single author is read as written: feedparser takes addresses apart as if no domain ended in
    more than four letters, and leaves "ool" of one in `.school` before the name.
    """
    people = [person for person in _list(entry, "authors") if isinstance(person, dict)]
    names = [_string(person, "name") for person in people]
    if len(people) <= 1:
        names = [_string(entry, "author")]
    return _loose([_MAIL.sub("", name).strip().strip("()<>") for name in names])


def _categories(entry: Entry) -> tuple[str, ...]:
    tags = [tag for tag in _list(entry, "tags") if isinstance(tag, dict)]
    return _loose([_string(tag, "label") or _string(tag, "term") for tag in tags])


def _loose(texts: Iterable[str]) -> tuple[str, ...]:
    """Write plain texts as HTML, each once."""
    bare = [text.strip() for text in texts]
    return tuple(dict.fromkeys([fragment.from_loose_text(text) for text in bare if text]))


def _language(entry: Entry) -> str:
    """Give the item's own dc:language, else the `xml:lang` in force at its title.

    Not the channel's `<language>`: that is a blog system's default more often than a statement.
    """
    said = _string(entry, "language") or _string(_mapping(entry, "title_detail"), "language")
    return said.strip().replace("_", "-")


# The parser's dictionaries are read by dict.get: their own gives `published` for a missing
# `updated`, with a warning. In a broken feed any value can be a dictionary of attributes.


def _string(entry: Entry, name: str) -> str:
    value = dict.get(entry, name)
    return value if isinstance(value, str) else ""


def _mapping(entry: Entry, name: str) -> Entry:
    value = dict.get(entry, name)
    return value if isinstance(value, dict) else {}


def _list(entry: Entry, name: str) -> list[Any]:
    value = dict.get(entry, name)
    return value if isinstance(value, list) else []
