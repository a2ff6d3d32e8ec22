"""Texts cut to what a summary or a title holds: after a sentence, a word, a syllable."""

import re
import unicodedata
from itertools import accumulate

from aggregator.text.sentences import split

#: The share of a cut text that a space or a comma may cost: Japanese and Chinese have few spaces,
#: and a single early one would leave a word or two.
_COST = 1 / 3

#: Letters that are given up so that a word of one script, a name or a number, is not cut.
_LONGEST_WORD = 30

_SPACE = re.compile(r"\s")
_PAUSE = re.compile(r"[、，,；;：。．！？」』）)]")
_RUNS = (
    re.compile("[0-9A-Za-z\u00c0-\u024f\u1e00-\u1eff'’.,_-]"),
    re.compile("[\u30a1-\u30fa\u30fc]"),
    re.compile("[\uac00-\ud7a3]"),
)

# Where Thai has a syllable that cannot be parted: a vowel is written before its consonant, and
# vowels, marks and the sign of repetition after it.
_THAI_LEADS = "\u0e40\u0e41\u0e42\u0e43\u0e44"
_THAI_FOLLOWS = "\u0e30\u0e32\u0e33\u0e45\u0e46\u0e2f"
_JOINER = "\u200d"


def excerpt(text: str, language: str, most: int) -> str:
    """Return the sentences of *text* that *most* characters hold; of a longer one its beginning."""
    if len(text) <= most:
        return text
    sentences = split(text[: 2 * most], language)
    ends = accumulate(len(sentence) + len(tail) for sentence, tail in sentences)
    heads = (text[:end].rstrip() for end in ends)
    fitting = [head for head in heads if len(head) <= most]
    return fitting[-1] if fitting else beginning(text, most)


def beginning(text: str, most: int) -> str:
    """Return *text*, or as much of it as *most* characters hold with an ellipsis, between words.

    Where there are no spaces it is cut behind a comma, else between characters that people see as
    two, and not within a run of Latin letters, katakana or Hangul.
    """
    if len(text) <= most:
        return text
    least, end = int((most - 1) * (1 - _COST)), most - 1
    for sign in (_SPACE, _PAUSE):
        places = [found.start() for found in sign.finditer(text, least, end + 1)]
        if places:
            return f"{text[: places[-1]].rstrip()}…"
    return f"{text[: _between(text, end)].rstrip()}…"


def _between(text: str, end: int) -> int:
    """Return the last place up to *end* where a text may be parted; *end*, if there is none."""
    for place in range(end, max(0, end - _LONGEST_WORD), -1):
        if not _is_joined(text[place - 1], text[place]):
            return place
    for place in range(end, max(0, end - _LONGEST_WORD), -1):
        if not _is_one(text[place - 1], text[place]):
            return place
    return end


def _is_joined(before: str, after: str) -> bool:
    return _is_one(before, after) or any(run.match(before) and run.match(after) for run in _RUNS)


def _is_one(before: str, after: str) -> bool:
    """Tell whether two characters are seen as one, or are parts of one Thai syllable."""
    return (
        unicodedata.category(after).startswith(("M", "Sk"))
        or _JOINER in (before, after)
        or before in _THAI_LEADS
        or after in _THAI_FOLLOWS
    )
