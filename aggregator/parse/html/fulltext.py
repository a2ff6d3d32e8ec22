"""An article's text on a page that no selector describes."""

import html
import re

import bs4

from aggregator.parse import fragment
from aggregator.parse.html import tree
from aggregator.parse.html.metadata import Told
from aggregator.parse.html.tree import Tree
from aggregator.text.html import plain

_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)
_HEADING = re.compile(r"\s*<h([1-3])\b[^>]*>(.*?)</h\1>", re.DOTALL)
_FIRST = re.compile(r"\s*<(p|div|span|h[2-6])\b[^>]*>(.*?)</\1>", re.DOTALL)
# With its precision setting trafilatura drops what <time> holds, and with it the days of a text.
_TIME = re.compile(r"</?time\b[^>]*>", re.IGNORECASE)
_CUT = re.compile(r"(?:\.{3,}|…+|⋯+)\s*$")
_SPACE = re.compile(r"\s+")

#: JSON-LD's text is taken where what was found on the page is less than this share of it: the rest
#: is then behind a script or a wall. It has no paragraphs, so the page's own is better otherwise.
_SHARE = 0.5

#: A sentence that the page says of its article is known again by its first letters. Shorter ones
#: are slogans.
_LEAD = 20
_LONGEST_LEAD = 600

#: Bytes of a short sentence: 20 letters in East Asia's scripts, 60 in Latin ones.
_SENTENCE = 60

#: Letters beside the digits of a date that stands alone: "公開日", "更新日", a month, a weekday.
_DATE_LETTERS = 12
_DATE_DIGITS = 5

_BLOCKS = ("p", "div", "section", "header", "h2", "h3", "h4", "td", "dd", "li", "blockquote")
_NO_LEAD = ("a", "aside", "footer", "nav", "script", "style", "noscript", "template")


def full_text(page: Tree, told: Told, headline: str) -> str:
    """Give the article's text as a fragment with absolute addresses, "" if there is none.

    The headline is not repeated. The lead comes first, also where it stands apart from the text.
    """
    found = fragment.with_absolute_addresses(_extracted(page.text), page.base)
    found = _without_date(_without_headline(found, headline))
    if not _is_text(found, headline):
        found = ""
    said = _paragraphs(told.body)
    if len(plain(found)) < _SHARE * len(plain(said)):
        return said
    known = f"{headline}\n{plain(found)}"
    lead = _lead(page, told.lead, known) if found else ""
    return f"<p>{fragment.from_text(lead)}</p>{found}" if lead else found


def _extracted(text: str) -> str:
    # Imported here: it takes 0.4 s, twice what reading HTML takes else, and most sources need no
    # text found. Importing it reads its settings and the name of a proxy; extracting reads nothing.
    import trafilatura

    try:
        found = trafilatura.extract(
            _TIME.sub("", text),
            output_format="html",
            favor_precision=True,
            include_comments=False,
            include_formatting=True,
            include_links=True,
        )
    except Exception:  # noqa: BLE001 - what it raises on broken pages is not documented
        return ""
    body = _BODY.search(found or "")
    return body[1].strip() if body else ""


def _is_text(found: str, headline: str) -> bool:
    """Tell whether there is a sentence: menus, dates and "404" are found on pages without any."""
    text = _SPACE.sub(" ", plain(found)).replace(headline or "\0", "")
    return len(text.strip().encode()) >= _SENTENCE


def _without_headline(body: str, headline: str) -> str:
    """Leave out a first heading that says what the headline says, or half of it."""
    first = _HEADING.match(body)
    if first is None or not headline:
        return body
    one, other = (_SPACE.sub("", text) for text in (plain(first[2]), headline))
    return body[first.end() :].strip() if one in other or other in one else body


def _without_date(body: str) -> str:
    """Leave out a first paragraph that is nothing but a date."""
    first = _FIRST.match(body)
    signs = plain(first[2]) if first else ""
    letters, digits = sum(map(str.isalpha, signs)), sum(map(str.isdecimal, signs))
    is_date = first and letters <= _DATE_LETTERS and digits >= _DATE_DIGITS
    return body[first.end() :].strip() if first and is_date else body


def _lead(page: Tree, told: str, known: str) -> str:
    """Give the paragraph of the page that it calls its description, unless that is known."""
    start = _SPACE.sub("", _CUT.sub("", told))[:_LEAD]
    if len(start) < _LEAD or start in _SPACE.sub("", known):
        return ""
    for tag in page.named(*_BLOCKS):
        if not _SPACE.sub("", _beginning(tag)).startswith(start):
            continue
        lead = tree.words(tag)
        is_apart = tag.find_parent(_NO_LEAD) is not None or len(lead) > _LONGEST_LEAD
        if not is_apart and _SPACE.sub("", lead).startswith(start):
            return lead
    return ""


def _beginning(tag: bs4.Tag) -> str:
    """Give the first letters of the element's text, without reading all of it."""
    first = ""
    for text in tag.stripped_strings:
        first += text
        if len(first) >= _LEAD:
            break
    return first


def _paragraphs(text: str) -> str:
    """Write plain text, which may be escaped or even HTML, as paragraphs."""
    if "<p" in text or "<br" in text:
        return text
    lines = (line.strip() for line in html.unescape(text).splitlines())
    return "".join(f"<p>{fragment.from_text(line)}</p>" for line in lines if line)
