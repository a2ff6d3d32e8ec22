"""`python -m bench.near`: prints how well near copies are found, how fast, and what it takes.

Of notices of our own always; with the parallel corpus beside the checkout, of the half of its
documents that nothing was fitted on, whole and in pieces of three sentences (`--fit`: of the other
half). `--wrong` prints what came to the wrong story. 1 if a figure is below its floor.
"""

import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time

from aggregator.text.languages import LANGUAGES
from bench.near.own import notices
from bench.near.planted import FEWEST, Lines, Rewriter, Text
from bench.near.scores import placed, score
from bench.scores import Score
from bench.sentences.corpus import CORPUS, documents

FLOORS = Path(__file__).resolve().parents[1] / "near_floors.json"
SCORED = 1  #: the odd documents
SEED = 20
PIECES = 50  #: about so many of a language: more take minutes

Figures = dict[str, float]
Sets = dict[str, list[Text]]


def planted(texts: Sequence[Text], language: str) -> list[Text]:
    """Return texts, their copies and what only looks like copies: originals first."""
    rewriter = Rewriter([text.lines for text in texts], language, SEED)
    rest = [each for text in texts for each in rewriter.copies(text)]
    rest += [each for text in texts for each in rewriter.others(text)]
    # What is no copy would be a story that the copies of the original do not come to.
    random.Random(SEED).shuffle(rest)  # noqa: S311 - no secret
    return [*texts, *rest]


def own() -> Sets:
    """Return our own notices, each in several editions, with copies of each."""
    return {f"own {language}": planted(notices(language), language) for language in LANGUAGES}


def parallel(folder: Path, half: int = SCORED) -> Sets:
    """Return the corpus' documents and their pieces, with copies of each."""
    found: Sets = {}
    for language in LANGUAGES:
        every = [tuple(line for line in d if line) for d in documents(folder, language, half)]
        found[f"whole {language}"] = planted(list(_texts(every)), language)
        pieces = [text[at : at + 3] for text in every for at in range(0, len(text) - 2, 3)]
        pieces = pieces[:: max(1, len(pieces) // PIECES)]
        found[f"short {language}"] = planted(list(_texts(pieces)), language)
    return found


def _texts(found: Sequence[Lines]) -> Iterator[Text]:
    for number, lines in enumerate(found):
        if sum(sign.isalnum() for line in lines for sign in line) >= FEWEST:
            yield Text(name=str(number), lines=lines, of=str(number), kind="original")


def figures(sets: Sets) -> tuple[Figures, list[str]]:
    """Return recall and precision of each set and over all, and what went wrong."""
    found: Figures = {}
    wrong: list[str] = []
    total = Score()
    for name, texts in sets.items():
        one, missed = score(texts)
        found |= {f"recall {name}": one.recall, f"precision {name}": one.precision}
        wrong += [f"{name}: {each}" for each in missed]
        total += one
    return found | {"recall": total.recall, "precision": total.precision}, wrong


def below(found: Figures) -> list[str]:
    """Return which figures are below their floors; what has none must be 1."""
    floors: Figures = json.loads(FLOORS.read_text("utf-8"))
    return [
        f"{name}: {value:.4f} < {floors.get(name, 1.0):.4f}"
        for name, value in found.items()
        if value < floors.get(name, 1.0)
    ]


def _costs(sets: Sets) -> Iterator[str]:
    """Yield how many articles are placed a second of processor time, and rows an article."""
    for name, texts in sets.items():
        began = process_time()
        rows = [len(bands) for _, bands in placed(texts)]
        rate = len(texts) / (process_time() - began)
        kept = sum(1 for each in rows if each)
        yield f"{name:<16} {rate:>7,.0f} articles/s {sum(rows) / kept:>6.1f} rows an article"


def main(arguments: Sequence[str]) -> int:
    """Print the tables; 1 if a figure is below its floor."""
    half = 1 - SCORED if "--fit" in arguments else SCORED
    sets = own() | (parallel(CORPUS, half) if CORPUS.is_dir() else {})
    found, wrong = figures(sets)
    for name, value in found.items():
        print(f"{name:<28} {value:.4f}")
    if "--wrong" in arguments:
        print(*wrong, sep="\n")
    print(*_costs({name: texts for name, texts in sets.items() if "own" not in name}), sep="\n")
    low = below(found) if half == SCORED and FLOORS.exists() else []
    print(*low, sep="\n")
    return int(bool(low))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
