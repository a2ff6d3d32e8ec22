"""Editions -> rendered files -> the output folder.

Takes the editions of one run and gives feeds (Atom, RSS, JSON Feed), a subscription list, digests
and a static site; `write` puts them on disk. All but `files` is pure: the same editions give the
same bytes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from aggregator.model import Edition, Entry, Rendered, Trends
from aggregator.publish.digest import DigestDay, digest_day, digest_paths, render_digest
from aggregator.publish.feeds import render_atom, render_rss
from aggregator.publish.files import WriteResult, alone, prune, remove, write
from aggregator.publish.jsonfeed import render_json
from aggregator.publish.legal import legal
from aggregator.publish.opml import render_opml
from aggregator.publish.posts import Imprint, Shelf, shelves
from aggregator.publish.site import Site, render_site

__all__ = [
    "DigestDay",
    "Imprint",
    "WriteResult",
    "alone",
    "digest_day",
    "digest_paths",
    "prune",
    "remove",
    "render",
    "write",
]


def render(
    editions: Sequence[Edition],
    imprint: Imprint,
    *,
    beside: Sequence[Edition] = (),
    archive: Sequence[Entry] = (),
    trends: Trends | None = None,
    days: Sequence[date] = (),
) -> Iterator[Rendered]:
    """Yield every file that the editions' pipelines ask for, one after the other.

    Digests and the site are made of a pipeline's first target only. *beside* are other pipelines'
    editions: not written now, but listed in the subscription list and linked from the site.
    *archive* holds the backlog in the first target; *trends* must count the editions' own
    stories, since each number links to them; *days* are those that a digest is wanted of: days
    without anything new have none.

    Raises:
        KeyError: *trends* counts a story that is neither in the site's edition nor in *archive*.
    """
    editions = [legal(edition) for edition in editions]
    every = [*editions, *map(legal, beside)]
    imprint = replace(legal(imprint), pages=_pages(every))
    own = [shelves(edition, imprint) for edition in every]
    feeds = tuple(shelf for some in own for shelf in some)
    told = [_digests(edition, days) for edition in every]
    digests = tuple(digest for some in told for digest in some)
    for edition, some, new in zip(editions, own, told, strict=False):  # those beside come last
        yield from _feeds(some, imprint)
        for digest in new:
            yield from render_digest(digest, imprint)
        if edition.pipeline.outputs.opml and _is_first(edition):
            yield Rendered(path="feeds.opml", body=render_opml(feeds, imprint))
        if edition.pipeline.outputs.site and _is_first(edition):
            site = Site(
                edition=edition,
                imprint=imprint,
                shelves=feeds,
                archive=legal(tuple(archive)),
                trends=trends,
                digests=digests,
            )
            yield from render_site(site)


def _pages(editions: Sequence[Edition]) -> frozenset[str]:
    """Return the stories that the site has a page for."""
    sites = (each for each in editions if each.pipeline.outputs.site and _is_first(each))
    return frozenset(entry.story.id for each in sites for entry in each.entries)


def _is_first(edition: Edition) -> bool:
    return edition.target == edition.pipeline.targets[0]


def _feeds(own: Sequence[Shelf], imprint: Imprint) -> Iterator[Rendered]:
    for shelf in own:
        yield Rendered(path=f"{shelf.path}.atom", body=render_atom(shelf, imprint))
        yield Rendered(path=f"{shelf.path}.rss", body=render_rss(shelf, imprint))
        yield Rendered(path=f"{shelf.path}.json", body=render_json(shelf, imprint))


def _digests(edition: Edition, days: Sequence[date]) -> tuple[DigestDay, ...]:
    """Return the digests of the days that have anything new, newest first."""
    if edition.pipeline.outputs.digest is None or not _is_first(edition):
        return ()
    found = (digest_day(edition, day) for day in sorted(set(days), reverse=True))
    return tuple(each for each in found if each)
