"""The files of an item."""

from collections.abc import Iterator
from dataclasses import replace

from aggregator.errors import NormalizeError
from aggregator.model import Enclosure, Item
from aggregator.text.characters import scrub
from aggregator.text.urls import file_url

#: Files of one article; a list of more is an index of other things.
MOST = 20


def enclosures(item: Item) -> tuple[Enclosure, ...]:
    """Return the files of *item* with addresses that can be followed, each once, at most `MOST`."""
    files: dict[str, Enclosure] = {}
    for each in _followable(item):
        files.setdefault(each.url, each)
    return tuple(files.values())[:MOST]


def _followable(item: Item) -> Iterator[Enclosure]:
    for each in item.enclosures:
        try:
            url = file_url(each.url, item.link)
        except NormalizeError:
            continue
        yield replace(each, url=url, title=" ".join(scrub(each.title).split()))
