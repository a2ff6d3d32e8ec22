"""The JSON Schemas are current, and say of a file what reading it says."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from aggregator.config import glossary_schema, pipeline_schema, schema_files, source_schema

# Made once: `jsonschema.validate` checks the schema itself each time.
SOURCES = jsonschema.Draft202012Validator(source_schema())
PIPELINE = jsonschema.Draft202012Validator(pipeline_schema())
GLOSSARY = jsonschema.Draft202012Validator(glossary_schema())

ROOT = Path(__file__).resolve().parents[2]
PIPELINES = sorted((ROOT / "pipelines").glob("*.yaml"))
SAMPLES = sorted((ROOT / "aggregator/sample/sources").glob("*.yaml"))

GOOD = {
    "id": "jp-a",
    "name": "学び",
    "name_en": "Manabi",
    "country": "jp",
    "language": "ja",
    "homepage": "http://a.example/",
    "url": "http://a.example/feed",
    "format": "rss",
    "kinds": ["news"],
}


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", schema_files())
def test_the_schema_in_the_repository_is_the_one_the_forms_give(name: str) -> None:
    """Mend it by writing the texts of `aggregator.config.schema_files()` to their paths."""
    assert (ROOT / name).read_text(encoding="utf-8") == schema_files()[name]


@pytest.mark.parametrize(
    "schema",
    [SOURCES.schema, PIPELINE.schema, GLOSSARY.schema],
    ids=["sources", "pipeline", "glossary"],
)
def test_the_schemas_are_schemas(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("path", [ROOT / "sources.yaml", *SAMPLES], ids=lambda path: path.name)
def test_our_sources_fit_their_schema(path: Path) -> None:
    SOURCES.validate(load(path))


@pytest.mark.parametrize("path", PIPELINES, ids=lambda path: path.name)
def test_our_pipelines_fit_their_schema(path: Path) -> None:
    PIPELINE.validate(load(path))


def test_our_glossary_fits_its_schema() -> None:
    GLOSSARY.validate(load(ROOT / "glossary.yaml"))


@pytest.mark.parametrize(
    "change",
    [
        {"group": "other"},
        {"country": "fr"},
        {"jp": ["学び"]},
        {"ja": "学び"},
        {"ja": []},
        {"proposed": ["jp"]},
        {"only": ["always"]},
        {"related": {"jp": ["学び"]}},
        {"guards": [{"not_inside": ["学び"]}]},
    ],
    ids=str,
)
def test_the_glossary_s_schema_refuses_what_reading_refuses(change: dict[str, Any]) -> None:
    good = {"concept": "a", "group": "issue", "ja": ["学び"]}
    GLOSSARY.validate([good])
    with pytest.raises(jsonschema.ValidationError):
        GLOSSARY.validate([{**good, **change}])


@pytest.mark.parametrize(
    "change",
    [
        {"format": "gopher"},
        {"format": "html-list"},
        {"format": "json-api"},
        {"format": "xml-api", "api": {"records": "a"}},
        {"format": "xml-api", "api": {"records": "a", "fields": {"link": "b"}}},
        {"format": "oai-pmh", "oai": {"since": "yesterday"}},
        {"oai": {}},
        {"api": {"records": "a", "fields": {"title": "b"}}},
        {"select": {"item": "li"}},
        {"match": "x"},
        {"pages": 0},
        {"pages": 101},
        {"referer": "a.b"},
        {"enabled": False},
        {"reason": "none"},
        {"url": "/feed"},
        {"id": "JP A"},
        {"country": "fr"},
        {"kinds": []},
        {"kinds": ["news", "news"]},
        {"name": ""},
        {"nmae": "x"},
        {"remove": []},
        {"remove": "シェアする"},
        {"keep": ["a", "a"]},
    ],
)
def test_the_schema_refuses_what_reading_refuses(change: dict[str, Any]) -> None:
    SOURCES.validate([GOOD])
    with pytest.raises(jsonschema.ValidationError):
        SOURCES.validate([{**GOOD, **change}])


@pytest.mark.parametrize(
    "change",
    [
        {"format": "oai-pmh"},
        {"format": "oai-pmh", "oai": {"set": "cp:ART", "since": "2024-01-31"}},
        {"format": "sitemap", "match": "/news/[0-9]+", "page": {}, "pages": 100},
        {"format": "json-api", "api": {"records": "a", "fields": {"title": "b"}}},
        {"format": "html-list", "select": {"item": "li", "address": "/v?id={1}", "next": "a"}},
        {"format": "html-list", "enabled": False, "reason": "no selectors known"},
        {"url": "http://a.example/?key={key}", "referer": "http://a.example/"},
        {"remove": ["シェアする", "Theo VnExpress"], "keep": ["PR"], "page": {"remove": ".share"}},
    ],
    ids=str,
)
def test_the_schema_allows_what_reading_allows(change: dict[str, Any]) -> None:
    SOURCES.validate([{**GOOD, **change}])
