"""Prints how well topics and relevance are told on the titles with odd numbers.

`python -m bench.topics` loads the engine (half a minute); `--without-vectors` takes a second.
"""

import argparse
import json
import time
from pathlib import Path

from aggregator.classify.subject import RELEVANT, joined
from aggregator.config.learned import signs_head, vectors_head
from aggregator.embed import Embedder
from aggregator.embed.bundled import Bundled
from aggregator.model.topics import Head
from bench.topics.cases import titles
from bench.topics.measure import cases_of, macro_f1, relevance, subjects

FLOORS = Path(__file__).parents[1] / "topics_floors.json"


def head_for(embedder: Embedder | None) -> Head:
    """Return the head by which articles with the engine's vectors are judged."""
    if embedder is None:
        return signs_head()
    by_vectors = vectors_head(embedder.name, embedder.version)
    if by_vectors is None:
        raise SystemExit("no weights: run python -m bench.topics.fit")
    return joined(by_vectors, signs_head())


def measured(embedder: Embedder | None, *, odd: bool = True) -> dict[str, float]:
    """Return the figures that have floors."""
    told = subjects(head_for(embedder), cases_of(titles(odd=odd), embedder))
    score = macro_f1(told)
    precision, recall = relevance(told, RELEVANT)
    found = {
        "macro-f1": score.mean,
        "worst-language": score.worst,
        "relevance-precision": precision,
        "relevance-recall": recall,
    }
    return {name: round(value, 3) for name, value in found.items()}


def shown(embedder: Embedder | None) -> None:
    head, cases = head_for(embedder), cases_of(titles(odd=True), embedder)
    began = time.perf_counter()
    told = subjects(head, cases)
    took = time.perf_counter() - began
    score = macro_f1(told)
    print(f"{embedder.name if embedder else 'without vectors'}: {len(cases) / took:,.0f} titles/s")
    for code, value in score.by_language.items():
        print(f"  {code:8} {value:.3f}")
    print(f"  macro-F1 {score.mean:.3f}, worst language {score.worst:.3f}")
    for topic, value in sorted(score.by_topic.items(), key=lambda pair: pair[1]):
        print(f"    {topic:26} {value:.2f}")
    precision, recall = relevance(told, RELEVANT)
    print(f"  relevance: precision {precision:.3f}, recall {recall:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.topics", description=__doc__)
    parser.add_argument("--without-vectors", action="store_true")
    parser.add_argument("--json", action="store_true", help="only the figures that have floors")
    asked = parser.parse_args()
    engines = [None] if asked.without_vectors else [None, Bundled()]
    for embedder in engines:
        if asked.json:
            name = embedder.name if embedder else "none"
            print(json.dumps({name: measured(embedder)}))
        else:
            shown(embedder)


if __name__ == "__main__":
    main()
