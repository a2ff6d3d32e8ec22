"""What an engine is: texts -> vectors, whoever makes them."""

from collections.abc import Sequence
from typing import Protocol

#: A text's place among all texts: floats of unit length, all zero for a text without meaning.
Vector = tuple[float, ...]


class Embedder(Protocol):
    """Turns texts into vectors that are close when the texts mean the same, in any language."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str:
        """Change with everything that changes a vector: stored ones are made anew then."""
        ...

    @property
    def dimensions(self) -> int: ...

    def embed(self, texts: Sequence[str], languages: Sequence[str]) -> Sequence[Vector]:
        """Return a vector for each text, in their order; *languages* are the texts' own.

        Raises:
            EmbedError: the engine gave none.
        """
        ...
