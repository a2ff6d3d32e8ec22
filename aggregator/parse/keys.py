"""Which key each item of a document goes by."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from aggregator.model import Item

#: Fewer ids in a row say nothing: a young site's posts 1 and 2 may well have those.
_POSITIONAL_FROM = 3

_NUMBERED = re.compile(r"(.*?)([0-9]{1,9})(\D{0,16})", re.DOTALL)


def keyed(items: Sequence[Item]) -> tuple[Item, ...]:
    """Give each item the key it goes by; of items with the same key the first stays.

    The item's own id if it has one, else its link. Ids that are none are passed over in the whole
    document: all the same, or merely the item's place in it (1, 2, 3 …), which would make each
    new item look like an old one. So is an id that several items share, each with a headline and a
    link of its own. A link under which items with different headlines stand (a
    homepage, the releases of one day) names none of them: they go by link and headline.
    """
    links = _by_link(items)
    shared = _shared(items)
    own = [
        link if item.key in shared else item.key or link
        for item, link in zip(items, links, strict=True)
    ]
    keys = links if _all_same(own) or _are_positional([item.key for item in items]) else own
    unique: dict[str, Item] = {}
    for key, item in zip(keys, items, strict=True):
        unique.setdefault(key, item if item.key == key else replace(item, key=key))
    return tuple(unique.values())


def _by_link(items: Sequence[Item]) -> list[str]:
    headlines = defaultdict(set)
    for item in items:
        headlines[item.link].add(_headline(item))
    return [
        item.link if item.link and len(headlines[item.link]) == 1 else _digest(item)
        for item in items
    ]


def _shared(items: Sequence[Item]) -> set[str]:
    """Return the ids under which several items stand, no two with one headline or one link."""
    found = defaultdict(list)
    for item in items:
        found[item.key].append(item)
    return {
        key
        for key, each in found.items()
        if len(each)
        == len({_headline(item) for item in each})
        == len({item.link for item in each if item.link})
        > 1
    }


def _digest(item: Item) -> str:
    digest = hashlib.sha256(f"{item.link}\n{_headline(item)}".encode()).hexdigest()
    return f"text:{digest[:32]}"


def _headline(item: Item) -> str:
    return item.title or item.summary or item.body or item.published


def _all_same(keys: Sequence[str]) -> bool:
    return len(keys) > 1 and len(set(keys)) == 1


def _are_positional(ids: Sequence[str]) -> bool:
    """Tell whether the ids are one stem with the numbers from 0 or from 1 upwards."""
    lead = _NUMBERED.fullmatch(ids[0]) if len(ids) >= _POSITIONAL_FROM else None
    if lead is None or int(lead[2]) > 1:
        return False
    numbered = [match for match in map(_NUMBERED.fullmatch, ids) if match]
    stems = {match.group(1, 3) for match in numbered}
    one_stem = len(numbered) == len(ids) and stems == {lead.group(1, 3)}
    first = int(lead[2])
    return one_stem and [int(match[2]) for match in numbered] == list(
        range(first, first + len(ids))
    )
