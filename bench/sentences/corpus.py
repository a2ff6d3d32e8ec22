"""The parallel corpus as documents, and how well the boundaries of its lines are found."""

import re
from collections.abc import Callable
from pathlib import Path

from bench.scores import Score

CORPUS = Path(__file__).resolve().parents[2] / "../shared/parallel"

#: Written without a space between sentences, so its lines are joined without one.
JOINED = {"ja": "", "zh-Hans": "", "zh-Hant": ""}

TERMINATED = re.compile(r"[.!?。！？…｡]+[\"'”’」』）)】〉》］\]〕\s]*$")

Split = Callable[[str, str], list[tuple[str, str]]]


def documents(folder: Path, language: str, half: int | None = None) -> list[list[str]]:
    """Return the lines of each document; of the even ones (0) or the odd ones (1) only, if asked.

    What is fitted is fitted on the even ones, what is scored on the odd ones.
    """
    names = (folder / "documents.txt").read_text("utf-8").split("\n")
    lines = (folder / f"{language}.txt").read_text("utf-8").split("\n")
    found: dict[str, list[str]] = {}
    for name, line in zip(names, lines, strict=True):
        if name:
            found.setdefault(name, []).append(line.strip())
    return [d for number, d in enumerate(found.values()) if half is None or number % 2 == half]


def score(document: list[str], language: str, split: Split) -> tuple[Score, Score]:
    """Return how well the boundaries between a document's lines are found.

    First those after lines that end in a terminator, then all. A cut after a line without one is
    neither right nor wrong in the first count.
    """
    glue = JOINED.get(language, " ")
    lines = [line for line in document if line]
    real: dict[int, bool] = {}
    position = 0
    for line in lines[:-1]:
        position += len(line)
        real[position] = bool(TERMINATED.search(line))
        position += len(glue)
    said = _cuts(split(glue.join(lines), language))
    terminated = {at for at, is_terminated in real.items() if is_terminated}
    counted = said - (real.keys() - terminated)
    return Score.of(counted, terminated), Score.of(said, real.keys())


def scores(found: list[list[str]], language: str, split: Split) -> tuple[Score, Score]:
    """Return the sums over *found* documents of what `score` returns."""
    terminated, every = Score(), Score()
    for document in found:
        one, other = score(document, language, split)
        terminated, every = terminated + one, every + other
    return terminated, every


def _cuts(pieces: list[tuple[str, str]]) -> set[int]:
    cuts, position = set(), 0
    for sentence, tail in pieces[:-1]:
        cuts.add(position + len(sentence))
        position += len(sentence) + len(tail)
    return cuts
