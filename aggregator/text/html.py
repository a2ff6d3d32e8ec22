"""HTML made safe to show, and the plain text in it."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import lxml.html
import nh3
from lxml import etree

from aggregator.text.characters import scrub, without_junk

__all__ = ["plain", "sanitize", "scrub"]

#: What an article's body is written with. No class, id or style: they belong to the other site.
#: No form, frame or media element: a reader should not send or load anything but a picture.
TAGS = frozenset(
    (
        "a", "abbr", "b", "bdi", "blockquote", "br", "caption", "cite", "code", "col", "colgroup",
        "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2",
        "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre",
        "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "summary", "sup",
        "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
    )
)  # fmt: skip
ATTRIBUTES = {
    "*": {"lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}

#: Elements whose content is dropped with them; of any other the content stays.
DROPPED = frozenset(
    (
        "script", "style", "title", "template", "noscript", "noembed", "noframes", "iframe", "svg",
        "math", "textarea", "select",
    )
)  # fmt: skip

#: The other site learns neither who reads nor gets a handle on the page that linked it.
LINK_REL = "noopener noreferrer"

#: Images this small in either direction (in pixels) count readers and show nothing.
TINY = 2

_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd",
        "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1",
        "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "nav", "ol",
        "option", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
    )
)  # fmt: skip
_CELLS = frozenset(("td", "th"))

# Made once: making one takes longer than parsing a title.
_PARSER = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)

_PIXELS = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*", re.IGNORECASE)
_HIDDEN = re.compile(
    rf"display\s*:\s*none|(?<![-\w])(?:width|height)\s*:\s*[0-{TINY}](?:\.\d+)?\s*(?:px)?\s*(?:;|$)",
    re.IGNORECASE,
)

# Only the white space of HTML and the no-break space: an ideographic space in a Japanese title
# stands for punctuation and stays.
_SPACES = re.compile("[ \t\xa0]+")


def sanitize(html: str, base_url: str) -> str:
    """Return *html* with nothing in it that acts, loads or hides, links absolute to *base_url*.

    Each text and attribute is scrubbed in a parsed tree, where references are resolved and no
    mark can join a tag's bracket; only then comes the sanitizer, and nothing after it.
    """
    if not html.strip():
        return ""
    return nh3.clean(
        _scrubbed(html, base_url),
        tags=set(TAGS),
        clean_content_tags=set(DROPPED),
        attributes=ATTRIBUTES,
        attribute_filter=lambda _element, name, value: (
            _absolute(value, base_url) if name in ("href", "src") else value
        ),
        url_schemes={"http", "https", "mailto"},
        link_rel=LINK_REL,
    )


def _absolute(address: str, base_url: str) -> str | None:
    """Return the address a link leads to, None where that is nothing to follow."""
    address = address.strip().replace(" ", "%20")
    try:
        if not address.startswith(("http://", "https://")):
            address = urljoin(base_url, address)
        scheme = urlsplit(address).scheme
    except ValueError:
        return None
    return address if scheme in ("http", "https", "mailto") else None


def _scrubbed(html: str, base_url: str) -> str:
    """Return *html* well-formed, scrubbed, without images not meant to be seen; not yet safe.

    The parser stops at 256 levels. That is wanted too: the sanitizer takes a minute for 100,000
    nested elements.
    """
    root = _tree(html)
    for element in list(root.iter("*")):
        if element.tag == "img" and not _is_seen(element, base_url):
            element.drop_tree()
            continue
        element.text, element.tail = scrub(element.text or ""), scrub(element.tail or "")
        for name, value in element.items():
            if not value.isascii():
                element.set(name, scrub(value))
    return lxml.html.tostring(root, encoding="unicode")


def _is_seen(image: lxml.html.HtmlElement, base_url: str) -> bool:
    sizes = (_PIXELS.fullmatch(image.get(side, "")) for side in ("width", "height"))
    return (
        not any(size and float(size[1]) <= TINY for size in sizes)
        and not _HIDDEN.search(image.get("style", ""))
        and _absolute(image.get("src", ""), base_url) is not None
        and bool(image.get("src", "").strip())
    )


def plain(html: str) -> str:
    """Return the text of *html*: blocks on lines of their own, references resolved.

    Scripts, styles and comments go, and so do readings printed above words (`rt`): they would
    double each word for search and translation. White space is collapsed, empty lines dropped.
    """
    marked = "<" in html or "&" in html
    text = scrub("".join(_pieces(_tree(html))) if marked else html.replace("\n", " "))
    lines = (line.strip() for line in _SPACES.sub(" ", text).split("\n"))
    return "\n".join(line for line in lines if line)


def _tree(html: str) -> lxml.html.HtmlElement:
    # Wrapped, for the parser returns nothing at all for a text without elements; in a <section>,
    # for the sanitizer unwraps that. The encoding is given, or a <meta charset> inside would be
    # believed.
    return etree.fromstring(f"<section>{without_junk(html)}</section>".encode(), _PARSER)


def _pieces(root: lxml.html.HtmlElement) -> Iterator[str]:
    skipped: lxml.html.HtmlElement | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = str(element.tag)
        if event == "start" and skipped is None:
            if tag in DROPPED or tag in ("rt", "rp"):
                skipped = element
                continue
            yield _gap(tag)
            yield (element.text or "").replace("\n", " ")
        elif event == "end" and skipped in (None, element):
            yield "" if skipped is element else _gap(tag)
            skipped = None
            yield (element.tail or "").replace("\n", " ")


def _gap(tag: str) -> str:
    return "\n" if tag in _BLOCKS else " " if tag in _CELLS else ""
