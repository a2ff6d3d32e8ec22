"""What goes into headers and what comes out of them, byte by byte."""

from urllib.parse import quote

import httpx2

from aggregator.model import Request


def header(response: httpx2.Response, name: str) -> str:
    """Return a header as sent, "" if there is none.

    Each character is one byte (Latin-1), where the client would guess a charset.
    """
    wanted = name.encode()
    values = (value for key, value in response.headers.raw if key.lower() == wanted)
    return next(values, b"").decode("latin-1")


def conditions_of(request: Request) -> dict[bytes, bytes]:
    """Return the request's validators as headers, with the very bytes that were read.

    Raises:
        UnicodeError: a stored validator is none that `header` gave.
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
        written = quote(raw, safe=bytes(range(0x21, 0x7F)))
    target = url.join(written).copy_with(fragment=None)
    if not target.userinfo and (target.scheme, target.netloc) == (url.scheme, url.netloc):
        return target.copy_with(userinfo=url.userinfo)
    return target
