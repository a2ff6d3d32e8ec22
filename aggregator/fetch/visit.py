"""One call of `fetch`: who is asked when, what robots.txt lets us ask, who is left alone."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

import httpx2

from aggregator.errors import DisallowedError, FetchError, RefusedError
from aggregator.fetch.explain import FOREIGN, explained, refused, too_slow
from aggregator.fetch.guard import Guard
from aggregator.fetch.headers import conditions_of, fresh_s, headers_of, redirect_target, within
from aggregator.fetch.http import Http, Reply
from aggregator.fetch.manners.pace import Pace, asked_of
from aggregator.fetch.manners.robots import MAX_BYTES, Book, address_of, is_told, origin_of, text_of
from aggregator.fetch.secret import Secret, key_of
from aggregator.fetch.trip import REDIRECTS, Redirect, Trip
from aggregator.model import (
    Answer,
    Fetched,
    NotModified,
    Postponed,
    Request,
    Robots,
    Unfetched,
)
from aggregator.text.urls import DEFAULT_PORTS, host_of, without_credentials
from aggregator.text.waits import read_http_date, read_wait

T = TypeVar("T")

Put = Callable[[Answer | Robots], Awaitable[None]]

#: Answers after which a host is not asked again in the same call, whatever else they say.
BUSY = frozenset({429, 503})

#: Characters of a reason: the client quotes the lines of servers that break the rules.
LONGEST_REASON = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long, how much and how often a server is asked.

    The deadline covers one request from its name's resolution to its last byte, redirects
    included, but no waiting for a turn. `max_bytes` counts the decompressed body; it is three
    times the largest feed seen. The gap is kept between two requests to one host; robots.txt may
    ask for a longer one. `concurrency` is the number of hosts that are asked at one time.
    """

    deadline_s: float = 30.0
    max_bytes: int = 15_000_000
    max_redirects: int = 5
    gap_s: float = 1.0
    concurrency: int = 64


class _LeftAloneError(Exception):
    """The host does not want to be asked now; in words."""


class Visit:
    """Serves the requests of one call, and holds what they share."""

    def __init__(
        self, guard: Guard, limits: Limits, http: Http, book: Book, keys: Mapping[str, str]
    ) -> None:
        self._guard = guard
        self._limits = limits
        self._http = http
        self._book = book
        self._keys = keys
        self._pace = Pace(clock=asyncio.get_running_loop().time, sleep=asyncio.sleep)
        self._slots = asyncio.Semaphore(limits.concurrency)
        self._wanted: Counter[str] = Counter()  # requests that need a host, now or later
        self._left_alone: dict[str, str] = {}  # host -> why
        self._learning: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)  # by origin
        self._unread: dict[str, FetchError] = {}  # origin -> why nobody knows its rules

    async def serve(self, lane: Sequence[Request], put: Put) -> None:
        """Answer the requests to one host, one after the other."""
        home = host_of(asked_of(lane[0]))
        self._wanted[home] += len(lane)
        for request in lane:
            answer = await self._answer(request, put)
            await self._release({home})
            await put(answer)

    async def _answer(self, request: Request, put: Put) -> Answer:
        try:
            trip = self._begin(request)
        except (FetchError, *FOREIGN) as err:
            return _unfetched(request, err, Secret())
        try:
            return await self._follow(trip, partial(self._document, request, trip), put)
        except _LeftAloneError as err:
            return Postponed(request=request, reason=str(err))
        except (FetchError, *FOREIGN) as err:
            return _unfetched(request, err, trip.secret)
        finally:
            await self._release(trip.hosts)

    def _begin(self, request: Request) -> Trip:
        """Return the way before its first step.

        Raises:
            KeyMissingError: The address needs a key that is not there.
        """
        asked = asked_of(request)
        key = key_of(request, asked, self._keys.get(request.source_id, ""))
        home = httpx2.URL(request.url)
        url = within(home, httpx2.URL(asked) if asked != request.url else home)
        return Trip(
            url=url,
            left_s=self._limits.deadline_s,
            max_redirects=self._limits.max_redirects,
            headers=headers_of(request),
            secret=Secret(key, url),
            obeys_robots=request.obeys_robots,
        )

    async def _follow(self, trip: Trip, land: Callable[[Reply], Awaitable[T]], put: Put) -> T:
        """Return what `land` makes of the answer at the end of all redirects.

        Each address on the way is checked like the first one.
        """
        while True:
            self._guard.permit(str(trip.url))
            self._let_alone(trip.host)
            self._claim(trip)
            for origin in self._book.unread(trip.host):
                await asyncio.to_thread(self._book.read, origin)
            if trip.obeys_robots:
                await self._obey(trip, put)
            async with self._turn(trip):
                found = await self._ask_in_time(trip, land)
            if not isinstance(found, Redirect):
                return found
            trip.follow(found)

    # --- turns

    def _claim(self, trip: Trip) -> None:
        """Keep the connection to the host where the trip is, until the trip ends."""
        if trip.host not in trip.hosts:
            trip.hosts.add(trip.host)
            self._wanted[trip.host] += 1

    async def _release(self, hosts: Iterable[str]) -> None:
        """Close the connections to those hosts from which nobody wants anything more."""
        for host in hosts:
            self._wanted[host] -= 1
            if not self._wanted[host]:
                await self._http.leave(host)

    @asynccontextmanager
    async def _turn(self, trip: Trip) -> AsyncIterator[None]:
        gap_s = partial(self._gap_s, trip.host, trip.url)
        # The slot comes second, so that whoever holds one never waits for a turn.
        async with self._pace.turn(trip.host, gap_s, at_once=trip.host == trip.came_from):
            self._let_alone(trip.host)  # whoever had the turn may have been told to go
            async with self._slots:
                yield

    def _gap_s(self, host: str, url: httpx2.URL) -> float:
        port = url.port or DEFAULT_PORTS[url.scheme]
        if self._guard.allowance(url.raw_host.decode(), port):
            return 0.0  # what is allowed by name needs no rest
        return max(self._limits.gap_s, self._book.delay_s(host))

    def _let_alone(self, host: str) -> None:
        """Return if the host may be asked; raises _LeftAloneError."""
        if host in self._left_alone:
            raise _LeftAloneError(self._left_alone[host])

    # --- one address

    async def _ask_in_time(self, trip: Trip, land: Callable[[Reply], Awaitable[T]]) -> T | Redirect:
        begun = asyncio.get_running_loop().time()
        timeout = asyncio.timeout(trip.left_s)
        try:
            async with timeout:
                return await self._ask(trip, land)
        except TimeoutError as err:
            if timeout.expired():
                raise too_slow(self._limits.deadline_s) from err
            raise
        finally:
            trip.left_s -= asyncio.get_running_loop().time() - begun

    async def _ask(self, trip: Trip, land: Callable[[Reply], Awaitable[T]]) -> T | Redirect:
        async with self._http.get(trip.host, trip.url, trip.headers, trip.secret) as reply:
            location = reply.header("location")
            if reply.status in REDIRECTS and location:
                return Redirect(status=reply.status, target=redirect_target(trip.url, location))
            if _is_busy(reply):
                said = f"{trip.host} answered another request with {_refusal(reply)}"
                self._left_alone[trip.host] = said
            return await land(reply)

    async def _document(self, request: Request, trip: Trip, reply: Reply) -> Fetched | NotModified:
        etag, last_modified = reply.header("etag"), reply.header("last-modified")
        if reply.status == 304 and conditions_of(request):
            return NotModified(
                request=request,
                etag=etag or None,
                last_modified=last_modified or None,
                max_age_s=fresh_s(reply.combined),
                moved_to=trip.moved_to,
            )
        if reply.status != 200:
            raise _refusal(reply)
        body = await reply.body(self._limits.max_bytes)
        if not body:
            raise FetchError("The answer is empty")
        return Fetched(
            request=request,
            final_url=trip.shown,
            content_type=reply.header("content-type"),
            body=body,
            etag=etag or None,
            last_modified=last_modified or None,
            max_age_s=fresh_s(reply.combined),
            moved_to=trip.moved_to,
        )

    # --- robots.txt

    async def _obey(self, trip: Trip, put: Put) -> None:
        """Return if the address may be fetched by robots.

        Raises:
            DisallowedError: its origin asks not to.
            FetchError: nobody knows.
        """
        origin = origin_of(str(trip.url))
        async with self._learning[origin]:
            if origin not in self._book:
                await self._learn(origin, trip, put)
        rules = self._book.rules(origin)
        if not rules.readable:
            why = self._unread.get(origin, FetchError("it failed before"))
            raise FetchError(
                f"{rules.address} could not be read, so nothing is asked there: {why}",
                status=why.status,
                retry_after=why.retry_after,
            )
        if not rules.allow(str(trip.url)):
            raise DisallowedError(f"{rules.address} asks robots not to fetch it")

    async def _learn(self, origin: str, trip: Trip, put: Put) -> None:
        """Ask an origin for its rules, keep them and give them out."""
        ahead = Trip(
            url=httpx2.URL(address_of(origin)),
            left_s=self._limits.deadline_s,
            max_redirects=self._limits.max_redirects,
            hosts=trip.hosts,
        )
        try:
            text = await self._follow(ahead, self._rules_text, put)
        except (FetchError, *FOREIGN) as err:
            # Behind too many redirects there is none: RFC 9309, 2.3.1.2.
            text = "" if ahead.lost else None
            self._unread[origin] = explained(err, url=address_of(origin))
        trip.came_from = ""  # the next turn is another visit
        robots = Robots(origin=origin, text=text)
        self._book.add(robots)
        await asyncio.to_thread(self._book.read, origin)
        await put(robots)

    async def _rules_text(self, reply: Reply) -> str | None:
        if not is_told(reply.status):
            raise _refusal(reply)
        if 200 <= reply.status < 300:
            return text_of(await reply.body(MAX_BYTES, cuts=True))
        return ""


def _refusal(reply: Reply) -> RefusedError:
    # Cut, since it is kept; a date is 29 characters long.
    return refused(reply.status, reply.header("retry-after")[:100])


def _is_busy(reply: Reply) -> bool:
    """Tell whether the server wants to be left alone for a while."""
    if reply.status < 400:
        return False
    # The server's own clock says whether a moment is ahead, ours may differ.
    now = read_http_date(reply.header("date")) or datetime.fromtimestamp(0, UTC)
    return reply.status in BUSY or read_wait(reply.header("retry-after"), now) is not None


def _unfetched(request: Request, err: Exception, secret: Secret) -> Unfetched:
    failed = explained(err, url=without_credentials(request.url))
    return Unfetched(
        request=request,
        reason=secret.hide_in(str(failed))[:LONGEST_REASON],  # half a key would not be found
        error=type(failed).__name__,
        status=failed.status,
        retry_after=failed.retry_after or "",
    )
