"""`aggregator story` and `aggregator decide` on stories of several countries."""

from dataclasses import replace
from datetime import date

import pytest

from aggregator.model import Study, Verdict
from aggregator.model.events import Event
from aggregator.store import Database, likenesses, studies
from tests import builders
from tests.cli.conftest import InProcess, Shell
from tests.told import place, tell

# Each opens a home as it is, its glossary included: one to five seconds a test under coverage.
pytestmark = pytest.mark.slow

SOURCE = """\
- id: {country}-source
  name: {name}
  name_en: Teachers of {upper}
  country: {country}
  language: {language}
  homepage: http://127.0.0.1:9/
  url: http://127.0.0.1:9/{country}.xml
  format: rss
  kinds: [news]
"""

FIRST, SECOND = builders.article("ja", 3), builders.article("ko", 2)
OTHER = builders.article("ko", 1)


@pytest.fixture
def home(quick_shell: InProcess) -> InProcess:
    """A home with a story told in Japan and Korea, and one told in Korea only."""
    options = ("--base-url", "https://news.example/", "--contact", "a@news.example")
    quick_shell("init", "home", *options, "--countries", "jp,kr", "--targets", "en")
    made = InProcess(quick_shell.home / "home")
    database(made).migrate()
    sources = [
        SOURCE.format(country=words[0], upper=words[0].upper(), language=language, name=words[2])
        for language, words in builders.WORDS.items()
        if language in ("ja", "ko", "vi")
    ]
    (made.home / "sources.yaml").write_text("".join(sources), encoding="utf-8")
    with database(made).begin() as db:
        tell(db, FIRST, SECOND)
        tell(db, OTHER)
        told = [
            (each, Event(article_id=each.id, number=1, title="T", starts=day, ends=None, zone=""))
            for each, day in ((FIRST, date(2026, 5, 16)), (SECOND, date(2026, 5, 17)))
        ]
        found = [(Study(article_id=each.id, events=(event,)), "stamp") for each, event in told]
        studies.save(db, found, {})
    return made


def database(shell: Shell) -> Database:
    return Database(f"sqlite:///{shell.home / 'data' / 'aggregator.db'}")


def test_a_story_tells_its_way_and_what_its_articles_disagree_on(home: InProcess) -> None:
    shown = home("story", FIRST.id[:9]).stdout
    assert "spread: Japan, 17 March 2026, 14:00, first report" in shown
    assert "spread: South Korea, 18 March 2026, 14:00, 24 hours later" in shown
    assert "Not told so far in Vietnam." in shown
    assert "event: told differently" in shown
    assert "2026-05-16  [found], says Teachers of JP" in shown
    assert "2026-05-17  [found], says Teachers of KR" in shown
    said = home.json("story", FIRST.id)
    assert (said["countries"], said["languages"]) == (["jp", "kr"], ["ja", "ko"])
    assert said["silent"] == ["vn"]
    assert [each["after_s"] for each in said["spread"]] == [0, 86_400]
    (event,) = said["events"]
    assert event["disputed"] is True
    assert [each["starts"] for each in event["told"]] == ["2026-05-16", "2026-05-17"]
    assert [each["id"] for each in said["places"]] == [FIRST.id, SECOND.id]


def test_stories_are_split_merged_and_kept_apart_by_the_beginnings_of_ids(home: InProcess) -> None:
    assert SECOND.id[:8] in home("story", FIRST.id).stdout
    assert f"split ({SECOND.id})" in home("decide", "split", FIRST.id[:9], SECOND.id[:9]).stdout
    assert home.json("decide", "merge", OTHER.id, FIRST.id)["decision"] == 2
    assert "undone: merge by" in home("decide", "undo", FIRST.id).stdout
    home("decide", "never", FIRST.id, OTHER.id)
    home("decide", "always", OTHER.id, FIRST.id)
    assert home.json("decide", "note", OTHER.id, "ask", "the school")["notes"] == ["ask the school"]


def test_why_tells_what_was_joined_and_what_came_out_again(home: InProcess) -> None:
    alone = {
        each.id: Verdict(article_id=each.id, story_id=each.id, same_as=None, evidence=())
        for each in (FIRST, OTHER)
    }
    joined = replace(alone[OTHER.id], story_id=FIRST.id, evidence=("same link",))
    with database(home).begin() as db:
        likenesses.record_moves(db, alone, [joined], builders.NOW)
        likenesses.record_moves(db, {OTHER.id: joined}, [alone[OTHER.id]], builders.NOW)
    shown = home("story", FIRST.id, "--why").stdout
    assert f"{builders.NOW:%Y-%m-%d} joined: {OTHER.id[:8]} (same link)" in shown
    assert f"{builders.NOW:%Y-%m-%d} came apart: {OTHER.id[:8]}" in shown
    assert [each["was"] for each in home.json("story", FIRST.id)["moves"]] == [OTHER.id, FIRST.id]


def test_an_old_id_leads_to_the_story_it_is_part_of(home: InProcess) -> None:
    with database(home).begin() as db:
        place(db, OTHER, story_id=FIRST.id)
    assert home.json("story", OTHER.id[:9])["id"] == FIRST.id
    assert f"{OTHER.id} is part of this story now" in home("story", OTHER.id).stdout
    assert home.json("decide", "approve", OTHER.id)["story"] == FIRST.id


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (("merge", FIRST.id), "merge needs the id of another story"),
        (("merge", FIRST.id, "zzz"), "no story or article begins with 'zzz'"),
        (("merge", FIRST.id, ""), "several stories or articles begin with ''"),
        (("split", FIRST.id, FIRST.id), "founded the story; split the others off"),
        (("split", FIRST.id, OTHER.id), "is not in story"),
        (("never", FIRST.id, FIRST.id), "is this story itself"),
    ],
)
def test_what_cannot_be_decided_says_why(
    home: InProcess, given: tuple[str, ...], error: str
) -> None:
    assert error in home("decide", *given, expect=2).stderr
