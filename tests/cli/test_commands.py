"""The other commands, on the demo's home and on empty ones."""

import re

import pytest
from rich.cells import cell_len

from tests.cli.conftest import Demo, InProcess, Shell

# Each opens a home as it is, its glossary included: one to five seconds a test under coverage.
pytestmark = pytest.mark.slow


def a_story(demo: Demo) -> str:
    """Return the id of some published story."""
    text = (demo.output / "feeds/all.json").read_text()
    found = re.search(r"urn:uuid:([0-9a-f-]{36})", text)
    assert found
    return found[1]


def test_a_story_is_shown_by_the_beginning_of_its_id(demo: Demo) -> None:
    key = a_story(demo)
    assert demo.shell.json("story", key[:13])["id"] == key
    assert key in demo.shell("story", f"urn:uuid:{key}").stdout


def test_a_story_says_why_it_is_what_it_is(demo: Demo) -> None:
    key = a_story(demo)
    told = demo.shell.json("story", key)
    said = demo.shell("story", key, "--why").stdout
    assert f"{told['kind']}: {told['because']}" in said
    assert told["relevance"]["because"] in said
    for label in told["topics"]:
        assert label["because"] in said


def test_an_unknown_story_is_said_to_be_unknown(demo: Demo) -> None:
    assert "no story begins with 'zzz'" in demo.shell("story", "zzz", expect=2).stderr


def test_a_decision_and_its_undo(own_demo: Demo) -> None:
    key = a_story(own_demo)
    assert own_demo.shell.json("decide", "approve", key)["review"] == "approved"
    assert own_demo.shell.json("decide", "note", key, "read this")["notes"] == ["read this"]
    own_demo.shell("decide", "undo", key)
    assert own_demo.shell.json("decide", "undo", key)["review"] == "unreviewed"
    assert "no decision to undo" in own_demo.shell("decide", "undo", key, expect=2).stderr


def test_trends_count_what_they_list(demo: Demo) -> None:
    found = demo.shell.json("trends")
    row = next(row for row in found["rows"] if row["country"] == "th")
    listed = demo.shell("trends", "--country", "th").stdout.splitlines()
    assert len(listed) == sum(len(cell["stories"]) for cell in row["cells"]) > 0
    assert "2026" in listed[0]
    assert "W47" in demo.shell("trends").stdout


def test_stories_are_found_by_words_of_any_language(demo: Demo) -> None:
    for words in ("授業研究", "โรงเรียน", "truong", "lesson stud*"):
        found = demo.shell.json("search", words)
        assert found, words
        assert [each["published"] for each in found] == sorted(
            (each["published"] for each in found), reverse=True
        )
    countries = {each["country"] for each in demo.shell.json("search", "--country", "th")}
    assert countries == {"th"}
    assert demo.shell.json("search", "學習", "--until", "2001-01-01") == []


def test_what_is_found_is_readable_in_80_columns(demo: Demo) -> None:
    shown = demo.shell("search", "学び", "--limit", "3", COLUMNS="80").stdout
    key = demo.shell.json("search", "学び", "--limit", "1")[0]["id"]
    assert key[:8] in shown
    assert max(map(cell_len, shown.splitlines())) <= 80
    assert demo.shell("search", "zzz").stdout == "Nothing was found.\n"


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ((), "nothing to look for"),
        (("…!?",), "there is no word in"),
        (("x", "--country", "zz"), "unknown country 'zz'; known are jp, kr"),
        (("x", "--kind", "zz"), "unknown kind 'zz'"),
        (("x", "--since", "yesterday"), "'yesterday' is no day"),
    ],
)
def test_a_search_that_cannot_be_made_says_why(
    demo: Demo, given: tuple[str, ...], error: str
) -> None:
    assert error in demo.shell("search", *given, expect=2).stderr


def test_sources_are_listed(demo: Demo) -> None:
    assert len(demo.shell.json("sources", "list")) == 29
    assert "jp-manabi-shimbun" in demo.shell("sources", "list").stdout


def test_the_memory_goes_out_and_comes_back(own_demo: Demo) -> None:
    path = own_demo.shell.home / "out.tmx"
    own_demo.shell("memory", "export", path)
    assert re.search(r"\d{3} translations", own_demo.shell("memory", "import", path).stdout)


def test_a_run_without_a_network_ends_with_each_failure_and_exit_1(own_demo: Demo) -> None:
    """The sample web is gone: no host can be found."""
    before = (own_demo.output / "feeds/all.atom").read_bytes()
    report = own_demo.shell.json("run", expect=1)
    assert {each["outcome"] for each in report["sources"]} == {"failed"}
    assert len([each for each in report["failures"] if each["stage"] == "fetch"]) == 29
    assert (own_demo.output / "feeds/all.atom").read_bytes() == before


def test_a_dry_run_fetches_nothing(demo: Demo) -> None:
    assert len(demo.shell.json("run", "--dry-run", "--now")["sources"]) == 29


@pytest.mark.parametrize("other", ["--now", "--dry-run"])
def test_a_replay_asks_nobody_and_takes_no_word_on_asking(quick_shell: Shell, other: str) -> None:
    error = quick_shell("run", "--replay", other, expect=2).stderr
    assert f"--replay asks no site: it cannot be combined with {other}" in error


def test_a_strict_replay_fails_if_anything_could_not_be_read_again(own_demo: Demo) -> None:
    """The demo has a source whose feed is an HTML page now."""
    found = own_demo.shell.json("run", "--replay", "--strict", expect=1, AGGREGATOR_EMBED="none")
    assert [source_id for source_id, _ in found["failures"]] == ["vn-banbao-cu"]
    own_demo.shell("run", "--replay", AGGREGATOR_EMBED="none")


#: Addresses of this machine are never asked, and need no name server to be refused.
HERE = """\
- id: jp-manabi
  name: 学び新聞
  name_en: Manabi Shimbun
  country: jp
  language: ja
  homepage: http://127.0.0.1:9/
  url: http://127.0.0.1:9/feed.xml
  format: rss
  kinds: [news]
"""


def test_the_doctor_knows_who_failed_last_though_the_last_run_only_waited(
    quick_shell: Shell,
) -> None:
    options = ("--base-url", "https://news.example/", "--contact", "a@news.example")
    quick_shell("init", "home", *options, "--countries", "jp", "--targets", "en")
    inside = InProcess(quick_shell.home / "home")
    (inside.home / "sources.yaml").write_text(HERE)
    for _ in range(2):
        assert "Nothing is published yet" in inside("run", expect=1).stdout
    waiting = inside("run", expect=1).stdout
    assert "Not asked" in waiting
    assert "Not due before 20" in waiting
    findings = inside.json("doctor")
    (failing,) = [each["what"] for each in findings if "not read when last" in each["what"]]
    assert failing.startswith("not read when last asked: jp-manabi (")
    (last,) = [each["what"] for each in findings if each["what"].startswith("last run")]
    assert re.fullmatch(r"last run: \d{4}-\d\d-\d\d \d\d:\d\d UTC", last)


def test_an_unknown_pipeline_is_said_to_be_unknown(demo: Demo) -> None:
    error = demo.shell("run", "nonsense", expect=2).stderr
    assert "no pipeline 'nonsense'" in error
    assert "network-news" in error


def test_the_doctor_looks_at_the_demo(demo: Demo) -> None:
    findings = demo.shell.json("doctor")
    assert not [each for each in findings if each["state"] == "bad"]
    assert any("no model" in each["what"] for each in findings)


def test_the_doctor_says_what_an_empty_directory_lacks(quick_shell: Shell) -> None:
    assert "sources.yaml" in quick_shell("doctor", expect=1).stdout


def test_init_makes_a_home_that_the_doctor_approves_of(quick_shell: Shell) -> None:
    options = ("--base-url", "https://news.example/", "--contact", "a@news.example")
    quick_shell("init", "home", *options, "--countries", "jp,kr", "--targets", "en,original")
    inside = InProcess(quick_shell.home / "home")
    sources = inside.json("sources", "list")
    assert {source["country"] for source in sources} == {"jp", "kr"}
    assert not [each for each in inside.json("doctor") if each["state"] == "bad"]


def test_init_asks_for_what_is_not_given(shell: Shell) -> None:
    shell("init", "home", stdin="https://news.example/\na@news.example\njp\nen\n")
    assert "https://news.example/" in (shell.home / "home/aggregator.env").read_text()


def test_a_wrong_file_is_one_message_with_its_place(quick_shell: Shell) -> None:
    (quick_shell.home / "sources.yaml").write_text("- id: x\n  nmae: y\n")
    error = quick_shell("run", expect=2).stderr
    assert re.search(r"sources\.yaml:\d+", error)


@pytest.mark.parametrize("command", ["run", "story x", "trends", "sources list"])
def test_without_a_home_every_command_says_what_is_missing(
    quick_shell: Shell, command: str
) -> None:
    assert "sources.yaml" in quick_shell(*command.split(), expect=2).stderr


def test_help_names_every_command(shell: Shell) -> None:
    text = shell("--help").stdout
    for name in ("demo", "run", "schedule", "serve", "doctor", "init", "models", "users"):
        assert name in text
