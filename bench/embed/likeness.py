"""How well vectors find a text's translations, and the likenesses that the floors come from.

`python -m bench.embed.likeness` reads the parallel corpus beside the checkout (`--corpus`). Of
documents with an even number the likenesses are printed that the floors were chosen by
(`aggregator/embed/floors.py`), of those with an odd one how often a document is found by its title
and lead, or by its title alone, in other languages, and how the floors divide them. Some minutes
on two cores.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aggregator.embed import floor_of
from aggregator.embed.bundled import Bundled
from aggregator.text.languages import LANGUAGES, identify
from aggregator.text.sentences import lead
from bench.sentences.corpus import CORPUS, JOINED, documents

Vectors = NDArray[np.float64]


def opened(document: Sequence[str], language: str) -> str:
    """Return a document's title and lead as an article's are embedded."""
    said = JOINED.get(language, " ").join(document[1:])
    return f"{document[0]}\n{lead(said, language)}"


def embedded(folder: Path, half: int) -> tuple[dict[str, Vectors], dict[str, Vectors]]:
    """Return the vectors of a half's documents by language: as articles, as titles asked for."""
    engine = Bundled()
    articles, titles = {}, {}
    for code in LANGUAGES:
        some = documents(folder, code, half)
        asked = [document[0] for document in some]
        texts = [opened(document, code) for document in some]
        articles[code] = np.array(engine.embed(texts, [code] * len(texts)))
        titles[code] = np.array(engine.embed(asked, [identify(title, "") for title in asked]))
    return articles, titles


def likenesses(
    asked: Mapping[str, Vectors], articles: Mapping[str, Vectors]
) -> Iterator[tuple[Vectors, NDArray[np.bool_]]]:
    """Yield each language's likenesses to all articles in others, and which tell the same."""
    for code, vectors in asked.items():
        others = [articles[other] for other in articles if other != code]
        same = np.tile(np.eye(len(vectors), dtype=bool), len(others))
        yield vectors @ np.concatenate(others).T, same


def report(
    name: str, asked: Mapping[str, Vectors], articles: Mapping[str, Vectors], floor: float
) -> None:
    """Print how often what tells the same is found, and on which side of the floor pairs are."""
    first, ten, same, other = [], [], [], []
    for cosines, is_same in likenesses(asked, articles):
        ranked = np.take_along_axis(is_same, np.argsort(-cosines, axis=1), axis=1)
        first += ranked[:, 0].tolist()
        ten += ranked[:, :10].any(axis=1).tolist()
        same.append(cosines[is_same])
        other.append(cosines[~is_same])
    alike, unlike = np.concatenate(same), np.concatenate(other)
    print(
        f"  {name}: recall@1 {np.mean(first):.3f}, @10 {np.mean(ten):.3f} of {len(first)}", end=""
    )
    marks = ", ".join(
        f"{100 * part:g} % {np.quantile(alike, part):.2f}" for part in (0.01, 0.05, 0.5)
    )
    print(f"; the same up to: {marks}", end="")
    marks = ", ".join(
        f"{part:g} {np.quantile(unlike, 1 - part):.2f}" for part in (0.01, 0.005, 0.001)
    )
    print(f"; others from: {marks}")
    above = f"{np.mean(alike > floor):.3f} of the same and {np.mean(unlike > floor):.4f} of others"
    print(f"    above the floor of {floor}: {above}")


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    given = parser.parse_args()
    floor = floor_of(Bundled.name)
    for half, name in enumerate(("even documents", "odd documents")):
        articles, titles = embedded(given.corpus, half)
        print(name)
        report("title and lead", articles, articles, floor.article)
        report("title", titles, articles, floor.question)
    return 0


if __name__ == "__main__":
    sys.exit(main())
