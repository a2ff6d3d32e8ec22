"""sources.yaml: its form, what it says, and how an entry is written into it."""

from aggregator.config.sources.entry import append_source, entry_fault, entry_yaml
from aggregator.config.sources.reading import read_sources, sources_of, sources_there

__all__ = [
    "append_source",
    "entry_fault",
    "entry_yaml",
    "read_sources",
    "sources_of",
    "sources_there",
]
