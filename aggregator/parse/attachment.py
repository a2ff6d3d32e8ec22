"""A file that belongs to an article -> its text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from aggregator.model import Document, Item, Parsed, Source
from aggregator.parse import fragment, prose
from aggregator.parse.pdf import read_pages

#: Most that is read of one file: minutes and reports are shorter, and nobody reads a book here.
_PAGES, _CHARACTERS = 200, 500_000

#: A line shorter than this share of the page's longest ends its paragraph.
_SHORT = 0.8

# Written without spaces between words: the end of a line is not the end of a word.
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_SPACES = re.compile(r"\s+")


def parse_attachment(document: Document, source: Source) -> Parsed:  # noqa: ARG001 - as all
    """Give one item, whose body is the text of a PDF in paragraphs; its key is the article's.

    Title and link are empty: they are the article's own. A PDF of pictures alone (a scan) has an
    empty body and the detail `scanned`. At most 200 pages and 500,000 characters are read.

    Raises:
        ParseError: it is no PDF, encrypted or broken, or made to keep programs busy.
    """
    texts = list(_up_to(_CHARACTERS, read_pages(document.body, _PAGES)))
    paragraphs = [paragraph for text in texts for paragraph in _paragraphs(text)]
    item = Item(
        key=document.key or document.url,
        link="",
        body=prose.boxed(fragment.from_text(paragraph) for paragraph in paragraphs),
        details=() if paragraphs else (("scanned", "1"),),
    )
    return Parsed(items=(item,))


def _up_to(characters: int, texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield text[:characters]
        characters -= len(text)
        if characters <= 0:
            return


def _paragraphs(text: str) -> Iterator[str]:
    """Join the lines of a page; a blank line or one that is clearly shorter ends a paragraph."""
    lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
    longest = max((_width(line) for line in lines), default=0)
    paragraph = ""
    for line in lines:
        paragraph = _joined(paragraph, line)
        if _width(line) < _SHORT * longest and paragraph:
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph


def _width(line: str) -> int:
    """Give how wide a line is in print, nearly: Chinese characters take two places."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


def _joined(paragraph: str, line: str) -> str:
    if not paragraph or not line:
        return paragraph or line
    unspaced = _UNSPACED.match(paragraph[-1]) and _UNSPACED.match(line[0])
    return f"{paragraph}{line}" if unspaced else f"{paragraph} {line}"
