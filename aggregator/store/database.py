"""One database: opened, migrated, and handed out a transaction at a time."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError

from aggregator.errors import SchemaError, StoreError

_MIGRATIONS = Path(__file__).with_name("migrations")

#: How long a writer waits for another before it gives up (ms). A run's longest transaction is a
#: batch of 500 rows, some 50 ms; a desk and a run side by side stay far below this.
_BUSY_TIMEOUT_MS = 10_000


#: SQLite's readers see one state anyway.
_ONE_STATE = {"postgresql": {"isolation_level": "REPEATABLE READ"}}

_REMEDY = (
    "AGGREGATOR_DATABASE_URL names it (by default data/aggregator.db below the home): is it one of "
    "this program's, is its server up, may this user write to it, is there space on the disk?"
)


#: As it is: escaped, a Japanese text takes twice the room and twice the time.
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Database:
    """The store's connection pool: SQLite in WAL mode, or PostgreSQL through psycopg 3."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)

    def migrate(self) -> None:
        """Bring the schema up to date.

        Raises:
            SchemaError: The database was made by a newer version of this program.
            StoreError: The database cannot be opened or changed.
        """
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        with self.begin() as db:
            _refuse_newer(db, config)
            config.attributes["connection"] = db
            command.upgrade(config, "head")

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Yield a connection whose work is saved whole at the end, or not at all on an error.

        Raises:
            StoreError: The database failed; its own message is in ours.
        """
        with self._own_errors(), self._engine.connect() as connection:
            db = connection.execution_options(writes=True)
            with db.begin():
                yield db

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the database and waits for no writer.

        Raises:
            StoreError: The database failed; its own message is in ours.
        """
        with self._own_errors(), self._engine.connect() as connection:
            db = connection.execution_options(**_ONE_STATE.get(self._engine.dialect.name, {}))
            with db.begin():
                yield db

    @contextmanager
    def rehearse(self) -> Iterator["Database"]:
        """Yield a database in which everything can be done, and of which nothing is kept.

        It is one transaction, rolled back at the end: whoever else wants to write waits.

        Raises:
            StoreError: The database failed; its own message is in ours.
        """
        with self._own_errors(), self._engine.connect() as connection:
            db = connection.execution_options(writes=True)
            with db.begin() as transaction:
                yield _Rehearsal(db)
                transaction.rollback()

    @contextmanager
    def _own_errors(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as err:
            cause = str(getattr(err, "orig", None) or err).strip()
            raise StoreError(f"the database {self.shown} failed: {cause}\n  {_REMEDY}") from err

    @property
    def shown(self) -> str:
        """The URL for people: without the password."""
        return self._engine.url.render_as_string(hide_password=True)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


class _Rehearsal(Database):
    """A database inside of one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._engine = connection.engine
        self._connection = connection

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        with self._connection.begin_nested():
            yield self._connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        yield self._connection


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.drivername.startswith("sqlite") and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, json_serializer=_JSON.encode)
    except (SQLAlchemyError, OSError, ImportError) as err:
        raise StoreError(f"the database cannot be opened: {err}") from err
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # Python's driver opens transactions late and only for some statements; we open them ourselves.
    # https://docs.sqlalchemy.org/en/21/dialects/sqlite.html#pysqlite-serializable
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
    # Of a database that begins: a row of an article with its text fits one page, and storing it
    # takes two thirds of the time.
    connection.execute("PRAGMA page_size = 8192")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -16000")  # kB; with the default of 2 MB, indexes thrash


def _begin_sqlite(db: Connection) -> None:
    # A transaction that reads first and writes later fails at once under WAL if another wrote in
    # between, whatever the busy timeout; so whoever will write takes the lock at the start.
    # https://www.sqlite.org/isolation.html
    writes = db.get_execution_options().get("writes", False)
    db.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _refuse_newer(db: Connection, config: Config) -> None:
    current = MigrationContext.configure(db).get_current_revision()
    if current is None:
        return
    try:
        ScriptDirectory.from_config(config).get_revision(current)
    except CommandError as err:
        raise SchemaError(
            f"the database is at schema {current}, which this version does not know; "
            "install the version that made it, or a newer one"
        ) from err
