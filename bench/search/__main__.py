"""`python -m bench.search --items 100000`: build rate, size, and how long questions take.

On a SQLite file and, where its server is installed, on PostgreSQL. The questions are parts of the
items' own sentences, each is asked once, and the kinds of questions take turns. Then the items get
vectors around planted centers, and what is nearest to a center is asked for.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import timedelta
from itertools import islice
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter

from sqlalchemy import text

from aggregator.model import Article, Verdict
from aggregator.store import Connection, Database, articles, search
from aggregator.store.search import Order, Within
from aggregator.text.tokens import query
from bench.search import near
from bench.search.items import items, sentences
from tests import builders, postgres

PARALLEL = Path(__file__).resolve().parents[3] / "shared" / "parallel"
SEED = 6
AT_ONCE = 500
LIMIT = 20

#: What is measured: in what order, and narrowed to what.
FILTERS: Mapping[str, Within] = {
    "": Within(),
    "country": Within(aspects=(("country", ("jp", "th")),)),
    "rare": Within(aspects=(("kind", ("policy",)), ("topic", ("topic-5",)))),
    "year": Within(since=builders.NOW - timedelta(days=730), until=builders.NOW - timedelta(365)),
}

Words = Mapping[str, Sequence[str]]


def questions(words: Words, number: int) -> dict[str, list[str]]:
    """Return what is asked: parts of sentences, of each kind the same number."""
    chance = Random(SEED)  # noqa: S311 - no secret
    cjk = [*words["ja"], *words["zh-Hans"], *words["zh-Hant"], *words["ko"]]

    def part(some: Sequence[str], length: int) -> str:
        while True:
            said = chance.choice(some)
            at = chance.randrange(max(1, len(said) - length))
            if (found := said[at : at + length]).isalpha() or min(found) > "\u0e00":
                return found

    def latin(length: int) -> str:
        while True:
            said = chance.choice([*words["vi"], *words["id"], *words["en"]]).split()
            at = chance.randrange(max(1, len(said) - length))
            if all(word.isalpha() for word in said[at : at + length]):
                return " ".join(said[at : at + length])

    makers: dict[str, Callable[[], str]] = {
        "CJK, 1 character": lambda: part(cjk, 1),
        "CJK, 2 characters": lambda: part(cjk, 2),
        "CJK, 4 characters": lambda: part(cjk, 4),
        "Thai, 2 characters": lambda: part(words["th"], 2),
        "Thai, 6 characters": lambda: part(words["th"], 6),
        "Latin word": lambda: latin(1),
        "Latin beginning": lambda: f"{latin(1)[:3]}*",
        "Latin phrase": lambda: f'"{latin(3)}"',
        "Latin words": lambda: latin(2),
    }
    return {name: [make() for _ in range(number)] for name, make in makers.items()}


def build(database: Database, number: int, words: Words) -> None:
    """Store and index the items, and print how fast and how large."""
    seconds, letters = 0.0, 0
    made = items(number, words, SEED)
    while batch := list(islice(made, AT_ONCE)):
        with database.begin() as db:
            _store(db, [article for article, _ in batch])
        found = [each for _, each in batch]
        letters += sum(len(said.encode()) for each in found for said in (*each.titles, *each.texts))
        began = perf_counter()
        with database.begin() as db:
            search.save(db, found)
        seconds += perf_counter() - began
    print(f"  {number / seconds:,.0f} items/s indexed, text {letters / 1e6:.1f} MB", end="")
    with database.begin() as db:
        size, kept = SIZES[db.dialect.name](db)
        db.execute(text("ANALYZE"))
    print(f", index {size / letters:.2f} × text, and beside it {kept / letters:.2f} ×")


def _store(db: Connection, some: Sequence[Article]) -> None:
    articles.save(db, some)
    verdicts = [
        Verdict(article_id=each.id, story_id=each.id, same_as=None, evidence=()) for each in some
    ]
    articles.save_verdicts(db, verdicts, {each.id: each.first_seen for each in some})


def _sqlite_size(db: Connection) -> tuple[int, int]:
    index = "SELECT sum(length(block)) FROM search_data"
    kept = "SELECT sum(length(words)) FROM indexed"
    return db.execute(text(index)).scalar_one(), db.execute(text(kept)).scalar_one()


def _postgres_size(db: Connection) -> tuple[int, int]:
    index = "SELECT pg_relation_size('ix_indexed_words')"
    kept = "SELECT pg_table_size('indexed')"
    return db.execute(text(index)).scalar_one(), db.execute(text(kept)).scalar_one()


SIZES = {"sqlite": _sqlite_size, "postgresql": _postgres_size}


def ask(database: Database, asked: Mapping[str, Sequence[str]], rounds: int) -> None:
    """Print how long the answers take: of each kind the half, and 95 of 100, are quicker (ms)."""
    orders: tuple[Order, ...] = ("newest", "relevance")
    print(f"  {'p50 / p95 in ms':20}", *(f"{o[:6]} {f:8}" for o in orders for f in FILTERS))
    for name, some in asked.items():
        cells = []
        for order in orders:
            for within in FILTERS.values():
                every = [_answer(database, each, within, order, rounds) for each in some]
                times = quantiles([ms for ms, _ in every], n=20)
                hits = sum(number for _, number in every) / len(every)
                cells.append(f"{times[9]:6.1f}/{times[18]:6.1f} {hits:3.0f}")
        print(f"  {name:20}", *cells, flush=True)


def _answer(
    database: Database, typed: str, within: Within, order: Order, rounds: int
) -> tuple[float, int]:
    """Return how long an answer takes (ms), and how many stories it has."""
    times, hits = [], 0
    for _ in range(rounds):
        began = perf_counter()
        with database.read() as db:
            hits = len(search.find(db, query(typed), within, LIMIT, order))
        times.append((perf_counter() - began) * 1000)
    return min(times), hits


def databases() -> Iterator[tuple[str, str]]:
    """Yield what there is: the kind, and the URL of an empty one."""
    with tempfile.TemporaryDirectory() as folder:
        yield "SQLite", f"sqlite:///{folder}/search.db"
    if programs := postgres.binaries():
        with postgres.running(programs) as server:
            yield "PostgreSQL", server.create("search")


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--questions", type=int, default=100, help="of each kind")
    parser.add_argument("--part", choices=("words", "near"), help="ask only of these")
    parser.add_argument("--rounds", type=int, default=1, help="the quickest answer counts")
    given = parser.parse_args()
    words = sentences(PARALLEL)
    asked = questions(words, given.questions)
    for kind, url in databases():
        print(f"{kind}, {given.items:,} items")
        with closing(Database(url)) as database:
            database.migrate()
            build(database, given.items, words)
            if given.part != "near":
                ask(database, asked, given.rounds)
            if given.part != "words":
                near.plant(database, SEED)
                near.ask(database, given.questions, SEED, FILTERS, given.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
