"""A world over each kind of database."""

from pathlib import Path

import pytest

from aggregator.store import Database
from tests import builders
from tests.flow.world import FakeEngine, FakeWeb, World


@pytest.fixture
def world(database: Database, tmp_path: Path) -> World:
    """One Japanese source, an engine, nothing fetched yet."""
    return World(
        database=database,
        output=tmp_path / "output",
        sources=[builders.source("ja")],
        web=FakeWeb(),
        engine=FakeEngine(),
    )
