"""The whole content of a database as text, for comparing two states."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from aggregator.store.schema import RUN_TABLES, metadata


def dump(db: Connection) -> Iterator[str]:
    """Yield one line a row of every table but those of the runs, in a fixed order."""
    for table in sorted(metadata.tables.values(), key=lambda table: table.name):
        if table.name not in RUN_TABLES:
            for row in db.execute(select(table).order_by(*table.primary_key)):
                yield f"{table.name} {tuple(row)!r}"
