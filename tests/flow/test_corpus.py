"""The flow on real feeds, from their servers to the published files: all there, nothing misread."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

import pytest

from tests.flow import corpus
from tests.flow.corpus import Feed, Home

#: What was reached, by charset; it is all that there is.
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))

Wave = tuple[list[Feed], Home]


@pytest.fixture(scope="module")
def feeds(shared: Path) -> list[Feed]:
    return corpus.read_feeds(shared / "corpus")


@pytest.fixture(scope="module")
def allowances(feeds: list[Feed]) -> Iterator[dict[str, str]]:
    with corpus.serving(feeds) as found:
        yield found


@pytest.fixture(scope="module")
def home(
    feeds: list[Feed], allowances: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Home:
    """All feeds read at once, long after most of them ended."""
    return corpus.run(feeds, allowances, tmp_path_factory.mktemp("corpus") / "home")


@pytest.fixture(scope="module")
def waves(
    feeds: list[Feed],
    home: Home,
    allowances: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Wave]:
    """The feeds read in groups, each in its own time."""
    folder = tmp_path_factory.mktemp("waves")

    def read(now: datetime, wave: list[Feed]) -> Wave:
        own = folder / f"{now:%Y-%m-%d-%H%M%S}"
        return wave, corpus.run(wave, allowances, own, now, outputs=corpus.COUNTRIES)

    return [read(now, wave) for now, wave in corpus.waves(feeds, home)]


@pytest.mark.slow
@pytest.mark.parametrize("charset", FLOORS)
def test_the_score_of_a_charset_keeps_to_its_floor(
    feeds: list[Feed], home: Home, charset: str
) -> None:
    own = [corpus.score(feed, home) for feed in feeds if feed.charset == charset]
    reached, floors = asdict(corpus.add_up(own)), FLOORS[charset]
    assert {name: reached[name] for name, floor in floors.items() if reached[name] < floor} == {}


@pytest.mark.slow
def test_every_item_is_an_article_with_its_title_and_link(feeds: list[Feed], home: Home) -> None:
    assert home.report.failures == ()
    counts = {feed.file: (feed.items, len(home.stored[feed.source.id])) for feed in feeds}
    assert {file: found for file, found in counts.items() if found[0] != found[1]} == {}
    missed = {feed.file: corpus.missed(feed, home) for feed in feeds}
    assert {file: found for file, found in missed.items() if any(found.values())} == {}


@pytest.mark.slow
def test_nothing_published_of_the_archive_is_misread(feeds: list[Feed], home: Home) -> None:
    pages = {path.stem for path in (home.output / "stories").glob("*.html")}
    articles = {each.id for stored in home.stored.values() for each in stored}
    assert pages == articles  # no feed repeats another
    assert corpus.misread(feeds, home) == {}


@pytest.mark.slow
def test_nothing_published_as_news_is_misread(waves: list[Wave]) -> None:
    assert sum(len(wave) for wave, _ in waves) == 73
    assert [found for wave, home in waves if (found := corpus.misread(wave, home))] == []


@pytest.mark.slow
def test_all_news_stand_in_their_countrys_feeds(waves: list[Wave]) -> None:
    """In each format, and nothing else does."""
    total = 0
    for wave, home in waves:
        for country in {feed.source.country for feed in wave}:
            own = [feed.source.id for feed in wave if feed.source.country == country]
            live = [a for source in own for a in home.stored[source] if not a.backlog]
            titles = corpus.titles_of(live)
            found = corpus.published_titles(home.output, country)
            assert found == {"atom": titles, "rss": titles, "json": titles}
            total += titles.total()
    assert total >= 490  # the rest is older than news may be


@pytest.mark.slow
def test_what_is_misread_is_held_or_the_measure_notices_it(
    feeds: list[Feed], allowances: dict[str, str], tmp_path: Path
) -> None:
    """A source's own charset wins over all else, also when it is wrong; here it is Russian."""
    first = {feed.language: feed for feed in reversed(feeds) if feed.charset != "utf-8"}
    assert first.keys() == {"ja", "ko", "zh", "th"}
    for language, feed in first.items():
        misled = replace(feed, source=replace(feed.source, charset="koi8-r"))
        home = corpus.run([misled], allowances, tmp_path / language)
        assert home.report.failures == ()
        (stored,) = home.stored.values()
        held = all(article.held for article in stored)
        assert held or corpus.misread([feed], home) != {}, feed.file
