"""Ids that stay."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from aggregator.errors import NormalizeError
from aggregator.model import Item
from aggregator.normalize.published import Known
from aggregator.text.characters import without_junk
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
    titles: Sequence[str],
    known: Mapping[str, Known],
    still: Collection[str],
) -> tuple[str, ...]:
    """Return the id of each item's article.

    *titles* are the items' headlines as articles have them, *known* has all articles of the source,
    by id; *still* the keys of what else it tells of now.

    Mostly that of `article_id`. But a site that gives new ids with each fetch, moves to another
    host or https, or lists mobile pages one day and others the next, still tells of the same
    articles: those keep the id they have. An item is a known article if it has its key, or
    its place (`place_of`, on this host or another) and headline; an address alone suffices where it
    is all that the item goes by, or where nearly all others have kept theirs under new ids. When
    nearly all headlines that we know come under new ids and places, it is a flood, and each counts
    as the article that alone has its headline. Of one fetch, items with one headline that go by
    addresses of one place are one article.
    """
    own = tuple(article_id(source_id, item.key or item.link) for item in items)
    found = _as_known(items, own, titles, known, still)
    names = [folded(title) for title in titles]
    at: dict[tuple[str, str], str] = {}
    for item, name, identity in zip(items, names, found, strict=True):
        if identity and (place := _place(item)):
            at.setdefault((place, name), identity)
    return tuple(
        identity or (at.setdefault((place, name), mine) if (place := _place_alone(item)) else mine)
        for item, name, mine, identity in zip(items, names, own, found, strict=True)
    )


def _as_known(
    items: Sequence[Item],
    own: Sequence[str],
    titles: Sequence[str],
    known: Mapping[str, Known],
    still: Collection[str],
) -> list[str | None]:
    """Return the known article of each item, None for what is new."""
    by_key = {each.key: identity for identity, each in known.items() if each.key}
    found = [
        identity if identity in known else by_key.get(item.key)
        for identity, item in zip(own, items, strict=True)
    ]
    fresh = {
        place: (item, folded(titles[place]))
        for place, item in enumerate(items)
        if found[place] is None
    }
    if not known or not fresh:
        return found
    told = {each for each in found if each}
    told |= {identity for key, identity in by_key.items() if key in still}
    others = _Others({key: each for key, each in known.items() if key not in told})
    moved = _each_once({place: others.same(*each) for place, each in fresh.items()})
    kept = _each_once({place: others.at(each[0]) for place, each in fresh.items()} | moved)
    if len(moved) >= max(FLOOD_FROM, FLOOD_SHARE * len(kept)):
        moved = kept
    alike = _each_once({place: others.called(each[1]) for place, each in fresh.items()} | moved)
    flood = len(alike) >= max(FLOOD_FROM, FLOOD_SHARE * (len(alike) + len(told)))
    for place, identity in (alike if flood else moved).items():
        found[place] = identity
    return found


def _place(item: Item) -> str:
    return "" if "#" in item.key else place_of(item.link)


def _place_alone(item: Item) -> str:
    """Return the item's place, if it goes by nothing else; an anchor in a page is more."""
    return _place(item) if item.key in ("", item.link) else ""


def _each_once(found: Mapping[int, str | None]) -> dict[int, str]:
    """Return what was found, the first time that it was."""
    first: dict[str, int] = {}
    for place, identity in found.items():
        if identity:
            first.setdefault(identity, place)
    return {place: identity for identity, place in first.items()}


class _Others:
    """The known articles of which a fetch does not tell by their ids."""

    def __init__(self, known: Mapping[str, Known]) -> None:
        self._titles = {key: folded(each.title) for key, each in known.items()}
        self._by_key = _unique((_of_key(each.key), key) for key, each in known.items())
        whole = {key: each for key, each in known.items() if "#" not in each.key}
        self._by_place = _unique((place_of(each.url), key) for key, each in whole.items())
        self._by_path = _unique((_path(each.url), key) for key, each in whole.items())
        self._by_title = _unique((title, key) for key, title in self._titles.items())

    def same(self, item: Item, title: str) -> str | None:
        """Return the article that has the item's id in another form, or is at its place."""
        if (key := _of_key(item.key)) and item.key != item.link and key in self._by_key:
            return self._by_key[key]
        if here := self._by_place.get(_place_alone(item)):
            return here
        there = self.at(item)
        return there if there and self._titles[there] == title else None

    def at(self, item: Item) -> str | None:
        """Return the article at the item's place, on this host or another."""
        place = _place(item)
        return self._by_place.get(place) or self._by_path.get(_path(item.link) if place else "")

    def called(self, title: str) -> str | None:
        """Return the one article with the headline, None if there are none or several."""
        return self._by_title.get(title)


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what each key leads to, for the keys that stand only once."""
    found = [pair for pair in pairs if pair[0]]
    times = Counter(key for key, _ in found)
    return {key: value for key, value in found if times[key] == 1}


def _of_key(key: str) -> str:
    """Return the place of an id that is an address, "" for any other."""
    return place_of(key) if "://" in key and "#" not in key else ""


def _path(url: str) -> str:
    """Return an address without its host, "" for a homepage."""
    return place_of(url).partition("/")[2]
