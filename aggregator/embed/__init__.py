"""Texts with their languages -> vectors: what lets texts of all languages be compared.

Engines, one a file: `bundled` (a package with its model), `http` (an endpoint of the operator's)
and `none`. Only the wiring chooses one; all fill the `Embedder`.
"""

from aggregator.embed.bundled import Bundled
from aggregator.embed.centering import Means, shipped_means
from aggregator.embed.engine import Embedder, Vector
from aggregator.embed.http import Post, Remote
from aggregator.embed.none import Nothing

__all__ = [
    "Bundled",
    "Embedder",
    "Means",
    "Nothing",
    "Post",
    "Remote",
    "Vector",
    "shipped_means",
]
