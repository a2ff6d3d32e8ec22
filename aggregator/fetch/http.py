"""Addresses -> answers: the one file that talks to the network."""

import asyncio
import base64
import logging
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, asynccontextmanager
from functools import cache, partial

import httpcore2
import httpx2

from aggregator.fetch.explain import too_large
from aggregator.fetch.guard import Guard
from aggregator.fetch.inflate import ACCEPTED, decoder
from aggregator.fetch.pace import host_of
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

    (A single pool for all hosts looks at every idle connection before each request: with 40 of
    them, 3.4 ms of processor time a request instead of 1.5.) No cookie is kept, no proxy is used
    and no redirect followed.
    """

    def __init__(
        self, guard: Guard, dialer: httpcore2.AsyncNetworkBackend, user_agent: str
    ) -> None:
        # Threads of our own: a resolver that hangs must not hold up whoever leaves early.
        self._resolvers = ThreadPoolExecutor(RESOLVERS, "resolve")
        self._network = _CheckedNetwork(guard, dialer, self._resolvers)
        self._pools: dict[str, httpcore2.AsyncConnectionPool] = {}
        self._headers = {
            b"Accept": ACCEPT.encode(),
            b"Accept-Encoding": ACCEPTED.encode(),
            b"Connection": b"keep-alive",
            b"User-Agent": user_agent.encode(),
        }

    @asynccontextmanager
    async def get(
        self, url: httpx2.URL, headers: Mapping[bytes, bytes], secret: Secret
    ) -> AsyncIterator[Reply]:
        """Ask an address, and give the answer while the block runs.

        Raises one of `explain.FOREIGN`, or what the guard raises.
        """
        target = httpcore2.URL(
            scheme=url.raw_scheme,
            host=url.raw_host,
            port=url.port,
            target=secret.fill(url.raw_path),
        )
        sent = [*self._headers.items(), *headers.items(), *_credentials(url, secret)]
        async with self._pool(host_of(str(url))).stream("GET", target, headers=sent) as answer:
            answer.extensions["network_stream"].head_is_over()
            yield Reply(answer, secret)

    async def leave(self, host: str) -> None:
        """Close the connection to a host."""
        if pool := self._pools.pop(host, None):
            await pool.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        self._resolvers.shutdown(wait=False, cancel_futures=True)
        for host in tuple(self._pools):
            await self.leave(host)

    def _pool(self, host: str) -> httpcore2.AsyncConnectionPool:
        if host not in self._pools:
            self._pools[host] = httpcore2.AsyncConnectionPool(
                ssl_context=_tls(),
                max_connections=1,
                keepalive_expiry=KEPT_S,
                network_backend=self._network,
            )
        return self._pools[host]


class _CheckedNetwork(httpcore2.AsyncNetworkBackend):
    """Resolves and checks a host, and connects to just what was checked.

    Here, since the client asks for a connection by name and a second resolution may bring another
    address. Host header and TLS name stay the URL's: they are made above and below of here.
    """

    def __init__(
        self, guard: Guard, dialer: httpcore2.AsyncNetworkBackend, resolvers: ThreadPoolExecutor
    ) -> None:
        self._guard = guard
        self._dialer = dialer
        self._resolvers = resolvers

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Return a connection to the first of the host's checked addresses that takes one."""
        loop = asyncio.get_running_loop()
        checked = await loop.run_in_executor(self._resolvers, self._guard.addresses, host, port)
        dial = partial(
            self._dialer.connect_tcp, local_address=local_address, socket_options=socket_options
        )
        *others, last = checked
        for address, checked_port in others:
            try:
                return _Metered(await dial(address, checked_port, timeout=CONNECT_S))
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue  # the next address may be on a network that works
        return _Metered(await dial(*last, timeout=timeout))


class _Metered(httpcore2.AsyncNetworkStream):
    """A connection on which no answer has an endless head."""

    def __init__(self, stream: httpcore2.AsyncNetworkStream) -> None:
        self._stream = stream
        self._left: int | None = None  # None: a body may be as long as its reader lets it

    def head_is_over(self) -> None:
        """Let the body come."""
        self._left = None

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = await self._stream.read(max_bytes, timeout)
        if self._left is not None:
            self._left -= len(data)
            if self._left < 0:
                raise httpcore2.RemoteProtocolError("its answer does not begin")
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._left = HEAD_BYTES
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        return _Metered(await self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


@cache
def _tls() -> ssl.SSLContext:
    # Once, since reading the system's certificates takes 65 ms; the environment has no say.
    return httpx2.create_ssl_context(trust_env=False)


def _credentials(url: httpx2.URL, secret: Secret) -> list[tuple[bytes, bytes]]:
    """Return the header for a URL's name and password (RFC 7617), none without."""
    if not url.userinfo:
        return []
    pair = (secret.fill_credential(part).encode() for part in (url.username, url.password))
    return [(b"Authorization", b"Basic " + base64.b64encode(b":".join(pair)))]
