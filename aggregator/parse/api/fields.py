"""One record of an API -> an item, as the source's description says."""

import html
import re
from collections.abc import Iterable

from aggregator.model import Enclosure, Item
from aggregator.parse import fragment, prose
from aggregator.parse.api.answer import Reader

#: Names in a description that fill the item; others become details.
_ITEM = frozenset(
    {"id", "title", "summary", "body", "link", "published", "updated", "authors", "categories"}
    | {"language", "attachment"}
)

_PLACE = re.compile(r"\{([^{}]*)\}")

# Text that has one of these is HTML; `a <b and c> d` is not.
_HTML = re.compile(
    r"</?(?:a|abbr|b|blockquote|br|center|div|em|font|h[1-6]|hr|i|img|li|ol|p|picture|pre|q|s|small"
    r"|span|strong|sub|sup|table|tbody|td|th|tr|u|ul)\b[^<>]*>",
    re.IGNORECASE,
)
_SEMICOLON = re.compile("[;；]")
_TAG = re.compile(r"<[^<>]*>")


def item_of(record: Reader, told: Iterable[tuple[str, str]], base: str) -> Item:
    """Give the item of a record; `told` are pairs of a field's name and its path or template.

    Of several texts the first counts for dates, links, ids and languages; those of a title are
    joined by "; ", those of a summary or body are paragraphs. Text is plain unless it has a tag of
    HTML. `key` is the record's id, or "".
    """
    values = {name: _values(record, path) for name, path in told}
    reading = _Reading(values, base)
    return Item(
        key=reading.first("id"),
        link=reading.address("link"),
        title=reading.line("title"),
        summary=reading.text("summary"),
        body=reading.text("body"),
        published=reading.first("published"),
        updated=reading.first("updated"),
        authors=reading.several("authors"),
        categories=reading.several("categories"),
        language=reading.first("language"),
        enclosures=tuple(Enclosure(url=address) for address in reading.addresses("attachment")),
        details=reading.details(),
    )


class _Reading:
    """The texts of one record, by the name of the field."""

    def __init__(self, values: dict[str, list[str]], base: str) -> None:
        self._values = values
        self._base = base

    def first(self, name: str) -> str:
        return next(iter(self._values.get(name, [])), "")

    def line(self, name: str) -> str:
        """Give all texts as one line, a fragment."""
        return _fragment(" ".join("; ".join(self._values.get(name, [])).split()), self._base)

    def text(self, name: str) -> str:
        """Give each text as a paragraph, a fragment."""
        return _fragment("\n\n".join(self._values.get(name, [])), self._base)

    def several(self, name: str) -> tuple[str, ...]:
        """Give fragments, each once; a ";" in a text parts two."""
        texts = (_plain(text) for text in self._values.get(name, []))
        parts = (part.strip() for text in texts for part in _SEMICOLON.split(text))
        return tuple(dict.fromkeys(fragment.from_text(part) for part in parts if part))

    def address(self, name: str) -> str:
        return next(iter(self.addresses(name)), "")

    def addresses(self, name: str) -> list[str]:
        """Give those that are on the web, each once."""
        absolute = (fragment.web_address(self._base, text) for text in self._values.get(name, []))
        return list(dict.fromkeys(address for address in absolute if address))

    def details(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (name, _plain(text))
            for name, texts in self._values.items()
            if name not in _ITEM
            for text in texts
        )


def _values(record: Reader, path: str) -> list[str]:
    """Give the texts at the path, or of the first template that is filled whole."""
    if "{" not in path:
        return record(path)
    for each in path.split(" | "):
        texts = [_filled(record, each)] if "{" in each else record(each)
        if any(texts):
            return texts
    return []


def _filled(record: Reader, template: str) -> str:
    """Give the template with its places filled, "" when one of them is empty."""
    places = {path: next(iter(record(path)), "") for path in _PLACE.findall(template)}
    if not all(places.values()):
        return ""
    return _PLACE.sub(lambda place: places[place[1]], template)


def _fragment(text: str, base: str) -> str:
    if _HTML.search(text):
        return fragment.with_absolute_addresses(text, base)
    return prose.paragraphs(text, fragment.from_loose_text)


def _plain(text: str) -> str:
    """Give the text without tags; many APIs escape it for HTML."""
    bare = _TAG.sub(" ", text) if _HTML.search(text) else text
    return " ".join(html.unescape(bare).split())
