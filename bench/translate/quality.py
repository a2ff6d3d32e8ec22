"""`python -m bench.translate.quality MODELS ja en SOURCE REFERENCE`: how good a model is.

MODELS is the folder of a home's models (`models/`), SOURCE and REFERENCE are parallel texts with a
sentence a line. Prints chrF and BLEU (sacrebleu; Post 2018, "A Call for Clarity in Reporting BLEU
Scores") of what the engine gives as the flow asks it, with their signatures: as it is and, with
`--glossary glossary.yaml`, once more with the glossary's wordings. A sentence that the model fails
on counts as empty. chrF is of letters and fit for all our languages; BLEU is of words where there
are spaces, of letters in Japanese, Chinese and Thai.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from aggregator.config.glossary import read_glossary
from aggregator.errors import TranslateError
from aggregator.flow import Lexicon
from aggregator.text.languages import LANGUAGES
from aggregator.translate.engines import Engine
from aggregator.translate.engines.argos import DEFAULT_BEAM, ArgosEngine, prepare
from aggregator.translate.wording import worded


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How near translations are to their references, of 100."""

    chrf: float
    bleu: float
    signatures: tuple[str, str]
    failed: int = 0  #: sentences that the engine gave nothing for
    missing: int = 0  #: sentences that lack a wording of the glossary

    def __str__(self) -> str:
        """Return it as a line, with what makes the figures comparable below it."""
        lost = f"{self.failed} failed, {self.missing} without a wording"
        chrf, bleu = self.signatures
        return f"chrF {self.chrf:.1f}  BLEU {self.bleu:.1f}  ({lost})\n  {chrf}\n  {bleu}"


def scored(said: Sequence[str], references: Sequence[str], target: str) -> Quality:
    """Return how near the translations are to the references, line by line."""
    tokenize = "char" if LANGUAGES[target].unspaced else "13a"
    chrf, bleu = CHRF(), BLEU(tokenize=tokenize)
    found = [metric.corpus_score(said, [references]).score for metric in (chrf, bleu)]
    signatures = (f"chrF {chrf.get_signature()}", f"BLEU {bleu.get_signature()}")
    return Quality(chrf=found[0], bleu=found[1], signatures=signatures)


def translated(
    engine: Engine, texts: Sequence[str], pair: tuple[str, str], lexicon: Lexicon
) -> tuple[list[str], int, int]:
    """Return what the engine makes of the texts, how many failed, how many lack a wording."""
    wordings = lexicon.wordings(pair[1])
    wanted = {text: wordings.prescribed(text, pair[0]) for text in texts}
    ask = partial(engine.translate, source=pair[0], target=pair[1])
    found = dict(worded(ask, wanted, wordings, engine.shape(*pair)))
    said, failed, missing = [], 0, 0
    for text in texts:
        result = found[text]
        if isinstance(result, TranslateError):
            said.append("")
            failed += 1
        else:
            said.append(result.text)
            missing += bool(result.missing)
    return said, failed, missing


def main(arguments: Sequence[str]) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("models", type=Path)
    parser.add_argument("language", choices=LANGUAGES)
    parser.add_argument("target", choices=LANGUAGES)
    parser.add_argument("source", type=Path)
    parser.add_argument("reference", type=Path)
    parser.add_argument("--glossary", type=Path)
    parser.add_argument("--beam", type=int, default=DEFAULT_BEAM)
    asked = parser.parse_args(arguments)
    texts, references = (
        file.read_text("utf-8").splitlines() for file in (asked.source, asked.reference)
    )
    if len(texts) != len(references):
        print(f"{len(texts)} lines are not {len(references)}: the texts are not parallel")
        return 2
    prepare(asked.models, os.environ)  # noqa: TID251 - libraries read their own variables
    engine = ArgosEngine(asked.models, beam=asked.beam)
    lexicons = {"as it is": Lexicon.of(())}
    if asked.glossary:
        lexicons["with the glossary"] = Lexicon.of(read_glossary(asked.glossary))
    pair = (asked.language, asked.target)
    print(f"argos {engine.version(*pair)}, {len(texts)} sentences, beam {asked.beam}")
    for name, lexicon in lexicons.items():
        said, failed, missing = translated(engine, texts, pair, lexicon)
        found = scored(said, references, asked.target)
        print(name, replace(found, failed=failed, missing=missing))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
