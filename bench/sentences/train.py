"""`python -m bench.sentences.train [--all] [FILE…]`: fits the model of Thai spaces anew.

On the even documents of the parallel corpus; with --all on every one (then nothing is left to score
it on). FILEs are further texts, one sentence a line. Logistic regression with an L2 penalty, by
stochastic gradient descent with AdaGrad's steps, in plain Python: half a minute.
"""

import json
import math
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from aggregator.text.sentences.thai_spaces import spaces
from bench.sentences.corpus import CORPUS, documents

MODEL = Path(__file__).resolve().parents[2] / "aggregator/text/sentences/thai.json"

SEED = 1
ROUNDS = 8
STEP = 0.015  #: ten times larger ones found .04 less of what was not trained on
PENALTY = 0.002  #: per example, on each weight that it touches
RAREST = 4  #: evidence that is met more rarely says nothing about other texts
FOLDS = 4  #: of the documents, to choose the threshold by
SCALE = 100  #: weights are written as whole hundredths
SHUFFLES = 2  #: times the lines are joined in another order: other neighbors for the same ends
DOCUMENT = 16  #: lines of such a document

Example = tuple[list[str], bool]
Weights = dict[str, float]


def examples(found: Sequence[Sequence[str]]) -> list[list[Example]]:
    """Return for each document the evidence of its spaces and whether each ends a line."""
    return [_examples([line for line in document if line]) for document in found]


def _examples(lines: Sequence[str]) -> list[Example]:
    ends, position = set(), 0
    for line in lines[:-1]:
        ends.add(position + len(line))
        position += len(line) + 1
    return [(list(space.evidence), space.start in ends) for space in spaces(" ".join(lines))]


def shuffled(found: Sequence[Sequence[str]], seed: int) -> list[list[str]]:
    lines = [line for document in found for line in document]
    random.Random(seed).shuffle(lines)  # noqa: S311 - no secret
    return [lines[at : at + DOCUMENT] for at in range(0, len(lines), DOCUMENT)]


def fit(found: Sequence[Sequence[str]]) -> Weights:
    """Return the weights that tell the ends of the lines of *found* documents best."""
    every = [*found, *(d for seed in range(SHUFFLES) for d in shuffled(found, seed))]
    rows = [row for document in examples(every) for row in document]
    counts = Counter(each for evidence, _ in rows for each in set(evidence))
    known = {each for each, count in counts.items() if count >= RAREST * (1 + SHUFFLES)}
    return _descend([(sorted(known.intersection(evidence)), is_end) for evidence, is_end in rows])


def _descend(rows: list[Example]) -> Weights:
    weights: Weights = dict.fromkeys((each for evidence, _ in rows for each in evidence), 0.0)
    squares = dict.fromkeys(weights, 1e-6)
    order = random.Random(SEED)  # noqa: S311 - no secret
    for _ in range(ROUNDS):
        order.shuffle(rows)
        for evidence, is_end in rows:
            miss = 1 / (1 + math.exp(-sum(weights[each] for each in evidence))) - is_end
            for each in evidence:
                slope = miss + PENALTY * weights[each]
                squares[each] += slope * slope
                weights[each] -= STEP * slope / math.sqrt(squares[each])
    return weights


def threshold(found: Sequence[Sequence[str]]) -> float:
    """Return the sum from which to cut, the best over documents that each model has not seen."""
    sums: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        weights = fit([d for number, d in enumerate(found) if number % FOLDS != fold])
        for document in examples([d for number, d in enumerate(found) if number % FOLDS == fold]):
            sums += [(sum(weights.get(e, 0.0) for e in ev), is_end) for ev, is_end in document]
    return max((at / 10 for at in range(-30, 20)), key=lambda at: _f1(sums, at))


def _f1(sums: Sequence[tuple[float, bool]], least: float) -> float:
    right = sum(is_end for value, is_end in sums if value > least)
    said = sum(value > least for value, _ in sums)
    return 2 * right / max(1, said + sum(is_end for _, is_end in sums))


def model(found: Sequence[Sequence[str]]) -> dict[str, object]:
    """Return what is written: the weights that are not 0 and the threshold, in whole hundredths."""
    lines = [[" ".join(line.split()) for line in document] for document in found]
    weights = {each: round(SCALE * value) for each, value in sorted(fit(lines).items())}
    return {
        "threshold": round(SCALE * threshold(lines)),
        "weights": {each: weight for each, weight in weights.items() if weight},
    }


def main(arguments: Sequence[str]) -> None:
    """Write the model."""
    found = documents(CORPUS, "th", None if "--all" in arguments else 0)
    texts = [Path(name).read_text("utf-8") for name in arguments if name != "--all"]
    further = [line for text in texts for line in text.splitlines() if line]
    found += [further[at : at + DOCUMENT] for at in range(0, len(further), DOCUMENT)]
    MODEL.write_text(json.dumps(model(found), ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
