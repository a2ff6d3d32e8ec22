"""Segments made of sentences, as many as are asked for, the same for the same seed."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from aggregator.model import MemoryEntry, Origin
from aggregator.text.keys import text_key
from tests import builders

SPACED = frozenset({"vi", "id", "en", "ko"})


def segments(
    number: int, words: Mapping[str, Sequence[str]], seed: int
) -> Iterator[tuple[str, MemoryEntry]]:
    """Yield that many different entries: halves of two sentences, and a number of its own each."""
    chance = Random(seed)  # noqa: S311 - no secret
    languages = [each for each in words if each != "en"]
    english = words["en"]
    for at in range(number):
        language = languages[at % len(languages)]
        first, second = (chance.randrange(len(english)) for _ in range(2))
        text = _joined(language, words[language][first], words[language][second], at)
        yield (
            language,
            MemoryEntry(
                language=language,
                target="en",
                key=text_key(text),
                source_text=text,
                target_text=_joined("en", english[first], english[second], at),
                origin=Origin.MACHINE,
                engine="argos",
                version="1.9",
                at=builders.NOW,
            ),
        )


def _joined(language: str, one: str, other: str, at: int) -> str:
    space = " " if language in SPACED else ""
    return f"{one[: len(one) // 2]}{space}{at}{space}{other[len(other) // 2 :]}"


def changed(text: str, share: float, chance: Random) -> str:
    """Return *text* with that share of its characters replaced, side by side."""
    length = round(len(text) * share)
    start = chance.randrange(max(1, len(text) - length))
    return text[:start] + "ЖЩЮ"[chance.randrange(3)] * length + text[start + length :]
