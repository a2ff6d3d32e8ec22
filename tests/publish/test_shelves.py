"""Which feeds there are, and under which ids entries appear in them."""

from collections.abc import Callable

import pytest

from aggregator.model import Edition, Outputs, Scope
from aggregator.publish.posts import Imprint, entry_id, shelves
from tests.builders import edition, entry, source, standing, story

Files = dict[str, bytes]


def paths(edition: Edition, imprint: Imprint) -> list[str]:
    return [shelf.path for shelf in shelves(edition, imprint)]


@pytest.mark.parametrize(
    ("target", "folder"), [("en", "feeds"), ("original", "feeds/original"), ("vi", "feeds/vi")]
)
def test_each_target_has_its_own_tree(target: str, folder: str, imprint: Imprint) -> None:
    found = paths(edition(entry("ja", target=target), target=target), imprint)
    assert {f"{folder}/all", f"{folder}/country/jp", f"{folder}/from/ja", f"{folder}/picks"} <= set(
        found
    )
    assert all(path.startswith(f"{folder}/") for path in found)


def test_a_country_without_entries_keeps_its_feed(imprint: Imprint) -> None:
    found = {shelf.path: shelf for shelf in shelves(edition(entry("ja")), imprint)}
    assert found["feeds/country/kr"].posts == ()
    assert len(found["feeds/country/jp"].posts) == 1


def test_a_pipeline_has_the_feeds_of_its_scope_only(imprint: Imprint) -> None:
    told = edition(entry("ja"), scope=Scope(countries=("jp",)))
    assert paths(told, imprint) == ["feeds/all", "feeds/country/jp", "feeds/from/ja", "feeds/picks"]


def test_a_country_that_is_no_longer_read_keeps_its_feed_while_it_has_entries() -> None:
    nothing = Imprint(base_url="https://x.example", contact="", sources=(source("ko"),))
    assert "feeds/country/jp" in paths(edition(entry("ja")), nothing)


def test_a_pipeline_has_the_kinds_of_feeds_it_asks_for(imprint: Imprint) -> None:
    told = edition(entry("ja"), outputs=Outputs(feeds=("picks",)))
    assert paths(told, imprint) == ["feeds/picks"]


def test_picks_are_what_editors_approved_or_pinned(imprint: Imprint) -> None:
    told = edition(
        entry("ja", 1),
        entry("ko", 2, story=story("ko", 2, standing=standing("approved"))),
        entry("vi", 3, story=story("vi", 3, standing=standing(pinned=True))),
    )
    picks = next(shelf for shelf in shelves(told, imprint) if shelf.group == "picks")
    assert [post.entry.story.lead.source.country for post in picks.posts] == ["kr", "vn"]


@pytest.mark.parametrize("target", ["en", "original", "bilingual"])
def test_readers_of_english_and_the_original_see_a_story_once(target: str) -> None:
    told = story("ja")
    assert entry_id(entry("ja", story=told, target=target)) == f"urn:uuid:{told.id}"


def test_another_language_is_another_entry() -> None:
    told = story("ja")
    assert entry_id(entry("ja", story=told, target="vi")) == f"urn:uuid:{told.id}:vi"


def test_an_id_depends_on_the_story_alone(rendered: Callable[..., Files]) -> None:
    told = story("ja")
    ids = {
        entry_id(entry("ja", story=told)),
        entry_id(entry("ja", story=told, title="Another translation", state="edited")),
    }
    assert ids == {f"urn:uuid:{told.id}"}
    assert (
        f"urn:uuid:{told.id}".encode()
        in rendered(edition(entry("ja", story=told)))["feeds/all.rss"]
    )
