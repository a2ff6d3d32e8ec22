"""An engine for tests: texts that share letters get vectors that are close."""

import zlib
from collections.abc import Sequence

from aggregator.embed import Vector
from aggregator.embed.centering import unit


class FakeEmbedder:
    """Counts pairs of letters in 64 boxes; knows nothing of meaning."""

    name = "fake"
    version = "1"
    dimensions = 64

    def embed(self, texts: Sequence[str], languages: Sequence[str]) -> Sequence[Vector]:
        """Return a vector for each text."""
        return [_vector(text) for text, _ in zip(texts, languages, strict=True)]


def _vector(text: str) -> Vector:
    boxes = [0.0] * FakeEmbedder.dimensions
    padded = f" {text} "
    for at in range(len(padded) - 1):
        pair = padded[at : at + 2].encode("utf-8", "replace")
        boxes[zlib.crc32(pair) % len(boxes)] += 1.0
    return unit(boxes)
