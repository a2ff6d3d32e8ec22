"""Article + candidates -> verdict: which story an article belongs to, and why.

Takes articles that have no story and those that look like them, gives one `Verdict` each: exact
repeats first, then near copies, which bands find and letters verify.
"""

from aggregator.dedupe.index import Index, Trace
from aggregator.dedupe.placing import Batch, Placed, place

__all__ = ["Batch", "Index", "Placed", "Trace", "place"]
