"""Ours: reads all feeds to stored articles, cold and then unchanged; prints the seconds as JSON.

`main` takes its arguments from the command line: PORT FEEDS FOLDER ROUNDS.
"""

import json
import sys
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from aggregator import wiring
from aggregator.fetch import Fetcher, Guard, Limits
from aggregator.flow import STEPS, Run
from aggregator.flow.recipes import recipe
from aggregator.flow.step import advance
from aggregator.model import Outputs, Pipeline, Scope, Source
from aggregator.store import Database, runs, sources
from aggregator.store.schema import articles
from bench.acquire.feeds import NEWEST, feed
from bench.acquire.server import host
from tests.runs import run as build

COUNTRIES = {
    "ja": ("jp", "Asia/Tokyo"),
    "ko": ("kr", "Asia/Seoul"),
    "zh-Hans": ("cn", "Asia/Shanghai"),
}


def _source(number: int, port: int) -> Source:
    language, form, _ = feed(number)
    country, zone = COUNTRIES[language]
    return Source(
        id=f"{country}-{number}",
        name=f"Site {number}",
        name_en=f"Site {number}",
        country=country,
        language=language,
        homepage=f"http://site{number}.example/",
        url=f"http://{host(number)}:{port}/feed",
        format=form,  # type: ignore[arg-type]
        kinds=("news",),
        timezone=zone,
    )


def _run(database: Database, all_sources: dict[str, Source], port: int, now: datetime) -> Run:
    places = [f"{host(number)}:{port}" for number in range(len(all_sources))]
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
    return build(
        database,
        Path(),
        now=now,
        sources=all_sources,
        pipelines=[pipeline],
        fetcher=Fetcher(
            guard=Guard(allowances={place: place for place in places}),
            user_agent="bench/1 (+http://localhost/)",
            limits=Limits(),
        ),
        workers=wiring.workers(),
        early=True,
    )


def _read(run: Run) -> dict[str, float]:
    """Do the three steps that lead to articles; return the seconds of each and of all."""
    done: Counter[str] = Counter()
    seconds: dict[str, float] = {}
    began = time.perf_counter()
    with run.database.begin() as db:
        object.__setattr__(run, "id", runs.begin(db, run.now))
        recipes = {key: recipe(each) for key, each in run.sources.items()}
        sources.configure(db, recipes, dict.fromkeys(recipes, "q"), run.now)
    with run.workers:
        for step in (STEPS[0], STEPS[1], STEPS[0], STEPS[1], STEPS[2]):
            at = time.perf_counter()
            while advance(step, run, done):
                pass
            seconds[step.name] = seconds.get(step.name, 0) + time.perf_counter() - at
    seconds["all"] = time.perf_counter() - began
    return seconds


def main() -> None:
    """Read once cold and then unchanged as often as asked."""
    port, feeds, rounds = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[4])
    database = Database(f"sqlite:///{sys.argv[3]}/ours.db")
    database.migrate()
    all_sources = {each.id: each for each in (_source(n, port) for n in range(feeds))}
    times = [
        _read(_run(database, all_sources, port, NEWEST + timedelta(hours=1 + n)))
        for n in range(1 + rounds)
    ]
    with database.read() as db:
        stored = db.scalar(select(func.count()).select_from(articles))
    database.close()
    print(json.dumps({"times": times, "stored": stored}))
