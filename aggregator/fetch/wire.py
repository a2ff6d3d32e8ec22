"""A checked address -> a connection on which the client reads and writes.

The client brings a layer of its own for connections; asyncio's own streams take half of its
processor time (a request on a new connection: 0.7 ms instead of 1.1).
"""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from typing import Any

import httpcore2

#: Opens a connection: `loop.create_connection`, or what a test has in its place.
Dial = Callable[..., Awaitable[tuple[asyncio.BaseTransport, asyncio.BaseProtocol]]]

#: Bytes before an answer's body begins. The library itself refuses a head of 100 KiB, but reads
#: any number of "100 Continue" in front of it, which takes all of the processor's time.
HEAD_BYTES = 128 * 1024


async def connect(
    dial: Dial, address: str, port: int, *, tls: ssl.SSLContext | None, name: str
) -> "Wire":
    """Return a connection to an address; with `tls`, secured for the host of that name.

    Raises:
        OSError: nobody answers there, or not as that host.
    """
    loop = asyncio.get_running_loop()
    reader = _Reader(loop=loop)
    protocol = asyncio.StreamReaderProtocol(reader, loop=loop)
    secured = {"ssl": tls, "server_hostname": name} if tls else {}
    transport, _ = await dial(lambda: protocol, address, port, **secured)
    assert isinstance(transport, asyncio.WriteTransport)  # noqa: S101 - for mypy: it is TCP or TLS
    return Wire(reader, asyncio.StreamWriter(transport, protocol, reader, loop))


class Wire(httpcore2.AsyncNetworkStream):
    """A connection on which no answer has an endless head.

    It has no timeouts: whoever asks has a deadline for all of it.
    """

    def __init__(self, reader: "_Reader", writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._left: int | None = None  # None: a body may be as long as its reader lets it

    def head_is_over(self) -> None:
        """Let the body come."""
        self._left = None

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        data = await self._reader.read(max_bytes)
        self._reader.unread -= len(data)
        if self._left is not None:
            self._left -= len(data)
            if self._left < 0:
                raise httpcore2.RemoteProtocolError("its answer does not begin")
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._left = HEAD_BYTES
        try:
            self._writer.write(buffer)
            await self._writer.drain()
        except OSError as err:
            # The client then reads: some servers answer first, and close before all is sent.
            raise httpcore2.WriteError(err) from err

    async def aclose(self) -> None:
        # Nothing is left to be sent, and a server's farewell is not waited for.
        self._writer.transport.abort()

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":  # what comes unasked is no answer: the connection is over
            return self._reader.ended or self._reader.unread > 0
        return None


class _Reader(asyncio.StreamReader):
    """Knows, before it is read, that something came."""

    ended = False
    unread = 0

    def feed_data(self, data: Any) -> None:
        self.unread += len(data)
        super().feed_data(data)

    def feed_eof(self) -> None:
        self.ended = True
        super().feed_eof()
