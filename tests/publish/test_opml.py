"""The subscription list."""

from collections.abc import Callable

from lxml import etree

from aggregator.model import Edition, Outputs
from tests.builders import edition, entry

Files = dict[str, bytes]


def test_the_list_names_every_feed_that_exists_and_no_other(
    rendered: Callable[..., Files], world: tuple[Edition, Edition]
) -> None:
    made = rendered(*world)
    listed = etree.fromstring(made["feeds.opml"]).xpath("//outline/@xmlUrl")
    assert isinstance(listed, list)
    feeds = {f"https://news.example.org/{path}" for path in made if path.endswith(".atom")}
    assert len(listed) == len(feeds)
    assert set(listed) == feeds


def test_it_is_opml_two_with_folders_by_language(
    rendered: Callable[..., Files], world: tuple[Edition, Edition]
) -> None:
    root = etree.fromstring(rendered(*world)["feeds.opml"])
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert [child.tag for child in root] == ["head", "body"]
    assert root.xpath("body/outline/@text") == ["English", "Original"]
    feeds = list(root.iterfind("body/outline/outline"))
    assert all(feed.get("type") == "rss" and feed.get("text") for feed in feeds)


def test_the_pages_it_names_are_published(
    rendered: Callable[..., Files], world: tuple[Edition, Edition]
) -> None:
    made = rendered(*world)
    pages = etree.fromstring(made["feeds.opml"]).xpath("//outline/@htmlUrl")
    assert isinstance(pages, list)
    for page in pages:
        assert (str(page).removeprefix("https://news.example.org/") or "index.html") in made


def test_a_pipeline_that_wants_no_list_gets_none(rendered: Callable[..., Files]) -> None:
    assert "feeds.opml" not in rendered(edition(entry(), outputs=Outputs(feeds=("all",))))
