"""The commands on sources, as a user has them: no address beyond this machine is asked."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from aggregator.config import read_sources
from aggregator.flow.scouting.proposing import Given, Place, propose
from aggregator.model import Document
from aggregator.parse.opml import read_opml
from aggregator.publish.subscriptions import render_subscriptions
from tests import builders
from tests.cli.conftest import Shell

#: Addresses of this machine are never asked, and need no name server to be refused.
HERE = "http://127.0.0.1:9/"

SOURCES = f"""\
# Ours.
- id: jp-manabi
  name: 学び新聞
  name_en: Manabi Shimbun
  country: jp
  language: ja
  homepage: {HERE}
  url: {HERE}feed.xml
  format: rss
  kinds: [news]
- id: jp-list
  name: 一覧
  name_en: A list
  country: jp
  language: ja
  homepage: {HERE}
  url: {HERE}list
  format: html-list
  kinds: [news]
  select: {{item: li}}
- id: kr-later
  name: 나중
  name_en: Later
  country: kr
  language: ko
  homepage: {HERE}
  url: {HERE}later.xml
  format: atom
  kinds: [news]
  enabled: false
  reason: not yet
"""

PIPELINE = """\
title: News
description: All.
sources: {}
targets: [en]
schedule: {cron: "15 * * * *", timezone: Asia/Tokyo}
review: none
outputs: {feeds: [all]}
"""


@pytest.fixture
def home(quick_shell: Shell) -> Shell:
    (quick_shell.home / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (quick_shell.home / "pipelines").mkdir()
    (quick_shell.home / "pipelines" / "news.yaml").write_text(PIPELINE)
    return quick_shell


def outlines(text: str) -> list[tuple[str, tuple[str, ...]]]:
    document = Document(
        source_id="x",
        url="",
        role="source",
        final_url="",
        content_type="",
        body=text.encode(),
    )
    return [(each.feed, each.folder) for each in read_opml(document)]


def test_check_tells_of_each_enabled_source_why_it_could_not_be_read(home: Shell) -> None:
    found = home.json("sources", "check", expect=1)["sources"]
    assert [each["source_id"] for each in found] == ["jp-manabi", "jp-list"]
    assert {each["answer"] for each in found} == {"failed"}
    assert all(each["reason"] for each in found)
    assert "2 could not be read" in home("sources", "check", expect=1).stdout


def test_check_asks_what_is_named_whether_it_is_enabled_or_not(home: Shell) -> None:
    found = home.json("sources", "check", "kr-later", "kr-later", expect=1)["sources"]
    assert [each["source_id"] for each in found] == ["kr-later"]
    assert "no source 'kr-x'" in home("sources", "check", "kr-x", expect=2).stderr


def test_check_keeps_nothing(home: Shell) -> None:
    home("sources", "check", expect=1)
    assert not (home.home / "output").exists()
    assert home("trends").returncode == 0


@pytest.mark.parametrize("command", ["discover", "add"])
def test_an_address_that_may_not_be_asked_is_one_message(home: Shell, command: str) -> None:
    assert HERE in home("sources", command, HERE, expect=1).stderr
    assert (home.home / "sources.yaml").read_text(encoding="utf-8") == SOURCES


@pytest.mark.parametrize(
    ("option", "value"), [("--country", "fr"), ("--language", "zh"), ("--kind", "gossip")]
)
def test_add_tells_what_an_option_may_be(home: Shell, option: str, value: str) -> None:
    said = home("sources", "add", HERE, option, value, expect=2).stderr
    assert f"no {option[2:]} {value!r}" in said


def test_export_lists_the_feeds_by_country_and_counts_the_others(home: Shell) -> None:
    done = home("sources", "export")
    assert outlines(done.stdout) == [
        (f"{HERE}feed.xml", ("Japan",)),
        (f"{HERE}later.xml", ("South Korea",)),
    ]
    assert "1 sources are no feeds" in done.stderr
    only = home("sources", "export", "--enabled")
    assert [feed for feed, _ in outlines(only.stdout)] == [f"{HERE}feed.xml"]


def test_what_was_exported_is_known_when_it_is_imported(home: Shell) -> None:
    (home.home / "ours.opml").write_text(home("sources", "export").stdout, encoding="utf-8")
    said = home("sources", "import", "ours.opml", "--yes").stdout
    assert "read already, as kr-later" in said
    assert "2 entries: 0 new, 2 read already, 0 skipped, 0 cannot be read" in said
    assert (home.home / "sources.yaml").read_text(encoding="utf-8") == SOURCES


def test_feeds_that_cannot_be_read_are_named_and_not_added(home: Shell) -> None:
    source = propose(Place(url=f"{HERE}new.xml", format="rss", title="New"), Given(), ())
    (home.home / "new.opml").write_bytes(render_subscriptions([source]))
    done = home("sources", "import", "new.opml", "--yes", expect=1)
    assert f"New {HERE}new.xml: " in done.stderr
    assert "0 new, 0 read already, 0 skipped, 1 cannot be read" in done.stdout
    assert (home.home / "sources.yaml").read_text(encoding="utf-8") == SOURCES


def test_a_file_that_is_no_list_is_one_message(home: Shell) -> None:
    assert "cannot be read" in home("sources", "import", "missing.opml", expect=2).stderr
    said = home("sources", "import", "sources.yaml", expect=2).stderr
    assert said.startswith("error: sources.yaml: expected XML")
    assert "OPML" in said


def test_one_bad_outline_is_told_without_its_password_and_keeps_no_other_out(home: Shell) -> None:
    rows = (
        f'<outline text="Ours" xmlUrl="{HERE}feed.xml"/>',
        '<outline text="Secret" xmlUrl="http://me:geheim@secret.example/rss"/>',
        '<outline text="Odd" xmlUrl="http://me:ge/heim@secret.example/rss"/>',
        '<outline text="Files" xmlUrl="ftp://me:geheim@secret.example/"/>',
        '<outline text="A page" type="link" url="http://me:geheim@secret.example/"/>',
    )
    text = "\n".join(('<opml version="2.0"><body>', *rows, "</body></opml>"))
    (home.home / "list.opml").write_text(text, encoding="utf-8")
    done = home("sources", "import", "list.opml", "--yes")
    assert f"line 2: Ours {HERE}feed.xml: read already, as jp-manabi" in done.stdout
    assert "line 3: Secret http://secret.example/rss: its address holds a user" in done.stderr
    assert "line 4: Odd http://secret.example/rss: its address has a malformed" in done.stderr
    assert "line 5: Files: skipped: its address is no web address" in done.stdout
    assert "line 6: A page: skipped: it is no feed, but of the type 'link'" in done.stdout
    assert "5 entries: 0 new, 1 read already, 2 skipped, 2 cannot be read" in done.stdout
    assert "heim" not in done.stdout + done.stderr


@pytest.mark.parametrize("command", ["discover", "add"])
@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("school.example/news", "write the whole address: https://school.example/news"),
        ("ftp://school.example/", "is not an absolute http or https address"),
        ("https://me:geheim@school.example/", "https://school.example/ holds a user name"),
        ("https://school.example/?k={key}", "has a placeholder in braces"),
    ],
)
def test_an_address_that_is_none_is_a_wrong_argument(
    home: Shell, command: str, address: str, said: str
) -> None:
    told = home("sources", command, address, expect=2).stderr
    assert said in told
    assert "geheim" not in told


@pytest.mark.parametrize("command", ["discover", "add"])
def test_an_address_from_which_nothing_comes_says_what_to_do(home: Shell, command: str) -> None:
    told = home("sources", command, HERE, expect=1).stderr
    assert "only this address was asked" in told
    assert "the site's front page" in told


@pytest.mark.parametrize("text", ["", "# nobody yet\n", "# nobody yet\n[]\n", "sources: []\n"])
def test_a_home_without_sources_can_be_given_some(home: Shell, text: str) -> None:
    (home.home / "sources.yaml").write_text(text, encoding="utf-8")
    assert "only this address" in home("sources", "add", HERE, expect=1).stderr
    feed = f'<opml><body><outline xmlUrl="{HERE}feed.xml"/></body></opml>'
    (home.home / "list.opml").write_text(feed, encoding="utf-8")
    assert "1 cannot be read" in home("sources", "import", "list.opml", expect=1).stdout


def test_eighty_columns_show_ids_names_and_whole_addresses(home: Shell) -> None:
    long = "kr-a-source-whose-id-is-longer-than-any-of-ours-is"
    address = f"{HERE}{'学びの共同体' * 10}/feed.xml"
    text = SOURCES.replace("kr-later", long).replace("A list", "学びの共同体研究会の一覧ページ")
    text = text.replace(f"url: {HERE}feed.xml", f"url: {address}")
    (home.home / "sources.yaml").write_text(text, encoding="utf-8")
    listed = home("sources", "list", COLUMNS="80").stdout
    assert max(cell_len(line) for line in listed.splitlines()) <= 80
    assert "Later; not yet" in listed
    assert long in "".join(line[:24].rstrip() for line in listed.splitlines())
    checked = home("sources", "check", expect=1, COLUMNS="80").stdout
    assert "jp-list" in checked
    assert f"jp-list: {HERE}robots.txt" in checked.replace("\n", " ")


def test_the_doctor_names_the_variable_of_a_key_that_is_not_set(home: Shell) -> None:
    text = SOURCES.replace("feed.xml", "feed.xml?key={key}")
    (home.home / "sources.yaml").write_text(text, encoding="utf-8")
    found = [each for each in home.json("doctor") if "needs a key" in each["what"]]
    assert [each["state"] for each in found] == ["warning"]
    assert "AGGREGATOR_KEY_JP_MANABI" in found[0]["remedy"]
    given = home.json("doctor", AGGREGATOR_KEY_JP_MANABI="s3cret")
    assert not [each for each in given if "needs a key" in each["what"]]
    assert "s3cret" not in str(given)


def test_a_list_of_feeds_leaves_out_what_no_reader_can_subscribe_to() -> None:
    sources = [
        builders.source("th"),
        builders.source(format="oai-pmh"),
        builders.source("ko", format="atom", url="https://a.kr/?key={key}"),
        builders.source("ja", id="b", format="json-feed"),
    ]
    assert outlines(render_subscriptions(sources).decode()) == [
        ("https://jp.example.org/feed", ("Japan",)),
        ("https://th.example.org/feed", ("Thailand",)),
    ]


def test_all_our_own_feeds_can_be_exported() -> None:
    ours = read_sources(Path(__file__).resolve().parents[2] / "sources.yaml")
    feeds = outlines(render_subscriptions(ours).decode())
    assert {feed for feed, _ in feeds} >= {
        source.url for source in ours if source.enabled and source.format == "rss"
    }
