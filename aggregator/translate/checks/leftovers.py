"""What stayed in the language of the source."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from aggregator.text.keys import folded
from aggregator.text.languages import LANGUAGES, is_latin
from aggregator.text.simplified import simplified
from aggregator.translate.checks.pair import Finding, Pair

#: The letters that tell each script from all others that we read.
_LETTERS = {
    "japanese": re.compile("[\u3041-\u30ff]"),
    "hangul": re.compile("[\uac00-\ud7a3]"),
    "han": re.compile("[\u3400-\u9fff]"),
    "thai": re.compile("[\u0e01-\u0e4e]"),
    "latin": re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]"),
}
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"(?<![^\W_])[a-zà-ɏḁ-ỿ]{2,}(?![^\W_])")

#: Letters of the longest names that Japanese and Chinese write alike: 最高裁判所.
_NAME = 6


def left_over(pair: Pair) -> Iterator[Finding]:
    """Yield the share of the translation that still is in the source's language.

    By its script; between languages of Latin letters by words without a capital, which are no
    names, and between those of Chinese ones by kana and by which form the letters have.
    """
    language, target = LANGUAGES.get(pair.language), LANGUAGES.get(pair.target)
    if language is None or target is None:
        return
    if folded(pair.source) == folded(pair.said) and _LETTER.search(pair.source):
        yield Finding("same", 1.0, "is the original")
    letters = len(_LETTER.findall(pair.said_words))
    if not letters:
        return
    if is_latin(pair.language) and is_latin(pair.target):
        share = _same_words(pair)
    elif {language.script, target.script} <= {"han", "japanese"}:
        share = _same_han(pair, letters)
    else:
        foreign = len(_LETTERS[language.script].findall(pair.said_words))
        if language.script == "japanese":
            foreign += len(_LETTERS["han"].findall(pair.said_words))
        share = foreign / letters
    if share > 0:
        kind = "left over latin" if is_latin(pair.language) else "left over"
        yield Finding(kind, share, f"is {share:.0%} {language.name}")


def _same_words(pair: Pair) -> float:
    said = _WORD.findall(pair.said_words)
    there = set(_WORD.findall(pair.source_words))
    return sum(each in there for each in said) / len(said) if said else 0.0


def _same_han(pair: Pair, letters: int) -> float:
    """Return the share that is copied or in letters of the source.

    Between Japanese and Chinese that is kana where none belong and the longest run that both have,
    if it is longer than names are; between the two Chinese it is letters in the form of the source.
    """
    source, said = pair.source_words, pair.said_words
    if "ja" in (pair.language, pair.target):
        run = SequenceMatcher(None, source, said, autojunk=False).find_longest_match()
        kana = len(_LETTERS["japanese"].findall(said)) if pair.language == "ja" else 0
        return min(1.0, max(run.size - _NAME, kana, 0) / letters)
    plain = simplified(said)
    if pair.language == "zh-Hans":  # into traditional letters, of which a sentence has some
        return float(plain == said and simplified(source) == source)
    return sum(one != other for one, other in zip(said, plain, strict=False)) / letters
