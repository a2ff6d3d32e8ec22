"""Article + candidates -> verdict: which story an article belongs to, and why.

Takes articles that have no story and those that look like them, gives one `Verdict` each.
"""

from aggregator.dedupe.exact import place

__all__ = ["place"]
