"""A document as a tree, with what is in force at each place in it.

feedparser reads well-formed feeds with expat, the parser of Python itself. So is this tree made,
which settles all questions of what is well-formed, what an entity stands for and where a text ends.
"""

import io
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from aggregator.parse.plain.names import Names, language, odd, split
from aggregator.parse.plain.texts import mending

_ATOM = "http://www.w3.org/2005/atom"
_XML = "http://www.w3.org/XML/1998/namespace"

#: Namespace -> the version that it makes a feed, unless the root says otherwise.
_VERSIONS = {"http://purl.org/rss/1.0/": "rss10", _ATOM: "atom10"}
_NETSCAPE = ("", "http://my.netscape.com/rdf/simple/0.9/")
_BEFORE_1 = {"0.1": "atom01", "0.2": "atom02", "0.3": "atom03"}

_BASE = re.compile(rb"\bbase\s*=", re.IGNORECASE)


class Tree:
    """One document."""

    def __init__(self, xml: str) -> None:
        """Read it.

        Raises:
            NotPlainError: it is not well-formed, no feed, or has odd namespaces or bases.
        """
        raw = xml.encode()
        declared, self.root = _parsed(raw)
        self.names = Names(declared)
        self.version = self._version(declared)
        self.mended = mending(raw)
        self._bases: dict[Element, str] = {}
        if b"base" in raw.lower() and _BASE.search(raw):
            self._note_bases(self.root, "")

    def base(self, element: Element) -> str:
        """Give what the addresses in an element are resolved against, "" for nothing."""
        return self._bases.get(element, "") if self._bases else ""

    def attributes(self, element: Element) -> dict[str, str]:
        """Give the attributes of an element, as `Names` calls them."""
        return self.names.attributes(element) if element.attrib else {}

    def language(self, element: Element, around: str | None) -> str | None:
        """Give the language in force inside an element."""
        return language(self.attributes(element), around) if element.attrib else around

    def _version(self, declared: Sequence[tuple[str, str]]) -> str:
        """Name the version: "rss", "atom10" …; of RSS's own it does not matter which."""
        name = self.names[self.root.tag]
        first = next(filter(None, map(_version_of, declared)), "")
        if name == "rss" or (name == "rdf_rdf" and first != "atom10"):
            return "rss"
        is_atom = split(self.root.tag)[0].lower() == _ATOM
        if name != "feed" or first != ("atom10" if is_atom else ""):
            odd(f"<{name}> is no feed")
        return first or _BEFORE_1.get(self.attributes(self.root).get("version", ""), "atom")

    def _note_bases(self, element: Element, base: str) -> str:
        """Note the bases in an element; give the one in force behind it.

        That is the last one within, unless there was one before.
        """
        for attribute, value in element.items():
            uri, name = split(attribute)
            if name == "base" and not uri:
                odd("a base without a namespace")
            if name == "base" and uri == _XML and value:
                base = _joined(base, value)
        if base:
            self._bases[element] = base
        within = base
        for child in element:
            within = self._note_bases(child, within)
            within = base or within
        return within


def _parsed(raw: bytes) -> tuple[list[tuple[str, str]], Element]:
    try:
        # No entity is left in it that stands for more than a character.
        events: Any = ElementTree.iterparse(io.BytesIO(raw), ("start-ns",))  # noqa: S314 - as said
        declared = [told for _, told in events]
    except ElementTree.ParseError:
        odd("not well-formed")
    return declared, events.root


def _version_of(declared: tuple[str, str]) -> str:
    prefix, uri = declared
    return "rss090" if (prefix, uri.lower()) == _NETSCAPE else _VERSIONS.get(uri.lower(), "")


def _joined(base: str, told: str) -> str:
    """Give the new base; one that its own elements would change again is left to feedparser."""
    try:
        joined = urljoin(base, told)
        steady = urljoin(joined, joined) == joined
    except ValueError:
        steady = False
    if not steady or ":///" in told or not joined.startswith(("http://", "https://")):
        odd("an odd base")
    return joined
