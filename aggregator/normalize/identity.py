"""Ids that stay."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from aggregator.errors import NormalizeError
from aggregator.model import Item
from aggregator.normalize.published import Known
from aggregator.text.characters import without_junk
from aggregator.text.html import plain
from aggregator.text.keys import folded
from aggregator.text.urls import canonical_url, place_of

#: The namespace of all ids of this project, drawn at random once. Another one would give every
#: article and story a new id, and every reader all entries again.
NAMESPACE = UUID("17d75732-0bbd-4048-94ca-7c1f339d5a2f")

#: Of what a fetch tells that we have by its headline, the share that comes under new ids when a
#: site has changed its system; and how many there must be, since two headlines may well be alike.
FLOOD_SHARE = 0.8
FLOOD_FROM = 3


def article_id(source_id: str, key: str) -> str:
    """Return the id of the article that its source knows by *key*: a UUID (version 5).

    An address is taken in its canonical form, so that a tracking parameter does not make a second
    article; but with its fragment, by which a page may tell its items apart. Any other key is
    taken as it is. The id depends on nothing else: no title, no clock, no machine.
    """
    # A newline cannot stand in a source's id, so no two pairs make the same name.
    return str(uuid5(NAMESPACE, f"{source_id}\n{_canonical_key(without_junk(key).strip())}"))


def _canonical_key(key: str) -> str:
    try:
        address = canonical_url(key)
    except NormalizeError:
        return key
    fragment = urlsplit(key).fragment if "#" in key else ""
    return f"{address}#{fragment}" if fragment and "#" not in address else address


def identities(
    source_id: str,
    items: Sequence[Item],
    known: Mapping[str, Known],
    still: Collection[str],
    cleaned: Callable[[str], str],
) -> tuple[str, ...]:
    """Return the id of each item's article.

    *known* has all articles of the source, by id; *still* the keys of what else it tells of now;
    *cleaned* makes of a headline as it is told the one that articles have.

    Mostly that of `article_id`. But a site that gives new ids with each fetch, moves to another
    host or https, or lists mobile pages one day and others the next, still tells of the same
    articles: those keep the id they have. An item is a known article if it has its key, or
    its place (`place_of`, on this host or another) and headline; an address alone suffices where it
    is all that the item goes by. When nearly all headlines that we know come under new ids and
    places, it is a flood, and each counts as the article that alone has its headline.
    """
    own = tuple(article_id(source_id, item.key or item.link) for item in items)
    if not known or all(each in known for each in own):
        return own
    by_key = {each.key: identity for identity, each in known.items() if each.key}
    found = [
        identity if identity in known else by_key.get(item.key)
        for identity, item in zip(own, items, strict=True)
    ]
    told = {each for each in found if each}
    told |= {identity for key, identity in by_key.items() if key in still}
    others = _Others({key: each for key, each in known.items() if key not in told}, cleaned)
    fresh = {place: item for place, item in enumerate(items) if found[place] is None}
    moved = _each_once({place: others.same_place(item) for place, item in fresh.items()})
    alike = _each_once({place: others.same_title(item) for place, item in fresh.items()} | moved)
    flood = len(alike) >= max(FLOOD_FROM, FLOOD_SHARE * (len(alike) + len(told)))
    for place, identity in (alike if flood else moved).items():
        found[place] = identity
    return tuple(each or mine for each, mine in zip(found, own, strict=True))


def _each_once(found: Mapping[int, str | None]) -> dict[int, str]:
    """Return what was found, the first time that it was."""
    first: dict[str, int] = {}
    for place, identity in found.items():
        if identity:
            first.setdefault(identity, place)
    return {place: identity for identity, place in first.items()}


class _Others:
    """The known articles of which a fetch does not tell by their ids."""

    def __init__(self, known: Mapping[str, Known], cleaned: Callable[[str], str]) -> None:
        self._known = known
        self._cleaned = cleaned
        self._by_place = _unique((place_of(each.url), key) for key, each in known.items())
        self._by_path = _unique((_path(each.url), key) for key, each in known.items())
        self._by_title = _unique((folded(each.title), key) for key, each in known.items())

    def same_place(self, item: Item) -> str | None:
        """Return the article at the item's place, if it is the same one."""
        place, path, title = place_of(item.link), _path(item.link), self._title(item)
        here = self._by_place.get(place) if place else None
        if here and (item.key in ("", item.link) or folded(self._known[here].title) == title):
            return here
        there = self._by_path.get(path) if path else None
        return there if there and folded(self._known[there].title) == title else None

    def same_title(self, item: Item) -> str | None:
        """Return the one article with the item's headline, None if there are none or several."""
        return self._by_title.get(self._title(item))

    def _title(self, item: Item) -> str:
        return folded(self._cleaned(" ".join(plain(item.title).split())))


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what each key leads to, for the keys that stand only once."""
    found = [pair for pair in pairs if pair[0]]
    times = Counter(key for key, _ in found)
    return {key: value for key, value in found if times[key] == 1}


def _path(url: str) -> str:
    """Return an address without its host, "" for a homepage."""
    return place_of(url).partition("/")[2]
