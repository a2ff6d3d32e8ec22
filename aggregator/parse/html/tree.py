"""HTML as a tree that is asked by CSS selectors: what is found comes out as text or fragment."""

import re
from functools import cached_property

import bs4
import soupsieve

from aggregator.errors import ParseError
from aggregator.model import Document, Source
from aggregator.parse import charset, fragment, guard

# Old pages begin with an XML declaration, Word leaves `<?xml:namespace …>` inside. Beautiful Soup
# warns of both that this might be XML; browsers pass over them.
_INSTRUCTION = re.compile(r"<\?[^<>]*>?")
_CUT = re.compile(r"\s*(?:\.{2,}|…+|⋯+|‥+)$")
_NUMBER = re.compile(r"[\W\d]+")


class Tree:
    """One HTML page: its markup (`text`), where it was found (`address`), what `<title>` says."""

    def __init__(self, document: Document, source: Source | None) -> None:
        """Read the page; without a source nothing is known of its charset and language.

        Raises:
            ParseError: it cannot be decoded, or is no HTML.
        """
        text = charset.decode(
            document.body,
            content_type=document.content_type,
            charset=source.charset if source else None,
            language=source.language if source else "",
        ).text
        self.text = _readable(text)
        self.address = document.final_url
        self._soup = _soup(self.text)
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

    def remove(self, selector: str) -> None:
        """Take out of the page what the selector finds."""
        if found := self.all(selector):
            for tag in found:
                tag.extract()
            self.text = str(self._soup)

    @cached_property
    def tags(self) -> tuple[bs4.Tag, ...]:
        """All elements, in the page's order; going through them is quicker than a selector."""
        return tuple(tag for tag in self._soup.descendants if isinstance(tag, bs4.Tag))

    def named(self, *names: str) -> list[bs4.Tag]:
        """Give the elements of these names, in the page's order."""
        return [tag for tag in self.tags if tag.name in names]

    def around(self, pattern: re.Pattern[str]) -> list[bs4.Tag]:
        """Give the elements whose own words hold the pattern, in the page's order."""
        found = (text.parent for text in self._soup.find_all(string=pattern))
        return [tag for tag in found if tag is not None and tag.name not in ("script", "style")]

    def inner(self, tag: bs4.Tag) -> str:
        """Give what the tag holds, as a fragment with absolute addresses."""
        return fragment.with_absolute_addresses(tag.decode_contents().strip(), self.base)

    def outer(self, tag: bs4.Tag) -> str:
        """Give the tag with what it holds, likewise."""
        return fragment.with_absolute_addresses(str(tag), self.base)

    def headline(self, tag: bs4.Tag) -> str:
        """Give the tag's text as a fragment.

        Lists cut long headlines and give the whole in the link's title attribute; some show a
        mere number, or pictures with the text in `alt`.
        """
        if tag.name == "meta":
            return fragment.from_text(words(tag))
        shown = words(tag)
        whole = " ".join((attribute(tag, "title") or _title_beside(tag)).split())
        if _is_more(whole, shown):
            return fragment.from_text(whole)
        if not shown:
            pictures = (attribute(picture, "alt") for picture in tag.find_all("img"))
            return fragment.from_text(" ".join(alt.strip() for alt in pictures if alt.strip()))
        return self.inner(tag)

    def link(self, tag: bs4.Tag) -> str:
        """Give the address the tag leads to; "" when that is none on the web."""
        href = attribute(tag, "href")
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
    text = (attribute(tag, said) if said else "") or tag.get_text()
    return " ".join(text.split())


def short_words(tag: bs4.Tag, longest: int) -> str:
    """Give the tag's text in one line, "" if it has more letters; of long texts little is read."""
    length, parts = 0, []
    for part in tag.stripped_strings:
        length += len(part)
        if length > longest:
            return ""
        parts.append(part)
    return " ".join(" ".join(parts).split())


def _title_beside(tag: bs4.Tag) -> str:
    """Give the title attribute of the link around the tag, or of the only one inside it."""
    inside = tag.find_all("a", limit=2)
    link = inside[0] if len(inside) == 1 else tag.find_parent("a")
    return attribute(link, "title") if isinstance(link, bs4.Tag) else ""


def _is_more(whole: str, shown: str) -> bool:
    """Tell whether the shown text is cut, or nothing but a number, and the other is its whole.

    Without a mark it is cut if the whole goes on within a word: "새창" (a new window), set apart,
    is no part of a headline.
    """
    if not shown or _NUMBER.fullmatch(shown):
        return bool(whole)
    cut = _CUT.sub("", shown)
    rest = whole.removeprefix(cut)
    return rest != whole and (cut != shown or rest[:1].isalnum())


def _readable(text: str) -> str:
    text = _INSTRUCTION.sub(" ", guard.clean(text))
    if "<" not in text:
        raise ParseError(
            f"expected an HTML page, got a text that begins {text.strip()[:40]!r}"
            if text.strip()
            else "expected an HTML page, got an empty document"
        )
    return text


def _soup(text: str) -> bs4.BeautifulSoup:
    try:
        return bs4.BeautifulSoup(text, "lxml")
    except Exception as err:  # what lxml raises through it is not documented
        raise ParseError(f"the page is broken: {err}") from err


def called(tag: bs4.Tag) -> str:
    """Give the names a page has for the element: its classes and its id, "" if it has none."""
    names = tag.get("class") or ()
    classes = names if isinstance(names, str) else " ".join(names)
    return f"{classes} {attribute(tag, 'id')}".strip()


def attribute(tag: bs4.Tag, *names: str) -> str:
    """Give the first of the tag's attributes that says something, "" if none does."""
    values = (tag.get(name) for name in names)
    said = (value.strip() for value in values if isinstance(value, str))
    return next((value for value in said if value), "")
