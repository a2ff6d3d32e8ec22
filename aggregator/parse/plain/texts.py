"""The texts of single elements, as feedparser keeps them."""

import html
import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from aggregator.parse.plain.names import odd

PLAIN, HTML, XHTML = "text/plain", "text/html", "application/xhtml+xml"

#: What a text may say of its type -> the type.
TYPES = {
    **dict.fromkeys(("text", "plain", PLAIN), PLAIN),
    **dict.fromkeys(("html", HTML), HTML),
    **dict.fromkeys(("xhtml", XHTML), XHTML),
}

#: What the control characters of Latin-1 are in windows-1252; nobody means a control character.
_WINDOWS = {
    code: text for code in range(0x80, 0xA0) if (text := bytes([code]).decode("cp1252", "ignore"))
}

#: How characters come into a text by another name.
_NAMED = (b"&#", b"<!ENTITY")

#: First bytes of the characters from U+0080 to U+00FF, and the control characters among them.
_LATIN = (b"\xc2", b"\xc3", *_NAMED)
_CONTROL = re.compile(b"\xc2[\x80-\x9f]")

#: A date that makes feedparser look up a month; there is no thirteenth.
_BREAKING = re.compile(r", \d{0,4}/\d{0,2}/\d\d \d{0,2}:")


def text_of(element: Element) -> str:
    """Give the text of an element that holds nothing else.

    Raises:
        NotPlainError: it holds elements.
    """
    if len(element):
        odd(f"<{element.tag.rpartition('}')[2]}> holds elements")
    text = element.text
    return text.strip() if text else ""


def mending(raw: bytes) -> Callable[[str], str]:
    """Give what mends the texts of a document as feedparser does, and does no more than it must."""
    if not any(sign in raw for sign in _LATIN):
        return str
    return mended if any(sign in raw for sign in _NAMED) or _CONTROL.search(raw) else _reread


def mended(text: str) -> str:
    """Mend what was UTF-8 read as Latin-1, and characters of Windows."""
    return text if text.isascii() else _reread(text).translate(_WINDOWS)


def _reread(text: str) -> str:
    if text.isascii() or text[0] > "\xff":
        return text
    try:
        return text.encode("iso-8859-1").decode("utf-8")
    except UnicodeError:
        return text


def date_of(element: Element) -> str:
    """Give a date as written; one that makes feedparser raise is left to it."""
    text = mended(text_of(element))
    if "/" in text and _BREAKING.search(text):
        odd("a date that breaks the parser")
    return text


def type_of(attributes: dict[str, str], default: str) -> str:
    """Give the type of a text; of others than text and HTML, feedparser decodes base64."""
    told = TYPES.get(attributes.get("type", default), "")
    if not told or attributes.get("mode") == "base64":
        odd("text of a type of its own")
    return told


def unwrapped(pieces: list[str], children: int) -> list[str]:
    """Leave out Atom's `<div>` around a text; blanks around it do not count."""
    while len(pieces) > 1 and not pieces[-1].strip():
        del pieces[-1]
    while len(pieces) > 1 and not pieces[0].strip():
        del pieces[0]
    is_div = bool(pieces) and pieces[0].startswith(("<div>", "<div ")) and pieces[-1] == "</div>"
    return pieces[1:-1] if is_div and children == 1 else pieces


def escaped(text: str | None) -> list[str]:
    """Write a text out as markup; none is no piece of it."""
    return [html.escape(text, quote=False)] if text else []


def quoted(attributes: dict[str, str]) -> str:
    """Write attributes out as markup."""
    if any(":" in name and not name.startswith("xml:") for name in attributes):
        odd("markup of other namespaces in a text")
    values = (html.escape(value, quote=False) for value in attributes.values())
    told = zip(attributes, values, strict=True)
    return "".join(f' {name}="{value.replace(chr(34), "&quot;")}"' for name, value in told)
