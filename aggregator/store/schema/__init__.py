"""The tables, in the order in which the flow fills them.

Work is what the data lacks, so results carry a stamp of what they were made from: a row whose
stamp differs from its input's is done again. Nothing here records the time of a mere look (a 304
changes no row); that is in the tables of the runs and of manners.
"""

from aggregator.store.schema.finding import FTS5_TABLES, indexed
from aggregator.store.schema.joining import (
    bands,
    comparisons,
    likenesses,
    merges,
    stories,
    verdicts,
)
from aggregator.store.schema.making import (
    decisions,
    entries,
    memory,
    memory_sketches,
    segmented,
    segments,
    sessions,
    users,
)
from aggregator.store.schema.meaning import (
    articles,
    events,
    labels,
    mentions,
    records,
    scans,
    studies,
    vectors,
)
from aggregator.store.schema.reading import (
    documents,
    hosts,
    items,
    polls,
    robots,
    sources,
)
from aggregator.store.schema.runs import (
    arrivals,
    attempts,
    failures,
    publications,
    runs,
)
from aggregator.store.schema.types import UtcTime, metadata

#: Tables whose rows tell of runs and of asking, not of what was read.
RUN_TABLES = frozenset(
    {"runs", "attempts", "arrivals", "failures", "publications", "polls", "hosts", "robots"}
)

__all__ = [
    "FTS5_TABLES",
    "RUN_TABLES",
    "UtcTime",
    "arrivals",
    "articles",
    "attempts",
    "bands",
    "comparisons",
    "decisions",
    "documents",
    "entries",
    "events",
    "failures",
    "hosts",
    "indexed",
    "items",
    "labels",
    "likenesses",
    "memory",
    "memory_sketches",
    "mentions",
    "merges",
    "metadata",
    "polls",
    "publications",
    "records",
    "robots",
    "runs",
    "scans",
    "segmented",
    "segments",
    "sessions",
    "sources",
    "stories",
    "studies",
    "users",
    "vectors",
    "verdicts",
]
