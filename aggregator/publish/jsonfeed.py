"""Shelf -> JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/."""

import json
from typing import Any

from aggregator.publish.facts import knowledge
from aggregator.publish.posts import Imprint, Post, Shelf
from aggregator.publish.wording import headline, trust

VERSION = "https://jsonfeed.org/version/1.1"


def render_json(shelf: Shelf, imprint: Imprint) -> bytes:
    """Return the feed as JSON Feed; `_aggregator` holds what the format has no field for."""
    feed: dict[str, Any] = {
        "version": VERSION,
        "title": shelf.title,
        "home_page_url": imprint.address(shelf.page),
        "feed_url": imprint.address(f"{shelf.path}.json"),
        "description": shelf.description,
        "authors": [{"name": shelf.publisher} | ({"url": imprint.web} if imprint.web else {})],
    }
    if shelf.target != "original":
        feed["language"] = shelf.target
    feed["items"] = [_item(post, imprint) for post in shelf.posts]
    return json.dumps(feed, ensure_ascii=False, indent=1).encode() + b"\n"


def _item(post: Post, imprint: Imprint) -> dict[str, Any]:
    return {
        "id": post.id,
        "url": post.url,
        "title": headline(post.entry),
        "content_html": post.html,
        "date_published": post.published.isoformat(),
        "date_modified": post.updated.isoformat(),
        "authors": [{"name": name} for name in post.authors],
        "tags": [category.term for category in post.categories],
        "language": post.entry.language,
        "_aggregator": _extension(post, imprint),
    }


def _extension(post: Post, imprint: Imprint) -> dict[str, Any]:
    entry, story = post.entry, post.entry.story
    return {
        "trust": trust(entry).value,
        "title_state": entry.title.state.value,
        "summary_state": entry.summary.state.value,
        "review": story.standing.review,
        "pinned": story.standing.pinned,
        "country": story.lead.source.country,
        "kind": story.kind,
        "topics": [label.topic for label in story.subject.topics],
        "original": {
            "title": story.lead.article.title,
            "language": story.lead.article.language_of("title"),
        },
        "places": [
            {
                "url": place.article.url,
                "source": place.source.id,
                "name": place.source.name_en,
                "language": place.article.language,
                "because": list(place.because),
            }
            for place in story.places
        ],
        **knowledge(story, imprint.sources),
    }
