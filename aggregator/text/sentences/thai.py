"""Sentences of Thai."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aggregator.text.sentences.thai_spaces import spaces


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    """A linear model: the evidence's weights, and the sum from which a space ends a sentence."""

    weights: Mapping[str, int]
    threshold: int


def thai_cuts(line: str, _language: str) -> Iterator[int]:
    """Yield where the sentences of *line* end.

    Thai writes no full stop: the one sign between sentences is the space, which also stands between
    clauses and around numbers, names and ๆ; one in six ends a sentence. A linear model over what
    stands around each decides. It was trained on half of the documents of a parallel news corpus:
    what it finds on the other half, and how, is in `bench/sentences/`.
    """
    model = _model()
    for space in spaces(line):
        if sum(model.weights.get(each, 0) for each in space.evidence) > model.threshold:
            yield space.start


@cache
def _model() -> _Model:
    """Return the model, which is part of the program as its code is."""
    text = files("aggregator.text.sentences").joinpath("thai.json").read_text("utf-8")
    return _Model(**json.loads(text))
