"""The demo: the first thing a stranger runs, and what it must show."""

import json
import re
from hashlib import sha256

import feedparser
import pytest

from tests.cli.conftest import Demo, Shell

COUNTRIES = {"jp", "kr", "cn", "tw", "vn", "th", "id", "sg", "int"}
LANGUAGES = {"ja", "ko", "zh-Hans", "zh-Hant", "vi", "th", "id", "en"}


def test_every_readable_site_is_read_and_the_broken_ones_are_in_the_report(demo: Demo) -> None:
    outcomes = {each["source_id"]: each for each in demo.report["sources"]}
    failed = {key: each["reason"] for key, each in outcomes.items() if each["outcome"] == "failed"}
    assert len(outcomes) == 29
    assert failed.keys() == {"id-arsip-lama", "vn-banbao-cu"}
    assert failed["id-arsip-lama"] == "404 Not Found"
    assert "HTML page" in failed["vn-banbao-cu"]
    assert sum(each["new"] for each in outcomes.values()) >= 120


def test_all_countries_and_languages_have_their_feeds(demo: Demo) -> None:
    for folder, names in (("country", COUNTRIES), ("from", LANGUAGES)):
        for name in names:
            for suffix in ("atom", "rss"):
                path = demo.output / "feeds" / folder / f"{name}.{suffix}"
                parsed = feedparser.parse(path.read_bytes())
                assert not parsed.bozo, path
                assert parsed.entries, path
            document = json.loads((demo.output / "feeds" / folder / f"{name}.json").read_text())
            assert document["version"] == "https://jsonfeed.org/version/1.1"


def test_the_three_formats_have_the_same_entries(demo: Demo) -> None:
    atom = feedparser.parse((demo.output / "feeds/all.atom").read_bytes())
    rss = feedparser.parse((demo.output / "feeds/all.rss").read_bytes())
    items = json.loads((demo.output / "feeds/all.json").read_text())["items"]
    ids = [entry.id for entry in atom.entries]
    assert len(ids) == len(set(ids)) == 100
    assert [entry.id for entry in rss.entries] == ids
    assert [item["id"] for item in items] == ids


def test_most_titles_are_english_and_the_rest_say_that_they_are_not(demo: Demo) -> None:
    states = demo.report["translation"]
    translated = states["memory"] + states["original"]
    assert states["untranslated"] > 0
    assert translated >= 0.8 * sum(states.values())
    for item in json.loads((demo.output / "feeds/all.json").read_text())["items"]:
        in_english = not re.search(r"[぀-ヿ㐀-鿿가-힯฀-๿]", item["title"])
        assert in_english or "trust:untranslated" in item["tags"], item["title"]


def test_no_character_is_broken(demo: Demo) -> None:
    text = (demo.output / "feeds/original/all.json").read_text()
    assert not re.search("[\ufffd\x80-\x9f]", text)


def test_dates_are_those_of_the_sites_in_every_local_form(demo: Demo) -> None:
    """One article of each site whose dates are written in its country's own way."""
    dated = {
        entry.link: entry.published[:10]
        for name in COUNTRIES
        for entry in feedparser.parse(
            (demo.output / f"feeds/country/{name}.atom").read_bytes()
        ).entries
    }
    by_site = {re.sub(r"^http://|/.*", "", link) for link in dated}
    assert len(by_site) == 27
    assert min(dated.values()) >= "2026-10-20"
    assert max(dated.values()) == "2026-11-20"


def test_one_article_at_two_sites_is_one_entry_with_two_places(demo: Demo) -> None:
    items = json.loads((demo.output / "feeds/country/kr.json").read_text())["items"]
    places = [item for item in items if "baeum-news.example/news/20481" in json.dumps(item)]
    assert len(places) == 1
    assert "gyoyuk-saegil" in json.dumps(places[0]) or "새길" in json.dumps(
        places[0], ensure_ascii=False
    )


def test_the_digest_comes_as_page_text_and_markdown(demo: Demo) -> None:
    folder = demo.output / "digests" / "daily"
    assert sorted(path.name for path in folder.iterdir()) == [
        "2026-11-20.html",
        "2026-11-20.md",
        "2026-11-20.txt",
    ]


def test_the_subscription_list_names_feeds_that_exist(demo: Demo) -> None:
    outlines = re.findall(r'xmlUrl="([^"]+)"', (demo.output / "feeds.opml").read_text())
    assert len(outlines) > 30
    for url in outlines:
        assert (demo.output / url.removeprefix("http://localhost:8000/")).is_file(), url


def test_every_link_inside_the_site_leads_somewhere(demo: Demo) -> None:
    pages = list(demo.output.rglob("*.html"))
    assert len(pages) > 150
    for page in pages:
        for link in re.findall(r'(?:href|src)="([^":#]+)["#]', page.read_text()):
            assert (page.parent / link).exists(), f"{page}: {link}"


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    return Shell(tmp_path_factory.mktemp("own"))


@pytest.mark.slow
def test_run_again_it_finds_nothing_to_do(own: Shell) -> None:
    def state() -> dict[str, tuple[str, int]]:
        return {
            str(path): (sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
            for path in (own.home / "output").rglob("*")
            if path.is_file() and path.name != "report.json"
        }

    own.json("demo")
    before = state()
    again = own.json("demo")
    came = [each["outcome"] for each in again["sources"]]
    assert came.count("unchanged") == 26
    assert again["files_written"] == 0
    assert state() == before
