"""HTML as a tree that is asked by CSS selectors: what is found comes out as text or fragment."""

import re

import bs4
import soupsieve

from aggregator.errors import ParseError
from aggregator.model import Document, Source
from aggregator.parse import charset, fragment, guard

# Old pages begin with an XML declaration, Word leaves `<?xml:namespace …>` inside. Beautiful Soup
# warns of both that this might be XML; browsers pass over them.
_INSTRUCTION = re.compile(r"<\?[^<>]*>?")
_CUT = re.compile(r"\s*(?:\.{2,}|…+|⋯+|‥+)$")


class Tree:
    """One HTML page."""

    def __init__(self, document: Document, source: Source) -> None:
        """Read the page.

        Raises:
            ParseError: it cannot be decoded, or is no HTML.
        """
        text = charset.decode(
            document.body,
            content_type=document.content_type,
            charset=source.charset,
            language=source.language,
        ).text
        self._soup = _soup(text)
        base = self._soup.find("base", href=True)
        href = base.get("href") if isinstance(base, bs4.Tag) else None
        self.base = fragment.joined(document.final_url, str(href or ""))
        self.title = " ".join(self._soup.title.get_text().split()) if self._soup.title else ""

    def all(self, selector: str) -> list[bs4.Tag]:
        """Give what the selector finds, in the page's order."""
        return select(self._soup, selector)

    def first(self, selector: str | None) -> bs4.Tag | None:
        """Give the first that the selector finds; none without a selector."""
        return first(self._soup, selector)

    def inner(self, tag: bs4.Tag) -> str:
        """Give what the tag holds, as a fragment with absolute addresses."""
        return fragment.with_absolute_addresses(tag.decode_contents().strip(), self.base)

    def outer(self, tag: bs4.Tag) -> str:
        """Give the tag with what it holds, likewise."""
        return fragment.with_absolute_addresses(str(tag), self.base)

    def headline(self, tag: bs4.Tag) -> str:
        """Give the tag's text as a fragment.

        Lists cut long headlines and give the whole in the title attribute; pictures in `alt`.
        """
        if tag.name == "meta":
            return fragment.from_text(words(tag))
        shown = words(tag)
        whole = " ".join(_attribute(tag, "title").split())
        cut = _CUT.sub("", shown)
        if whole and (not shown or (cut != shown and whole.startswith(cut))):
            return fragment.from_text(whole)
        if not shown:
            pictures = (_attribute(picture, "alt") for picture in tag.find_all("img"))
            return fragment.from_text(" ".join(alt.strip() for alt in pictures if alt.strip()))
        return self.inner(tag)

    def link(self, tag: bs4.Tag) -> str:
        """Give the address the tag leads to; "" when that is none on the web."""
        href = _attribute(tag, "href")
        return fragment.web_address(self.base, href) if href and not href.startswith("#") else ""


def select(tag: bs4.Tag, selector: str) -> list[bs4.Tag]:
    """Give what the selector finds inside the tag.

    Raises:
        ParseError: the selector is no CSS.
    """
    try:
        return list(tag.select(selector))
    except (soupsieve.SelectorSyntaxError, NotImplementedError) as err:
        reason = str(err).partition("\n")[0]
        raise ParseError(f"the selector '{selector}' is not valid CSS: {reason}") from err


def first(tag: bs4.Tag, selector: str | None) -> bs4.Tag | None:
    """Give the first that the selector finds inside the tag; none without a selector."""
    found = select(tag, selector) if selector else []
    return found[0] if found else None


def words(tag: bs4.Tag | None) -> str:
    """Give the tag's text in one line, not as HTML; for a `<meta>` its content.

    For a `<time>` it is what it says to machines, if it does.
    """
    if tag is None:
        return ""
    said = {"meta": "content", "time": "datetime"}.get(tag.name, "")
    text = (_attribute(tag, said) if said else "") or tag.get_text()
    return " ".join(text.split())


def _soup(text: str) -> bs4.BeautifulSoup:
    text = _INSTRUCTION.sub(" ", guard.clean(text))
    if "<" not in text:
        raise ParseError(
            f"expected an HTML page, got a text that begins {text.strip()[:40]!r}"
            if text.strip()
            else "expected an HTML page, got an empty document"
        )
    try:
        return bs4.BeautifulSoup(text, "lxml")
    except Exception as err:  # what lxml raises through it is not documented
        raise ParseError(f"the page is broken: {err}") from err


def _attribute(tag: bs4.Tag, name: str) -> str:
    value = tag.get(name)
    return value.strip() if isinstance(value, str) else ""
