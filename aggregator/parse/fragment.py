"""HTML fragments: how a text field is written, and absolute addresses in it."""

import html
import re
from functools import lru_cache
from html.entities import name2codepoint
from urllib.parse import urljoin, urlsplit

_TAG = re.compile(r"<[A-Za-z][^<>=]*+=[^<>]*>")  # those without attributes hold no address
_ADDRESS = re.compile(
    r"(\s(?:href|src|cite|poster|data|action)\s*=\s*)(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)",
    re.IGNORECASE,
)
# Addresses that joining leaves as they are; `?` and `#` without anything behind it, it leaves out.
_WHOLE = re.compile(
    r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*/[^\s\x00-\x20;?#]*(?:\?[^\s\x00-\x20#]+)?"
)
_FROM_ROOT = re.compile(
    r"(?:/[A-Za-z0-9_~%-][A-Za-z0-9_~%.-]*)+/?(?:\?[^\s\x00-\x20;?#]+)?", re.ASCII
)
_COMPLETE = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|#)")
_AMPERSAND = re.compile(r"&(?:(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]*);)?")
_KNOWN_NAMES = frozenset(name2codepoint) | {"apos"}


def from_text(text: str) -> str:
    """Write plain text as an HTML fragment: `a < b & c` becomes `a &lt; b &amp; c`."""
    return html.escape(text, quote=False)


def from_loose_text(text: str) -> str:
    """Write as HTML what RSS calls plain text: `<` is itself, `&quot;` a quotation mark.

    Many blogs escape twice; nobody means the letters `&quot;` in a headline.
    """
    text = text.replace("<", "&lt;").replace(">", "&gt;")
    return _AMPERSAND.sub(_kept_or_escaped, text) if "&" in text else text


def _kept_or_escaped(ampersand: re.Match[str]) -> str:
    name = ampersand[1] or ""
    known = name.startswith("#") or name in _KNOWN_NAMES
    return ampersand[0] if known else f"&amp;{ampersand[0][1:]}"


def with_absolute_addresses(fragment: str, base: str) -> str:
    """Give the fragment with links and pictures made absolute; all else stays to the letter."""

    def absolute_in(tag: re.Match[str]) -> str:
        return _ADDRESS.sub(absolute_value, tag[0])

    def absolute_value(address: re.Match[str]) -> str:
        name, value = address.groups()
        quote = value[0] if value[0] in "\"'" else ""
        bare = value.strip(quote) if quote else value
        if not bare or _COMPLETE.match(bare):
            return address[0]
        return f"{name}{quote}{joined(base, bare)}{quote}"

    return _TAG.sub(absolute_in, fragment)


def web_address(base: str, address: str) -> str:
    """Give the absolute http or https address; "" for others (javascript:, broken).

    It begins in lower case, as everybody expects of an address.
    """
    address = address.strip()
    if _WHOLE.fullmatch(address):
        return address
    absolute = joined(base, address)
    try:
        parts = urlsplit(absolute)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    return f"{parts.scheme}:{absolute.partition(':')[2]}"


def joined(base: str, address: str) -> str:
    """Give the address resolved against the base, or as it stands if it is broken."""
    if _FROM_ROOT.fullmatch(address) and (origin := _origin(base)):
        return f"{origin}{address}"
    try:
        return urljoin(base, address)
    except ValueError:  # for example a host that begins with "[" and never ends
        return address


@lru_cache(maxsize=256)
def _origin(base: str) -> str:
    """Give scheme and host of a usual address, else ""."""
    found = _WHOLE.fullmatch(base)
    return "/".join(base.split("/")[:3]) if found else ""
