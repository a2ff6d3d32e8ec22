"""Strangers' words -> every page that shows them, and the bodies that stay inside.

The pages of the site, and our feeds and digests as readers show them.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from pathlib import Path
from typing import TypeVar

from lxml import etree
from markdown_it import MarkdownIt

from aggregator.model import Entry, Outputs, Place, Rendered
from aggregator.publish import Imprint, render
from aggregator.text.html import sanitize
from aggregator.trends import weekly
from tests import builders
from tests.browser.looking import BASE
from tests.browser.words import NOW, acting, as_told, entry, original

#: Entries of a feed, which holds its newest hundred.
FEED = 100

SITE = Outputs(digest="daily", opml=True, site=True)
FEEDS = Outputs(feeds=("all",))

DAYS = [NOW.date() - timedelta(days=back) for back in range(2)]

T = TypeVar("T")

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """The paths of pages below a folder, by how they are to be looked at."""

    pages: tuple[str, ...]  #: our own
    titles: dict[str, str]  #: what the heading of a story's page says, by path
    views: tuple[str, ...]  #: of our feeds and digests, as careless readers show them
    bodies: tuple[str, ...]
    stories: int


def show(folder: Path, told: Sequence[Sequence[str]], read: Sequence[Place]) -> Exhibit:
    """Write all pages of words as they were told, a story a group, and of places as read."""
    worst = [_story(number, words) for number, words in enumerate(told)]
    own = [original(place) for place in _distinct(read)]
    imprint = Imprint(
        base_url=BASE,
        contact="desk@example.org",
        sources=tuple(place.source for each in worst for place in each.story.places[:1]),
    )
    entries = [*worst, *own]
    # Some are of the archive: lists show those in a way of their own.
    site = list(_render(entries[::2], SITE, imprint, entries[1::2]))
    feeds = [file for some in _groups(entries, FEED) for file in _render(some, FEEDS, imprint)]
    views = list(_views([*feeds, *site]))
    alone = (sanitize(word, "http://school.example/") for words in told for word in words)
    bodies = list(_bodies([*alone, *(place.article.body for place in read)]))
    # Of the stories in their own words, which are in the lists, a page has nothing more to show;
    # and what a country or a week tells is told in all weeks of all.
    lone = {f"stories/{each.story.id}.html" for each in own}
    pages = [
        file
        for file in site
        if file.path not in lone and not re.match("trends/(?!index|all/all)", file.path)
    ]
    for file in (*pages, *views, *bodies):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.body)
    return Exhibit(
        pages=tuple(file.path for file in pages if file.path.endswith(".html")),
        titles={f"stories/{each.story.id}.html": each.title.text for each in worst},
        views=tuple(file.path for file in views),
        bodies=tuple(file.path for file in bodies),
        stories=len(entries),
    )


def _story(number: int, words: Sequence[str]) -> Entry:
    """Return a story that has the words at every place, and as an address, whatever they are."""
    lead = as_told(number, words)
    other = acting(lead, f"https://x.example/{words[-1]}")
    others = [other, *(acting(lead, word) for word in words)]
    return entry([lead, *others], words, is_pinned=number == 0)


def _distinct(places: Iterable[Place]) -> list[Place]:
    """Return the places with other words than those before."""
    found = {
        (each.article.title, each.article.summary, each.article.authors): each for each in places
    }
    return list({each.article.id: each for each in found.values()}.values())


def _groups(every: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (every[start : start + size] for start in range(0, len(every), size))


def _render(
    entries: Sequence[Entry], outputs: Outputs, imprint: Imprint, archive: Sequence[Entry] = ()
) -> Iterator[Rendered]:
    edition = builders.edition(*entries, outputs=outputs)
    trends = weekly([each.story for each in (*entries, *archive)], weeks=12, until=NOW)
    return render([edition], imprint, archive=archive, trends=trends, days=DAYS)


# --- feeds and digests as readers show them


def _views(files: Iterable[Rendered]) -> Iterator[Rendered]:
    """Yield a page for each feed and each digest in Markdown; a title of RSS is taken for HTML."""
    number = 0
    for file in files:
        suffix = file.path.rpartition(".")[2]
        if suffix in _VIEWS:
            number += 1
            yield _page(f"views/{number}-{suffix}.html", _VIEWS[suffix](file.body))
        if suffix in ("atom", "rss"):
            yield Rendered(path=f"views/{number}-raw.xml", body=file.body)


def _of_atom(body: bytes) -> str:
    posts = []
    for post in etree.fromstring(body).iterfind("{*}entry"):
        name = escape(post.findtext("{*}title") or "")
        link = post.find("{*}link")
        address = escape(link.get("href", "") if link is not None else "")
        content = post.findtext("{*}content") or ""
        posts.append(f'<article><h2><a href="{address}">{name}</a></h2>{content}</article>')
    return "".join(posts)


def _of_rss(body: bytes) -> str:
    posts = []
    for post in etree.fromstring(body).iterfind("channel/item"):
        name, address = post.findtext("title"), escape(post.findtext("link") or "")
        content = post.findtext(_CONTENT) or post.findtext("description") or ""
        posts.append(f'<article><h2><a href="{address}">{name}</a></h2>{content}</article>')
    return "".join(posts)


def _of_json(body: bytes) -> str:
    return "".join(
        f'<article><h2><a href="{escape(item["url"])}">{escape(item["title"])}</a></h2>'
        f"{item['content_html']}</article>"
        for item in json.loads(body)["items"]
    )


def _of_markdown(body: bytes) -> str:
    html: str = MarkdownIt("commonmark", {"html": True}).render(body.decode())
    return html


_VIEWS = {"atom": _of_atom, "rss": _of_rss, "json": _of_json, "md": _of_markdown}


def _bodies(bodies: Iterable[str]) -> Iterator[Rendered]:
    """Yield pages of sanitized bodies, fifty a page."""
    some = sorted({body for body in bodies if body})
    for number, each in enumerate(_groups(some, 50)):
        yield _page(f"bodies/{number}.html", "".join(f"<article>{body}</article>" for body in each))


def _page(path: str, inside: str) -> Rendered:
    html = f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>x</title></head><body>{inside}'
    return Rendered(path=path, body=html.encode())
