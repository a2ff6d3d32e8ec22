"""A plain feed from its first element to its last."""

from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from aggregator.parse.plain.around import FEED_KEYS, INSIDE_ONLY, RICH, pass_around, pass_markup
from aggregator.parse.plain.entry import Rules, entry_of
from aggregator.parse.plain.names import NotPlainError, odd
from aggregator.parse.plain.texts import mended, text_of
from aggregator.parse.plain.tree import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """What feedparser makes of a plain feed, as far as it is read."""

    version: str  #: "rss20", "atom10" …
    feed: dict[str, Any]
    entries: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd:
    """Why a feed is not plain."""

    why: str


def read(xml: str) -> Plain | Odd:
    """Give the feed as feedparser would, or why only feedparser can read it.

    The text must have been guarded: no entities but characters, and our own declaration.
    """
    try:
        reader = _Reader(Tree(xml))
        reader.read()
    except NotPlainError as err:
        return Odd(why=str(err))
    except RecursionError:
        return Odd(why="nests too deep")
    return Plain(version=reader.version, feed=reader.feed, entries=tuple(reader.entries))


class _Reader:
    """Keeps what is read of the children of the feed, one after the other."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.version = tree.version
        self.feed: dict[str, Any] = {}
        self.entries: list[dict[str, Any]] = []
        self.rules = Rules(tree.names)

    def read(self) -> None:
        """Read the whole feed; each item is dropped from the tree when it has been read."""
        root = self.tree.root
        name, lang = self.tree.names[root.tag], self.tree.language(root, None)
        for child in root:
            if self.tree.names[child.tag] == "channel":
                if self.tree.attributes(child).keys() & {"href", "lastmod"} or name == "feed":
                    odd("a channel of CDF")
                within = self.tree.language(child, lang)
                for inside in child:
                    self.take(inside, child, within)
            else:
                self.take(child, root, lang)

    def take(self, element: Element, around: Element, lang: str | None) -> None:
        """Keep an item, or what the feed says of itself."""
        name = self.tree.names[element.tag]
        holder = self.tree.names[around.tag]
        if name in ("item", "entry"):
            here = self.tree.language(element, lang)
            self.entries.append(entry_of(self.tree, self.rules, element, here))
            element.clear()
        elif name in FEED_KEYS:
            if holder not in ("channel", "feed"):
                odd(f"<{name}> outside the channel")
            self.feed[name] = "" if element.attrib else mended(text_of(element))
        elif name in INSIDE_ONLY:
            odd(f"<{name}> in the feed")
        elif name in RICH and holder == "feed" and self._same_base(element, around):
            pass_markup(self.tree, element)
        else:
            pass_around(self.tree, element)

    def _same_base(self, element: Element, around: Element) -> bool:
        return self.tree.base(element) == self.tree.base(around)
