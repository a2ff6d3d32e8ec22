"""The parser on real feeds: as good as feedparser alone in all, never misread, never raising."""

import json
from pathlib import Path

import pytest

from aggregator.errors import ParseError
from aggregator.parse import charset, parse
from tests.parse import corpus
from tests.parse.corpus import Outcome

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))

#: The corpus' names of charsets -> what browsers read under them.
WIDER = {
    "big5": "big5hkscs",
    "cp949": "cp949",
    "euc-jp": "euc_jp",
    "euc-kr": "cp949",
    "gb2312": "gb18030",
    "shift_jis": "cp932",
    "tis-620": "cp874",
    "utf-8": "utf-8",
}


@pytest.fixture(scope="module")
def outcomes(shared: Path) -> list[Outcome]:
    return list(corpus.outcomes(shared / "corpus"))


@pytest.mark.parametrize("name", FLOORS)
def test_the_score_keeps_to_its_floor(outcomes: list[Outcome], name: str) -> None:
    assert getattr(corpus.score(outcomes), name) >= FLOORS[name]


def test_every_item_is_found(outcomes: list[Outcome]) -> None:
    wrong = [one for one in outcomes if one.items != one.items_expected]

    assert wrong == []


def test_no_title_is_lost_that_feedparser_alone_gets(outcomes: list[Outcome]) -> None:
    lost = {one.file: one.titles_alone - one.titles_right for one in outcomes}

    assert {file: titles for file, titles in lost.items() if titles} == {}


def test_nothing_is_misread(outcomes: list[Outcome]) -> None:
    assert {one.file: one.mojibake for one in outcomes if one.mojibake} == {}


def test_the_measure_of_misreading_notices_it(shared: Path) -> None:
    """A heuristic that never fires would pass everything."""
    missed = []
    for row in corpus.rows(shared / "corpus", "feeds"):
        document = corpus.document_of(shared / "corpus", row)
        wrong = "big5" if row["language"] != "zh" else "euc-kr"
        text = document.body.decode(WIDER[wrong], "replace").replace("<![CDATA[", "")
        if not corpus.mojibake_in(text, row["language"]):
            missed.append(row["file"])

    assert missed == ["feeds/tempo_free-hukum.xml"]  # it is all ASCII


@pytest.mark.parametrize("kind", ["feeds_encoding", "feeds_illformed"])
def test_odd_feeds_raise_nothing_but_parse_errors(shared: Path, kind: str) -> None:
    rows = corpus.rows(shared / "corpus", kind)
    read = 0
    for row in rows:
        try:
            parse(corpus.document_of(shared / "corpus", row), corpus.source_of(row))
            read += 1
        except ParseError:
            pass

    assert read >= len(rows) - 1  # one of them breaks off before its first item


@pytest.mark.parametrize("kind", ["charset_text", "feeds"])
def test_charsets_are_found_without_a_declaration(shared: Path, kind: str) -> None:
    wrong = []
    for row in corpus.rows(shared / "corpus", kind):
        body = (shared / "corpus" / row["file"]).read_bytes()
        undeclared = body.replace(b"encoding=", b"x=").replace(b"charset=", b"x=")
        decoded = charset.decode(undeclared, language=row["language"])
        codec = WIDER[row["expected"]["charset"]]
        if decoded.text != undeclared.decode(codec, "replace"):
            wrong.append((row["file"], decoded.codec, codec))

    assert wrong == []
