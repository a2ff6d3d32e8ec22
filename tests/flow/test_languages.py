"""Articles in several languages: each field and each paragraph goes its own way."""

import json
from datetime import timedelta

from tests import builders
from tests.flow.world import FakeEngine, World, rss

AT = builders.NOW - timedelta(hours=1)
TITLE = "協同的な学びにおける聴き合う関係の形成"
ENGLISH = "This paper examines how relations of listening are formed in collaborative learning."
JAPANESE = "教師が互いの授業を見合い、子どもの学びの事実について語り合った。"


def entry(world: World, tree: str = "") -> dict[str, object]:
    (found,) = json.loads((world.output / f"feeds/{tree}all.json").read_bytes())["items"]
    assert isinstance(found, dict)
    return found


def asked(world: World) -> list[str]:
    assert isinstance(world.engine, FakeEngine)
    return world.engine.asked


def test_a_headline_is_translated_and_an_abstract_in_the_target_is_not(world: World) -> None:
    world.web.pages[world.sources[0].url] = rss((TITLE, ENGLISH, AT))

    world.run()

    assert asked(world) == [TITLE]
    told = entry(world)
    assert (told["title"], told["language"]) == (f"[{TITLE}]", "en")
    assert f"<p>{ENGLISH}</p>" in str(told["content_html"])
    assert "from Japanese; summary: original in English" in str(told["content_html"])
    original = entry(world, "original/")
    assert (original["title"], original["language"]) == (TITLE, "ja")
    assert f'<p lang="en">{ENGLISH}</p>' in str(original["content_html"])


def test_of_an_abstract_in_two_languages_only_one_is_translated(world: World) -> None:
    world.web.pages[world.sources[0].url] = rss((TITLE, f"{JAPANESE}<br>{ENGLISH}", AT))

    world.run()

    assert asked(world) == [TITLE, JAPANESE]
    shown = str(entry(world)["content_html"])
    assert f"<p>[{JAPANESE}]</p>" in shown
    assert f"<p>{ENGLISH}</p>" in shown
