"""Articles -> how each two are alike -> verdicts: which story an article belongs to, and why.

`comparing` tells of two articles whether they are one, one text or one story; bands and vectors
find whom to compare, `partition` makes stories of what was found.
"""

from aggregator.dedupe.comparing import WINDOW, Side, compared
from aggregator.dedupe.index import Index, Trace
from aggregator.dedupe.meaning import Meaning, nearest
from aggregator.dedupe.partition import partition

__all__ = [
    "WINDOW",
    "Index",
    "Meaning",
    "Side",
    "Trace",
    "compared",
    "nearest",
    "partition",
]
