"""What feedparser calls the elements and attributes of a feed, whatever their prefixes are.

feedparser asks for the namespace first, and for the prefix where it does not know the namespace;
that is followed here to the letter. What hangs on the order of declarations is not plain.
"""

from collections.abc import Iterable
from typing import Any, NoReturn
from xml.etree.ElementTree import Element

import feedparser

#: feedparser's own reader of well-formed feeds: asked which elements it knows, and what looks like
#: HTML to it, so that no list of ours can grow stale.
FEEDPARSER: Any = feedparser.api.StrictFeedParser

#: Namespace, in lower case -> the prefix that feedparser gives its elements.
_STANDARD: dict[str, str] = {uri.lower(): name for uri, name in FEEDPARSER.namespaces.items()}
_PREFIXES = frozenset(prefix.lower() for prefix in _STANDARD.values() if prefix)

_USERLAND = "backend.userland.com/rss"  #: any address with this is RSS
_XLINK = "http://www.w3.org/1999/xlink"

#: Attributes that are read of some element: another namespace's of that name would be taken for
#: them.
_ATTRIBUTES = frozenset(
    {"base", "lang", "version", "lastmod", "href", "url", "uri", "rel", "type", "mode", "src"}
    | {"term", "scheme", "domain", "label", "ispermalink", "length", "title", "text", "about"}
)


class NotPlainError(Exception):
    """The feed has something in it that only feedparser knows the meaning of."""


class Names(dict[str, str]):
    """Tag -> feedparser's name, with its prefix: "title", "dc_creator"."""

    def __init__(self, declared: Iterable[tuple[str, str]]) -> None:
        """Take all declarations of the document, as pairs of prefix and namespace."""
        super().__init__()
        self._of_prefix: dict[str, str] = {}
        self._prefix_of: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        for prefix, uri in set(declared):
            if uri:
                self._declare(prefix, uri)

    def _declare(self, prefix: str, uri: str) -> None:
        standard = _standard(uri)
        if uri.split() != [uri] or uri.lower() == _XLINK or "}" in uri:
            odd("an odd namespace")
        if standard is None and self._prefix_of.setdefault(uri, prefix) != prefix:
            odd("two prefixes for one namespace")
        prefixes = {prefix.lower(), prefix.lower() if standard is None else standard.lower()} - {""}
        if standard is not None and len(prefixes) > 1 and prefix.lower() in _PREFIXES:
            odd("a prefix that is another's")
        for one in prefixes:
            if self._of_prefix.setdefault(one, uri) != uri:
                odd("one prefix for two namespaces")

    def __missing__(self, tag: str) -> str:
        """Name an element."""
        uri, local = split(tag)
        standard = _standard(uri)
        prefix = self._prefix_of.get(uri, "") if standard is None else standard
        self[tag] = f"{prefix.lower()}_{local}" if prefix else local
        return self[tag]

    def attributes(self, element: Element) -> dict[str, str]:
        """Give the attributes of an element, by names in lower case with standard prefixes."""
        told: dict[str, str] = {}
        for attribute, value in element.items():
            key = self._keys.get(attribute) or self._key(attribute)
            if key in told:
                odd(f"the attribute {key} twice")
            told[key] = value.lower() if key in ("rel", "type") else value
        return told

    def _key(self, attribute: str) -> str:
        """Name an attribute: feedparser takes those of unknown namespaces for the element's own."""
        uri, key = split(attribute)
        if uri:
            prefix = _standard(uri)
            if not prefix and key in _ATTRIBUTES:
                odd("an attribute that looks like another")
            key = f"{prefix or '?'}:{key}"
        self._keys[attribute] = key
        return key


def split(tag: str) -> tuple[str, str]:
    """Give the namespace and the name in lower case."""
    uri, _, local = tag.rpartition("}")
    return uri[1:], local.lower()


def language(told: dict[str, str], around: str | None) -> str | None:
    """Give the language in force inside an element; `xml:lang=""` says that there is none."""
    said = told.get("xml:lang", told.get("lang"))
    return around if said is None else said or None


def is_unknown(name: str) -> bool:
    """Tell whether feedparser has no rule for elements of that name."""
    return not hasattr(FEEDPARSER, f"_start_{name}") and not hasattr(FEEDPARSER, f"_end_{name}")


def odd(why: str) -> NoReturn:
    """Raise NotPlainError."""
    raise NotPlainError(why)


def _standard(uri: str) -> str | None:
    lower = uri.lower()
    return "" if _USERLAND in lower else _STANDARD.get(lower)
