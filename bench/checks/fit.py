"""Learns what makes a translation doubtful; writes aggregator/config/heads/checks.json.

`python -m bench.checks.fit` takes the parallel corpus beside the checkout, both halves; with
`--vectors` it learns once more with the bundled engine's vectors, which takes half an hour. Only
weights are kept.
"""

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from aggregator.config.learned import doubts_of
from aggregator.embed.bundled import Bundled
from aggregator.model import Doubts, Lengths
from aggregator.translate.checks import findings, judged
from aggregator.translate.checks.judging import VERSION, steps
from aggregator.translate.checks.length import counted, said_by
from bench.checks.alike import with_nearness
from bench.checks.corpus import WAYS, Case, cases, parallel
from bench.checks.spoiling import KINDS
from bench.logistic import solved

FILE = Path(__file__).resolve().parents[2] / "aggregator/config/heads/checks.json"

#: Sentences of a half and a pair of languages; with vectors fewer, each of which takes 30 ms.
MOST, FEWER = 200, 60

#: Good translations of a hundred that may be doubted: 5, and 1.5 less, for others will be worse.
FALSE_ALARMS = 0.035

#: How strongly weights are drawn to zero.
RIDGE = 0.3

#: The share of good translations that lengths are learned from: the others are free ones.
CLOSE = 0.99


def lengths(lines: Mapping[str, Sequence[str]]) -> Lengths:
    """Return what letters say, by least squares, and how far good translations are from it."""
    english = np.array([max(1, len(line)) for line in lines["en"]], float)
    letters = {language: _letters(lines[language], english) for language in lines}
    ratios, sizes = [], []
    for language, target in WAYS:
        for one, other in zip(lines[language], lines[target], strict=True):
            source = max(1.0, said_by(one, letters[language]))
            ratios.append(np.log(max(1.0, said_by(other, letters[target])) / source) ** 2)
            sizes.append(1 / source)
    columns, squares = np.column_stack([np.ones(len(sizes)), sizes]), np.array(ratios)
    close = squares < np.quantile(squares, CLOSE)
    spread, more = np.linalg.lstsq(columns[close], squares[close], rcond=None)[0]
    return Lengths(
        letters=letters, spread=round(float(spread), 5), spread_of_short=round(float(more), 4)
    )


def _letters(lines: Sequence[str], english: Any) -> dict[str, float]:
    kinds = list(counted(""))
    facts = np.array([[counted(line)[kind] for kind in kinds] for line in lines], float)
    facts, wanted = facts / english[:, None], np.ones(len(lines))
    used = [at for at in range(len(kinds)) if facts[:, at].any()]
    while True:  # none says less than nothing
        held = 0.05 * np.eye(len(used))
        found = np.linalg.solve(facts[:, used].T @ facts[:, used] + held, facts[:, used].T @ wanted)
        if (found >= 0).all():
            return {kinds[at]: round(float(each), 3) for at, each in zip(used, found, strict=True)}
        used = [at for at, each in zip(used, found, strict=True) if each >= 0]


def learned(every: Sequence[Case], found: Lengths) -> tuple[float, dict[str, list[float]]]:
    """Return the bias and the weights of the checks' steps; nothing found is a good sign."""
    names, facts = _facts(every, found)
    bad = np.array([bool(case.kind) for case in every], float)
    counts = Counter(case.kind for case in every)
    # All kinds together count as much as the good ones.
    total = sum(map(_counts, KINDS))
    shares = [
        _counts(case.kind) / total / counts[case.kind] if case.kind else 1 / counts[""]
        for case in every
    ]
    used = list(range(len(names)))
    while True:
        bias, *found_weights = solved(facts[:, used], bad, RIDGE, np.array(shares) * len(every) / 2)
        if min(found_weights) >= 0:
            break
        used = [at for at, each in zip(used, found_weights, strict=True) if each > 0]
    weights: dict[str, list[float]] = {}
    for check, _ in names:
        weights.setdefault(check, []).append(0.0)
    for at, value in zip(used, found_weights, strict=True):
        check, step = names[at]
        weights[check][step] = round(float(value), 3)
    return round(float(bias), 3), weights


def _counts(kind: str) -> float:
    """Return how much a kind counts: a denial that is lost misleads most, and shows least."""
    return 2.0 if kind == "negation" else 1.0


def _facts(every: Sequence[Case], found: Lengths) -> tuple[list[tuple[str, int]], Any]:
    """Return the names of the steps, and how far each case comes on them."""
    told = [
        {
            (each.check, at): step
            for each in findings(case.pair, found)
            for at, step in enumerate(steps(each))
        }
        for case in every
    ]
    names = sorted({name for each in told for name in each})
    places = {name: at for at, name in enumerate(names)}
    facts = np.zeros((len(every), len(names)))
    for row, steps_of_case in enumerate(told):
        for name, step in steps_of_case.items():
            facts[row, places[name]] = step
    return names, facts


def head(every: Sequence[Case], found: Lengths) -> dict[str, Any]:
    """Return a head, with the limit above which few good translations are."""
    bias, weights = learned(every, found)
    doubts = Doubts(version="", lengths=found, bias=bias, weights=weights, limit=1.0)
    good = [judged(case.pair, doubts).doubt for case in every if not case.kind]
    limit = round(float(np.quantile(good, 1 - FALSE_ALARMS)), 4)
    return {"bias": bias, "weights": weights, "limit": limit}


def of_half(half: int, most: int) -> list[Case]:
    """Return the cases that are learned from of a half of the documents."""
    lines = parallel(half)
    return [case for way in WAYS for case in cases(lines, way, most, seed=half)]


def fitted(every: Sequence[Case], found: Lengths) -> Doubts:
    """Return what is learned from the cases."""
    heads = {"": head(every, found)}
    return doubts_of({"version": "bench", "lengths": asdict(found), "heads": heads}, "")


def main() -> None:
    """Learn from all that there is, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vectors", action="store_true", help="learn with vectors too")
    asked = parser.parse_args()
    even, odd = parallel(0), parallel(1)
    found = lengths({language: even[language] + odd[language] for language in even})
    heads = {"": head([*of_half(0, MOST), *of_half(1, MOST)], found)}
    if asked.vectors:
        every = with_nearness([*of_half(0, FEWER), *of_half(1, FEWER)])
        heads[f"{Bundled.name}/{Bundled.version}"] = head(every, found)
    data = {"version": VERSION, "lengths": asdict(found), "heads": heads}
    FILE.write_text(json.dumps(data, indent=1) + "\n")
    for name, each in heads.items():
        print(name or "without vectors", "limit", each["limit"])


if __name__ == "__main__":
    main()
