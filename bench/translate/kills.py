"""`python -m bench.translate.kills`: a backlog of 500 articles, translated by a run that is killed.

The run is a process of its own and asks a LibreTranslate server on loopback, which kills it
(SIGKILL) twenty times: at a question, or some milliseconds after an answer, while that is being
saved. Each time the run begins again. Told is, for SQLite and, where its server is installed,
PostgreSQL: how many sentences were asked for that the memory had already (none may be), how many
that had been answered and not yet saved, how many fields stand there as translated with a sentence
missing (none may), and whether the end is that of a run that nobody killed. 1 if not.
"""

import argparse
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from aggregator.fetch import poster
from aggregator.flow.reading import read_entries, read_stories
from aggregator.model import Entry, Source, TranslationState
from aggregator.store import Connection, Database, memory
from aggregator.translate.engines.libretranslate import LibreTranslate
from tests import builders, postgres
from tests.flow.world import NOW, FakeWeb, World, rss
from tests.translate.servers import LibreTranslateServer, serving

ARTICLES, KILLS, SEED = 500, 20, 6

#: Articles of a feed: all of them are news.
_OF_A_SOURCE = 20

#: Milliseconds after an answer at which a run is killed, at most: a batch is saved in some five.
_LATER_MS = 15

_ON = signal.SIGKILL


def sources(articles: int) -> list[Source]:
    """Return sources whose feeds hold that many articles together."""
    made = builders.source("ja")
    return [
        replace(made, id=f"s{number}", url=f"https://s{number}.example.org/feed")
        for number in range(-(-articles // _OF_A_SOURCE))
    ]


def world(database: Database, output: Path, articles: int, url: str = "") -> World:
    """Return the world of the backlog; half of each summary is said by many articles."""
    every = sources(articles)
    pages = {}
    for number, source in enumerate(every):
        ids = range(number * _OF_A_SOURCE, min(articles, (number + 1) * _OF_A_SOURCE))
        items = [
            (f"記事{at}の題", f"本文{at}を読んだ。共通の文{at % 50}である。学びは続く。", _day(at))
            for at in ids
        ]
        pages[source.url] = rss(*items, link=f"https://s{number}.example.org/")
    made = World(database=database, output=output, sources=every, web=FakeWeb(pages=pages))
    if url:
        made.engine = LibreTranslate(poster(), url)
    return made


def _day(at: int) -> Any:
    return NOW - timedelta(hours=2, minutes=at)


@dataclass
class Deadly:
    """Kills whoever asks, at its moments."""

    moments: list[int]  #: sentences that were asked for until then, falling
    chance: Random
    victim: "subprocess.Popen[bytes] | None" = None
    timers: list[threading.Timer] = field(default_factory=list)

    def look(self, asked: int) -> None:
        """Kill, now or soon, if a moment has come."""
        if self.moments and asked >= self.moments[-1] and self.victim:
            self.moments.pop()
            victim, self.victim = self.victim, None
            late = self.chance.random() < 0.5
            delay = self.chance.random() * _LATER_MS / 1000 if late else 0.0
            self.timers.append(threading.Timer(delay, victim.send_signal, [_ON]))
            self.timers[-1].start()


class Server(LibreTranslateServer):
    """Counts each sentence that it is asked for; who asks may not live to hear the answer."""

    def __init__(self, deadly: Deadly) -> None:
        super().__init__()
        self.deadly = deadly
        self.sentences: list[str] = []

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        self.sentences += body["q"]
        self.deadly.look(len(self.sentences))
        return super().post(path, body)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of those that hung up."""


@dataclass
class Told:
    """What was seen of one database."""

    kills: int = 0
    again: int = 0  #: sentences asked for that were stored
    unsaved: int = 0  #: sentences asked for once more that were not stored yet
    halves: int = 0  #: fields that stand there as translated with a sentence missing

    def __str__(self) -> str:
        """Return it as a line."""
        said = f"{self.kills} kills: {self.again} stored sentences asked for again"
        return f"{said}, {self.unsaved} unsaved ones, {self.halves} fields with a sentence missing"


def stored(database: Database) -> set[str]:
    """Return the sentences that the memory has."""
    with database.read() as db:
        return {each.source_text for each in memory.every_entry(db)}


def shown(database: Database, articles: int) -> dict[str, tuple[str, str]]:
    """Return each article's title and summary as readers would get them now."""
    with database.read() as db:
        return {
            each.story.lead.article.id: (_said(each.title), _said(each.summary))
            for each in _entries(db, articles)
        }


def _entries(db: Connection, articles: int) -> Sequence[Entry]:
    told = read_stories(db, {source.id: source for source in sources(articles)})
    return read_entries(db, told, "en", NOW).every


def _said(shown: Any) -> str:
    machine = shown.state is TranslationState.MACHINE
    return shown.text if machine else f"{shown.state}: {shown.text}"


def halves(database: Database, articles: int) -> int:
    """Return how many fields are said to be translated of which the memory lacks a sentence."""
    known = stored(database)
    with database.read() as db:
        entries = _entries(db, articles)
        segments = memory.segments_of(db, [each.story.lead.article.id for each in entries])
    found = 0
    for each in entries:
        for name, text in (("title", each.title), ("summary", each.summary)):
            pieces = segments.get(each.story.lead.article.id, [])
            lacking = [p for p in pieces if p.field == name and p.text not in known]
            found += bool(lacking and text.state is TranslationState.MACHINE)
    return found


def killed(database: Database, url: str, folder: Path, size: tuple[int, int]) -> Told:
    """Translate the backlog by runs that are killed, and return what was seen."""
    articles, kills = size
    chance = Random(SEED)  # noqa: S311 - no secret
    sentences = 2 * articles + min(articles, 50) + 1
    moments = sorted(chance.sample(range(1, sentences), kills), reverse=True)
    told = Told()
    with serving(Server(Deadly(moments, chance))) as server:
        while True:
            known, asked = stored(database), len(server.sentences)
            command = [sys.executable, "-m", "bench.translate.kills", "--child", str(folder)]
            run = subprocess.Popen(
                [*command, "--articles", str(articles), "--database", url, server.url]
            )
            server.deadly.victim = run
            code = run.wait()
            for timer in server.deadly.timers:
                timer.join()
            now = server.sentences[asked:]
            told.again += sum(each in known for each in now)
            told.halves += halves(database, articles)
            if code == 0:
                break
            if code != -_ON:
                raise SystemExit(f"the run ended with {code}")
            told.kills += 1
        told.unsaved = sum(n - 1 for n in Counter(server.sentences).values()) - told.again
    return told


def child(arguments: Any) -> None:
    """Complete one run: what is killed."""
    database = Database(arguments.database)
    database.migrate()
    world(database, Path(arguments.child) / "output", arguments.articles, arguments.url).run()


def compared(url: str, other: str, articles: int, kills: int) -> int:
    """Print what was seen of a database, beside another in which nobody killed; 1 if wrong."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Database(url)) as database,
        closing(Database(other)) as calm,
    ):
        for each in (database, calm):
            each.migrate()
        told = killed(database, url, Path(folder), (articles, kills))
        with serving(Server(Deadly([], Random()))) as server:  # noqa: S311 - no secret
            world(calm, Path(folder) / "calm", articles, server.url).run()
        same = shown(database, articles) == shown(calm, articles)
        whole = not any(
            "untranslated" in said for pair in shown(calm, articles).values() for said in pair
        )
    print(
        f"{url.split(':')[0]:<20} {told}; the end is {'the same' if same else 'ANOTHER'}",
        flush=True,
    )
    return int(bool(told.again or told.halves or not same or not whole or told.kills < kills))


@contextmanager
def databases(folder: Path) -> Iterator[list[tuple[str, str]]]:
    """Give pairs of empty databases, by their addresses."""
    files = (f"sqlite:///{folder / 'killed.db'}", f"sqlite:///{folder / 'calm.db'}")
    programs = postgres.binaries()
    if programs is None:
        yield [files]
        return
    with postgres.running(programs) as server:
        yield [files, (server.create("killed"), server.create("calm"))]


def main(arguments: Sequence[str]) -> int:
    """Print a line a database; 1 if a figure is not what it must be."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--database", help=argparse.SUPPRESS)
    parser.add_argument("url", nargs="?", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.child:
        child(asked)
        return 0
    with tempfile.TemporaryDirectory() as folder, databases(Path(folder)) as pairs:
        return max(compared(*pair, asked.articles, asked.kills) for pair in pairs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
