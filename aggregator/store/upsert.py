"""INSERT … ON CONFLICT for both databases."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def _insert(db: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    if db.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def upsert(
    db: Connection, table: Table, rows: Sequence[Mapping[str, Any]], by: Sequence[str] = ()
) -> None:
    """Insert the rows; where the key exists, overwrite the columns given.

    The key is the primary one, or the unique columns `by`.
    """
    if not rows:
        return
    keys = by or [column.name for column in table.primary_key]
    insert = _insert(db, table)
    changed = {name: insert.excluded[name] for name in rows[0] if name not in keys}
    if changed:
        statement = insert.on_conflict_do_update(index_elements=keys, set_=changed)
    else:
        statement = insert.on_conflict_do_nothing()
    db.execute(statement, list(rows))


def add_missing(db: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows whose unique columns do not exist yet; leave the others as they are."""
    if rows:
        db.execute(_insert(db, table).on_conflict_do_nothing(), list(rows))
