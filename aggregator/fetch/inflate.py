"""Content-Encoding: bytes as sent -> bytes as meant, piece by piece.

The client could do this as well, but it takes a cut-off gzip body for a whole one, which our
validators would then keep in place, loses all but the first member of a gzip body, and hands out
codings it does not know as they are.
"""

import zlib
from collections.abc import Iterator

from aggregator.errors import FetchError

#: What may be asked for.
ACCEPTED = "gzip, deflate"

#: Bytes that one step may inflate to, so that a bomb (1,000 to 1) is noticed while it is small.
PIECE_BYTES = 256 * 1024

#: Real codings that nobody asked for. Other values are mistakes ("utf-8", "none") of servers that
#: send the plain body, and are read so, as browsers do.
UNASKED = frozenset({"br", "zstd", "compress", "x-compress", "dcb", "dcz"})

_GZIP = zlib.MAX_WBITS | 16
_GZIP_MAGIC = b"\x1f\x8b"


class Plain:
    """A body that is sent as it is."""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Yield the data."""
        yield data

    def finish(self) -> None:
        """Return: the transfer alone says whether the body is whole."""


class Inflater:
    """A body in gzip or deflate."""

    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._begun = False
        self._stream = zlib.decompressobj(_GZIP)

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Yield what the data inflates to, at most `PIECE_BYTES` a piece.

        Raises:
            FetchError: the data is not in the coding.
        """
        if data and not self._begun:
            self._begin(data)
        while data:
            if self._stream.eof and not self._next_member(data):
                return
            try:
                yield self._stream.decompress(data, PIECE_BYTES)
            except zlib.error as err:
                raise FetchError("The answer cannot be decompressed") from err
            data = self._stream.unconsumed_tail or self._stream.unused_data

    def finish(self) -> None:
        """Return if the body came to its end.

        Raises:
            FetchError: it was cut off.
        """
        if self._begun and not self._stream.eof:
            raise FetchError("The compressed answer is cut off")

    def _begin(self, data: bytes) -> None:
        self._begun = True
        if not self._gzip:
            # "deflate" is zlib's format, but some servers send it bare. The low half of zlib's
            # first byte is 8 (RFC 1950, 2.2), which no encoder begins a bare stream with.
            zlib_header = data[0] & 0x0F == 8
            self._stream = zlib.decompressobj(zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS)

    def _next_member(self, data: bytes) -> bool:
        """Tell whether another gzip member begins (RFC 1952, 2.2); padding is ignored."""
        if not self._gzip or not data.startswith(_GZIP_MAGIC):
            return False
        self._stream = zlib.decompressobj(_GZIP)
        return True


def decoder(coding: str) -> Plain | Inflater:
    """Return what undoes a Content-Encoding, "" for none.

    Raises:
        FetchError: the server chose a coding that it was not offered.
    """
    names = [name for part in coding.split(",") if (name := part.strip().lower())]
    known = [name for name in names if name in {"gzip", "x-gzip", "deflate"}]
    if len(known) > 1 or UNASKED.intersection(names):
        said = ", ".join(names)[:100]
        raise FetchError(f"The answer is encoded as {said}, which was not asked for")
    return Inflater(gzip=known[0] != "deflate") if known else Plain()
