"""Whether a translation is as long as what it translates, each in its own letters."""

import math
import re
from collections.abc import Iterator, Mapping

from aggregator.model import Lengths
from aggregator.translate.checks.pair import Finding, Pair

#: Kinds of letters that say more or less each: a Chinese letter as much as four of English.
KINDS: Mapping[str, re.Pattern[str]] = {
    "latin": re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]"),
    "space": re.compile(r"\s"),
    "digit": re.compile(r"\d"),
    "han": re.compile("[\u3400-\u9fff]"),
    "hiragana": re.compile("[\u3041-\u309f]"),
    "katakana": re.compile("[\u30a0-\u30ff]"),
    "hangul": re.compile("[\uac00-\ud7a3]"),
    "thai": re.compile("[\u0e01-\u0e2e\u0e40-\u0e44]"),
    "thai mark": re.compile("[\u0e30-\u0e3a\u0e45-\u0e4e]"),
}


def said_by(text: str, letters: Mapping[str, float]) -> float:
    """Return how many English letters would say what *text* says."""
    return math.fsum(letters.get(kind, 0.0) * count for kind, count in counted(text).items())


def counted(text: str) -> dict[str, int]:
    """Return how many signs of each kind there are, the others as "other"."""
    found = {kind: len(each.findall(text)) for kind, each in KINDS.items()}
    return {**found, "other": len(text) - sum(found.values())}


def length(pair: Pair, lengths: Lengths) -> Iterator[Finding]:
    """Yield how many standard deviations a translation is too short or long, or that it is empty.

    Languages of which nothing was learned are not looked at.
    """
    if not pair.said.strip():
        yield Finding("empty", 1.0, "is empty")
        return
    if not {pair.language, pair.target} <= lengths.letters.keys():
        return
    source = max(1.0, said_by(pair.source_words, lengths.letters[pair.language]))
    said = max(1.0, said_by(pair.said_words, lengths.letters[pair.target]))
    deviation = math.sqrt(lengths.spread + lengths.spread_of_short / source)
    ratio = math.log(said / source)
    shown = f"{said / source:.1f} times as long as expected"
    if ratio < 0:
        yield Finding("short", -ratio / deviation, f"is {shown}")
    else:
        yield Finding("long", ratio / deviation, f"is {shown}")
