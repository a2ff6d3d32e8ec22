"""A translation that says the same again and again."""

import re
from collections import Counter
from collections.abc import Iterator

from aggregator.text.keys import folded
from aggregator.translate.checks.pair import Finding, Pair

#: Signs whose repetition is one: some two words of Latin letters, a phrase in Chinese.
_LATIN, _OTHER = 12, 5
_PLAIN = re.compile(r"[\W_]+")
_AT_ONCE = re.compile(r"(.{2,60}?)\1{2,}", re.DOTALL)


def loops(pair: Pair) -> Iterator[Finding]:
    """Yield how much more of the translation is repeated than of the source."""
    said, source = _bare(pair.said_words), _bare(pair.source_words)
    circle = _AT_ONCE.search(said)
    what = f": “{circle[1].strip()}”" if circle else ""
    if (more := _repeated(said) - _repeated(source)) > 0:
        yield Finding("repeated", more, f"repeats itself{what}")
    if circle and not _AT_ONCE.search(source):
        yield Finding("loop", 1.0, f"runs in circles{what}")


def _bare(text: str) -> str:
    return _PLAIN.sub(" ", folded(text)).strip()


def _repeated(bare: str) -> float:
    """Return the share of a text's runs of signs that were there before."""
    size = _LATIN if sum(each < "\u0e00" for each in bare) > len(bare) / 2 else _OTHER
    runs = Counter(bare[at : at + size] for at in range(len(bare) - size + 1))
    total = sum(runs.values())
    return (total - len(runs)) / total if total else 0.0
