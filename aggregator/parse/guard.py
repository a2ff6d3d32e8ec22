"""What of an XML text may reach the feed parser: no entity tricks, no characters that break it."""

import re
from dataclasses import dataclass
from html.entities import name2codepoint

from aggregator.errors import ParseError

#: Longest value of an entity that a document may define; "(C)" or an address, not a text to repeat.
_ENTITY_VALUE = 64

#: No person's name is longer. The parser looks for an e-mail address in a name in quadratic time:
#: 13 s for one of 40,000 letters.
_NAME = 1000

#: An HTML page says so within its first lines; later, it is an example inside something else.
_HEAD = 1024

# Not allowed in XML, not even as a reference: https://www.w3.org/TR/xml/#charsets
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})
_REFERENCE = re.compile(r"&#(?:0*([0-9]{1,12})|[xX]0*([0-9A-Fa-f]{1,10}));")
_ENDLESS_REFERENCE = re.compile(r"&#(?:[0-9]{13,}|[xX][0-9A-Fa-f]{11,});?")

_PROLOG = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_SUBSET = r"\[(?:\"[^\"]*\"|'[^']*'|<!--.*?-->|[^\]\"'])*+\]"
_DOCTYPE = re.compile(
    rf"<!DOCTYPE(?:\"[^\"]*\"|'[^']*'|[^\[\]<>\"'])*+(?P<subset>{_SUBSET})?\s*>",
    re.DOTALL | re.IGNORECASE,
)
_ENTITY = re.compile(r"<!ENTITY(?P<rest>[^>]*)", re.IGNORECASE)
_HARMLESS = re.compile(
    rf"\s+(?P<name>\w+)\s+(?:\"(?:&#\w{{1,8}};|[^&%\"]{{0,{_ENTITY_VALUE}}})\""
    rf"|'(?:&#\w{{1,8}};|[^&%']{{0,{_ENTITY_VALUE}}})')\s*"
)
_FEED_ROOT = re.compile(r"<(?:[\w-]+:)?(?:rss|rdf|feed)[\s>]", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_HTML_HEAD = re.compile(r"<html[\s>]|<!doctype\s+html", re.IGNORECASE)

# HTML's names, without those that XML has as well.
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]*);")

_OTHER = "item|entry|title|link|guid|id|description|summary|content|pubdate|updated|channel|feed"
_LONG_NAME = re.compile(
    r"(<((?:[\w-]++:)?(?:author|creator|managingeditor|webmaster|publisher))(?=[\s>])[^<>]*(?<!/)>)"
    rf"(?:(?!</\2|</?(?:[\w-]+:)?(?:{_OTHER})[\s>]).){{{_NAME},}}+",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """An XML text that is safe to parse, and the name of its outermost element ("" if none)."""

    root: str
    xml: str


def guarded(text: str) -> Guarded:
    """Give the text with a prolog of our own, without what XML forbids.

    What stood before the outermost element is left out: the parser takes quadratic time over blank
    lines there (100 s for 100 kB), and blogs put warnings of their server before the feed. The
    HTML entities that the text uses are defined, so that `&nbsp;` alone does not make it broken.

    Raises:
        ParseError: the document defines entities of its own.
    """
    text = clean(text)
    start = _root_start(text)
    root = _ROOT.match(text, start)
    body = _LONG_NAME.sub(r"\1", text[start:])
    return Guarded(
        root=root[1].lower() if root else "",
        xml=f"<?xml version='1.0' encoding='utf-8'?>\n{_definitions(body)}{body}",
    )


def clean(text: str) -> str:
    """Give the text without characters and references to characters that XML forbids."""
    if not _is_allowed(text):
        text = _FORBIDDEN.sub("", text)
    if "&#" not in text:
        return text
    text = _ENDLESS_REFERENCE.sub("\ufffd", text)
    return _REFERENCE.sub(_allowed_reference, text)


def _is_allowed(text: str) -> bool:
    """Tell that there is nothing forbidden, three times as fast as the expression."""
    try:
        raw = text.encode()
    except UnicodeEncodeError:  # half of a pair
        return False
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    return not controls and b"\xef\xbf\xbe" not in raw and b"\xef\xbf\xbf" not in raw


def is_html(text: str, start: int = 0) -> bool:
    """Tell whether the text, from `start` on, begins as an HTML page does."""
    return _HTML_HEAD.search(text, start, start + _HEAD) is not None


def _allowed_reference(reference: re.Match[str]) -> str:
    decimal, hexadecimal = reference.groups()
    number = int(decimal) if decimal else int(hexadecimal, 16)
    allowed = number <= 0x10FFFF and not _FORBIDDEN.match(chr(number))
    return reference[0] if allowed else "\ufffd"


def prolog_end(text: str) -> int:
    """Give where declarations, comments and the document type before the first element end.

    Raises:
        ParseError: the document type defines entities.
    """
    after = _skip_prolog(text, 0)
    is_doctype = text[after : after + 9].upper() == "<!DOCTYPE"
    return _skip_doctype(text, after) if is_doctype else after


def _root_start(text: str) -> int:
    """Find where the outermost element begins, having judged what stands before it."""
    after = prolog_end(text)
    if _FEED_ROOT.match(text, after) or is_html(text, after):
        return after
    # Warnings of PHP, a second prolog, stray letters: the feed begins where it begins.
    found = _FEED_ROOT.search(text, after)
    if not found:
        return after
    _refuse_definitions(text[after : found.start()])
    return found.start()


def _skip_prolog(text: str, position: int) -> int:
    found = _PROLOG.match(text, position)
    return found.end() if found else position


def _skip_doctype(text: str, position: int) -> int:
    doctype = _DOCTYPE.match(text, position)
    if doctype is None:
        # A broken one: everything up to the first element counts as its inside.
        first = _ROOT.search(text, position)
        end = first.start() if first else len(text)
        _refuse_definitions(text[position:end])
        return end
    _refuse_definitions(doctype["subset"] or "")
    return _skip_prolog(text, doctype.end())


def _refuse_definitions(subset: str) -> None:
    """Raise for entity definitions other than HTML's own names with a short plain value.

    Nested ones grow a small document to gigabytes (https://en.wikipedia.org/wiki/Billion_laughs_attack),
    external ones read files and addresses, and no feed needs either.
    """
    for definition in _ENTITY.finditer(subset):
        harmless = _HARMLESS.fullmatch(definition["rest"])
        if harmless is None or harmless["name"] not in name2codepoint:
            raise ParseError(
                "the document defines XML entities of its own: "
                f"<!ENTITY{definition['rest'][:40].rstrip()}…; such documents are not read"
            )


def _definitions(body: str) -> str:
    """Write the definitions of the HTML entities in use, one a line as the parser expects them.

    As letters, not as references: its loose half makes `&&#8211;;` of those.
    """
    used = sorted(set(_NAMED.findall(body)) & name2codepoint.keys())
    if not used:
        return ""
    lines = "\n".join(f'<!ENTITY {name} "{chr(name2codepoint[name])}">' for name in used)
    return f"<!DOCTYPE feed [\n{lines}\n]>\n"
