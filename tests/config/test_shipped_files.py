"""The files we ship can be read, and are documented."""

import re
from pathlib import Path

import yaml

from aggregator.config import read_glossary, read_pipelines, read_sources
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


def test_the_glossary_can_be_read_and_hardly_lacks_a_term() -> None:
    concepts = read_glossary(ROOT / "glossary.yaml")
    for language in LANGUAGES:
        there = [any(term.language == language for term in each.terms) for each in concepts]
        assert sum(there) >= 127


def test_most_of_a_language_s_terms_are_settled_and_some_are_not() -> None:
    concepts = read_glossary(ROOT / "glossary.yaml")
    for language in LANGUAGES:
        settled = [each.id for each in concepts if each.wording(language)]
        assert 70 <= len(settled) < 128


def test_a_concept_of_the_glossary_is_short_enough_to_be_read() -> None:
    text = (ROOT / "glossary.yaml").read_text(encoding="utf-8")
    entries = re.split(r"^- concept: ", text, flags=re.MULTILINE)[1:]
    lengths = sorted(len(entry.split("\n# ---")[0].strip().splitlines()) for entry in entries)
    assert lengths[len(lengths) // 2] <= 14
    assert lengths[-1] <= 26


def test_the_evidence_names_terms_of_the_glossary() -> None:
    text = (ROOT / "docs/glossary-evidence.md").read_text(encoding="utf-8")
    ids = {each.id for each in read_glossary(ROOT / "glossary.yaml")}
    sections = re.findall(r"^## (\S+)$", text, re.MULTILINE)
    assert len(sections) > 100
    assert ids.issuperset(sections)


def test_topics_name_concepts_that_there_are() -> None:
    topics = yaml.safe_load((ROOT / "topics.yaml").read_text(encoding="utf-8"))
    ids = {each.id for each in read_glossary(ROOT / "glossary.yaml")}
    assert ids.issuperset(name for topic in topics for name in topic["concepts"])
