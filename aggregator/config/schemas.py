"""Our forms -> their JSON Schemas, by which editors complete and check YAML files."""

import json
from typing import Any

from pydantic import TypeAdapter

from aggregator.config.glossary import GlossaryForm
from aggregator.config.pipelines import PipelineForm
from aggregator.config.sources.form import SourcesForm
from aggregator.config.topics import TopicsForm

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def source_schema() -> dict[str, Any]:
    """Return the JSON Schema of sources.yaml."""
    schema = TypeAdapter(SourcesForm).json_schema()
    return {"$schema": _DIALECT, "title": "sources.yaml", **schema}


def glossary_schema() -> dict[str, Any]:
    """Return the JSON Schema of glossary.yaml."""
    schema = TypeAdapter(GlossaryForm).json_schema()
    return {"$schema": _DIALECT, "title": "glossary.yaml", **schema}


def topics_schema() -> dict[str, Any]:
    """Return the JSON Schema of topics.yaml."""
    schema = TypeAdapter(TopicsForm).json_schema()
    return {"$schema": _DIALECT, "title": "topics.yaml", **schema}


def pipeline_schema() -> dict[str, Any]:
    """Return the JSON Schema of a file in pipelines/."""
    return {"$schema": _DIALECT, **PipelineForm.model_json_schema(), "title": "pipelines/*.yaml"}


def schema_files() -> dict[str, str]:
    """Return the text of each schema by its path below the directory of sources.yaml."""
    schemas = {
        "sources": source_schema(),
        "pipeline": pipeline_schema(),
        "glossary": glossary_schema(),
        "topics": topics_schema(),
    }
    return {
        f"docs/schema/{name}.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in schemas.items()
    }
