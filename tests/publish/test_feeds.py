"""Atom and RSS, as feed readers see them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from aggregator.model import Edition, Outputs
from aggregator.publish import Imprint, render
from aggregator.publish.posts import NEVER, NEWEST
from tests.builders import NOW, WORDS, edition, entry, place, source, standing, story, translation

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DC = "{http://purl.org/dc/elements/1.1/}"
IMPRINT = Imprint(
    base_url="https://news.example.org/", contact="desk@example.org", sources=(source("ja"),)
)


def files(*editions: Edition, imprint: Imprint = IMPRINT) -> dict[str, bytes]:
    return {file.path: file.body for file in render(editions, imprint)}


def feeds_only(*entries: Any, **changes: Any) -> Edition:
    return edition(*entries, outputs=Outputs(feeds=("all",)), **changes)


def parsed(body: bytes) -> Any:
    found = feedparser.parse(body)
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_every_feed_is_read_back_without_complaint(world: tuple[Edition, Edition]) -> None:
    made = files(*world)
    feeds = [path for path in made if path.endswith((".atom", ".rss"))]
    for path in feeds:
        etree.fromstring(made[path])
        parsed(made[path])
    assert len(feeds) == 2 * 2 * (1 + 8 + 8 + 1)


@pytest.mark.parametrize("suffix", ["atom", "rss"])
def test_readers_get_title_link_id_and_dates_of_each_entry(suffix: str) -> None:
    told = entry("ja", 3, updated=NOW - timedelta(hours=2))
    got = parsed(files(feeds_only(told))[f"feeds/all.{suffix}"]).entries[0]
    assert got.title == WORDS["ja"][5]
    assert got.link == "https://jp.example.org/articles/3"
    assert got.id == f"urn:uuid:{told.story.id}"
    assert got.published_parsed[:6] == (2026, 3, 17, 5, 0, 0)
    assert got.author == "東京学びの会"
    if suffix == "atom":
        assert got.updated_parsed[:6] == (2026, 3, 20, 4, 0, 0)


def test_the_ids_guid_is_not_taken_for_a_link() -> None:
    guid = etree.fromstring(files(feeds_only(entry()))["feeds/all.rss"]).find(".//guid")
    assert guid is not None
    assert guid.get("isPermaLink") == "false"


@pytest.mark.parametrize("suffix", ["atom", "rss"])
def test_a_feed_names_itself_and_its_page(suffix: str) -> None:
    made = files(feeds_only(entry()))[f"feeds/all.{suffix}"]
    links = {link.rel: link.href for link in parsed(made).feed.links}
    assert links["self"] == f"https://news.example.org/feeds/all.{suffix}"
    assert links["alternate"] == parsed(made).feed.link == "https://news.example.org/"


def test_entries_stay_in_the_editions_order_pinned_or_not() -> None:
    old = entry("ja", 9, story=story("ja", 9, standing=standing(pinned=True)))
    told = feeds_only(entry("ko", 1), entry("vi", 2), old)
    ids = [e.id for e in parsed(files(told)["feeds/all.atom"]).entries]
    assert ids == [f"urn:uuid:{e.story.id}" for e in told.entries]


def test_a_feed_carries_the_newest_entries_only() -> None:
    told = feeds_only(*(entry("ja", n) for n in range(1, NEWEST + 3)))
    entries = parsed(files(told)["feeds/all.rss"]).entries
    assert len(entries) == NEWEST
    assert entries[0].id == f"urn:uuid:{told.entries[0].story.id}"


def test_a_feed_is_updated_when_its_newest_change_was() -> None:
    changed = NOW - timedelta(minutes=5)
    told = feeds_only(entry("ja", 1), entry("ko", 2, updated=changed))
    made = files(told)
    assert parsed(made["feeds/all.atom"]).feed.updated == "2026-03-20T05:55:00+00:00"
    assert parsed(made["feeds/all.rss"]).feed.updated == "Fri, 20 Mar 2026 05:55:00 +0000"


def test_an_empty_feed_is_kept_and_its_date_is_not_the_clocks() -> None:
    made = files(edition())
    assert not parsed(made["feeds/country/jp.atom"]).entries
    assert parsed(made["feeds/country/jp.atom"]).feed.updated == NEVER.isoformat()


def test_rendering_twice_gives_the_same_bytes(world: tuple[Edition, Edition]) -> None:
    assert files(*world) == files(*world)


def test_the_first_line_says_how_far_to_trust_an_entry() -> None:
    machine = translation("Teachers meet", "machine", engine="argos", version="1.9")
    told = entry("th", title=machine, summary=machine)
    made = files(feeds_only(told))
    first = "<p><em>Machine translation by argos 1.9 from Thai, unreviewed.</em></p>"
    for suffix in ("atom", "rss"):
        got = parsed(made[f"feeds/all.{suffix}"]).entries[0]
        html = got.content[0].value if suffix == "atom" else got.summary
        assert html.startswith(first)


def test_content_shows_the_original_title_and_the_other_places() -> None:
    other = place("ko", 2)
    told = entry("ja", story=story("ja", others=(other,)))
    html = parsed(files(feeds_only(told))["feeds/all.atom"]).entries[0].content[0].value
    assert f'<cite lang="ja">{WORDS["ja"][3]}</cite>' in html
    assert f'<a href="{other.article.url}" hreflang="ko">Teachers of KR</a> in Korean.' in html
    assert "Teachers of JP" in html


def test_content_links_the_storys_page_only_where_there_is_one() -> None:
    page = b"https://news.example.org/stories/"
    made = files(edition(entry("ja")), edition(entry("ja", target="original"), target="original"))
    assert page in made["feeds/all.atom"]
    assert page in made["feeds/original/all.atom"]
    assert page not in files(feeds_only(entry("ja")))["feeds/all.atom"]


def test_programs_find_kind_country_language_trust_and_review() -> None:
    told = entry("ko", story=story("ko", standing=standing("approved")))
    made = files(feeds_only(told))
    terms = ["news", "country:kr", "from:ko", "trust:memory", "review:approved"]
    for suffix in ("atom", "rss"):
        got = parsed(made[f"feeds/all.{suffix}"]).entries[0]
        assert [tag.term for tag in got.tags] == terms
    labels = [
        c.get("label") for c in etree.fromstring(made["feeds/all.atom"]).iter(f"{ATOM}category")
    ]
    assert labels == ["News", "South Korea", "From Korean", "Human translation", "Approved"]


def test_each_entry_says_its_language() -> None:
    told = feeds_only(entry("ja", 1), entry("ko", 2, state="untranslated"))
    made = files(told)
    atom = etree.fromstring(made["feeds/all.atom"])
    assert [e.get(XML_LANG) for e in atom.iter(f"{ATOM}entry")] == ["en", "ko"]
    rss = etree.fromstring(made["feeds/all.rss"])
    assert [e.text for e in rss.iter(f"{DC}language")] == ["en", "ko"]


def test_the_feed_of_original_languages_claims_no_single_one() -> None:
    told = edition(
        entry("ja", 1, target="original"), entry("ko", 2, target="original"), target="original"
    )
    made = files(told)
    assert b"<language>" not in made["feeds/original/all.rss"]
    assert b"<language>ja</language>" in made["feeds/original/from/ja.rss"]


def test_an_atom_entry_names_its_source_completely() -> None:
    made = etree.fromstring(files(feeds_only(entry("ja")))["feeds/all.atom"])
    found = made.find(f"{ATOM}entry/{ATOM}source")
    assert found is not None
    assert found.findtext(f"{ATOM}id") == "https://jp.example.org/feed"
    assert found.findtext(f"{ATOM}title") == "東京学びの会"
    assert found.findtext(f"{ATOM}updated") == "2026-03-19T05:00:00+00:00"
    assert found.find(f"{ATOM}link").get("href") == "https://jp.example.org/"  # type: ignore[union-attr]


def test_an_atom_entrys_link_says_which_language_it_leads_to() -> None:
    made = etree.fromstring(files(feeds_only(entry("ja")))["feeds/all.atom"])
    link = made.find(f"{ATOM}entry/{ATOM}link")
    assert link is not None
    assert (link.get("rel"), link.get("hreflang")) == ("alternate", "ja")


def test_authors_reach_rss_without_a_mail_address() -> None:
    lead = place("ja", authors=("佐藤学", "秋田喜代美"))
    made = etree.fromstring(files(feeds_only(entry("ja", story=story(lead=lead))))["feeds/all.rss"])
    assert [e.text for e in made.iter(f"{DC}creator")] == ["佐藤学", "秋田喜代美"]


@pytest.mark.parametrize("suffix", ["atom", "rss"])
@pytest.mark.parametrize(
    "bad", ["a\x00b\x0bc", "a\ud800b\ufffec", "]]><x>", "<script>alert(1)</script>", "a & b < c"]
)
def test_one_bad_title_costs_neither_the_feed_nor_the_other_entries(bad: str, suffix: str) -> None:
    lead = place("ja", title=bad, summary=bad, authors=(bad,), url=f"https://x.example/{bad[0]}")
    bad_entry = entry("ja", story=story(lead=lead), title=bad, summary=bad)
    made = files(feeds_only(bad_entry, entry("ko", 2)))[f"feeds/all.{suffix}"]
    root = etree.fromstring(made)
    assert len(parsed(made).entries) == 2
    assert b"<script" not in made
    assert not root.xpath("//*[local-name()='script']")


def test_a_title_that_looks_like_a_tag_is_read_as_text_by_either_kind_of_rss_reader() -> None:
    told = feeds_only(entry("ja", title="Why <b> and a < b"))
    made = files(told)
    rss = etree.fromstring(made["feeds/all.rss"]).findtext(".//item/title")
    atom = etree.fromstring(made["feeds/all.atom"]).findtext(f"{ATOM}entry/{ATOM}title")
    assert rss == "Why &lt;b> and a < b"
    assert atom == "Why <b> and a < b"


@pytest.mark.parametrize("blank", ["", " ", "\x00"])
def test_an_entry_without_a_title_costs_no_feed(blank: str) -> None:
    made = files(feeds_only(entry("ja", title=blank), entry("ko", 2)))
    for suffix in ("atom", "rss"):
        titles = [e.title for e in parsed(made[f"feeds/all.{suffix}"]).entries]
        assert titles == ["(untitled)", WORDS["ko"][5]]


def test_content_holds_no_markup_but_its_own() -> None:
    told = feeds_only(entry("ja", summary="<img src=x onerror=alert(1)>\n<b>two</b>"))
    html = etree.fromstring(files(told)["feeds/all.atom"]).findtext(f"{ATOM}entry/{ATOM}content")
    assert html is not None
    assert "<img" not in html
    assert "&lt;b&gt;two&lt;/b&gt;" in html


@pytest.mark.parametrize("url", ["javascript:alert(1)", "", "data:text/html,x"])
def test_only_web_addresses_become_links(url: str) -> None:
    told = entry("ja", story=story(lead=place("ja", url=url), others=(place("ko", 2, url=url),)))
    made = files(feeds_only(told))
    assert parsed(made["feeds/all.atom"]).entries[0].link == "https://jp.example.org/"
    assert b"javascript:" not in made["feeds/all.atom"] + made["feeds/all.rss"]


def test_a_contact_that_is_a_page_is_no_mail_address() -> None:
    page = replace(IMPRINT, contact="https://example.org/@desk")
    made = files(feeds_only(entry()), imprint=page)
    assert parsed(made["feeds/all.atom"]).feed.author_detail.href == "https://example.org/@desk"
    assert b"managingEditor" not in made["feeds/all.rss"]
    assert b"desk@example.org (Learning" in files(feeds_only(entry()))["feeds/all.rss"]


def test_times_are_given_to_the_second() -> None:
    odd = datetime(2026, 3, 1, 2, 3, 4, 567, tzinfo=UTC)
    made = files(feeds_only(entry(updated=odd)))["feeds/all.atom"]
    assert parsed(made).entries[0].updated == "2026-03-01T02:03:04+00:00"


@settings(max_examples=60, deadline=None)
@given(
    title=st.text(alphabet=st.characters(), min_size=1, max_size=40), summary=st.text(max_size=40)
)
def test_any_text_makes_well_formed_feeds(title: str, summary: str) -> None:
    made = files(feeds_only(entry("ja", title=title, summary=summary), entry("ko", 2)))
    for suffix in ("atom", "rss"):
        root = etree.fromstring(made[f"feeds/all.{suffix}"])
        assert len(root.findall(f"{ATOM}entry") or root.findall(".//item")) == 2
