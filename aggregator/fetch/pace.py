"""Turns at a host: one request at a time, in order, with a gap after each."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from aggregator.model import Request


def host_of(url: str) -> str:
    """Return the host whose turn a URL needs; "" if it names none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def lanes(requests: Sequence[Request]) -> tuple[tuple[Request, ...], ...]:
    """Return the requests host by host, each host's in the order they came."""
    found: dict[str, list[Request]] = {}
    for request in requests:
        found.setdefault(host_of(request.url), []).append(request)
    return tuple(tuple(lane) for lane in found.values())


@dataclass(slots=True, kw_only=True)
class _Lane:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0


class Pace:
    """Gives out turns at hosts; redirects need one as well, so hosts are locked, not queued."""

    def __init__(
        self, *, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._lanes: dict[str, _Lane] = {}

    @asynccontextmanager
    async def turn(self, host: str, gap_s: float, *, at_once: bool = False) -> AsyncIterator[None]:
        """Hold the host while the block runs; nobody else gets it until `gap_s` after its end.

        With `at_once` what is left of the last gap is not waited for: a redirect within a host is
        the same visit.
        """
        lane = self._lanes.setdefault(host, _Lane())
        async with lane.lock:
            left_s = lane.free_at - self._clock()
            if left_s > 0 and not at_once:
                await self._sleep(left_s)
            try:
                yield
            finally:
                lane.free_at = self._clock() + gap_s
