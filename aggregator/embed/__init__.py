"""Texts with their languages -> vectors: what lets texts of all languages be compared.

Engines, one a file: `bundled` (a package with its model), `http` (an endpoint of the operator's)
and `none`. Only the wiring names one; all fill the `Embedder`.
"""

from aggregator.embed.engine import Embedder, Vector
from aggregator.embed.floors import floor_of
from aggregator.embed.opening import opening, whole

__all__ = ["Embedder", "Vector", "floor_of", "opening", "whole"]
