"""What the checks find, weighed together: how much a translation is to be doubted, and why.

A logistic regression over what the checks find, each on a scale of a few steps, so that most
good translations, of which nothing is found, all have the same odds. It is fitted on professional
translations in eight languages and on what was made wrong of them (`bench/checks`).
"""

import math
import operator
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from aggregator.model import Doubts, Lengths
from aggregator.translate.checks.figures import figures_kept
from aggregator.translate.checks.leftovers import left_over
from aggregator.translate.checks.length import length
from aggregator.translate.checks.loops import loops
from aggregator.translate.checks.marks import marks_kept
from aggregator.translate.checks.meaning import meaning
from aggregator.translate.checks.names import addresses_kept, names_kept
from aggregator.translate.checks.negation import negation
from aggregator.translate.checks.pair import Finding, Pair

_CHECKS = (
    figures_kept, addresses_kept, names_kept, left_over, loops, marks_kept, negation, meaning,
)  # fmt: skip

#: Reasons that are told of one translation.
_TOLD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """How much a translation is to be doubted: 0 to 1, and why, weightiest first."""

    doubt: float
    is_doubted: bool
    reasons: tuple[str, ...] = ()


#: Of the checks and of their scales: raise it with any of them, and fit the weights anew.
VERSION = "1"


def findings(pair: Pair, lengths: Lengths) -> Iterator[Finding]:
    """Yield all that is found of a pair."""
    yield from length(pair, lengths)
    if pair.said.strip():
        for check in _CHECKS:
            yield from check(pair)


def judged(pair: Pair, doubts: Doubts) -> Judged:
    """Return how much a translation is to be doubted."""
    found = [(each, _weight(each, doubts)) for each in findings(pair, doubts.lengths)]
    odds = doubts.bias + math.fsum(weight for _, weight in found)
    told = sorted((each for each in found if each[1] > 0), key=lambda each: -each[1])
    doubt = 1 / (1 + math.exp(-odds))
    return Judged(
        doubt=round(doubt, 4),
        is_doubted=doubt > doubts.limit,
        reasons=tuple(dict.fromkeys(each.reason for each, _ in told))[:_TOLD],
    )


def _weight(finding: Finding, doubts: Doubts) -> float:
    weights = doubts.weights.get(finding.check, ())
    return math.fsum(map(operator.mul, weights, steps(finding)))


#: Where a check's scale has its steps; others count from nothing to one, and to three.
_STEPS: Mapping[str, Sequence[float]] = {
    "short": (0.8, 1.4, 2.0, 2.6, 3.5, 5.0),
    "long": (0.8, 1.4, 2.0, 2.6, 3.5, 5.0),
    "far": (0.3, 0.45, 0.55, 0.65, 0.75, 0.9),
    "repeated": (0.0, 0.05, 0.15, 0.4),
    "left over": (0.0, 0.05, 0.2, 0.5),
    "left over latin": (0.1, 0.25, 0.5, 0.9),
    "name lost": (0.0, 0.5, 1.0),
    "name new": (0.0, 0.5, 1.0),
}
_COUNT = (0.0, 1.0, 3.0)


def steps(finding: Finding) -> list[float]:
    """Return how far an amount comes on each step of its check's scale: 0 to 1."""
    ends = _STEPS.get(finding.check, _COUNT)
    return [
        min(1.0, max(0.0, (finding.amount - low) / (high - low))) for low, high in pairwise(ends)
    ]
