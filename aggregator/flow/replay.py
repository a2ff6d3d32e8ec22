"""Reading the stored bytes again, without the network: what would change, and nothing does."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from aggregator.flow import STEPS, drain
from aggregator.flow.recipes import question, recipe
from aggregator.flow.run import Run
from aggregator.store import articles, runs, sources

#: What makes a source's recipe another one, so that all is made from its bytes again.
_AGAIN = " again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A field of an article that would be another; of an article that would be new, its title."""

    source_id: str
    url: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What reading again would do."""

    documents: int  #: read from their stored bytes
    failures: tuple[tuple[str, str], ...]  #: source id and reason
    changes: tuple[Change, ...]
    files: tuple[str, ...]  #: below `output/`, that would be new or others


def replay(run: Run) -> Replay:
    """Return what would change if every stored document were read again, as `run` is configured.

    The clock is the last run's, so that only what is read differently differs. Nothing is
    fetched, kept or written; while this works, nobody else can write to the database.

    Raises:
        StoreError: The database failed.
    """
    output = run.site.output
    with tempfile.TemporaryDirectory() as folder, run.database.rehearse() as database:
        with database.begin() as db:
            now = runs.last_begun(db) or run.now
            site = replace(run.site, output=Path(folder))
            key = runs.begin(db, now)
            run = replace(run, id=key, now=now, database=database, site=site)
            before = articles.read_of(db, run.sources.keys())
            again = {source.id: recipe(source) + _AGAIN for source in run.sources.values()}
            questions = {source.id: question(source) for source in run.sources.values()}
            sources.configure(db, again, questions, now)
        with run.workers:
            done = drain(run, reading=STEPS[1:2])
        with database.read() as db:
            after = articles.read_of(db, run.sources.keys())
            failures = runs.failures_of(db, run.id)
        return Replay(
            documents=done["parse"],
            failures=tuple((each.source_id or each.subject, each.reason) for each in failures),
            changes=tuple(_changes(before, after)),
            files=tuple(_differing(Path(folder), output)),
        )


def _changes(
    before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]
) -> Iterator[Change]:
    for key, now in after.items():
        was = before.get(key)
        fields = [name for name in now if was and was[name] != now[name]] if was else ["title"]
        for name in fields:
            yield Change(
                source_id=now["source_id"],
                url=now["url"],
                field=name,
                before=was[name] if was else "",
                after=now[name],
            )


def _differing(made: Path, output: Path) -> Iterator[str]:
    for file in sorted(made.rglob("*")):
        path = file.relative_to(made)
        there = output / path
        if file.is_file() and not (there.is_file() and there.read_bytes() == file.read_bytes()):
            yield path.as_posix()
