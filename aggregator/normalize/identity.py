"""Ids that stay."""

from urllib.parse import urlsplit
from uuid import UUID, uuid5

from aggregator.errors import NormalizeError
from aggregator.text.characters import without_junk
from aggregator.text.urls import canonical_url

#: The namespace of all ids of this project, drawn at random once. Another one would give every
#: article and story a new id, and every reader all entries again.
NAMESPACE = UUID("17d75732-0bbd-4048-94ca-7c1f339d5a2f")


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
