import re
from html import unescape
from pathlib import Path

import pytest
import yaml

from aggregator.sample import SITES, TMX
from aggregator.text.keys import text_key
from aggregator.translate.tmx import read_tmx
from tests.argos.conftest import LANGUAGES, PHRASES, phrases
from tests.argos.model_builder import build

pytestmark = pytest.mark.argos


def test_the_same_table_gives_the_same_package(tmp_path: Path) -> None:
    first = build(tmp_path / "1", ("ja", "en"), phrases("ja"), "1.0").read_bytes()
    second = build(tmp_path / "2", ("ja", "en"), phrases("ja"), "1.0").read_bytes()
    assert first == second


def test_each_source_language_has_a_table() -> None:
    assert sorted(each.stem for each in PHRASES.iterdir()) == list(LANGUAGES)


def plain(document: str) -> str:
    """Return a document's words without its marks, as far as finding a sentence needs."""
    unwrapped = document.replace("<![CDATA[", "").replace("]]>", "")
    return re.sub("<[^>]*>", "", unescape(unwrapped))


def test_the_tables_hold_what_the_sample_web_says_and_its_memory_does_not_know() -> None:
    web = " ".join(
        plain(each.read_text("utf-8"))
        for each in SITES.rglob("*")
        if each.suffix in (".html", ".xml", ".rss", ".rdf")
    )
    known = {(each.language, each.key) for each in read_tmx(TMX)}
    for language in LANGUAGES:
        rows = yaml.safe_load((PHRASES / f"{language}.yaml").read_text("utf-8"))
        assert len(rows) >= 12
        for row in rows:
            assert row["source"] in web, row["source"]
            assert (language, text_key(row["source"])) not in known, row["source"]
