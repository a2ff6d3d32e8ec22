"""Scores the parser on the real feeds beside the checkout; `bench/` uses it as well.

A feed's expected item count and titles come from its row in the corpus' manifest. What feedparser
gives alone, unguarded, is the measure to keep up with.
"""

import html
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import feedparser

from aggregator.errors import ParseError
from aggregator.model import Document, Format, Item, Source
from aggregator.parse import parse

Row = dict[str, Any]

ADDRESS = "http://feeds.example/index.xml"

#: Language -> the letters it is written in, beside ASCII. Half-width katakana are left out on
#: purpose: whole words of them are what Korean or Chinese bytes look like when read as Shift_JIS.
SCRIPTS = {
    "ja": "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff21-\uff5a",
    "ko": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
    "zh": "\u3005-\u3007\u3100-\u312f\u3400-\u9fff\uf900-\ufaff\uff21-\uff5a",
    "th": "\u0e00-\u0e7f",
    "vi": "\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff",
    "id": "\u00c0-\u024f",
}

#: Japanese has kana in every sentence; without them it is Big5 or GB2312 that was read.
KANA = re.compile("[\u3041-\u30ff]")
KANA_SHARE = 0.1

#: A feed in Japanese may quote Korean; one in which every fifth letter is foreign is misread.
OWN_LETTERS = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one feed fared."""

    file: str
    items: int
    items_expected: int
    titles_right: frozenset[str]
    titles_alone: frozenset[str]  #: right ones by feedparser alone
    mojibake: str  #: what shows that text was misread, "" when nothing does
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How all feeds fared together."""

    files: int
    item_counts_right: int
    titles_right: int
    titles_right_alone: int
    mojibake: int


def rows(corpus: Path, kind: str) -> list[Row]:
    """The manifest's rows of a kind."""
    manifest: list[Row] = json.loads((corpus / "manifest.json").read_text("utf-8"))
    return [row for row in manifest if row["kind"] == kind]


def document_of(corpus: Path, row: Row) -> Document:
    """The file as its server would send it: its true charset in the header if it isn't inside."""
    body = (corpus / row["file"]).read_bytes()
    resaved = row.get("valid_utf8") and row.get("declared_charset") not in (None, "utf-8")
    return Document(
        source_id="corpus",
        url=row.get("url") or ADDRESS,
        role="source",
        final_url=row.get("url") or ADDRESS,
        content_type="application/xml; charset=utf-8" if resaved else "application/xml",
        body=body,
    )


def source_of(row: Row, format: Format = "rss") -> Source:
    """A source in the file's language."""
    language = "" if row["language"] == "und" else row["language"]
    return Source(
        id="corpus",
        name="corpus",
        name_en="corpus",
        country="int",
        language=language,
        homepage=ADDRESS,
        url=row.get("url") or ADDRESS,
        format=format,
        kinds=("news",),
        timezone="UTC",
    )


def outcomes(corpus: Path) -> Iterator[Outcome]:
    """Parse every feed of the corpus and compare."""
    for row in rows(corpus, "feeds"):
        yield outcome(row, document_of(corpus, row))


def outcome(row: Row, document: Document) -> Outcome:
    """Parse one feed and compare."""
    expected = _titles(row["expected"]["item_titles"]) - _titles([row["expected"]["title"]])
    alone = feedparser.parse(
        io.BytesIO(document.body), response_headers={"content-type": document.content_type}
    )
    error = ""
    items: tuple[Item, ...] = ()
    try:
        items = parse(document, source_of(row)).items
    except ParseError as err:
        error = str(err)
    return Outcome(
        file=row["file"],
        items=len(items),
        items_expected=row["expected"]["n_items"],
        titles_right=expected & _titles(item.title for item in items),
        titles_alone=expected & _titles(entry.get("title", "") for entry in alone.entries),
        mojibake=mojibake(items, row["language"]),
        error=error,
    )


def score(found: Iterable[Outcome]) -> Score:
    """Add up."""
    found = list(found)
    return Score(
        files=len(found),
        item_counts_right=sum(one.items == one.items_expected for one in found),
        titles_right=sum(len(one.titles_right) for one in found),
        titles_right_alone=sum(len(one.titles_alone) for one in found),
        mojibake=sum(bool(one.mojibake) for one in found),
    )


def mojibake(items: Iterable[Item], language: str) -> str:
    """Tell what shows that the text was misread; "" when nothing does."""
    text = " ".join(f"{item.title} {item.summary} {item.body}" for item in items)
    return mojibake_in(text, language)


def mojibake_in(markup: str, language: str) -> str:
    """The same for any markup."""
    text = html.unescape(re.sub(r"<[^>]*>", " ", markup))
    if found := re.search("[\ufffd\x80-\x84\x86-\x9f].{0,20}", text):
        return repr(found[0])
    letters = [letter for letter in text if letter.isalpha() and letter > "\x7f"]
    if language not in SCRIPTS or not letters:
        return ""
    if language == "ja" and len(KANA.findall(text)) < KANA_SHARE * len(letters):
        return f"no kana: {''.join(letters[:20])}"
    own = re.compile(f"[{SCRIPTS[language]}]")
    foreign = [letter for letter in letters if not own.match(letter)]
    few = len(foreign) <= (1 - OWN_LETTERS) * len(letters)
    return "" if few else f"{len(foreign)} of {len(letters)}: {''.join(foreign[:20])}"


def _titles(titles: Iterable[str]) -> frozenset[str]:
    """Titles as people see them; the manifest's may be escaped twice, as their feeds are."""
    plain = (html.unescape(re.sub(r"<[^<>]*>", "", html.unescape(title))) for title in titles)
    return frozenset(" ".join(title.split()) for title in plain) - {""}
