"""`python -m bench.sentences.train [--all | --check] [FILE…]`: fits the model of Thai anew.

On the even documents of the parallel corpus and on our own texts; with --all on every document
(then nothing is left to score it on). FILEs are further texts, a sentence a line, an empty line
between two texts. With --check it writes nothing: it prints how well models find the boundaries of
the even documents that they have not seen, by threshold.

A line is cut into pieces from space to space; each cut and each piece has evidence, whose weights
add up to that of the whole. All ways to cut a text are weighed, as by a semi-Markov conditional
random field; the weights rise for the evidence of the right one. Stochastic gradient descent with
AdaGrad's steps and an L2 penalty: a minute.

Measured on unseen even documents: the spaces' evidence alone finds .596, with that of the pieces
.618 (eight folds). In four folds, .601 with the pieces, .627 with 321 lines of our own besides,
.635 with how pieces of a length begin and end, .638 with four shuffles for two, .640 with 506
lines. More letters, all known words of a token, and words and parts of speech of a dictionary
gained .01 or nothing. Half of the documents find .04 less: more text would help further.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aggregator.text.sentences.thai_pieces import LONGEST, pieces
from aggregator.text.sentences.thai_spaces import spaces, split_at_spaces
from bench.sentences.corpus import CORPUS, documents

MODEL = Path(__file__).resolve().parents[2] / "aggregator/text/sentences/thai.json"
OWN = Path(__file__).with_name("thai.txt")  #: texts written for this model

SEED = 1
ROUNDS = 6
STEP = 0.03
PENALTY = 0.05  #: per text, on each weight that it touches
RAREST = 2  #: times in a text: evidence that is met more rarely says nothing about others
SCALE = 100  #: weights are written as whole hundredths
SHUFFLES = 4  #: times the lines are joined in another order: other neighbors for the same ends
DOCUMENT = 16  #: lines of such a document
FOLDS = 4
#: Hundredths of the logarithm of the odds, the best of --check: F1 .640, .632 or more around it.
THRESHOLD = -50

_NEVER = -1e9

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]
Texts = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text's evidence: of the cut behind each token and of each piece that ends with it.

    As numbers where it is known, and how the text is cut.
    """

    cuts: Whole  #: by token and number
    pieces: Whole  #: by last token, by tokens - 1 and number
    is_cut: NDArray[np.bool_]  #: by token; the last one always is


class Vocabulary:
    """The evidence that counts, and the number of each; one number more for all other."""

    def __init__(self, found: Texts) -> None:
        counts: Counter[str] = Counter()
        for lines in found:
            cuts, ending, _ = _evidence(lines)
            counts.update(
                each for group in (*cuts, *(p for e in ending for p in e)) for each in group
            )
        least = RAREST * (1 + SHUFFLES)
        self.names = sorted(name for name, count in counts.items() if count >= least)
        self.numbers = {name: number for number, name in enumerate(self.names)}

    def text(self, lines: Sequence[str]) -> Text:
        """Return the evidence of the text of *lines*."""
        cuts, ending, is_cut = _evidence(lines)
        width = max((len(each) for each in cuts), default=0)
        count = len(self.names)
        cut_numbers = np.full((len(ending), width), count)
        for row, evidence in zip(cut_numbers, cuts, strict=False):
            row[: len(evidence)] = [self.numbers.get(each, count) for each in evidence]
        piece_numbers = np.full((len(ending), LONGEST, len(ending[0][0])), count)
        for rows, each_piece in zip(piece_numbers, ending, strict=True):
            rows[: len(each_piece)] = [[self.numbers.get(e, count) for e in p] for p in each_piece]
        return Text(cuts=cut_numbers, pieces=piece_numbers, is_cut=np.array(is_cut))


def _evidence(
    lines: Sequence[str],
) -> tuple[list[tuple[str, ...]], list[list[tuple[str, ...]]], list[bool]]:
    ends, position = set(), -1
    for line in lines:
        position += len(line) + 1
        ends.add(position)
    tokens = split_at_spaces(" ".join(lines))
    cuts = [space.evidence for space in spaces(tokens)]
    return cuts, list(pieces(tokens)), [token.end in ends for token in tokens]


def shuffled(found: Texts, seed: int) -> list[list[str]]:
    """Return the lines of *found* in another order, as texts of the same length."""
    lines = [line for document in found for line in document]
    random.Random(seed).shuffle(lines)  # noqa: S311 - no secret
    return [lines[at : at + DOCUMENT] for at in range(0, len(lines), DOCUMENT)]


def fit(found: Texts) -> tuple[Vocabulary, Floats]:
    """Return the weights that tell the ends of the lines of *found* texts best."""
    every = [*found, *(text for seed in range(SHUFFLES) for text in shuffled(found, seed))]
    vocabulary = Vocabulary(every)
    weights = np.zeros(len(vocabulary.names) + 1)
    squares = np.full(len(weights), 1e-6)
    texts = [vocabulary.text(lines) for lines in every]
    order = random.Random(SEED)  # noqa: S311 - no secret
    for _ in range(ROUNDS):
        order.shuffle(texts)
        for text in texts:
            slopes = _slopes(text, weights)
            touched = np.flatnonzero(slopes[:-1])
            slope = slopes[touched] + PENALTY * weights[touched]
            squares[touched] += slope * slope
            weights[touched] -= STEP * slope / np.sqrt(squares[touched])
    return vocabulary, weights


def _slopes(text: Text, weights: Floats) -> Floats:
    """Return by how much each weight says more of *text* than is in it."""
    cut, whole = _chances(text, weights)
    whole[_right(text)] -= 1
    slopes = np.zeros(len(weights))
    np.add.at(slopes, text.cuts, (cut - text.is_cut)[:, None])
    np.add.at(slopes, text.pieces, whole[:, :, None])
    return slopes


def _right(text: Text) -> tuple[Whole, Whole]:
    """Return the pieces that *text* has: the last token of each and its tokens - 1."""
    last = np.flatnonzero(text.is_cut)
    length = np.diff(last, prepend=-1)
    return last, np.minimum(length, LONGEST) - 1


def _chances(text: Text, weights: Floats) -> tuple[Floats, Floats]:
    """Return the chance of a cut behind each token, and of each piece."""
    count = len(text.cuts)
    cuts = weights[text.cuts].sum(1)
    cuts[-1] = 0.0
    last, less = np.arange(count)[:, None], np.arange(LONGEST)
    wholes = np.where(less <= last, weights[text.pieces].sum(2), _NEVER)
    before, behind = _before(cuts, wholes), _behind(cuts, wholes)
    cut = np.exp(before[1:] + behind[1:] - before[-1])
    starts = before[np.maximum(last - less, 0)]
    whole = np.exp(starts + wholes + (cuts + behind[1:])[:, None] - before[-1])
    return cut, whole


def _before(cuts: Floats, wholes: Floats) -> Floats:
    """Return the weight of all ways to cut what stands before each token, and of the whole."""
    found = np.zeros(len(cuts) + 1)
    for last in range(len(cuts)):
        most = min(LONGEST, last + 1)
        ways = found[last + 1 - most : last + 1][::-1] + wholes[last, :most]
        found[last + 1] = np.logaddexp.reduce(ways) + cuts[last]
    return found


def _behind(cuts: Floats, wholes: Floats) -> Floats:
    """Return the weight of all ways to cut each token and what stands behind it."""
    count = len(cuts)
    found = np.zeros(count + 1)
    for first in range(count - 1, -1, -1):
        last = np.arange(first, min(count, first + LONGEST))
        found[first] = np.logaddexp.reduce(
            wholes[last, last - first] + cuts[last] + found[last + 1]
        )
    return found


def check(found: Texts, own: Texts) -> Iterator[str]:
    """Yield the F1 on *found* of models that have not seen what they cut, by threshold."""
    odds: list[float] = []
    is_cut: list[bool] = []
    for fold in range(FOLDS):
        seen = [text for number, text in enumerate(found) if number % FOLDS != fold]
        vocabulary, weights = fit([*seen, *own])
        weights[-1] = 0.0
        for lines in found[fold::FOLDS]:
            text = vocabulary.text(lines)
            chances = np.clip(_chances(text, weights)[0][:-1], 1e-9, 1 - 1e-9)
            odds += list(np.log(chances / (1 - chances)))
            is_cut += list(text.is_cut[:-1])
    for least in range(-160, 10, 10):
        yield f"{least:>5} {_f1(np.array(odds) * SCALE > least, np.array(is_cut)):.4f}"


def _f1(said: NDArray[np.bool_], real: NDArray[np.bool_]) -> float:
    return float(2 * (said & real).sum() / (said.sum() + real.sum()))


def model(found: Texts) -> Mapping[str, object]:
    """Return what is written: the weights that are not 0 and the threshold, in whole hundredths."""
    vocabulary, weights = fit(found)
    pairs = zip(vocabulary.names, weights.tolist(), strict=False)
    whole = {name: round(SCALE * weight) for name, weight in pairs}
    return {"threshold": THRESHOLD, "weights": {n: weight for n, weight in whole.items() if weight}}


def texts(folder: Path = CORPUS, half: int | None = 0) -> list[list[str]]:
    """Return the lines of the corpus' documents, of a *half* or all, without what does not show."""
    every = documents(folder, "th", half)
    return [[" ".join(line.split()) for line in document if line] for document in every]


def written(files: Sequence[Path] = (OWN,)) -> list[list[str]]:
    """Return the lines of the texts in *files*."""
    blocks = [block for file in files for block in file.read_text("utf-8").split("\n\n")]
    return [block.strip().split("\n") for block in blocks if block.strip()]


def main(arguments: Sequence[str]) -> None:
    """Write the model, or print how well it would do."""
    further = [Path(name) for name in arguments if not name.startswith("--")]
    own = written([OWN, *further])
    if "--check" in arguments:
        print(*check(texts(), own), sep="\n")
        return
    made = model([*texts(half=None if "--all" in arguments else 0), *own])
    MODEL.write_text(json.dumps(made, ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
