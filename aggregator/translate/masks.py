"""Masks: what stands in a sentence for a term, so that an engine leaves it alone.

No shape is safe with every model. Argos' tokenizer makes a space of every underscore, others drop,
squeeze or translate brackets: so a translation counts only if every mask comes back, once and as
it was.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count, product

from aggregator.text.languages import LANGUAGES

#: Names that nobody has: no letter that a language's spelling would change, none that means
#: something in one of ours.
_NAMES = tuple(
    f"{one}{two}" for one, two in product(("Zx", "Qov", "Xib", "Vuqz"), ("qa", "ul", "or"))
)

#: The first number that is tried: neither a year nor the count of anything in news of schools.
_FIRST_NUMBER = 7319


def _numbers() -> Iterator[str]:
    return (str(each) for each in count(_FIRST_NUMBER, 17))


def _brackets() -> Iterator[str]:
    return (f"⟦{each}⟧" for each in count(1))


#: How masks can look, by the name of the shape.
SHAPES: Mapping[str, Callable[[], Iterator[str]]] = {
    "name": lambda: iter(_NAMES),
    "number": _numbers,
    "bracket": _brackets,
}

#: What is tried where nothing was measured: see `aggregator models verify`.
DEFAULT_SHAPE = "bracket"

#: What must not be in a translation unless the sentence has it.
_REMAINS = re.compile("[⟦⟧]")


def mask(text: str, spans: Sequence[tuple[int, int]], shape: str) -> tuple[str, tuple[str, ...]]:
    """Return *text* with a mask in place of each span, and the masks in their order.

    Spans do not overlap and come in their order. A mask is never part of the text. There are as
    many as the shape has: spans beyond them stay as they are.
    """
    free = (each for each in SHAPES[shape]() if each.casefold() not in text.casefold())
    pairs = list(zip(spans, free, strict=False))
    pieces: list[str] = []
    at = 0
    for (start, end), each in pairs:
        joined = " " if pieces and at == start else ""
        pieces += [text[at:start], joined, _apart(text, start, end, each)]
        at = end
    return "".join([*pieces, text[at:]]), tuple(each for _, each in pairs)


def _apart(text: str, start: int, end: int, made: str) -> str:
    """Return a mask, with a space where it would grow together with Latin letters or digits."""
    before = " " if start and _is_word(text[start - 1]) else ""
    behind = " " if text[end : end + 1] and _is_word(text[end]) else ""
    return f"{before}{made}{behind}"


def unmask(answer: str, masks: Sequence[str], wanted: Sequence[str], target: str) -> str | None:
    """Return a translation with what is wanted in place of each mask.

    None unless each mask is there once and unchanged, and nothing is left of any other.
    """
    said = answer
    for each, words in zip(masks, wanted, strict=True):
        places = list(re.finditer(_whole(each), said))
        if len(places) != 1:
            return None
        start, end = places[0].span()
        said = said[:start] + _fitted(said, start, end, words, target) + said[end:]
    return None if _REMAINS.search(said) or any(each in said for each in masks) else said


def _whole(made: str) -> str:
    """Return a pattern of the mask that is not a part of another word or number."""
    return rf"(?<![0-9A-Za-z]){re.escape(made)}(?![0-9A-Za-z])"


def _fitted(said: str, start: int, end: int, words: str, target: str) -> str:
    """Return the words as they stand there: apart from their neighbors, a first letter capital."""
    language = LANGUAGES[target]
    if language.script == "latin" and not said[:start].strip():
        words = words[:1].upper() + words[1:]
    if language.unspaced:
        return words
    before = " " if start and said[start - 1].isalnum() else ""
    behind = " " if said[end : end + 1].isalnum() else ""
    return f"{before}{words}{behind}"


def _is_word(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()
