"""A world over each kind of database."""

from dataclasses import replace
from pathlib import Path

import pytest

from aggregator.model import Outputs
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


@pytest.fixture
def whole(world: World) -> None:
    """Let the world publish its site and many feeds: that takes longer than all steps before."""
    outputs = Outputs(feeds=("all", "country", "from", "picks"), opml=True, site=True)
    world.pipelines = [replace(world.pipelines[0], outputs=outputs)]
