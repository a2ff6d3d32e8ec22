"""The only tables, beside those of manners, that an unchanged run adds to."""

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
)

from aggregator.store.schema.types import UtcTime, metadata

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started", UtcTime, nullable=False),
    Column("finished", UtcTime),
    Column("report", JSON),
    sqlite_autoincrement=True,
)

#: Each address asked in a run, with what came of it.
attempts = Table(
    "attempts",
    metadata,
    Column("run_id", ForeignKey("runs.id"), primary_key=True),
    Column("source_id", String, primary_key=True),
    Column("url", Text, primary_key=True),
    Column("outcome", String, nullable=False),
)

#: How many items of a source were taken in and how many articles first seen in a run.
arrivals = Table(
    "arrivals",
    metadata,
    Column("run_id", ForeignKey("runs.id"), primary_key=True),
    Column("source_id", String, primary_key=True),
    Column("taken", Integer, nullable=False, server_default="0"),
    Column("new", Integer, nullable=False, server_default="0"),
)

failures = Table(
    "failures",
    metadata,
    Column("run_id", ForeignKey("runs.id"), primary_key=True),
    Column("stage", String, primary_key=True),
    Column("source_id", String, primary_key=True),  # "" where it is no source's
    Column("subject", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("error", String, nullable=False),
)

#: Each pipeline written in a run.
publications = Table(
    "publications",
    metadata,
    Column("run_id", ForeignKey("runs.id"), primary_key=True),
    Column("pipeline", String, primary_key=True),
    Column("written", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("states", JSON, nullable=False),
)
