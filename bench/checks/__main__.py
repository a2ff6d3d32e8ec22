"""`python -m bench.checks`: prints how well bad translations are told from good ones.

With the parallel corpus beside the checkout: the odd documents by what was learned from the even
ones, and the other way round. Our own sentences always, by what is shipped. `--vectors` weighs the
bundled engine's vectors too, of few sentences. 1 if a figure is below its floor.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from aggregator.config.learned import doubts
from aggregator.model import Doubts
from aggregator.text.languages import LANGUAGES
from aggregator.translate.checks import judged
from bench.checks import fit
from bench.checks.alike import with_nearness
from bench.checks.corpus import WAYS, Case, cases, own, parallel
from bench.checks.spoiling import KINDS
from bench.sentences.corpus import CORPUS

FLOORS = Path(__file__).resolve().parents[1] / "checks_floors.json"

#: Sentences a pair of languages.
MOST, QUICK = 200, 60

#: Sentences a pair that are learned from, at least.
LEAST = 100

Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Judgment:
    """What was judged, and how."""

    way: tuple[str, str]
    kind: str
    doubt: float
    is_doubted: bool


def judgments(every: Sequence[Case], learned: Doubts) -> list[Judgment]:
    """Return how each case is judged."""
    found = []
    for case in every:
        pair, said = case.pair, judged(case.pair, learned)
        way = (pair.language, pair.target)
        found.append(Judgment(way, case.kind, said.doubt, said.is_doubted))
    return found


def auc(good: Sequence[float], bad: Sequence[float]) -> float:
    """Return how often a bad one is doubted more than a good one: equal ones count a half."""
    ordered = np.sort(good)
    below = np.searchsorted(ordered, bad, "left") + np.searchsorted(ordered, bad, "right")
    return float((below / 2 / len(ordered)).mean())


def figures(found: Sequence[Judgment]) -> Figures:
    """Return the areas under the curve of all, of each kind, of the worst languages; and alarms."""
    told = {"all": _area(found, KINDS), **{kind: _area(found, [kind]) for kind in KINDS}}
    sides = {
        f"{name} {language}": _area([each for each in found if each.way[at] == language], KINDS)
        for at, name in enumerate(("from", "into"))
        for language in LANGUAGES
    }
    alarms = [each.is_doubted for each in found if not each.kind]
    told["worst language"] = min(each for each in sides.values())
    return {**told, "no false alarm": 1 - sum(alarms) / len(alarms)}


def table(found: Sequence[Judgment]) -> str:
    """Return the areas by language and kind, as a table."""
    lines = [f"{'':<14}" + "".join(f"{kind:>14}" for kind in (*KINDS, "all"))]
    for at, name in enumerate(("from", "into")):
        for language in LANGUAGES:
            some = [each for each in found if each.way[at] == language]
            areas = [_area(some, [kind]) for kind in KINDS] + [_area(some, KINDS)]
            lines.append(f"{name} {language:<9}" + "".join(f"{each:>14.3f}" for each in areas))
    return "\n".join(lines)


def _area(found: Sequence[Judgment], kinds: Sequence[str] | Mapping[str, object]) -> float:
    bad = [each.doubt for each in found if each.kind in kinds]
    good = [each.doubt for each in found if not each.kind]
    return auc(good, bad) if bad and good else 1.0


def across(most: int) -> tuple[Figures, list[Judgment]]:
    """Return the worse figures of both halves, each by what was learned from the other."""
    every: list[Judgment] = []
    worst: Figures = {}
    for half in (0, 1):
        known = fit.of_half(1 - half, max(most, LEAST))
        learned, lines = fit.fitted(known, fit.lengths(parallel(1 - half))), parallel(half)
        some = [case for way in WAYS for case in cases(lines, way, most, seed=7)]
        found = judgments(some, learned)
        worst = {k: min(v, worst.get(k, 1.0)) for k, v in figures(found).items()}
        every += found
    return worst, every


def with_vectors(most: int) -> tuple[Figures, list[Judgment]]:
    """Return the figures of the odd documents by what was learned from the even ones."""
    learned = fit.fitted(with_nearness(fit.of_half(0, most)), fit.lengths(parallel(0)))
    lines = parallel(1)
    some = [case for way in WAYS for case in cases(lines, way, most, seed=7)]
    found = judgments(with_nearness(some), learned)
    return figures(found), found


def of_our_own() -> Figures:
    """Return the figures of our own sentences, by what is shipped."""
    lines = own()
    every = [case for way in WAYS for case in cases(lines, way, MOST, seed=7)]
    found = judgments(every, doubts("none", "")[-1])
    return {f"own {name}": value for name, value in figures(found).items()}


def below(found: Figures) -> list[str]:
    """Return which figures are below their floors."""
    floors: Figures = json.loads(FLOORS.read_text("utf-8"))
    return [
        f"{key}: {value:.4f} < {floors[key]:.4f}"
        for key, value in found.items()
        if key in floors and value < floors[key]
    ]


def main(arguments: Sequence[str]) -> int:
    """Print the tables; 1 if a figure is below its floor."""
    found = of_our_own()
    if CORPUS.is_dir():
        wanted = with_vectors if "--vectors" in arguments else across
        more, every = wanted(QUICK if {"--quick", "--vectors"} & {*arguments} else MOST)
        print(table(every))
        found |= more
    print(*(f"{key:<20} {value:.3f}" for key, value in found.items()), sep="\n")
    low = below(found)
    print(*low, sep="\n")
    return int(bool(low))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
