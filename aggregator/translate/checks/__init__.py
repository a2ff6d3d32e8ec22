"""A sentence and its translation -> reasons to doubt it, and how much: one check a file."""

from aggregator.translate.checks.judging import Judged, findings, judged
from aggregator.translate.checks.pair import Finding, Pair

__all__ = ["Finding", "Judged", "Pair", "findings", "judged"]
