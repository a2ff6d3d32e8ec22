"""The files we ship can be read, and are documented."""

import re
from pathlib import Path

import yaml

from aggregator.config import read_pipelines, read_sources
from aggregator.config.fields import LANGUAGES
from aggregator.text.countries import COUNTRIES

ROOT = Path(__file__).resolve().parents[2]


def test_our_sources_and_pipelines_can_be_read() -> None:
    sources = read_sources(ROOT / "sources.yaml")
    pipelines = {each.name: each for each in read_pipelines(ROOT / "pipelines", sources)}
    assert {"network-news", "reform-by-country", "daily-digest"} <= set(pipelines)
    assert all(each.schedule for each in pipelines.values())


def test_the_sample_web_s_sources_can_be_read_from_their_directory() -> None:
    assert all(source.enabled for source in read_sources(ROOT / "aggregator/sample/sources"))


def test_every_country_and_language_has_a_source_that_is_read() -> None:
    read = [source for source in read_sources(ROOT / "sources.yaml") if source.enabled]
    assert {source.language for source in read} == set(LANGUAGES)
    assert {source.country for source in read} == set(COUNTRIES)


def test_each_source_stands_under_its_country_s_heading() -> None:
    """`aggregator init` chooses countries by these headings."""
    country = ""
    for row in (ROOT / "sources.yaml").read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"# --- ([a-z]+): (.+) ---", row):
            country = heading[1]
            assert heading[2] == COUNTRIES[country].name
        if row.startswith("  country: "):
            assert row == f"  country: {country}"


def test_each_source_is_explained_with_its_address_and_nothing_else_is() -> None:
    text = (ROOT / "docs/sources.md").read_text(encoding="utf-8")
    sections = re.split(r"^### ", text, flags=re.MULTILINE)[1:]
    explained = {section.split("\n", 1)[0]: section for section in sections}
    sources = {source.id: source for source in read_sources(ROOT / "sources.yaml")}
    assert set(explained) == set(sources)
    for name, section in explained.items():
        assert f"- address: `{sources[name].url}`\n" in section
        assert re.search(r"^- confidence: (high|medium|low)$", section, re.MULTILINE)
        assert re.search(r"^- evidence: .+", section, re.MULTILINE)


def test_no_source_that_only_convention_speaks_for_is_read() -> None:
    text = (ROOT / "docs/sources.md").read_text(encoding="utf-8")
    doubtful = re.findall(r"^### (\S+)\n(?:(?!### ).*\n)*?- confidence: low$", text, re.MULTILINE)
    assert doubtful
    enabled = {source.id for source in read_sources(ROOT / "sources.yaml") if source.enabled}
    assert enabled.isdisjoint(doubtful)


def test_the_glossary_names_each_concept_in_every_language() -> None:
    concepts = yaml.safe_load((ROOT / "glossary.yaml").read_text(encoding="utf-8"))
    names = [concept.pop("concept") for concept in concepts]
    assert len(names) == len(set(names))
    assert all(set(concept) == set(LANGUAGES) for concept in concepts)
