"""An API's answer, whatever it is written in: records, and the texts at a path inside them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

#: Gives the texts at a path: [] when nothing stands there.
Reader = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A text and the language it says it is in, "" when it does not say."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back from an API."""

    whole: Reader
    records: tuple[Reader, ...] | None  #: None: their path leads nowhere
    #: Looks for the first of the names near the root, and gives the text that stands there.
    said: Callable[[Sequence[str]], str]
    names: tuple[str, ...]  #: what stands at the root


def in_language(told: Sequence[Told], language: str) -> list[str]:
    """Give the texts in the language, else those that say none, else those in the first's.

    Where no text says its language, all are given.
    """
    wanted = _primary(language)
    texts = [each for each in told if each.text]
    for choice in (wanted, "", _primary(texts[0].language) if texts else ""):
        if chosen := [each.text for each in texts if _primary(each.language) == choice]:
            return chosen
    return []


def _primary(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()
