"""Sentences of Thai."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aggregator.text.sentences.thai_pieces import LONGEST, pieces
from aggregator.text.sentences.thai_spaces import spaces, split_at_spaces

_HUNDREDTHS = 100
_SUREST = -1e-9  #: the logarithm of a chance, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    """A linear model: the evidence's weights, and the odds from which a space ends a sentence.

    Both in hundredths, the odds as their logarithm.
    """

    weights: Mapping[str, int]
    threshold: int


def thai_cuts(line: str, _language: str) -> Iterator[int]:
    """Yield where the sentences of *line* end.

    Thai writes no full stop: the one sign between sentences is the space, which also stands between
    clauses and around numbers, names and ๆ; one in six ends a sentence. A linear model weighs what
    stands around each space, and what the pieces from any space to any other are like. All ways to
    cut the line are then looked at together: where the likely ones agree, it is cut. The model was
    trained on half of the documents of a parallel news corpus and on texts of our own; what it
    finds on the other half, and how, is in `bench/sentences/`.
    """
    model = _model()
    tokens = split_at_spaces(line)
    gaps = list(spaces(tokens))
    if not gaps:
        return
    cuts = [_weight(model, gap.evidence) for gap in gaps]
    wholes = [[_weight(model, piece) for piece in ending] for ending in pieces(tokens)]
    for gap, odds in zip(gaps, _odds([*cuts, 0.0], wholes), strict=True):
        if odds * _HUNDREDTHS > model.threshold:
            yield gap.start


def _odds(cuts: Sequence[float], wholes: Sequence[Sequence[float]]) -> list[float]:
    """Return the odds, as their logarithm, of a cut behind each token but the last.

    *cuts* are the weights of a cut behind each token, *wholes* those of the pieces that end with
    it, the shortest first. A way to cut the line weighs what its cuts and pieces do.
    """
    before = [0.0]  # the weight of all ways to cut what stands before each token
    for cut, ending in zip(cuts, wholes, strict=True):
        ways = zip(ending, reversed(before), strict=False)
        before.append(cut + _sum([whole + rest for whole, rest in ways]))
    behind = [0.0]  # of all ways to cut what stands behind each, from the last one on
    for start in range(len(wholes) - 1, 0, -1):
        ends = range(start, min(len(wholes), start + LONGEST))
        behind.append(
            _sum(
                [wholes[end][end - start] + cuts[end] + behind[-1 - (end - start)] for end in ends]
            )
        )
    chances = (
        min(one + two - before[-1], _SUREST)
        for one, two in zip(before[1:-1], reversed(behind[1:]), strict=True)
    )
    return [chance - math.log(-math.expm1(chance)) for chance in chances]


def _sum(weights: Sequence[float]) -> float:
    """Return the logarithm of the sum of what *weights* are the logarithms of."""
    most = max(weights)
    return most + math.log(sum(math.exp(weight - most) for weight in weights))


def _weight(model: _Model, evidence: Sequence[str]) -> float:
    weights = model.weights
    return sum([weights.get(each, 0) for each in evidence]) / _HUNDREDTHS


@cache
def _model() -> _Model:
    """Return the model, which is part of the program as its code is."""
    text = files("aggregator.text.sentences").joinpath("thai.json").read_text("utf-8")
    return _Model(**json.loads(text))
