"""Turns at a host: one request at a time, in order, with a gap after each."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aggregator.model import Request
from aggregator.text.urls import host_of


def asked_of(request: Request) -> str:
    """Return the address that is asked for a request."""
    return request.at or request.url


def lanes(requests: Sequence[Request]) -> tuple[tuple[Request, ...], ...]:
    """Return the requests host by host, each host's in the order they came."""
    found: dict[str, list[Request]] = {}
    for request in requests:
        found.setdefault(host_of(asked_of(request)), []).append(request)
    return tuple(tuple(lane) for lane in found.values())


@dataclass(slots=True, kw_only=True)
class _Lane:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    left_at: float | None = None  #: when the last turn ended


class Pace:
    """Gives out turns at hosts; redirects need one as well, so hosts are locked, not queued."""

    def __init__(
        self, *, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._lanes: dict[str, _Lane] = {}

    @asynccontextmanager
    async def turn(
        self, host: str, gap_s: Callable[[], float], *, at_once: bool = False
    ) -> AsyncIterator[None]:
        """Hold the host while the block runs, no sooner than `gap_s` after its last turn.

        The gap is asked for when the last turn has ended, since that may have changed it. With
        `at_once` it is not waited for: a redirect within a host is the same visit.
        """
        lane = self._lanes.setdefault(host, _Lane())
        async with lane.lock:
            if lane.left_at is not None and not at_once:
                left_s = lane.left_at + gap_s() - self._clock()
                if left_s > 0:
                    await self._sleep(left_s)
            try:
                yield
            finally:
                lane.left_at = self._clock()
