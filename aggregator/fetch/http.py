"""Requests -> answers: the one file that talks to the network."""

import asyncio
import ssl
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from functools import cache, partial
from http.cookiejar import CookieJar

import httpcore2
import httpx2

from aggregator.errors import FetchError
from aggregator.fetch.explain import FOREIGN, explained, refused, too_large, too_slow
from aggregator.fetch.guard import Guard
from aggregator.fetch.headers import conditions_of, header, redirect_target
from aggregator.fetch.inflate import ACCEPTED, decoder
from aggregator.fetch.loop import stream
from aggregator.fetch.pace import Pace, host_of, lanes
from aggregator.model import Failure, Fetched, NotModified, Request
from aggregator.text.urls import without_credentials

Result = Fetched | NotModified | Failure

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

REDIRECTS = frozenset({301, 302, 303, 307, 308})

DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long, how much and how often a server is asked.

    The deadline covers one request from its name's resolution to its last byte, redirects
    included, but no waiting for a turn. `max_bytes` counts the decompressed body; it is three
    times the largest feed seen. The gap is kept between two requests to one host. `concurrency`
    is the number of hosts that are asked at one time.
    """

    deadline_s: float = 30.0
    max_bytes: int = 15_000_000
    max_redirects: int = 5
    gap_s: float = 1.0
    concurrency: int = 16


class Fetcher:
    """Fetches addresses, many hosts at a time, each host politely.

    `dialer` opens connections to checked addresses; tests give one that stays on this machine.
    """

    def __init__(
        self,
        guard: Guard,
        user_agent: str,
        limits: Limits,
        *,
        dialer: httpcore2.AsyncNetworkBackend | None = None,
    ) -> None:
        self._guard = guard
        self._user_agent = user_agent
        self._limits = limits
        self._dialer = dialer or httpcore2.AnyIOBackend()

    def fetch(self, requests: Sequence[Request]) -> Generator[Result, None, None]:
        """Yield each request's result as soon as it is there; nothing that fails is raised.

        Requests to one host are made in their order, one at a time. Leaving the generator early
        cancels what is under way and closes all connections.
        """

        async def produce(put: Callable[[Result], Awaitable[None]]) -> None:
            async with self._visit(requests) as visit, asyncio.TaskGroup() as group:
                for lane in lanes(requests):
                    group.create_task(visit.serve(lane, put))

        if requests:
            yield from stream(produce)

    @asynccontextmanager
    async def _visit(self, requests: Sequence[Request]) -> AsyncIterator["_Visit"]:
        # Threads of our own: a resolver that hangs must not hold up whoever leaves early.
        resolvers = ThreadPoolExecutor(2 * self._limits.concurrency, "resolve")
        transport = _Transport(_CheckedNetwork(self._guard, self._dialer, resolvers))
        try:
            async with self._client(transport) as client:
                visit = _Visit(self._guard, self._limits, client, transport)
                visit.due.update(host_of(request.url) for request in requests)
                yield visit
        finally:
            resolvers.shutdown(wait=False, cancel_futures=True)

    def _client(self, transport: httpx2.AsyncBaseTransport) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(
            transport=transport,
            headers={
                "User-Agent": self._user_agent,
                "Accept": ACCEPT,
                "Accept-Encoding": ACCEPTED,
            },
            cookies=_NoCookies(),
            follow_redirects=False,
            timeout=None,  # one deadline over all of a request is set in _Visit
            trust_env=False,
        )


class _Visit:
    """One call of `fetch`: what its requests share."""

    def __init__(
        self,
        guard: Guard,
        limits: Limits,
        client: httpx2.AsyncClient,
        transport: "_Transport",
    ) -> None:
        self.due: Counter[str] = Counter()  # requests that are not begun yet, by host
        self._guard = guard
        self._limits = limits
        self._client = client
        self._transport = transport
        self._pace = Pace(clock=asyncio.get_running_loop().time, sleep=asyncio.sleep)
        self._slots = asyncio.Semaphore(limits.concurrency)

    async def serve(
        self, lane: Iterable[Request], put: Callable[[Result], Awaitable[None]]
    ) -> None:
        """Fetch the requests to one host, one after the other."""
        for request in lane:
            self.due[host_of(request.url)] -= 1
            await put(await self._result(request))

    async def _result(self, request: Request) -> Result:
        try:
            return await self._follow(request)
        except (FetchError, *FOREIGN) as err:
            failed = explained(err, url=without_credentials(request.url))
            return Failure(
                stage=failed.stage,
                subject=request.url,  # as asked, so that the caller knows which request it was
                reason=str(failed),
                error=type(failed).__name__,
                source_id=request.source_id,
            )

    async def _follow(self, request: Request) -> Fetched | NotModified:
        """Return the answer at the end of all redirects, each checked like the first address."""
        url, came_from = httpx2.URL(request.url).copy_with(fragment=None), ""
        left_s = self._limits.deadline_s
        seen: set[httpx2.URL] = set()
        while len(seen) <= self._limits.max_redirects:
            self._guard.permit(str(url))
            seen.add(url)
            async with self._turn(url, came_from):
                begun = asyncio.get_running_loop().time()
                answer = await self._ask_in_time(request, url, left_s)
                left_s -= asyncio.get_running_loop().time() - begun
            if not isinstance(answer, httpx2.URL):
                return answer
            if answer in seen:
                raise FetchError("It redirects in a circle (some sites do so without cookies)")
            came_from, url = host_of(str(url)), answer
        raise FetchError(f"It redirects more than {self._limits.max_redirects} times")

    @asynccontextmanager
    async def _turn(self, url: httpx2.URL, came_from: str) -> AsyncIterator[None]:
        host = host_of(str(url))
        ours = self._guard.allowance(url.raw_host.decode(), _port(url))
        gap_s = 0.0 if ours else self._limits.gap_s  # what is allowed by name needs no rest
        # The slot comes second, so that whoever holds one never waits for a turn.
        async with self._pace.turn(host, gap_s, at_once=host == came_from), self._slots:
            try:
                yield
            finally:
                if not self.due[host]:
                    await self._transport.leave(host)

    async def _ask_in_time(
        self, request: Request, url: httpx2.URL, left_s: float
    ) -> Fetched | NotModified | httpx2.URL:
        timeout = asyncio.timeout(left_s)
        try:
            async with timeout:
                return await self._ask(request, url)
        except TimeoutError as err:
            if timeout.expired():
                raise too_slow(self._limits.deadline_s) from err
            raise

    async def _ask(self, request: Request, url: httpx2.URL) -> Fetched | NotModified | httpx2.URL:
        """Return what one address answers; a URL means that it redirects there."""
        # Name and password go into a header, else the client would log them with the address.
        auth = httpx2.BasicAuth(url.username, url.password) if url.userinfo else None
        bare = url.copy_with(username=None, password=None)
        conditions = conditions_of(request)
        async with self._client.stream("GET", bare, headers=conditions, auth=auth) as response:
            location = header(response, "location")
            if response.status_code in REDIRECTS and location:
                return redirect_target(url, location)
            if response.status_code == 304 and conditions:
                return NotModified(request=request)
            if response.status_code != 200:
                wait = header(response, "retry-after")
                raise refused(response.status_code, wait)
            return Fetched(
                request=request,
                final_url=str(bare),
                content_type=header(response, "content-type"),
                body=await self._body(response),
                etag=header(response, "etag") or None,
                last_modified=header(response, "last-modified") or None,
            )

    async def _body(self, response: httpx2.Response) -> bytes:
        """Return the whole body, decompressed; reading stops where the limit is passed."""
        announced = header(response, "content-length")
        if announced.isdigit() and int(announced) > self._limits.max_bytes:
            raise too_large(self._limits.max_bytes)
        undo = decoder(header(response, "content-encoding"))
        body = bytearray()
        async with aclosing(response.aiter_raw()) as sent:
            async for data in sent:
                self._grow(body, undo.pieces(data))
        undo.finish()
        if not body:
            raise FetchError("The answer is empty")
        return bytes(body)

    def _grow(self, body: bytearray, pieces: Iterable[bytes]) -> None:
        for piece in pieces:
            body += piece
            if len(body) > self._limits.max_bytes:
                raise too_large(self._limits.max_bytes)


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
                return await dial(address, checked_port, timeout=CONNECT_S)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue  # the next address may be on a network that works
        return await dial(*last, timeout=timeout)


class _Transport(httpx2.AsyncBaseTransport):
    """The client's transport over a network of ours, which its own takes no argument for.

    Each host has one connection, and is left when nothing more is wanted from it. (A single pool
    for all hosts looks at every idle connection before each request: with 40 of them, 3.4 ms of
    processor time a request instead of 1.5.)
    """

    def __init__(self, network: httpcore2.AsyncNetworkBackend) -> None:
        self._network = network
        self._pools: dict[str, httpcore2.AsyncConnectionPool] = {}

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the answer to one request; its body is still to be read."""
        url = request.url
        answer = await self._pool(host_of(str(url))).handle_async_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(
                    scheme=url.raw_scheme,
                    host=url.raw_host,
                    port=url.port,
                    target=url.raw_path,
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx2.Response(answer.status, headers=answer.headers, stream=_Stream(answer))

    async def leave(self, host: str) -> None:
        """Close the connection to a host."""
        if pool := self._pools.pop(host, None):
            await pool.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
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


class _Stream(httpx2.AsyncByteStream):
    """A body as the client's transport gives it to the client."""

    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._answer.aiter_stream()

    async def aclose(self) -> None:
        await self._answer.aclose()


class _NoCookies(CookieJar):
    """Keeps no cookie, so that none goes from one request to another."""

    def extract_cookies(self, response: object, request: object) -> None:
        """Forget what the response would set."""


@cache
def _tls() -> ssl.SSLContext:
    # Once, since reading the system's certificates takes 65 ms; the environment has no say.
    return httpx2.create_ssl_context(trust_env=False)


def _port(url: httpx2.URL) -> int:
    return url.port or DEFAULT_PORTS.get(url.scheme, 0)
