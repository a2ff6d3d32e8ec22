"""`python -m bench.stories`: prints how well stories are found across languages, beside others.

With the parallel corpus beside the checkout: streams of the odd documents by what was learned from
the even ones, and the other way round, in five random orders, each in seven runs of the flow. Our
own stories always: by what was learned from nothing else. 1 if a figure is below its floor.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from aggregator.dedupe import Side
from bench.sentences.corpus import CORPUS
from bench.stories.corpus import Told, own, parallel, stream
from bench.stories.fit import cases, examples, learned
from bench.stories.meanings import Raw, means_of, sides
from bench.stories.passing import stories
from bench.stories.peers import PEERS
from bench.stories.scores import Scored, scored

FLOORS = Path(__file__).resolve().parents[1] / "stories_floors.json"
ORDERS = 5
RUNS = 7

Figures = dict[str, float]


def both_ways(raw: Raw, orders: Sequence[int]) -> Iterator[tuple[str, Sequence[Told], Scored]]:
    """Yield each stream's name, itself, and how it was put into stories."""
    field = own()
    for half in (0, 1):
        means = means_of(raw, parallel(half))
        known = (examples(half), field)
        every = list(chain.from_iterable(cases(some, sides(raw, some, means)) for some in known))
        weights = learned(every, "bench/1")
        for order in orders:
            told = stream(1 - half, order)
            found = stories(compared := sides(raw, told, means), weights, RUNS)
            yield f"half {1 - half} order {order}", told, _score(told, compared, found)


def of_the_field(raw: Raw) -> Scored:
    """Return how our own stories come out by what was learned from parallel news."""
    means = means_of(raw, [*parallel(0), *parallel(1)])
    known = [told for half in (0, 1) for told in examples(half)]
    weights = learned(list(cases(known, sides(raw, known, means))), "bench/1")
    told = own()
    compared = sides(raw, told, means)
    return _score(told, compared, stories(compared, weights, RUNS))


def _score(told: Sequence[Told], compared: Sequence[Side], found: Mapping[str, str]) -> Scored:
    return scored(told, [found[side.article.id] for side in compared])


def figures(orders: Sequence[int], raw: Raw) -> Figures:
    """Return the worst figures over all orders and both ways, and those of the field."""
    found: Figures = {}
    for name, _, score in both_ways(raw, orders):
        print(f"{name:<18} {_told(score)}", flush=True)
        for key, value in {
            "f1": score.all.f1,
            "precision": score.all.precision,
            "recall": score.all.recall,
            "worst languages": score.worst[1],
        }.items():
            found[key] = min(value, found.get(key, 1.0))
    field = of_the_field(raw)
    print(f"{'own, unseen':<18} {_told(field)}")
    return found | {"own f1": field.all.f1, "own precision": field.all.precision}


def _told(score: Scored) -> str:
    pairs, (languages, worst) = score.all, score.worst
    said = f"F1 {pairs.f1:.3f} precision {pairs.precision:.3f} recall {pairs.recall:.3f}"
    return f"{said} worst {'-'.join(languages)} {worst:.3f}"


def beside(raw: Raw) -> Iterator[str]:
    """Yield how others do on the first stream of the odd documents."""
    means = means_of(raw, parallel(0))
    told = stream(1, 0)
    compared = sides(raw, told, means)
    for name, peer in PEERS.items():
        yield f"{name:<46} {_told(scored(told, peer(told, compared)))}"


def below(found: Figures) -> list[str]:
    """Return which figures are below their floors."""
    floors: Figures = json.loads(FLOORS.read_text("utf-8"))
    return [
        f"{key}: {found[key]:.4f} < {floors[key]:.4f}" for key in floors if found[key] < floors[key]
    ]


def main(arguments: Sequence[str]) -> int:
    """Print the tables; 1 if a figure is below its floor."""
    if not CORPUS.is_dir():
        print(f"the parallel corpus is not there: {CORPUS}")
        return 2
    raw = Raw()
    orders = range(1 if "--quick" in arguments else ORDERS)
    found = figures(orders, raw)
    print(*(f"{key:<18} {value:.4f}" for key, value in found.items()), sep="\n")
    if "--peers" in arguments:
        print(*beside(raw), sep="\n")
    low = below(found) if FLOORS.exists() else []
    print(*low, sep="\n")
    return int(bool(low))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
