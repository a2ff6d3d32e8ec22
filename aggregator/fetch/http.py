"""Addresses -> answers: the one file that talks to the network."""

import asyncio
import base64
import logging
import ssl
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Awaitable,
    Callable,
    Iterator,
    Mapping,
    Sequence,
)
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, asynccontextmanager
from functools import cache
from typing import Any

import httpcore2
import httpx2

from aggregator.fetch.explain import too_large
from aggregator.fetch.guard import Guard
from aggregator.fetch.inflate import ACCEPTED, decoder
from aggregator.fetch.secret import Secret

#: Feeds first, then what lists of articles are written in.
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/xml;q=0.9, "
    "text/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
)

#: Seconds for one address of a host that has further ones. A dead IPv6 route never answers, and a
#: handshake around the world takes under one second.
CONNECT_S = 5.0

#: Seconds a connection waits for its host's next request. Common servers close theirs after five
#: or more, and a request that crosses the closing of its connection fails.
KEPT_S = 4.0

#: Names that are resolved at one time: each takes a thread, and most take milliseconds.
RESOLVERS = 32

#: Opens a connection: `loop.create_connection`, or what a test has in its place.
Dial = Callable[..., Awaitable[tuple[asyncio.BaseTransport, asyncio.BaseProtocol]]]

#: Bytes before an answer's body begins. The library itself refuses a head of 100 KiB, but reads
#: any number of "100 Continue" in front of it, which takes all of the processor's time.
HEAD_BYTES = 128 * 1024

# At DEBUG the library logs all headers, in which servers may quote a key.
logging.getLogger("httpcore2").setLevel(logging.INFO)


class Reply:
    """One answer as it comes; whatever is read of it holds no key."""

    def __init__(self, answer: httpcore2.Response, secret: Secret) -> None:
        self.status = answer.status
        self._answer = answer
        self._secret = secret

    def header(self, name: str) -> str:
        """Return a header as sent, "" if there is none; `name` is in lower case.

        Each character is one byte (Latin-1), where a charset would be a guess.
        """
        return next(self._values(name), "")

    def combined(self, name: str) -> str:
        """Return all headers of a name as the one list they are (RFC 9110, 5.3)."""
        return ", ".join(self._values(name))

    def _values(self, name: str) -> Iterator[str]:
        wanted = name.encode()
        for key, value in self._answer.headers:
            if key.lower() == wanted:
                yield self._secret.hide(value).decode("latin-1")

    async def body(self, max_bytes: int, *, cuts: bool = False) -> bytes:
        """Return the body, decompressed; reading stops where the limit is passed.

        Raises:
            TooLargeError: it is larger than the limit, and is not to be cut there.
            FetchError: it cannot be decompressed.
        """
        announced = self.header("content-length")
        if announced.isdigit() and int(announced) > max_bytes and not cuts:
            raise too_large(max_bytes)
        body = bytearray()
        async with aclosing(self._pieces(max_bytes)) as pieces:
            async for piece in pieces:
                body += piece
                if len(body) > max_bytes and not cuts:
                    raise too_large(max_bytes)
                if len(body) >= max_bytes and cuts:
                    break
        return self._secret.hide(bytes(body[:max_bytes]))

    async def _pieces(self, max_bytes: int) -> AsyncGenerator[bytes, None]:
        """Yield what the body inflates to, piece by piece."""
        undo = decoder(self.header("content-encoding"))
        sent = 0
        async with aclosing(self._answer.aiter_stream()) as stream:
            async for data in stream:
                sent += len(data)
                if sent > max_bytes + len(data):  # compressed, endless, and nothing in it
                    raise too_large(max_bytes)
                for piece in undo.pieces(data):
                    yield piece
        undo.finish()


class Http:
    """Asks addresses, over one connection to each host, which is kept until the host is left.

    (The client's pool of connections takes a third of a request's time, and one for all hosts
    looks at every idle connection before each request.) No cookie is kept, no proxy is used and no
    redirect followed.
    """

    def __init__(self, guard: Guard, dial: Dial, user_agent: str) -> None:
        self._guard = guard
        self._dial = dial
        # Threads of our own: a resolver that hangs must not hold up whoever leaves early.
        self._resolvers = ThreadPoolExecutor(RESOLVERS, "resolve")
        self._kept: dict[str, httpcore2.AsyncHTTP11Connection] = {}
        self._headers = {
            b"Accept": ACCEPT.encode(),
            b"Accept-Encoding": ACCEPTED.encode(),
            b"Connection": b"keep-alive",
            b"User-Agent": user_agent.encode(),
        }

    @asynccontextmanager
    async def get(
        self, host: str, url: httpx2.URL, headers: Mapping[bytes, bytes], secret: Secret
    ) -> AsyncIterator[Reply]:
        """Ask an address at a host, and give the answer while the block runs.

        Raises one of `explain.FOREIGN`, or what the guard raises.
        """
        target = httpcore2.URL(
            scheme=url.raw_scheme,
            host=url.raw_host,
            port=url.port,
            target=secret.fill(url.raw_path),
        )
        sent = [*self._headers.items(), *headers.items(), *_credentials(url, secret)]
        connection = await self._connection(host, target.origin)
        async with connection.stream("GET", target, headers=sent) as answer:
            answer.extensions["network_stream"].head_is_over()
            yield Reply(answer, secret)

    async def leave(self, host: str) -> None:
        """Close the connection to a host."""
        if connection := self._kept.pop(host, None):
            await connection.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        self._resolvers.shutdown(wait=False, cancel_futures=True)
        for host in tuple(self._kept):
            await self.leave(host)

    async def _connection(
        self, host: str, origin: httpcore2.Origin
    ) -> httpcore2.AsyncHTTP11Connection:
        """Return the host's connection if it can be used again, else a new one in its place."""
        kept = self._kept.get(host)
        if kept and kept.can_handle_request(origin) and kept.is_idle() and not kept.has_expired():
            return kept
        await self.leave(host)
        wire = await self._connected(origin)
        self._kept[host] = httpcore2.AsyncHTTP11Connection(origin, wire, keepalive_expiry=KEPT_S)
        return self._kept[host]

    async def _connected(self, origin: httpcore2.Origin) -> "_Wire":
        """Return a connection to the first of the host's checked addresses that takes one.

        To just what was checked, since a second resolution may bring another address; Host header
        and TLS name stay the URL's.
        """
        name = origin.host.decode("ascii")
        tls = _tls() if origin.scheme == b"https" else None
        *others, last = await self._checked(name, origin.port)
        for address, port in others:
            try:
                async with asyncio.timeout(CONNECT_S):
                    return await _connect(self._dial, address, port, tls=tls, name=name)
            except ssl.SSLError:
                raise
            except OSError:  # with TimeoutError
                continue  # the next address may be on a network that works
        return await _connect(self._dial, *last, tls=tls, name=name)

    async def _checked(self, name: str, port: int) -> Sequence[tuple[str, int]]:
        if known := self._guard.known(name, port):
            return known
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._resolvers, self._guard.addresses, name, port)


async def _connect(
    dial: Dial, address: str, port: int, *, tls: ssl.SSLContext | None, name: str
) -> "_Wire":
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
    return _Wire(reader, asyncio.StreamWriter(transport, protocol, reader, loop))


class _Wire(httpcore2.AsyncNetworkStream):
    """A connection on asyncio's own streams, on which no answer has an endless head.

    (On the layer that the client brings a request takes 1.1 ms of processor time, on this one 0.7.)

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


@cache
def _tls() -> ssl.SSLContext:
    # Once, since reading the system's certificates takes 65 ms; the environment has no say.
    context = httpx2.create_ssl_context(trust_env=False)
    context.set_alpn_protocols(["http/1.1"])
    return context


def _credentials(url: httpx2.URL, secret: Secret) -> list[tuple[bytes, bytes]]:
    """Return the header for a URL's name and password (RFC 7617), none without."""
    if not url.userinfo:
        return []
    pair = (secret.fill_credential(part).encode() for part in (url.username, url.password))
    return [(b"Authorization", b"Basic " + base64.b64encode(b":".join(pair)))]
