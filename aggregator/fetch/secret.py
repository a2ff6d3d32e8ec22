"""A source's key: where it stands in an address, where it may go, and that it is never shown.

Addresses hold {key} everywhere in this program. Only `Http` puts the key there, as it sends a
request, and what comes back passes through `hide` before anybody reads it.
"""

import re
from functools import cache
from urllib.parse import quote

import httpx2

from aggregator.errors import ForbiddenAddressError, KeyMissingError
from aggregator.model import Request

MARK = "{key}"

#: The mark as the client writes it in a path; in a query it stays as it is.
_ESCAPED_MARK = "%7Bkey%7D"
_MARKS = re.compile(re.escape(MARK.encode()) + b"|" + _ESCAPED_MARK.encode())

#: Only what an operator wrote may hold the mark, and what its server answered to that: a link of
#: an article could carry the key anywhere.
_ROLES = frozenset({"source", "list"})


class Secret:
    """One request's key, "" if its address holds none, and the address it may be sent to."""

    def __init__(self, key: str = "", home: httpx2.URL | None = None) -> None:
        self._key = key
        self._home = home

    def fill(self, text: bytes) -> bytes:
        """Return the path and query of an address with the key, escaped, in its place."""
        return _MARKS.sub(quote(self._key, safe="").encode(), text) if self._key else text

    def fill_credential(self, text: str) -> str:
        """Return an unescaped name or password with the key in its place."""
        return text.replace(MARK, self._key) if self._key else text

    def hide(self, data: bytes) -> bytes:
        """Return what a server sent with {key} in place of the key.

        Answers of APIs often quote the address that was asked, and link to their next page by it.
        """
        return _spellings(self._key).sub(MARK.encode(), data) if self._key else data

    def hide_in(self, text: str) -> str:
        """Return a text with {key} in place of the key."""
        return self.hide(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")

    def may_go_to(self, url: httpx2.URL) -> bool:
        """Tell whether the address holds no key, or is at the host to which it belongs.

        Nor may it leave a secure channel.
        """
        if not self._key or self._home is None or not _MARKS.search(str(url).encode()):
            return True
        downgraded = self._home.scheme == "https" and url.scheme != "https"
        return url.raw_host == self._home.raw_host and not downgraded

    def shown(self, url: httpx2.URL) -> str:
        """Return an address as it may be given out: without key, name and password."""
        bare = str(url.copy_with(username=None, password=None))
        return bare.replace(_ESCAPED_MARK, MARK) if self._key else bare


def key_of(request: Request, asked: str, key: str) -> str:
    """Return the key that the asked address needs, "" if it needs none.

    Raises:
        KeyMissingError: it needs one, and there is none.
        ForbiddenAddressError: it is a link, which may not have it.
    """
    if MARK not in asked:
        return ""
    if request.role not in _ROLES:
        raise ForbiddenAddressError("A key is sent to its source's own addresses, not to links")
    if not key:
        name = request.source_id.upper().replace("-", "_")
        raise KeyMissingError(f"The address needs a key: set AGGREGATOR_KEY_{name}")
    return key


@cache
def _spellings(key: str) -> re.Pattern[bytes]:
    """Return what finds the key in whatever way servers write it.

    Each of its bytes escaped for URLs (twice or once) or for JSON, after a backslash, or as itself;
    capital or small, as hosts are written.
    """
    found = b""
    for byte in key.encode():
        plain, code = re.escape(bytes((byte,))), b"%02x" % byte
        found += rb"(?:%%25%s|%%%s|\\u00%s|\\%s|%s)" % (code, code, code, plain, plain)
    return re.compile(found, re.IGNORECASE)
