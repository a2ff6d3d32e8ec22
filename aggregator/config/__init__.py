"""Environment and files -> settings, sources, glossary, pipelines, or one ConfigError.

The only room that reads either. pydantic stays inside: what leaves are values of the model.
"""

from aggregator.config.defaults import write_defaults
from aggregator.config.embedding import Embedding
from aggregator.config.fields import address_fault, shown_address
from aggregator.config.glossary import read_glossary
from aggregator.config.learned import doubts, likelihood, signs_head, vectors_head
from aggregator.config.pipelines import read_pipelines
from aggregator.config.schemas import (
    glossary_schema,
    pipeline_schema,
    schema_files,
    source_schema,
)
from aggregator.config.settings import KEY_PREFIX, VARIABLES, Settings, key_variable, read_settings
from aggregator.config.sources import (
    append_source,
    entry_fault,
    entry_yaml,
    read_sources,
    sources_there,
)
from aggregator.config.topics import read_topics

__all__ = [
    "KEY_PREFIX",
    "VARIABLES",
    "Embedding",
    "Settings",
    "address_fault",
    "append_source",
    "doubts",
    "entry_fault",
    "entry_yaml",
    "glossary_schema",
    "key_variable",
    "likelihood",
    "pipeline_schema",
    "read_glossary",
    "read_pipelines",
    "read_settings",
    "read_sources",
    "read_topics",
    "schema_files",
    "shown_address",
    "signs_head",
    "source_schema",
    "sources_there",
    "vectors_head",
    "write_defaults",
]
