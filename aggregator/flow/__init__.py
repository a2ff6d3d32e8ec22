"""The flow: what each step lacks, does and saves, and the loop that drains it.

    sources.yaml -> fetch -> parse -> normalize -> classify -> dedupe -> translate -> curate
                 -> publish -> output/

Work is what the data lacks. A step asks the store for rows that lack its result, or whose result
was made from something that has changed since; a pure function makes the results; the store keeps
them, a batch in one transaction. Fetch and parse take turns until neither lacks anything, since a
list asks for article pages; then each later step is drained in its turn. A run that is killed
goes on where it stopped. A second run finds nothing to do.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from aggregator.flow import (
    checking,
    classifying,
    comparing,
    deduping,
    embedding,
    fetching,
    indexing,
    learning,
    normalizing,
    parsing,
    pivoting,
    publishing,
    rewording,
    scanning,
    segmenting,
    studying,
    translating,
)
from aggregator.flow.reading import PIVOT
from aggregator.flow.recipes import question, recipe
from aggregator.flow.report import as_json, read_report, write_report
from aggregator.flow.run import Fetcher, Lexicon, Progress, Run, Site, Workers
from aggregator.flow.step import AS_READY, Step, advance
from aggregator.model import RunReport
from aggregator.store import documents, runs, sources

#: What English is translated to has to be right, and what it was translated from.
_CHECK = Step("check", checking.lacks, checking.does, checking.saves)

STEPS: tuple[Step, ...] = (
    #     name         rows that lack it     what is done           where it is kept
    Step("fetch", fetching.lacks, fetching.does, fetching.saves, AS_READY),
    Step("parse", parsing.lacks, parsing.does, parsing.saves, 50),
    Step("learn", learning.lacks, learning.does, learning.saves),
    Step("normalize", normalizing.lacks, normalizing.does, normalizing.saves, AS_READY),
    Step("study", studying.lacks, studying.does, studying.saves),
    Step("scan", scanning.lacks, scanning.does, scanning.saves),
    Step("embed", embedding.lacks, embedding.does, embedding.saves),
    Step("classify", classifying.lacks, classifying.does, classifying.saves),
    Step("compare", comparing.lacks, comparing.does, comparing.saves),
    Step("dedupe", deduping.lacks, deduping.does, deduping.saves),
    Step("segment", segmenting.lacks, segmenting.does, segmenting.saves),
    Step("reword", rewording.lacks, rewording.does, rewording.saves),
    Step("translate", translating.lacks, translating.does, translating.saves, 16),
    _CHECK,
    Step("pivot", pivoting.lacks, pivoting.does, pivoting.saves, 16),
    _CHECK,
    Step("publish", publishing.lacks, publishing.does, publishing.saves, 1),
    Step("index", indexing.lacks, indexing.does, indexing.saves),
)

#: How many of the first steps make work for one another: `parse` asks for pages to be fetched.
READING = 2


def drain(run: Run, reading: Sequence[Step] = STEPS[:READING]) -> dict[str, int]:
    """Work until no step lacks anything; return how many results each step made.

    `reading` are the steps that take turns at the beginning.

    Raises:
        StoreError: The database failed; what was saved until then is kept.
    """
    done: Counter[str] = Counter({step.name: 0 for step in STEPS})
    for steps in (reading, *((step,) for step in STEPS[READING:])):
        while any(advance(step, run, done) for step in steps):
            pass
    return dict(done)


def run_once(run: Run, clock: Callable[[], datetime]) -> RunReport:
    """Complete a run from its first row to `report.json`, and return its report.

    Raises:
        StoreError: The database failed; what was saved until then is kept.
    """
    with run.database.begin() as db:
        run = replace(run, id=runs.begin(db, run.now))
        recipes = {source.id: recipe(source) for source in run.sources.values()}
        questions = {source.id: question(source) for source in run.sources.values()}
        sources.configure(db, recipes, questions, run.now)
    with run.workers:
        steps = drain(run)
    with run.database.begin() as db:
        documents.let_go(db)
        report = write_report(run, read_report(db, run, steps, clock()))
        runs.finish(db, run.id, report.finished, as_json(report))
    return report


__all__ = [
    "PIVOT",
    "STEPS",
    "Fetcher",
    "Lexicon",
    "Progress",
    "Run",
    "Site",
    "Workers",
    "drain",
    "run_once",
]
