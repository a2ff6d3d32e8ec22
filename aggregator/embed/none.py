"""The engine that there is without one: no vectors, and all else works."""

from collections.abc import Sequence

from aggregator.embed.engine import Vector


class Nothing:
    """Gives each text the vector of no dimensions."""

    name = "none"
    version = "1"
    dimensions = 0

    def embed(self, texts: Sequence[str], languages: Sequence[str]) -> Sequence[Vector]:
        """Return an empty vector for each text."""
        return [() for _ in zip(texts, languages, strict=True)]
