"""XML of any kind -> a tree: nothing of it is fetched or expanded, what is broken is mended.

Repositories and subscription lists are written by programs that forget to escape: a bare `&`, a
`<br>` that never ends, `&nbsp;`, a control character. Such documents are mended, since the records
in them are whole. One whose outermost element never ends was cut off and is refused: a list that
seems complete and is not would be taken for the whole.
"""

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from html.entities import html5

from lxml import etree

from aggregator.errors import ParseError
from aggregator.model import Document, Source
from aggregator.parse import charset, guard

#: Warnings of a server's program stand before the declaration, if anything does.
_JUNK_WITHIN = 8192

#: What libxml2 reads without `huge_tree`; no record lies deeper than 20.
_MAX_DEPTH = 256

#: Beyond, it is no XML with mistakes in it, and mending it would take its time: 4 s for a megabyte
#: of `<`. A page of 5 MB with ten records a kilobyte, each with mistakes, stays below.
_MOST_MISTAKES = 50_000

#: Elements of HTML that part words; `<i>` does not.
_APART = frozenset({"br", "div", "li", "p"})

_NAME = r"[^\W\d][\w.:-]*"
_ROOT = re.compile(rf"<(?:[^\W\d][\w.-]*:)?({_NAME})")
_DECLARATION = re.compile(r"<\?xml\s")
_PAGE_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,200})", re.IGNORECASE)

_AMPERSAND = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)([A-Za-z][A-Za-z0-9]{0,31};)?"
)
_TOKEN = re.compile(rf"<!\[CDATA\[|<!--|<\?|<(/?)({_NAME})((?:\"[^\"<]*\"|'[^'<]*'|[^<>\"'])*+)>|<")
_PASSED_OVER = {"<![CDATA[": "]]>", "<!--": "-->", "<?": "?>"}


def read_xml(document: Document, source: Source) -> etree._Element:
    """Give the outermost element of an XML document, without comments and instructions.

    Raises:
        ParseError: it is no XML, an HTML page, cut off, cannot be decoded or mended, or defines
            entities of its own; the message says which.
    """
    decoded = charset.decode(
        document.body,
        content_type=document.content_type,
        charset=source.charset,
        language=source.language,
    )
    return read_text(decoded.text)


def read_text(text: str) -> etree._Element:
    """Give the outermost element of a decoded XML document, likewise."""
    text = guard.clean(text)
    start = _root_start(text)
    try:
        return _strict(text[start:])
    except etree.XMLSyntaxError as err:
        if guard.is_html(text):
            raise _html_page(text) from err
        line = text.count("\n", 0, start) + (err.lineno or 1)
        broken = ParseError(f"the XML is broken in line {line}: {_reason(err)}")
    return _mended(_without_junk(text), broken)


def local(element: etree._Element) -> str:
    """Give an element's name in lower case, without its namespace or an undeclared prefix."""
    return _local(str(element.tag))


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def words(element: etree._Element | None) -> str:
    """Give all text inside the element in one line; "" for none."""
    if element is None:
        return ""
    text = "".join(_pieces(element)) if len(element) else element.text or ""
    return " ".join(text.split())


def _pieces(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for inside in element:
        apart = " " if local(inside) in _APART else ""
        yield from (apart, *_pieces(inside), apart, inside.tail or "")


def _root_start(text: str) -> int:
    """Find the outermost element; what stands before it is not for the parser."""
    root = _ROOT.search(text, guard.prolog_end(text))
    if root is None:
        said = text.strip()
        raise ParseError(
            f"expected XML, got a text that begins {said[:40]!r}"
            if said
            else "expected XML, got an empty document"
        )
    if root[1].lower() == "html":
        raise _html_page(text)
    return root.start()


def _html_page(text: str) -> ParseError:
    title = _PAGE_TITLE.search(text)
    said = " ".join(html.unescape(title[1]).split()) if title else ""
    return ParseError(
        "expected XML, got an HTML page " + (f"titled '{said}'" if said else "without a title")
    )


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


def _strict(xml: str) -> etree._Element:
    return etree.fromstring(xml.encode(), _parser(recover=False))


def _reason(err: etree.XMLSyntaxError) -> str:
    return (err.msg or "no reason is told").splitlines()[0].partition(", line ")[0]


def _without_junk(text: str) -> str:
    """Leave out what a server's program said before it began to write XML."""
    if _DECLARATION.match(text.lstrip()):
        return text
    declaration = _DECLARATION.search(text, 0, _JUNK_WITHIN)
    return text[declaration.start() :] if declaration else text


def _mended(text: str, broken: ParseError) -> etree._Element:
    """Read what is not well-formed. Raises `broken` if there is nothing to read."""
    xml = _well_formed(text[_root_start(text) :])
    if not xml:
        raise broken
    try:
        return _strict(xml)
    except etree.XMLSyntaxError as err:
        if err.code == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            raise broken from err
    root = _recovered(xml)
    if root is None:
        raise broken
    return root


def _recovered(xml: str) -> etree._Element | None:
    """Read what only the parser can mend: undeclared prefixes, attributes without quotes."""
    try:
        return etree.fromstring(xml.encode(), _parser(recover=True))
    except etree.XMLSyntaxError:
        return None


def _well_formed(text: str) -> str:
    """Write the outermost element with every tag closed in turn; "" if that cannot be done.

    What the parser would do with a missing end tag is worse: it takes the next one for it, so that
    all that follows stands one level too deep, and one record inside another.
    """
    out: list[str] = []
    opened: list[str] = []
    position = mistakes = 0
    for token in _TOKEN.finditer(text):
        at, written = token.start(), token[0]
        if at < position:
            continue  # it stands inside what is passed over
        out.append(_escaped(text[position:at]))
        position = token.end()
        if end := _PASSED_OVER.get(written):
            position = text.find(end, at) + len(end)
            out.append(text[at:position])
        else:
            out.append(_balanced(token, opened))
            mistakes += out[-1] != written
        if not opened:
            return "".join(out)
        if position <= at or len(opened) > _MAX_DEPTH or mistakes > _MOST_MISTAKES:
            break
    return ""


def _balanced(token: re.Match[str], opened: list[str]) -> str:
    """Write one tag, and before an end tag those that are missing; one that ends nothing goes."""
    closing, name, rest = token.groups()
    if not name:
        return "&lt;"
    if not closing:
        if not rest.endswith("/"):
            opened.append(name)
        return _escaped(token[0])
    if name not in opened:
        return ""
    missing = ""
    while (last := opened.pop()) != name:
        missing += f"</{last}>"
    return f"{missing}</{name}>"


def _escaped(text: str) -> str:
    return _AMPERSAND.sub(_sign, text, count=_MOST_MISTAKES) if "&" in text else text


def _sign(ampersand: re.Match[str]) -> str:
    # A name that HTML does not know is text: only its ampersand is escaped.
    return html.escape(html5.get(ampersand[1] or "", ampersand[0]))
