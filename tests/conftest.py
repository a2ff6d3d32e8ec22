"""Fixtures for all tests."""

import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from aggregator.store import Database
from tests import postgres

# An example has no deadline: the machine may be busy.
settings.register_profile("busy", settings(), deadline=None)
settings.load_profile("busy")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The corpora that lie beside the checkout; a test that needs them is skipped without."""
    if not SHARED.is_dir():
        pytest.skip("the corpora beside the checkout are missing")
    return SHARED


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A PostgreSQL server of our own."""
    programs = postgres.binaries()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed (Debian: postgresql)")
    with postgres.running(programs) as server:
        yield server


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'data' / 'aggregator.db'}"


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file: copying it is quicker than migrating anew for each test."""
    file = tmp_path_factory.mktemp("template") / "aggregator.db"
    database = Database(f"sqlite:///{file}")
    database.migrate()
    database.close()
    return file


@pytest.fixture(scope="session")
def sqlite_database(empty_sqlite: Path) -> Database:
    return Database(f"sqlite:///{empty_sqlite.with_name('copy.db')}")


@pytest.fixture(scope="session")
def postgres_database(postgres_server: postgres.Server) -> Database:
    database = Database(postgres_server.create("migrated"))
    database.migrate()
    return database


@pytest.fixture
def sqlite_emptied(sqlite_database: Database, empty_sqlite: Path) -> Database:
    copy = empty_sqlite.with_name("copy.db")
    for ending in ("-wal", "-shm"):
        copy.with_name(copy.name + ending).unlink(missing_ok=True)
    shutil.copy(empty_sqlite, copy)
    return sqlite_database


@pytest.fixture
def postgres_emptied(postgres_database: Database, postgres_server: postgres.Server) -> Database:
    postgres_server.empty("migrated")
    return postgres_database


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A migrated, empty database of each kind: whatever uses it runs on both.

    It is opened once a session, so what is compiled for one test's queries serves the next's.
    """
    found = request.getfixturevalue(f"{request.param}_emptied")
    yield found
    found.close()


def pytest_runtest_setup() -> None:
    """Keep the machine's own settings out of the tests."""
    for name in [name for name in os.environ if name.startswith("AGGREGATOR_")]:  # noqa: TID251
        del os.environ[name]  # noqa: TID251


# In CI everything that the tests need is installed, so a skip is a failure there.
IN_CI = bool(os.environ.get("CI"))  # noqa: TID251 - the tests' own switch


def fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"a skip is a failure in CI: {why}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    fail_if_skipped(report)
    return report
