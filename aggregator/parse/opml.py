"""Subscription lists (OPML 1.0 and 2.0): bytes -> the feeds that are listed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from aggregator.errors import ParseError
from aggregator.model import Document
from aggregator.parse import charset, fragment
from aggregator.parse.xml import local, read_text

_SCHEME = re.compile(r"\Afeed:(//)?", re.IGNORECASE)
_FEEDS = frozenset({"rss", "atom", "feed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed of a subscription list; all texts are plain and in one line."""

    title: str
    feed: str  #: absolute address
    homepage: str = ""  #: absolute address
    description: str = ""
    language: str = ""
    folder: tuple[str, ...] = ()  #: the folders it lies in, the outermost first


def read_opml(document: Document) -> tuple[Outline, ...]:
    """Give the feeds of a subscription list in its order, each address once.

    http://opml.org/spec2.opml - names of attributes are read in any case, as programs write them.
    What includes other lists (`type="include"`) is not followed.

    Raises:
        ParseError: it is no subscription list, or cannot be read.
    """
    text = charset.decode(document.body, content_type=document.content_type).text
    root = read_text(text)
    if local(root) != "opml":
        raise ParseError(f"expected a subscription list (OPML), got a document of <{local(root)}>")
    feeds: dict[str, Outline] = {}
    for outline in _outlines(root, (), document.final_url):
        feeds.setdefault(outline.feed, outline)
    return tuple(feeds.values())


def _outlines(parent: etree._Element, folder: tuple[str, ...], base: str) -> Iterator[Outline]:
    for child in parent:
        if local(child) != "outline":
            yield from _outlines(child, folder, base)
            continue
        told = {str(name).lower(): " ".join(it.split()) for name, it in child.attrib.items()}
        title = told.get("title") or told.get("text", "")
        if feed := _feed(told, base):
            yield Outline(
                title=title,
                feed=feed,
                homepage=_web(base, told.get("htmlurl", "")),
                description=told.get("description", ""),
                language=told.get("language", ""),
                folder=folder,
            )
        yield from _outlines(child, (*folder, title) if title else folder, base)


def _feed(told: Mapping[str, str], base: str) -> str:
    """Give the feed's address; old lists have it in `url` where the type says what it is."""
    is_feed = told.get("type", "").lower() in _FEEDS
    address = told.get("xmlurl") or (told.get("url", "") if is_feed else "")
    return _web(base, _SCHEME.sub(_of_feed, address, count=1))


def _of_feed(scheme: re.Match[str]) -> str:
    """Write `feed://host/` and `feed:https://host/` as what is meant."""
    return "http://" if scheme[1] else ""


def _web(base: str, address: str) -> str:
    return fragment.web_address(base, address) if address else ""
