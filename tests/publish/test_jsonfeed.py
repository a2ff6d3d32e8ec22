"""JSON Feed 1.1, checked against a schema of the specification and of our extension."""

import json
from collections.abc import Callable
from typing import Any

from jsonschema import Draft202012Validator

from aggregator.model import Edition
from aggregator.model.topics import Subject, TopicLabel
from tests.builders import WORDS, edition, entry, place, standing, story, translation

Files = dict[str, bytes]

AUTHORS = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"name": {"type": "string"}, "url": {"type": "string"}},
        "minProperties": 1,
        "additionalProperties": False,
    },
}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
URL = {"type": "string", "pattern": "^https?://"}
LANGUAGE = {"type": "string", "pattern": "^[a-z]{2}(-[A-Z][a-z]{3})?$"}
SCHEMA = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": URL,
        "feed_url": URL,
        "description": {"type": "string"},
        "authors": AUTHORS,
        "language": LANGUAGE,
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "content_html", "_aggregator"],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "string", "pattern": "^urn:uuid:"},
                    "url": URL,
                    "title": {"type": "string"},
                    "content_html": {"type": "string", "minLength": 1},
                    "date_published": MOMENT,
                    "date_modified": MOMENT,
                    "authors": AUTHORS,
                    "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
                    "language": LANGUAGE,
                    "_aggregator": {
                        "type": "object",
                        "required": [
                            "trust",
                            "title_state",
                            "summary_state",
                            "review",
                            "pinned",
                            "country",
                            "kind",
                            "topics",
                            "original",
                            "places",
                            "countries",
                            "languages",
                            "spread",
                            "silent",
                            "events",
                        ],
                        "additionalProperties": False,
                        "properties": {
                            "trust": {"$ref": "#/$defs/state"},
                            "title_state": {"$ref": "#/$defs/state"},
                            "summary_state": {"$ref": "#/$defs/state"},
                            "review": {"enum": ["unreviewed", "approved", "rejected"]},
                            "pinned": {"type": "boolean"},
                            "country": {"type": "string", "pattern": "^[a-z]{2,3}$"},
                            "kind": {"type": "string"},
                            "topics": {"type": "array", "items": {"type": "string"}},
                            "original": {
                                "type": "object",
                                "required": ["title", "language"],
                                "properties": {"title": {"type": "string"}, "language": LANGUAGE},
                            },
                            "places": {
                                "type": "array",
                                "minItems": 1,
                                "items": {
                                    "type": "object",
                                    "required": ["url", "source", "name", "language"],
                                },
                            },
                            "countries": {"$ref": "#/$defs/countries", "minItems": 1},
                            "languages": {"type": "array", "items": LANGUAGE, "minItems": 1},
                            "silent": {"$ref": "#/$defs/countries"},
                            "spread": {
                                "type": "array",
                                "minItems": 1,
                                "items": {"$ref": "#/$defs/report"},
                            },
                            "events": {"type": "array", "items": {"$ref": "#/$defs/event"}},
                        },
                    },
                },
            },
        },
    },
    "$defs": {
        "state": {"enum": ["original", "untranslated", "doubted", "memory", "machine", "edited"]},
        "countries": {
            "type": "array",
            "items": {"type": "string", "pattern": "^[a-z]{2,3}$"},
            "uniqueItems": True,
        },
        "report": {
            "type": "object",
            "additionalProperties": False,
            "required": ["country", "source", "url", "published", "known", "after_s"],
            "properties": {
                "country": {"type": "string"},
                "source": {"type": "string"},
                "url": URL,
                "published": MOMENT,
                "known": {"enum": ["minute", "day", "guess", "seen"]},
                "after_s": {"type": ["integer", "null"], "minimum": 0},
            },
        },
        "event": {
            "type": "object",
            "required": ["title", "starts", "ends", "status", "disputed", "deadlines", "told"],
            "properties": {"told": {"type": "array", "minItems": 1}},
        },
    },
}


def read(body: bytes) -> dict[str, Any]:
    feed: dict[str, Any] = json.loads(body)
    Draft202012Validator(SCHEMA).validate(feed)
    return feed


def test_every_json_feed_keeps_to_the_specification(
    rendered: Callable[..., Files], world: tuple[Edition, Edition]
) -> None:
    feeds = {p: read(b) for p, b in rendered(*world).items() if p.endswith(".json")}
    assert len(feeds["feeds/all.json"]["items"]) == len(WORDS)
    assert feeds["feeds/all.json"]["feed_url"] == "https://news.example.org/feeds/all.json"


def test_items_say_what_the_format_has_no_field_for(rendered: Callable[..., Files]) -> None:
    lessons = TopicLabel(topic="lesson-study", score=0.8, because="says 公開研究会")
    told = story(
        "ja",
        others=(place("ko", 2),),
        standing=standing("approved", pinned=True),
        subject=Subject(topics=(lessons,)),
    )
    summary = translation("要約", "untranslated")
    feed = read(rendered(edition(entry("ja", story=told, summary=summary)))["feeds/all.json"])
    said = feed["items"][0]["_aggregator"]
    assert said["title_state"] == "memory"
    assert said["trust"] == said["summary_state"] == "untranslated"
    assert said["review"] == "approved"
    assert said["pinned"] is True
    assert said["topics"] == ["lesson-study"]
    assert "topic:lesson-study" in feed["items"][0]["tags"]
    assert said["original"] == {"title": WORDS["ja"][3], "language": "ja"}
    assert [p["language"] for p in said["places"]] == ["ja", "ko"]
    assert [(each["country"], each["after_s"]) for each in said["spread"]] == [
        ("kr", 0),
        ("jp", 86_400),
    ]
    assert said["silent"] == ["cn", "id", "th", "tw", "vn"]


def test_items_and_feed_say_their_language(
    rendered: Callable[..., Files], world: tuple[Edition, Edition]
) -> None:
    made = rendered(*world)
    assert read(made["feeds/all.json"])["language"] == "en"
    original = read(made["feeds/original/all.json"])
    assert "language" not in original
    assert {item["language"] for item in original["items"]} == set(WORDS)


def test_titles_are_plain_text_without_illegal_characters(rendered: Callable[..., Files]) -> None:
    told = edition(entry("ja", title="<b>]]>\x00\ud800ok"))
    assert read(rendered(told)["feeds/all.json"])["items"][0]["title"] == "<b>]]>ok"
