"""`python -m bench.sentences`: prints how well boundaries of sentences are found, and how fast.

Of texts of our own always; with the parallel corpus beside the checkout, of the half of its
documents that nothing was fitted on. 1 if a figure is below its floor.
"""

import json
import sys
from pathlib import Path
from time import process_time

from aggregator.text.languages import LANGUAGES
from aggregator.text.sentences import split
from bench.scores import Score
from bench.sentences.corpus import CORPUS, documents, scores
from bench.sentences.own import OWN

FLOORS = Path(__file__).resolve().parents[1] / "sentences_floors.json"
SCORED = 1  #: the odd documents

#: What the averages are over; Chinese counts once, by the mean of its two writings.
_AVERAGED = {"ja": 1.0, "ko": 1.0, "zh-Hans": 0.5, "zh-Hant": 0.5, "vi": 1.0, "id": 1.0}

Figures = dict[str, float]


def own() -> Figures:
    """Return the F1 of boundaries in our own texts, by language."""
    found = {language: scores(_lists(language), language, split)[1].f1 for language in OWN}
    return {f"own {language}": value for language, value in found.items()}


def parallel(folder: Path, half: int = SCORED) -> Figures:
    """Return the F1 on the corpus: after terminators and after all lines, each with its average."""
    figures: Figures = {}
    for language in LANGUAGES:
        terminated, every = scores(documents(folder, language, half), language, split)
        if language != "th":  # which has no terminators
            figures[f"terminated {language}"] = terminated.f1
        figures[f"all {language}"] = every.f1
    for what in ("terminated", "all"):
        total = sum(figures[f"{what} {each}"] * part for each, part in _AVERAGED.items())
        figures[f"{what} average"] = total / sum(_AVERAGED.values())
    return figures


def below(figures: Figures) -> list[str]:
    """Return which figures are below their floors, and which floors have no figure."""
    floors: Figures = json.loads(FLOORS.read_text("utf-8"))
    return [
        f"{name}: {value:.4f} < {floors.get(name, 1.0):.4f}"
        for name, value in figures.items()
        if value < floors.get(name, 1.0)
    ]


def _lists(language: str) -> list[list[str]]:
    return [list(text) for text in OWN[language]]


def _rates(folder: Path) -> Figures:
    """Return the sentences a second of processor time, by language."""
    rates: Figures = {}
    for language in LANGUAGES:
        texts = ["\n".join(document) for document in documents(folder, language)]
        began = process_time()
        found = sum(len(split(text, language)) for text in texts)
        rates[language] = found / (process_time() - began)
    return rates


def main() -> int:
    """Print the tables; 1 if a figure is below its floor."""
    figures = own() | (parallel(CORPUS) if CORPUS.is_dir() else {})
    for name, value in figures.items():
        print(f"{name:<22} {value:.4f}")
    if CORPUS.is_dir():
        print(f"{'(Thai, fitted half)':<22} {_thai_fitted().f1:.4f}")
        for language, rate in _rates(CORPUS).items():
            print(f"{language:<8} {rate:>9,.0f} sentences/s")
    low = below(figures)
    print(*low, sep="\n")
    return int(bool(low))


def _thai_fitted() -> Score:
    return scores(documents(CORPUS, "th", 1 - SCORED), "th", split)[1]


if __name__ == "__main__":
    sys.exit(main())
