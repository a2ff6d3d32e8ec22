"""Shelf -> Atom 1.0 and RSS 2.0."""

import re
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from aggregator.publish.extension import AtomEntry, AtomFeed, RssFeed, RssItem
from aggregator.publish.posts import Imprint, Post, Shelf
from aggregator.publish.wording import headline

ATOM_TYPE = "application/atom+xml"
RSS_TYPE = "application/rss+xml"

_TAG = re.compile(r"<(?=[A-Za-z/!?])")


def render_atom(shelf: Shelf, imprint: Imprint) -> bytes:
    """Return the feed as Atom 1.0, RFC 4287."""
    feed = _feed(shelf, imprint, suffix="atom", media_type=ATOM_TYPE)
    feed.language(_language(shelf) or "en")
    feed.register_extension("extras", AtomFeed, AtomEntry, rss=False)
    for post in shelf.posts:
        entry = _entry(feed, post)
        entry.title(headline(post.entry))
        entry.extras.post = post
    return bytes(feed.atom_str(pretty=True))


def render_rss(shelf: Shelf, imprint: Imprint) -> bytes:
    """Return the feed as RSS 2.0, https://www.rssboard.org/rss-specification."""
    feed = _feed(shelf, imprint, suffix="rss", media_type=RSS_TYPE)
    if imprint.mail:
        feed.managingEditor(f"{imprint.mail} ({shelf.publisher})")
    if language := _language(shelf):
        feed.language(language)
    feed.register_extension("extras", RssFeed, RssItem, atom=False)
    for post in shelf.posts:
        source = post.entry.story.lead.source
        entry = _entry(feed, post)
        entry.title(_rss_title(headline(post.entry)))
        entry.source(url=source.url, title=source.name)
        entry.extras.post = post
    return bytes(feed.rss_str(pretty=True))


def _feed(shelf: Shelf, imprint: Imprint, *, suffix: str, media_type: str) -> Any:
    """Return feedgen's feed (it has no types) with what both formats share, but the entries."""
    feed = FeedGenerator()
    own = imprint.address(f"{shelf.path}.{suffix}")
    feed.id(own)
    feed.title(shelf.title)
    feed.subtitle(shelf.description)
    # The order matters: feedgen takes the last link as the RSS channel's own.
    feed.link(href=own, rel="self", type=media_type)
    feed.link(href=imprint.address(shelf.page), rel="alternate", type="text/html")
    reach = {"email": imprint.mail} if imprint.mail else {"uri": imprint.web}
    feed.author({"name": shelf.publisher, **reach})
    feed.generator("aggregator")
    # feedgen's default is the clock: two renderings of the same entries would differ.
    feed.updated(shelf.updated)
    return feed


def _language(shelf: Shelf) -> str:
    """Return the one language of a feed's entries, or "" when they are in several."""
    if shelf.target != "original":
        return shelf.target
    return shelf.key if shelf.group == "from" else ""


def _entry(feed: Any, post: Post) -> FeedEntry:
    """Add what both formats say of an entry, in the order given: pinned ones stay in theirs."""
    entry = feed.add_entry(order="append")
    entry.id(post.id)
    entry.link(href=post.url, rel="alternate")
    entry.content(post.html, type="html")
    entry.author([{"name": name} for name in post.authors])
    entry.category([{"term": category.term} for category in post.categories])
    entry.published(post.published)
    entry.updated(post.updated)
    return entry


def _rss_title(title: str) -> str:
    """Return a title that a reader may take for plain text or for HTML, without harm.

    RSS does not say which a title is, and most readers take it for HTML. So what looks like a tag
    is escaped once more; a plain "a < b" stays.
    """
    return _TAG.sub("&lt;", title)
