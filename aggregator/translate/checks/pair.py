"""What a check looks at, and what it finds."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

#: Web and mail addresses, @names, #tags: what stays as it is in every language.
ADDRESS = re.compile(
    r"https?://[^\s<>()（）「」]+|www\.[\w.-]+\w|[\w.+-]+@[\w-]+\.[\w.-]+\w|(?<![\w&])[@#]\w{2,}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A sentence and what a machine made of it."""

    source: str
    said: str
    language: str
    target: str
    nearness: float | None = None  #: cosine of their vectors, None where there are none

    @property
    def source_words(self) -> str:
        """The sentence without its addresses."""
        return ADDRESS.sub(" ", self.source)

    @property
    def said_words(self) -> str:
        """What was made of it, without addresses."""
        return ADDRESS.sub(" ", self.said)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a pair that a good translation seldom has."""

    check: str  #: what the weight of it is kept under
    amount: float  #: how much of it: from 0, which is none
    reason: str  #: for people, as in "the translation …"


#: Words that a reason names.
_NAMED = 3


def named(words: Iterable[str]) -> str:
    """Return the first of the words as a reason names them."""
    return ", ".join(list(words)[:_NAMED])
