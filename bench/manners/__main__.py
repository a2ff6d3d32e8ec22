"""Prints what servers saw of sixteen days of runs, each run begun anew on the database.

`python -m bench.manners`: six hosts with feeds, lists of articles with their pages, robots.txt, a
redirect from one to another, and servers that ask to be left alone. Runs are six hours apart, by a
clock of their own; gaps are real. Exits with 1 if a rule of `docs/manners.md` was broken.
"""

import asyncio
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from aggregator.fetch import Fetcher, Guard, Limits
from aggregator.flow import STEPS
from aggregator.flow.recipes import question, recipe
from aggregator.flow.step import advance
from aggregator.model import Outputs, PageSelect, Pipeline, Scope, Select, Source
from aggregator.store import Database, runs, sources
from bench.manners.server import Seen, Server
from tests.runs import run as build

BEGIN = datetime(2026, 11, 1, tzinfo=UTC)
RUNS = 64
EVERY = timedelta(hours=6)
GAP_S = 0.05

#: What a clock of the server and one of the client may differ by: how long an answer is under way.
SLACK_S = 0.005

PUBLIC = "93.184.216.34"


def _source(key: str, url: str, form: Any = "rss") -> Source:
    is_list = form == "html-list"
    return Source(
        id=key,
        name=key,
        name_en=key,
        country="jp",
        language="en",
        homepage=url,
        url=url,
        format=form,
        kinds=("news",),
        timezone="Asia/Tokyo",
        select=Select(item="li") if is_list else None,
        page=PageSelect() if is_list else None,
    )


SOURCES = {
    source.id: source
    for source in (
        _source("liar", "http://plain.example/feed"),
        _source("moved", "http://moved.example/feed"),
        _source("list", "http://list.example/list", "html-list"),
        _source("busy", "http://busy.example/list", "html-list"),
        _source("busy-feed", "http://busy.example/feed"),
        _source("later", "http://later.example/feed"),
        _source("later-list", "http://later.example/list", "html-list"),
    )
}


def _run(url: str, server: Server) -> None:
    """Make one run, with a database, a fetcher and connections of its own."""

    async def dial(protocol: Any, _address: str, _port: int, **_tls: Any) -> Any:
        loop = asyncio.get_running_loop()
        return await loop.create_connection(protocol, "127.0.0.1", server.port)

    guard = Guard(resolve=lambda _host, _port: [PUBLIC])
    pipeline = Pipeline(
        name="all",
        title="All",
        description="All",
        scope=Scope(),
        targets=("original",),
        schedule=None,
        review="none",
        outputs=Outputs(),
    )
    database = Database(url)
    run = build(
        database,
        Path(),
        now=server.now,
        sources=SOURCES,
        pipelines=[pipeline],
        fetcher=Fetcher(guard, "bench/1 (+http://localhost/)", Limits(gap_s=GAP_S), dial=dial),
    )
    with database.begin() as db:
        run = replace(run, id=runs.begin(db, run.now))
        recipes = {key: recipe(each) for key, each in SOURCES.items()}
        questions = {key: question(each) for key, each in SOURCES.items()}
        sources.configure(db, recipes, questions, run.now)
    done: Counter[str] = Counter()
    for step in (STEPS[0], STEPS[1], STEPS[0], STEPS[1], STEPS[2]):
        while advance(step, run, done):
            pass
    database.close()


def _report(log: list[Seen]) -> Iterator[tuple[str, object, bool]]:
    """Yield what was seen: what it is, the figure, and whether it is as it must be."""
    by_host: dict[str, list[Seen]] = defaultdict(list)
    for seen in sorted(log, key=lambda each: each.began):
        by_host[seen.host].append(seen)
    pairs = [pair for found in by_host.values() for pair in pairwise(found)]
    gaps = [later.began - earlier.ended for earlier, later in pairs if earlier.now == later.now]
    most_open = max(seen.open for seen in log)
    yield "requests", len(log), len(log) > RUNS
    yield "most connections of a host at a time", most_open, most_open <= 1
    yield "smallest gap (s)", round(min(gaps), 4), min(gaps) >= GAP_S - SLACK_S
    waits = [seen for seen in log if seen.wait_until]
    early = sum(
        wait.now <= seen.now < (wait.wait_until or wait.now) and seen.began > wait.began
        for wait in waits
        for seen in by_host[wait.host]
    )
    yield "times a host asked to be left alone", len(waits), len(waits) > 5
    yield "requests before the time it named", early, early == 0
    twice = [
        place
        for place, number in Counter(
            (seen.host, seen.path)
            for seen in log
            if seen.path.startswith("/page") and not seen.wait_until
        ).items()
        if number > 1
    ]
    yield "pages that came more than once", len(twice), not twice
    days, in_row = _without_conditions(by_host["plain.example"])
    yield "longest time without an unconditional request (days)", round(days, 2), days <= 7.5
    yield "most conditional requests in a row", in_row, in_row <= 50


def _without_conditions(found: list[Seen]) -> tuple[float, int]:
    """Return the longest time (days), and most requests, between two without conditions."""
    feed = [seen for seen in found if seen.path == "/feed"]
    whole = [place for place, seen in enumerate(feed) if not seen.is_conditional]
    pairs = list(pairwise(whole))
    days = max((feed[b].now - feed[a].now for a, b in pairs), default=timedelta.max)
    return days / timedelta(days=1), max((b - a - 1 for a, b in pairs), default=len(feed))


def main() -> None:
    """Make the runs, and print what the servers saw."""
    server = Server(now=BEGIN)
    with tempfile.TemporaryDirectory() as folder, server.running():
        url = f"sqlite:///{folder}/manners.db"
        database = Database(url)
        database.migrate()
        database.close()
        for number in range(RUNS):
            server.now = BEGIN + number * EVERY
            _run(url, server)
    report = list(_report(server.log))
    for name, figure, is_kept in report:
        print(f"{name:<56} {figure!s:>8}{'' if is_kept else '   BROKEN'}")
    sys.exit(not all(is_kept for _, _, is_kept in report))


if __name__ == "__main__":
    main()
