"""Words of strangers at every place of a story where a source's words stand."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from aggregator.errors import ParseError
from aggregator.model import (
    Document,
    Enclosure,
    Entry,
    Failure,
    Format,
    Place,
    Source,
    Standing,
)
from aggregator.normalize import read_articles
from aggregator.parse import parse
from tests import builders

NOW = builders.NOW

#: Words of one story: a title of all attacks would be a page for each place.
GROUP = 8

_LANGUAGES = tuple(builders.WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as it arrives."""

    format: Format
    body: bytes
    content_type: str = "application/xml; charset=utf-8"


def source(number: int, **changes: Any) -> Source:
    language = _LANGUAGES[number % len(_LANGUAGES)]
    return builders.source(language, **{"id": f"source-{number}", **changes})


def as_told(number: int, words: Sequence[str]) -> Place:
    """Return words as they are at a source, where each text of an article and its source is one.

    What reads feeds would never let them pass: so they are the worst that a page can be given.
    """
    name = " ".join(words)
    told = source(number, name=name, name_en=f"{name} in English")
    written = builders.article(
        told.language,
        number,
        id=str(uuid5(NAMESPACE_URL, f"told-{number}")),
        source_id=told.id,
        title=name,
        summary="\n".join(words),
        authors=tuple(words),
        url=f"http{'s' * (number % 2)}://x.example/{words[0]}",
        key=name,
        date_text=name,
        dated_by=name,
        held=name,
        categories=tuple(words),
        details=tuple((word, word) for word in words),
        enclosures=tuple(Enclosure(url=word, type=word, title=word) for word in words),
        published=NOW - timedelta(minutes=number + 1),
        first_seen=NOW - timedelta(minutes=number),
    )
    return Place(article=written, source=told)


def acting(place: Place, address: str) -> Place:
    """Return the place with another address, whatever that is, and another id."""
    other = str(uuid5(NAMESPACE_URL, f"{place.article.id} {address!a}"))
    return replace(place, article=replace(place.article, id=other, key=other, url=address))


def feeds_of(words: Sequence[str]) -> Iterator[Feed]:
    """Yield a feed of each format with the words in every field of its items."""
    yield Feed(format="rss", body=_rss(words))
    yield Feed(format="atom", body=_atom(words))
    yield Feed(format="json-feed", body=_json(words), content_type="application/feed+json")


def read(number: int, feed: Feed) -> list[Place]:
    """Return what the program makes of a feed: nothing of one that it refuses."""
    told = source(number, id=f"source-{number}-{feed.format}", format=feed.format)
    document = Document(
        source_id=told.id,
        url=told.url,
        role="source",
        final_url=told.url,
        content_type=feed.content_type,
        body=feed.body,
    )
    try:
        items = parse(document, told).items
    except ParseError:
        return []
    found = read_articles(told, [[item] for item in items], {}, NOW, None)
    return [Place(article=each, source=told) for each in found if not isinstance(each, Failure)]


def entry(places: Sequence[Place], words: Sequence[str], *, is_pinned: bool = False) -> Entry:
    """Return a story of the places, in a translation whose every field is made of the words."""
    name, text = " ".join(words), "\n".join(words)
    engine = {"engine": name, "version": name}
    lead, *others = places
    notes = Standing(review="approved", pinned=is_pinned, notes=tuple(words), check_again=True)
    told = builders.story(lead=lead, others=tuple(others), standing=notes)
    return builders.entry(
        story=told,
        title=builders.translation(name, "machine", **engine),
        summary=builders.translation(text, "machine", **engine),
        updated=NOW,
    )


def original(place: Place) -> Entry:
    """Return a story of one place in its own words."""
    return builders.entry(story=builders.story(lead=place), target="original", updated=NOW)


def _rss(words: Sequence[str]) -> bytes:
    items = []
    for number, word in enumerate(words):
        text, cdata = escape(word), word.replace("]]>", "]]]]><![CDATA[>")
        items.append(
            f"<item><title>{text}</title><link>http://x.example/{number}/{text}</link>"
            f"<guid>{number}{text}</guid><pubDate>{text}</pubDate><author>{text}</author>"
            f"<dc:creator>{text}</dc:creator><category domain={quoteattr(word)}>{text}</category>"
            f"<enclosure url={quoteattr(word)} type={quoteattr(word)} length='1'/>"
            f"<description>学び{text}</description>"
            f"<content:encoded><![CDATA[学び{cdata}]]></content:encoded></item>"
        )
    return _bytes(
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title>'
        f"<link>http://x.example/</link><description>D</description>{''.join(items)}"
        "</channel></rss>"
    )


def _atom(words: Sequence[str]) -> bytes:
    entries = []
    for number, word in enumerate(words):
        text, quoted = escape(word), quoteattr(word)
        title, summary = ("html", "text") if number % 2 else ("text", "html")
        entries.append(
            f'<entry><id>urn:x:{number}</id><title type="{title}">{text}</title>'
            f"<link href={quoted}/><link rel='enclosure' href={quoted} title={quoted}/>"
            f"<author><name>{text}</name><uri>{text}</uri></author>"
            f"<category term={quoted} label={quoted}/><published>{text}</published>"
            f'<summary type="{summary}">{text}</summary>'
            f'<content type="html">学び{text}</content></entry>'
        )
    return _bytes(
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x:f</id><title>T</title>'
        f"{''.join(entries)}</feed>"
    )


def _json(words: Sequence[str]) -> bytes:
    items = [
        {
            "id": f"{number}{word}",
            "url": f"http://x.example/{word}",
            "title": word,
            "summary": word,
            "content_html": word,
            "content_text": word,
            "date_published": word,
            "authors": [{"name": word, "url": word}],
            "tags": [word],
            "language": word,
            "attachments": [{"url": word, "mime_type": word, "title": word}],
        }
        for number, word in enumerate(words)
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": items}
    return json.dumps(feed).encode()


def _bytes(text: str) -> bytes:
    """Return a text in UTF-8 as a careless server sends it, halves of characters included."""
    return text.encode("utf-8", "surrogatepass")
