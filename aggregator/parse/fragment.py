"""HTML fragments: how a text field is written, and absolute addresses in it."""

import html
import re
from html.entities import name2codepoint
from urllib.parse import urljoin, urlsplit

_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_ADDRESS = re.compile(
    r"(\s(?:href|src|cite|poster|data|action)\s*=\s*)(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)",
    re.IGNORECASE,
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
    return _AMPERSAND.sub(_kept_or_escaped, text)


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
    """Give the absolute http or https address; "" for others (javascript:, broken)."""
    absolute = joined(base, address.strip())
    try:
        parts = urlsplit(absolute)
    except ValueError:
        return ""
    return absolute if parts.scheme in ("http", "https") and parts.netloc else ""


def joined(base: str, address: str) -> str:
    """Give the address resolved against the base, or as it stands if it is broken."""
    try:
        return urljoin(base, address)
    except ValueError:  # for example a host that begins with "[" and never ends
        return address
