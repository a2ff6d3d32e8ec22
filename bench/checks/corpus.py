"""Pairs of sentences that say the same, from the parallel corpus or from our own, and bad ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import yaml

from aggregator.text.languages import LANGUAGES
from aggregator.translate.checks import Pair
from bench.checks.spoiling import KINDS, denies, spoiled
from bench.sentences.corpus import CORPUS, documents

OWN = Path(__file__).with_name("own.yaml")

#: From every language into English and back, and some ways past it.
WAYS: Sequence[tuple[str, str]] = (
    *((each, "en") for each in LANGUAGES if each != "en"),
    *(("en", each) for each in LANGUAGES if each != "en"),
    ("ja", "ko"), ("ko", "zh-Hans"), ("zh-Hans", "ja"), ("zh-Hant", "th"), ("th", "vi"),
    ("vi", "id"), ("id", "ko"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A pair, and what was made wrong of it: "" for a good one."""

    pair: Pair
    kind: str


def parallel(half: int) -> dict[str, list[str]]:
    """Return the lines of the even (0) or the odd (1) documents, by language."""
    return {
        language: [line for lines in documents(CORPUS, language, half) for line in lines]
        for language in LANGUAGES
    }


def own() -> dict[str, list[str]]:
    """Return sentences on schools, written for this."""
    every = yaml.safe_load(OWN.read_text("utf-8"))
    return {language: [each[language] for each in every] for language in LANGUAGES}


def cases(
    lines: dict[str, list[str]], way: tuple[str, str], most: int, seed: int
) -> Iterator[Case]:
    """Yield good pairs, at most that many, and each made bad in all the ways in which it can be.

    A denial is taken away where the English line has one.
    """
    language, target = way
    chance = Random(f"{seed} {language} {target}")  # noqa: S311 - no secret
    every = list(range(len(lines["en"])))
    for at in sorted(chance.sample(every, min(most, len(every)))):
        source, said = lines[language][at], lines[target][at]
        if not source or not said:
            continue
        pair = Pair(source=source, said=said, language=language, target=target)
        yield Case(pair, "")
        for kind in KINDS:
            if kind == "negation" and not denies(lines["en"][at]):
                continue
            if bad := spoiled(pair, kind, lines[target], chance):
                yield Case(bad, kind)
