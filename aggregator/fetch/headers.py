"""What goes into headers and what comes out of them, byte by byte."""

import re
from collections.abc import Callable
from urllib.parse import quote

import httpx2

from aggregator.model import Request
from aggregator.text.urls import without_credentials
from aggregator.text.waits import read_http_date

#: All that may stand in a URL's bytes; what else a site or an operator wrote there is escaped.
_PRINTABLE = bytes(range(0x21, 0x7F))

#: One directive: a name, and maybe a value, in quotes or without.
_DIRECTIVE = re.compile(r'([^\s=,;"]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?')

#: Seconds; larger numbers count as this one: https://www.rfc-editor.org/rfc/rfc9111#section-1.2.2
_FOREVER_S = 2**31


def headers_of(request: Request) -> dict[bytes, bytes]:
    """Return what a request says besides its address: validators and where it comes from.

    Raises:
        UnicodeError: a stored validator is none that a server sent.
    """
    sent = conditions_of(request)
    if request.referer:
        sent[b"Referer"] = quote(without_credentials(request.referer), safe=_PRINTABLE).encode()
    return sent


def conditions_of(request: Request) -> dict[bytes, bytes]:
    """Return the request's validators as headers, with the very bytes that were read.

    Raises:
        UnicodeError: a stored validator is none that a server sent.
    """
    stored = {b"If-None-Match": request.etag, b"If-Modified-Since": request.last_modified}
    return {name: value.encode("latin-1") for name, value in stored.items() if value}


def redirect_target(url: httpx2.URL, location: str) -> httpx2.URL:
    """Return where a redirect leads; within one origin, name and password go along.

    Bytes outside of ASCII are UTF-8, or else in the site's own charset: those must reach the site
    as they are.

    Raises:
        httpx2.InvalidURL: it leads nowhere.
    """
    raw = location.encode("latin-1")
    try:
        written = raw.decode()
    except UnicodeDecodeError:
        written = quote(raw, safe=_PRINTABLE)
    return within(url, url.join(written))


def within(url: httpx2.URL, target: httpx2.URL) -> httpx2.URL:
    """Return the target without fragment; within the URL's origin it gets its name and password."""
    if "#" in str(target):
        target = target.copy_with(fragment=None)
    same_origin = (target.scheme, target.netloc) == (url.scheme, url.netloc)
    if url.userinfo and not target.userinfo and same_origin:
        return target.copy_with(userinfo=url.userinfo)
    return target


def fresh_s(header: Callable[[str], str]) -> int | None:
    """Return how many seconds a server calls its answer fresh; None: it doesn't, or says not to.

    `header` gives a header by its name in lower case, "" if there is none.
    https://www.rfc-editor.org/rfc/rfc9111#section-4.2.1
    """
    said = _directives(header("cache-control"))
    if said.get("no-store") is not None or said.get("no-cache") == "":
        return None
    if (age := said.get("max-age")) is not None:
        return min(int(age[:10]), _FOREVER_S) if age.isascii() and age.isdigit() else None
    expires, sent = read_http_date(header("expires")), read_http_date(header("date"))
    if expires is None or sent is None:
        return None
    return min(max(0, int((expires - sent).total_seconds())), _FOREVER_S)


def _directives(header: str) -> dict[str, str]:
    """Return the first value of each directive, "" for those without one."""
    found: dict[str, str] = {}
    for name, quoted, plain in _DIRECTIVE.findall(header):
        found.setdefault(name.lower(), quoted or plain)
    return found
