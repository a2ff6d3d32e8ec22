"""`aggregator search` by what is meant: in a home whose articles have vectors."""

import pytest
from rich.cells import cell_len

from aggregator import wiring
from aggregator.embed import opening
from aggregator.flow.embedding import signature
from aggregator.store import Database, vectors
from aggregator.store.vectors import StoredVectors
from tests.cli.conftest import Demo, Shell
from tests.embed.fake import FakeEmbedder

FAKE = FakeEmbedder()


@pytest.fixture
def home(own_demo: Demo, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A copy of the demo's home, with an engine that sees which letters texts share."""
    database = Database(f"sqlite:///{own_demo.shell.home / 'data' / 'aggregator.db'}")
    sources = {each["id"] for each in own_demo.shell.json("sources", "list")}
    with database.begin() as db:
        lacking = vectors.lacking(db, sources, signature(FAKE), 10_000)
        texts = ["\n".join(opening(article)) for article, _ in lacking]
        found = FAKE.embed(texts, [article.language for article, _ in lacking])
        stamped = zip(lacking, found, strict=True)
        vectors.save(
            db,
            [
                StoredVectors.of(article.id, stamp, 1, vector, vector)
                for (article, stamp), vector in stamped
            ],
        )
    database.close()
    monkeypatch.setattr(wiring, "embedder", lambda _settings: FAKE)
    return own_demo.shell


def test_what_means_the_same_is_found_the_closest_first(home: Shell) -> None:
    found = home.json("search", "--meaning", "公開研究会と", "授業", "--limit", "5")
    assert len(found) == 5
    assert found[0]["language"] == "ja"
    likenesses = [each["likeness"] for each in found]
    assert likenesses == sorted(likenesses, reverse=True)
    thai = home.json("search", "--meaning", "公開研究会と授業", "--country", "th")
    assert {each["country"] for each in thai} == {"th"}


def test_what_is_like_a_story_is_found_without_the_story(home: Shell) -> None:
    (told,) = home.json("search", "授業研究", "--limit", "1")
    found = home.json("search", "--like", told["id"][:8], "--limit", "1000")
    keys = [each["id"] for each in found]
    assert keys
    assert told["id"] not in keys
    assert len(keys) == len(set(keys))
    narrowed = home.json("search", "--like", told["id"], "授業", "--limit", "1000")
    assert 0 < len(narrowed) < len(found)
    assert {each["id"] for each in narrowed} < set(keys)


def test_what_is_near_is_readable_in_80_columns(home: Shell) -> None:
    shown = home("search", "--meaning", "学び", "--limit", "3", COLUMNS="80").stdout
    (best,) = home.json("search", "--meaning", "学び", "--limit", "1")
    assert best["id"][:8] in shown
    assert f"{best['likeness']:.2f}" in shown
    assert max(map(cell_len, shown.splitlines())) <= 80


def test_words_that_are_nowhere_hint_at_their_meaning(home: Shell) -> None:
    assert "--meaning finds" in home("search", "zzz").stdout
    assert home("search", "--meaning", "zzz", "--until", "2001-01-01").stdout == (
        "Nothing was found.\n"
    )
    assert home.json("search", "授業", "--limit", "1")[0]["likeness"] is None


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (("--meaning",), "--meaning of what?"),
        (("--meaning", "…!?"), "there is no word in"),
        (("--meaning", "lesson", "--like", "x"), "give one of them"),
        (("--like", "zzz"), "no story begins with 'zzz'"),
        (("--like", "zzz", "…"), "there is no word in"),
    ],
)
def test_a_search_for_a_meaning_that_cannot_be_made_says_why(
    home: Shell, given: tuple[str, ...], error: str
) -> None:
    assert error in home("search", *given, expect=2).stderr


def test_without_an_engine_the_remedy_is_named(demo: Demo) -> None:
    for given in (("--meaning", "lesson"), ("--like", demo.shell.json("search", "授業")[0]["id"])):
        error = demo.shell("search", *given, expect=2, AGGREGATOR_EMBED="none").stderr
        assert "make embed" in error


def test_where_nothing_is_embedded_yet_it_is_said_who_does_it(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiring, "embedder", lambda _settings: FAKE)
    error = demo.shell("search", "--meaning", "lesson", expect=2).stderr
    assert "no article has a vector by fake/1 yet: aggregator run makes them" in error
