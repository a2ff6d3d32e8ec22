"""The texts and addresses of one element, as feedparser would keep them."""

import html
import re
from contextlib import suppress
from typing import cast
from urllib.parse import urljoin

from aggregator.parse.plain.events import FEEDPARSER, Node, odd

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
_CONTROL = re.compile("[\x80-\x9f]")
_LATIN = re.compile("[\x80-\xff]")
#: A date that makes feedparser look up a month; there is no thirteenth.
_BREAKING = re.compile(r", \d{0,4}/\d{0,2}/\d\d \d{0,2}:")


def text_of(node: Node) -> str:
    """Give the text of an element that holds nothing else.

    Raises:
        NotPlainError: it holds elements.
    """
    try:
        return "".join(cast(list[str], node.content)).strip()
    except TypeError:
        odd(f"<{node.name}> holds elements")


def mended(text: str) -> str:
    """Mend as feedparser does what was UTF-8 read as Latin-1, or has characters of Windows."""
    if text.isascii() or not _LATIN.search(text):
        return text
    with suppress(UnicodeError):
        text = text.encode("iso-8859-1").decode("utf-8")
    return text.translate(_WINDOWS) if _CONTROL.search(text) else text


def resolved(node: Node, address: str) -> str:
    """Give the address of an element against the base in force there, if there is one."""
    if ":///" in address:
        odd("an address with slashes to spare")
    try:
        return urljoin(node.base, address)
    except ValueError:
        return ""


def date_of(node: Node) -> str:
    """Give a date as written; one that makes feedparser raise is left to it."""
    text = mended(text_of(node))
    if _BREAKING.search(text) or (node.name == "date" and node.attributes):
        odd("a date that breaks the parser")
    return text


def type_of(node: Node, default: str) -> str:
    """Give the type of a text; of others than text and HTML, feedparser decodes base64."""
    told = TYPES.get(node.attributes.get("type", default), "")
    if not told or node.attributes.get("mode") == "base64":
        odd("text of a type of its own")
    return told


def markup(node: Node, version: str) -> str:
    """Write out the elements of a text; Atom's `<div>` around them does not belong to it."""
    pieces: list[str] = []
    write(node, pieces)
    if version != "atom10":
        return "".join(pieces)
    while len(pieces) > 1 and not pieces[-1].strip():
        del pieces[-1]
    while len(pieces) > 1 and not pieces[0].strip():
        del pieces[0]
    wrapped = pieces and pieces[0].startswith(("<div>", "<div ")) and pieces[-1] == "</div>"
    if wrapped and sum(isinstance(part, Node) for part in node.content) == 1:
        pieces = pieces[1:-1]
    return "".join(pieces)


def write(node: Node, pieces: list[str]) -> None:
    """Write out the texts and elements in a node, as feedparser does: no element ends itself."""
    for part in node.content:
        if isinstance(part, str):
            pieces.append(html.escape(part, quote=False))
            continue
        if part.local in ("svg", "math") or hasattr(FEEDPARSER, f"_end_{part.name}"):
            odd(f"<{part.name}> in a text")
        pieces.append(f"<{part.local}{''.join(map(_written, part.attributes.items()))}>")
        write(part, pieces)
        pieces.append(f"</{part.local}>")


def _written(attribute: tuple[str, str]) -> str:
    name, value = attribute
    if ":" in name and not name.startswith("xml:"):
        odd(f"{name} in a text")
    quoted = html.escape(value, quote=False).replace('"', "&quot;")
    return f' {name}="{quoted}"'
