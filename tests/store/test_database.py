"""The database: migrations, transactions, and what refuses to open."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, text

from aggregator.errors import SchemaError, StoreError
from aggregator.store import Database
from aggregator.store.schema import FTS5_TABLES, metadata, sources
from tests.builders import NOW


def is_compared(thing: Any, name: str | None, *_: object) -> bool:
    """Tell whether it is known to the schema: SQLite has tables, and lacks an index, of its own."""
    return name not in FTS5_TABLES and not getattr(thing, "_ddl_if", None)


def test_migrations_lead_to_the_tables_of_the_schema(database: Database) -> None:
    with database.read() as db:
        opts: dict[str, Any] = {"compare_type": True}
        if db.dialect.name == "sqlite":
            opts["include_object"] = is_compared
        context = MigrationContext.configure(db, opts=opts)
        assert compare_metadata(context, metadata) == []


def test_migrating_twice_changes_nothing(database: Database) -> None:
    database.migrate()
    with database.read() as db:
        assert db.execute(select(sources)).all() == []


def test_a_newer_schema_is_refused(database: Database) -> None:
    with database.rehearse() as newer:
        with newer.begin() as db:
            db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(SchemaError, match="9999"):
            newer.migrate()


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    row = {"id": "x", "recipe": "r", "added": NOW}
    with pytest.raises(StoreError, match="failed"), database.begin() as db:
        db.execute(sources.insert().values(**row))
        db.execute(sources.insert().values(**row))
    with database.read() as db:
        assert db.execute(select(sources)).all() == []


def test_times_come_back_in_utc(database: Database) -> None:
    with database.begin() as db:
        db.execute(sources.insert().values(id="x", recipe="r", added=NOW))
    with database.read() as db:
        assert db.scalar(select(sources.c.added)) == NOW


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(StoreError, match="without a zone"), database.begin() as db:
        db.execute(sources.insert().values(id="x", recipe="r", added=naive))


@pytest.mark.parametrize("url", ["nonsense", "sqlite:////proc/none/x.db", "mystery://x/y"])
def test_a_database_that_cannot_be_opened_is_our_error(url: str) -> None:
    with pytest.raises(StoreError, match="database"):
        Database(url).migrate()


def test_readers_do_not_wait_for_a_writer(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    database.migrate()
    with database.begin() as writer:
        writer.execute(sources.insert().values(id="x", recipe="r", added=NOW))
        with database.read() as reader:
            assert reader.execute(select(sources)).all() == []
    database.close()
