"""HTML made safe to show, and the plain text in it."""

import re
from functools import cache
from html import unescape
from urllib.parse import urljoin, urlsplit

import nh3
from lxml import etree

from aggregator.text.characters import scrub, without_junk
from aggregator.text.urls import host_of

__all__ = ["plain", "sanitize", "sanitize_and_read", "scrub"]

#: What an article's body is written with. No class, id or style: they belong to the other site.
#: No form, frame or media element: a reader should not send or load anything but a picture.
TAGS = frozenset(
    (
        "a", "abbr", "b", "bdi", "blockquote", "br", "caption", "cite", "code", "col", "colgroup",
        "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2",
        "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre",
        "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "summary", "sup",
        "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var",
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

#: Hosts that serve no picture but those that count readers: WordPress.com, FeedBurner, Google,
#: Yandex, Baidu, CNZZ, Naver and Scorecard, as pages name them.
COUNTERS = frozenset(
    (
        "pixel.wp.com", "stats.wordpress.com", "feeds.feedburner.com", "feedproxy.google.com",
        "www.google-analytics.com", "ad.doubleclick.net", "mc.yandex.ru", "hm.baidu.com",
        "c.cnzz.com", "wcs.naver.com", "sb.scorecardresearch.com",
    )
)  # fmt: skip

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
_SILENT = DROPPED | {"rt", "rp"}

# Made once: making one takes longer than parsing a title.
_PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)

# An address that is whole and cannot be broken: nothing unusual in its host.
_WHOLE = re.compile("https?://[A-Za-z0-9.-]+(?:[/?#]|$)")

# A number is read up to where it ends, whatever follows it.
# https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#rules-for-parsing-dimension-values
_PIXELS = re.compile(r"\s*\+?(\d+(?:\.\d+)?|\.\d+)")
_SMALL = re.compile(
    rf"(?<![-\w])(?:width|height)\s*:\s*\+?(?:0*[0-{TINY}](?:\.\d*)?|\.\d+)\s*(?:px|pt)?\s*(?:[;!]|$)",
    re.IGNORECASE,
)
_HIDING = re.compile(
    r"(?<![-\w])(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0*)?\s*(?:[;!]|$))",
    re.IGNORECASE,
)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)

# An element that happens to be empty, as XML has it; HTML knows that of these four alone.
_EMPTY = re.compile("<(?!(?:br|col|hr|img)[ /])([a-z0-9]+)((?: [^<>]*)?)/>")

_EVERYWHERE = ATTRIBUTES["*"]
_KEPT = {tag: _EVERYWHERE | own for tag, own in ATTRIBUTES.items()}

# Parsers drop a line break that follows <pre>.
_OPENED_PRE = re.compile("(<pre(?: [^<>]*)?>)\n+")

# A line break in XML, and a bracket that a mark is joined to.
_ESCAPED = re.compile("&(?:#|[lg]t;\u0338)")

_ELEMENT = re.compile(r"<(/?[a-z][a-z0-9]*)(?:[^<>\"]|\"[^\"]*\")*>")

# Of 137,000 mixtures of tags and scraps of tags, none needed more than two. Those with a mark
# behind a tag and a table (23) look unfinished to the end, and are finished.
_ROUNDS = 5

# What the parser adds and `_tree` wraps around, below the root: <body> and <section>.
_WRAPPERS = 2

# Only the white space of HTML and the no-break space: an ideographic space in a Japanese title
# stands for punctuation and stays.
_SPACES = re.compile("[ \t\xa0]+")

# Tags that end a line, tags within one, and references that every parser reads alike.
_ATTRIBUTES = r"(?:\s+[a-z-]+=(?:\"[^\"<>&]*\"|'[^'<>&]*'))*\s*"
_LIGHT_TAG = re.compile(
    rf"<(?:(p|a|b|i|u|em|strong|span|small|font){_ATTRIBUTES}|/([a-z]+)\s*|(br|img){_ATTRIBUTES}/?)>",
    re.IGNORECASE,
)
_LIGHT_SIGNS = re.compile("&(?:amp|lt|gt|quot|nbsp);")

#: Longer HTML may be nested deeper than the parser goes.
_LIGHT_CHARACTERS = 2_000


def sanitize(html: str, base_url: str) -> str:
    """Return *html* with nothing in it that acts, loads or hides, links absolute to *base_url*.

    Each text and attribute is scrubbed in a parsed tree, where references are resolved and no
    mark can join a tag's bracket; only then comes the sanitizer, and nothing after it. What comes
    out goes in unchanged.
    """
    if not _is_marked(html):
        return _unless_blank(_escaped(scrub(html)))
    return _sanitized(_tree(html), base_url)


def sanitize_and_read(html: str, base_url: str) -> tuple[str, str]:
    """Return what `sanitize` and `plain` return of *html*, which is parsed once for both."""
    if not _is_marked(html):
        return sanitize(html, base_url), plain(html)
    root = _tree(html)
    text = _text(root)  # before the tree is cut
    return _sanitized(root, base_url), text


def _sanitized(root: etree._Element, base_url: str) -> str:
    """Return a tree, which is cut for it, as HTML that is safe.

    The sanitizer has a parser of its own. Where that saw other elements, what is hidden was
    judged by the wrong tree; with an element less, our own parser may see others too; and text
    that stood astray in a table is joined to the one before. Then it is all done again.
    """
    for _ in range(_ROUNDS):
        elements = _count(root)
        html = _written(root, base_url)
        clean = _cleaner().clean(html)
        is_whole = _count(root) == elements - _WRAPPERS
        is_joined = "<table" in clean and not _is_scrubbed(clean)
        if is_whole and not is_joined and _ELEMENT.findall(clean) == _ELEMENT.findall(html):
            break
        root = _tree(clean)
    return _unless_blank(clean)


def _unless_blank(html: str) -> str:
    return html if html.replace("&nbsp;", "").strip() else ""


def _is_marked(html: str) -> bool:
    return "<" in html or "&" in html


def _escaped(text: str) -> str:
    """Return a text without `<` and `&` as the sanitizer writes it."""
    return text.replace(">", "&gt;").replace("\xa0", "&nbsp;")


@cache
def _cleaner() -> nh3.Cleaner:
    """Return the sanitizer: making it takes as long as cleaning a paragraph.

    Addresses are absolute before it sees them; what it sees and we did not, goes.
    """
    return nh3.Cleaner(
        tags=TAGS,
        clean_content_tags=DROPPED,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel=LINK_REL,
    )


def _absolute(address: str, base_url: str) -> str | None:
    """Return the address a link leads to, None where that is nothing to follow."""
    address = address.strip().replace(" ", "%20")
    if _WHOLE.match(address):
        return address
    try:
        if not address.startswith(("http://", "https://")):
            address = urljoin(base_url, address)
        scheme = urlsplit(address).scheme
    except ValueError:
        return None
    return address if scheme in ("http", "https", "mailto") else None


def _written(root: etree._Element, base_url: str) -> str:
    """Return a tree as HTML of allowed elements and attributes only; not yet safe.

    No element is left whose content parsers read in different ways.
    """
    etree.strip_elements(root, *DROPPED, with_tail=False)
    for image in list(root.iter("img")):
        is_seen = _is_seen(image)
        _point(image, base_url)
        if not is_seen or host_of(image.get("src", "")) in {"", *COUNTERS}:
            _drop(image)
    etree.strip_tags(root, *({str(element.tag) for element in root.iter("*")} - TAGS))
    for element in root.xpath("//*[@*]"):
        _bare(element)
    for link in root.iter("a"):
        _point(link, base_url)
    html = _inside(root)
    if not _is_scrubbed(html):
        _scrub(root)
        html = _inside(root)
    return _OPENED_PRE.sub(r"\1", html)


def _is_scrubbed(html: str) -> bool:
    """Tell for sure: what is so as a whole is so in each of its parts but in what is escaped."""
    return not _ESCAPED.search(html) and scrub(html) == html


def _count(root: etree._Element) -> int:
    return len(list(root.iter("*")))


def _inside(root: etree._Element) -> str:
    """Return what is below the root, with all end tags: the writer of HTML leaves some out."""
    html = etree.tostring(root, encoding="unicode", method="xml")
    return _EMPTY.sub(r"<\1\2></\1>", html).removeprefix("<html>").removesuffix("</html>")


def _bare(element: etree._Element) -> None:
    """Leave an element the attributes it may have."""
    allowed = _KEPT.get(str(element.tag), _EVERYWHERE)
    attributes = element.items()
    kept = {name: value for name, value in attributes if name in allowed}
    if len(kept) < len(attributes):  # all at first, for no other call removes a name like `{x}`
        element.attrib.clear()
        element.attrib.update(kept)


def _point(element: etree._Element, base_url: str) -> None:
    """Make the addresses of an element absolute; one that leads nowhere goes."""
    for name in ("href", "src"):
        if (value := element.get(name)) is not None:
            address = _absolute(scrub(value), base_url)
            if address is None:
                del element.attrib[name]
            elif address != value:
                element.set(name, address)


def _drop(element: etree._Element) -> None:
    """Take an element out of its tree, but not the text behind it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:  # the root is no image
        return
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def _scrub(root: etree._Element) -> None:
    for element in root.iter("*"):
        element.text = scrub(element.text) if element.text is not None else None
        element.tail = scrub(element.tail or "")
        for name, value in element.items():
            if not value.isascii():
                element.set(name, scrub(value))


def _is_seen(image: etree._Element) -> bool:
    """Tell whether an image has an address, shows more than a dot, and shows it."""
    sizes = (_PIXELS.match(image.get(side, "")) for side in ("width", "height"))
    return (
        bool(image.get("src", "").strip())
        and not any(size and float(size[1]) <= TINY for size in sizes)
        and not _SMALL.search(_style(image))
        and not any(_hides(element) for element in (image, *image.iterancestors()))
    )


def _hides(element: etree._Element) -> bool:
    return "hidden" in element.attrib or bool(_HIDING.search(_style(element)))


def _style(element: etree._Element) -> str:
    return _CSS_COMMENT.sub("", element.get("style", ""))


def plain(html: str) -> str:
    """Return the text of *html*: blocks on lines of their own, references resolved.

    Scripts, styles and comments go, and so do readings printed above words (`rt`): they would
    double each word for search and translation. White space is collapsed, empty lines dropped.
    """
    if not _is_marked(html):
        return _lines(scrub(html.replace("\n", " ")))
    light = _light_text(html)
    return _text(_tree(html)) if light is None else _lines(scrub(light))


def _light_text(html: str) -> str | None:
    """Return the text of HTML that is but paragraphs and words marked in them, else None.

    It is what the parser gives, in half of the time. Whatever a parser would have to mend is
    left to it.
    """
    if len(html) > _LIGHT_CHARACTERS:
        return None
    html = without_junk(html).replace("\n", " ")
    text = _LIGHT_TAG.sub(_light_gap, html)
    if "<" in text or text.count("&") != len(_LIGHT_SIGNS.findall(text)) or not _is_whole(html):
        return None
    return unescape(text)


def _light_gap(tag: re.Match[str]) -> str:
    name = tag[1] or tag[2] or tag[3]
    return "\n" if name.lower() in ("p", "br") else ""


def _is_whole(html: str) -> bool:
    """Tell whether each end tag in light HTML ends what was opened last, and no `p` is within."""
    opened: list[str] = []
    for started, ended, _ in _LIGHT_TAG.findall(html.lower()):
        if started == "p" and opened == ["p"]:
            continue  # it ends the paragraph before
        if (started == "p" and opened) or (ended and opened[-1:] != [ended]):
            return False
        if started:
            opened.append(started)
        elif ended:
            opened.pop()
    return True


def _text(root: etree._Element) -> str:
    pieces: list[str] = []
    _gather(root, pieces)
    return _lines(scrub("".join(pieces)))


def _lines(text: str) -> str:
    """Return *text* with white space collapsed and empty lines dropped."""
    if any(spaces in text for spaces in ("  ", "\t", "\xa0")):
        text = _SPACES.sub(" ", text)
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _tree(html: str) -> etree._Element:
    # Wrapped, for the parser returns nothing at all for a text without elements; in a <section>,
    # for the sanitizer unwraps that. The encoding is given, or a <meta charset> inside would be
    # believed.
    return etree.fromstring(f"<section>{without_junk(html)}".encode(), _PARSER)


def _gather(element: etree._Element, pieces: list[str]) -> None:
    """Add the texts in an element and the gaps around and between them to *pieces*.

    Goes as deep as elements are nested, which the parser bounds.
    """
    tag = str(element.tag)
    if tag in _SILENT:
        return
    gap = "\n" if tag in _BLOCKS else " " if tag in _CELLS else ""
    pieces += (gap, (element.text or "").replace("\n", " "))
    for child in element:
        _gather(child, pieces)
        if child.tail:
            pieces.append(child.tail.replace("\n", " "))
    pieces.append(gap)
