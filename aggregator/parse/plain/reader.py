"""A plain feed from its first element to its last."""

from dataclasses import dataclass
from typing import Any

from aggregator.parse.plain.around import FEED_KEYS, INSIDE_ONLY, RICH, pass_around, pass_markup
from aggregator.parse.plain.entry import entry_of, rule_of
from aggregator.parse.plain.events import Events, Node, NotPlainError, odd
from aggregator.parse.plain.texts import mended, text_of


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
    reader = _Reader()
    try:
        reader.follow(xml)
    except NotPlainError as err:
        return Odd(why=str(err))
    return Plain(version=reader.version, feed=reader.feed, entries=tuple(reader.entries))


class _Reader(Events):
    """Keeps what is read of the children of the feed, one after the other."""

    def __init__(self) -> None:
        super().__init__(rule_of)
        self.feed: dict[str, Any] = {}
        self.entries: list[dict[str, Any]] = []

    def taken(self, node: Node, around: Node) -> None:
        """Keep an item, or what the feed says of itself."""
        if node.name in ("item", "entry"):
            self.entries.append(entry_of(node, self.version, mended if self.latin else str))
        elif node.name in FEED_KEYS:
            if around.name not in ("channel", "feed"):
                odd(f"<{node.name}> outside the channel")
            self.feed[node.name] = "" if node.attributes else mended(text_of(node))
        elif node.name in INSIDE_ONLY:
            odd(f"<{node.name}> in the feed")
        elif node.name in RICH and around.name == "feed" and node.base == around.base:
            pass_markup(node)
        else:
            pass_around(node)
