"""Subscription lists (OPML 1.0 and 2.0): bytes -> the feeds that are listed, and what is none."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from aggregator.errors import ParseError
from aggregator.model import Document
from aggregator.parse import charset, fragment
from aggregator.parse.xml import local, read_text

_SCHEME = re.compile(r"\Afeed:(//)?", re.IGNORECASE)
_START = re.compile(r"<(?:\w+:)?opml[\s>]", re.IGNORECASE)
_FEEDS = frozenset({"rss", "atom", "feed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One entry of a subscription list; all texts are plain and in one line."""

    title: str
    feed: str  #: absolute address; "" of what is no feed
    line: int = 0  #: of the file, in which its tag ends
    fault: str = ""  #: why there is no feed
    homepage: str = ""  #: absolute address
    description: str = ""
    language: str = ""
    folder: tuple[str, ...] = ()  #: the folders it lies in, the outermost first


def read_opml(document: Document) -> tuple[Outline, ...]:
    """Give the entries of a subscription list in its order: feeds, and what is none with its fault.

    http://opml.org/spec2.opml - names of attributes are read in any case, as programs write them.
    What includes other lists (`type="include"`) is not followed. Folders are no entries.

    Raises:
        ParseError: it is no subscription list, or cannot be read.
    """
    text = charset.decode(document.body, content_type=document.content_type).text
    root = read_text(text)
    if local(root) != "opml":
        raise ParseError(f"expected a subscription list (OPML), got a document of <{local(root)}>")
    # The tree counts from its outermost element.
    above = text.count("\n", 0, start.start()) if (start := _START.search(text)) else 0
    listed = _outlines(root, (), document.final_url)
    return tuple(replace(each, line=each.line + above) for each in listed)


def _outlines(parent: etree._Element, folder: tuple[str, ...], base: str) -> Iterator[Outline]:
    for child in parent:
        if local(child) != "outline":
            yield from _outlines(child, folder, base)
            continue
        told = {str(name).lower(): " ".join(it.split()) for name, it in child.attrib.items()}
        title = told.get("title") or told.get("text", "")
        address = _address(told)
        feed = _web(base, address)
        if feed or address or not len(child):
            yield Outline(
                title=title,
                feed=feed,
                line=int(child.sourceline or 0),
                fault="" if feed else _fault(told, address),
                homepage=_web(base, told.get("htmlurl", "")),
                description=told.get("description", ""),
                language=told.get("language", ""),
                folder=folder,
            )
        yield from _outlines(child, (*folder, title) if title else folder, base)


def _address(told: Mapping[str, str]) -> str:
    """Give the feed's address; old lists have it in `url` where the type says what it is."""
    is_feed = told.get("type", "").lower() in _FEEDS
    address = told.get("xmlurl") or (told.get("url", "") if is_feed else "")
    return _SCHEME.sub(_of_feed, address, count=1)


def _fault(told: Mapping[str, str], address: str) -> str:
    """Say why an entry is no feed; not with its address, which may hold a password."""
    if address:
        return "its address is no web address (http or https)"
    kind = told.get("type", "").lower()
    if kind == "include":
        return "it stands for another list: import that one by itself"
    if kind in _FEEDS or not kind:
        return "it has no address of a feed (xmlUrl)"
    return f"it is no feed, but of the type {kind!r}"


def _of_feed(scheme: re.Match[str]) -> str:
    """Write `feed://host/` and `feed:https://host/` as what is meant."""
    return "http://" if scheme[1] else ""


def _web(base: str, address: str) -> str:
    return fragment.web_address(base, address) if address else ""
