"""Scores the reading of article pages on the real ones beside the checkout, language by language.

`python -m tests.parse.corpus_html` prints the table and every miss. The measure to keep up with is
what trafilatura (title, text) and htmldate (date) give alone, with their default settings, on the
same bytes.
"""

import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import htmldate
import trafilatura

from aggregator.errors import ParseError
from aggregator.model import Document, Item, PageSelect, Source
from aggregator.parse import parse
from aggregator.text.countries import COUNTRIES
from aggregator.text.dates import read_date
from aggregator.text.html import plain, sanitize
from tests.parse.corpus import ADDRESS, Row, rows

#: When the pages were read: later than any of them was published.
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

#: A text may begin behind its headline, the byline and the caption of a picture.
BEFORE = 200

COUNTRY = {"ja": "jp", "ko": "kr", "vi": "vn", "id": "id", "th": "th"}
MEASURES = ("title", "date", "body", "parts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was made of a page: plain title, its day where it was published, plain text."""

    title: str = ""
    day: date | None = None
    body: str = ""
    parts: tuple[str, ...] = ()  #: what the text holds
    no_parts: tuple[str, ...] = ()  #: what it does not
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one page fared: measure -> whether ours and the baseline were right."""

    file: str
    language: str
    expected: Read
    ours: Read
    alone: Read
    right: dict[str, bool]
    right_alone: dict[str, bool]


def outcomes(corpus: Path) -> Iterator[Outcome]:
    """Read every page of the corpus both ways and compare."""
    for row in [*rows(corpus, "html"), *rows(corpus, "html_date")]:
        document = document_of(corpus, row)
        wanted, ours, alone = expected(row), read(document, row), read_alone(document, row)
        yield Outcome(
            file=row["file"],
            language=row["language"],
            expected=wanted,
            ours=ours,
            alone=alone,
            right=right(wanted, ours),
            right_alone=right(wanted, alone),
        )


def document_of(corpus: Path, row: Row) -> Document:
    """The page as its server sent it; those saved in UTF-8 say so, whatever they declare."""
    url = row.get("url") or ADDRESS
    return Document(
        source_id="corpus",
        url=url,
        role="page",
        final_url=url,
        content_type="text/html; charset=utf-8" if row["valid_utf8"] else "text/html",
        body=(corpus / row["file"]).read_bytes(),
        fetched=NOW,
    )


def source_of(row: Row) -> Source:
    """A source in the page's language and country that has no selectors at all."""
    country = _country(row)
    return Source(
        id="corpus",
        name="corpus",
        name_en="corpus",
        country=country,
        language=_language(row["language"], country),
        homepage=ADDRESS,
        url=ADDRESS,
        format="html-list",
        kinds=("news",),
        timezone=COUNTRIES[country].zone,
        page=PageSelect(),
    )


def expected(row: Row) -> Read:
    """What the manifest says; its days are those of the page's country."""
    said = row["expected"]
    return Read(
        title=said.get("title", ""),
        day=_day(said["date"], _zone(row)) if "date" in said else None,
        body=said.get("body_start", ""),
        parts=tuple(said.get("must_contain", ())),
        no_parts=tuple(said.get("must_not_contain", ())),
    )


def read(document: Document, row: Row) -> Read:
    """What our parser gives."""
    source = source_of(row)
    try:
        (item,) = parse(document, source).items
    except ParseError as err:
        return Read(error=str(err))
    return Read(
        title=plain(item.title),
        day=_published(item, source),
        body=plain(sanitize(item.body, document.url)),
    )


def read_alone(document: Document, row: Row) -> Read:
    """What the two libraries give without us."""
    text = document.body.decode("utf-8" if row["valid_utf8"] else row["declared_charset"])
    found = trafilatura.bare_extraction(text, url=row.get("url"), with_metadata=True)
    day = htmldate.find_date(text, url=row.get("url"))
    return Read(
        title=getattr(found, "title", None) or "",
        day=date.fromisoformat(day) if day else None,
        body=getattr(found, "text", None) or "",
    )


def right(wanted: Read, got: Read) -> dict[str, bool]:
    """Compare what is expected: titles but for white space, days, and how the text begins.

    The expected beginning (about 80 characters) has at most 200 characters before it.
    """
    compared: dict[str, bool] = {}
    if wanted.title:
        compared["title"] = _line(got.title) == _line(wanted.title)
    if wanted.day:
        compared["date"] = got.day == wanted.day
    if wanted.body:
        start = _squeezed(wanted.body)
        compared["body"] = start in _squeezed(got.body)[: BEFORE + len(start)]
    if wanted.parts:
        compared["parts"] = all(part in got.body for part in wanted.parts) and not any(
            part in got.body for part in wanted.no_parts
        )
    return compared


def score(found: Iterable[Outcome]) -> dict[str, dict[str, tuple[int, int, int]]]:
    """Add up: language -> measure -> ours, baseline, of how many."""
    sums: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0, 0]))
    for one in found:
        for measure, is_right in one.right.items():
            counts = sums[one.language][measure]
            counts[0] += is_right
            counts[1] += one.right_alone[measure]
            counts[2] += 1
    return {
        language: {measure: (ours, alone, of) for measure, (ours, alone, of) in each.items()}
        for language, each in sorted(sums.items())
    }


def _published(item: Item, source: Source) -> date | None:
    for text in (item.published, item.updated):
        at = read_date(
            text, language=source.language, country=source.country, zone=source.timezone, now=NOW
        )
        if at:
            return at.at.astimezone(ZoneInfo(source.timezone)).date()
    return None


def _country(row: Row) -> str:
    host = re.sub(r"^\w+://|/.*", "", row.get("url") or "")
    if host.endswith(".tw") or host in ("money.udn.com", "www.taipeitimes.com"):
        return "tw"
    return {"zh": "cn", "en": "sg"}.get(row["language"]) or COUNTRY[row["language"]]


def _language(language: str, country: str) -> str:
    return {"zh": "zh-Hant" if country == "tw" else "zh-Hans"}.get(language, language)


def _zone(row: Row) -> ZoneInfo:
    return ZoneInfo(COUNTRIES[_country(row)].zone)


def _day(text: str, zone: ZoneInfo) -> date:
    if len(text) == 10:
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    return (moment.astimezone(zone) if moment.tzinfo else moment).date()


def _line(text: str) -> str:
    """Give the text as our rooms write all text: in NFC, in one line."""
    return " ".join(unicodedata.normalize("NFC", html.unescape(text)).split())


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", _line(text))


def report(corpus: Path, say: Callable[[str], None]) -> None:
    """Say the table and every miss."""
    found = list(outcomes(corpus))
    say("language  measure  ours  alone  of")
    for language, measures in score(found).items():
        for measure in MEASURES:
            if measure in measures:
                ours, alone, of = measures[measure]
                say(f"{language:8}  {measure:7}  {ours:4}  {alone:5}  {of:2}")
    for one in found:
        for measure in (name for name, is_right in one.right.items() if not is_right):
            name = {"date": "day", "parts": "body"}.get(measure, measure)
            too = "" if one.right_alone[measure] else " (as alone)"
            say(f"\n{one.file}: {measure}{too} {one.ours.error}")
            say(f"  expected {str(getattr(one.expected, name))[:110]!r}")
            say(f"  got      {str(getattr(one.ours, name))[:110]!r}")


if __name__ == "__main__":
    report(Path(__file__).resolve().parents[3] / "shared" / "corpus", print)
