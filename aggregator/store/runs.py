"""Runs: what was tried, what failed, what was published, and the report."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    exists,
    func,
    insert,
    select,
    tuple_,
    update,
)

from aggregator.model import Failure, Outcome
from aggregator.store.schema import arrivals, attempts, failures, publications, runs
from aggregator.store.upsert import upsert


def begin(db: Connection, now: datetime) -> int:
    """Open a run and return its id."""
    key = db.execute(insert(runs).values(started=now)).inserted_primary_key
    assert key is not None  # noqa: S101 - for mypy: the insert has a primary key
    return int(key[0])


def finish(db: Connection, run_id: int, now: datetime, report: dict[str, Any]) -> None:
    """Close a run with its report (JSON)."""
    db.execute(update(runs).where(runs.c.id == run_id).values(finished=now, report=report))


def last(db: Connection) -> dict[str, Any] | None:
    """Return the report of the last finished run, or None before the first."""
    query = select(runs.c.report).where(runs.c.finished.is_not(None)).order_by(runs.c.id.desc())
    report: dict[str, Any] | None = db.scalar(query.limit(1))
    return report


def last_begun(db: Connection) -> datetime | None:
    """Return when the last run began that was finished, None before the first."""
    query = select(runs.c.started).where(runs.c.finished.is_not(None)).order_by(runs.c.id.desc())
    return db.scalar(query.limit(1))


def save_failure(db: Connection, run_id: int, failure: Failure) -> None:
    """Note a failure; its subject is not tried again in this run."""
    row = {
        "run_id": run_id,
        "stage": failure.stage,
        "subject": failure.subject,
        "source_id": failure.source_id or "",
        "reason": failure.reason,
        "error": failure.error,
    }
    upsert(db, failures, [row])


def failures_of(db: Connection, run_id: int) -> list[Failure]:
    """Return a run's failures, by stage and subject."""
    rows = db.execute(
        select(failures)
        .where(failures.c.run_id == run_id)
        .order_by(failures.c.stage, failures.c.source_id, failures.c.subject)
    )
    return [
        Failure(
            stage=row.stage,
            subject=row.subject,
            source_id=row.source_id or None,
            reason=row.reason,
            error=row.error,
        )
        for row in rows
    ]


def outcomes(db: Connection, run_id: int) -> dict[tuple[str, str], Outcome]:
    """Return what came of each address of a run: (source id, URL) -> outcome."""
    rows = db.execute(select(attempts).where(attempts.c.run_id == run_id))
    return {(row.source_id, row.url): row.outcome for row in rows}


def failed_in(
    run_id: int, stage: str, source_id: Column[Any] | str, subject: ColumnElement[Any]
) -> ColumnElement[bool]:
    """SQL condition: the source's subject failed at this stage in this run."""
    return exists().where(
        failures.c.run_id == run_id,
        failures.c.stage == stage,
        failures.c.source_id == source_id,
        failures.c.subject == subject,
    )


def add_arrivals(
    db: Connection,
    run_id: int,
    *,
    taken: Mapping[str, int] | None = None,
    new: Mapping[str, int] | None = None,
) -> None:
    """Note that items were taken in, or articles seen for the first time: source id -> number."""
    of_run = arrivals.c.run_id == run_id
    for column, numbers in ((arrivals.c.taken, taken or {}), (arrivals.c.new, new or {})):
        before = dict(db.execute(select(arrivals.c.source_id, column).where(of_run)).all())
        rows = [
            {"run_id": run_id, "source_id": key, column.name: before.get(key, 0) + number}
            for key, number in numbers.items()
            if number
        ]
        upsert(db, arrivals, rows)


def arrivals_of(db: Connection, run_id: int) -> dict[str, int]:
    """Return how many articles of each source a run saw for the first time."""
    query = select(arrivals.c.source_id, arrivals.c.new).where(arrivals.c.run_id == run_id)
    return dict(db.execute(query.where(arrivals.c.new > 0)).all())


def taken_by(db: Connection, run_id: int) -> dict[str, int]:
    """Return how many items of each source a run took in for the first time."""
    query = select(arrivals.c.source_id, arrivals.c.taken).where(arrivals.c.run_id == run_id)
    return dict(db.execute(query).all())


def failed(db: Connection, run_id: int, stage: str) -> set[str]:
    """Return the subjects that failed at a stage in this run."""
    query = select(failures.c.subject).where(failures.c.run_id == run_id)
    return set(db.scalars(query.where(failures.c.stage == stage)))


def published(db: Connection, run_id: int) -> set[str]:
    """Return the pipelines that this run has already written."""
    rows = db.scalars(select(publications.c.pipeline).where(publications.c.run_id == run_id))
    return set(rows)


def ever_published(db: Connection) -> bool:
    """Tell whether any run has written a pipeline."""
    return db.scalar(select(publications.c.run_id).limit(1)) is not None


def last_reasons(db: Connection, source_ids: Collection[str]) -> dict[tuple[str, str], str]:
    """Return why addresses of these sources could not be fetched: (source id, URL) -> reason.

    The last reason of each, however long ago.
    """
    place = (failures.c.source_id, failures.c.subject)
    of_sources = (failures.c.stage == "fetch", failures.c.source_id.in_(source_ids))
    latest = select(*place, func.max(failures.c.run_id)).where(*of_sources).group_by(*place)
    rows = db.execute(
        select(*place, failures.c.reason).where(
            *of_sources, tuple_(*place, failures.c.run_id).in_(latest)
        )
    )
    return {(source_id, subject): reason for source_id, subject, reason in rows}


def save_publication(
    db: Connection, run_id: int, pipeline: str, files: tuple[int, int], states: dict[str, int]
) -> None:
    """Note that a pipeline's files were (written, unchanged), and its entries' translation."""
    written, unchanged = files
    row = {"run_id": run_id, "pipeline": pipeline, "written": written, "unchanged": unchanged}
    upsert(db, publications, [{**row, "states": states}])


def files_of(db: Connection, run_id: int) -> tuple[int, int]:
    """Return how many files a run wrote and how many it left unchanged."""
    query = select(func.sum(publications.c.written), func.sum(publications.c.unchanged))
    written, unchanged = db.execute(query.where(publications.c.run_id == run_id)).one()
    return written or 0, unchanged or 0


def states_of(db: Connection, run_id: int) -> dict[str, int]:
    """Return how the entries of a run's pipelines came to their language: state -> number.

    Counted once: the figures of the pipeline with the most entries.
    """
    states = db.scalars(select(publications.c.states).where(publications.c.run_id == run_id))
    return max(states, key=lambda found: sum(found.values()), default={})
