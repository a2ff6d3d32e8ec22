"""Requests -> answers: many hosts at a time, behind one plain generator."""

import asyncio
from collections.abc import AsyncIterator, Generator, Mapping, Sequence
from contextlib import asynccontextmanager

from aggregator.fetch.guard import Guard
from aggregator.fetch.http import Dial, Http
from aggregator.fetch.loop import stream
from aggregator.fetch.manners.pace import lanes
from aggregator.fetch.manners.robots import Book
from aggregator.fetch.visit import Limits, Put, Visit
from aggregator.model import Answer, Request, Robots


class Fetcher:
    """Fetches addresses, many hosts at a time, each host politely.

    `keys` are the secrets that {key} stands for in the addresses of a source, by its id. `dial`
    opens connections to checked addresses; tests give one that stays on this machine.
    """

    def __init__(
        self,
        guard: Guard,
        user_agent: str,
        limits: Limits,
        *,
        keys: Mapping[str, str] | None = None,
        dial: Dial | None = None,
    ) -> None:
        self._guard = guard
        self._user_agent = user_agent
        self._limits = limits
        self._keys = dict(keys or {})
        self._dial = dial

    def fetch(
        self, requests: Sequence[Request], robots: Mapping[str, Robots] | None = None
    ) -> Generator[list[Answer | Robots], None, None]:
        """Yield each request's answer as soon as it is there, with those that are there as well.

        Nothing that fails is raised.

        Requests to one host are made in their order, one at a time. `robots` is what origins are
        known to let us do, by origin; what else is needed of them is asked for and yielded, once
        an origin. Leaving the generator early cancels what is under way and closes all
        connections.
        """

        async def produce(put: Put) -> None:
            async with self._visit(robots or {}) as visit, asyncio.TaskGroup() as group:
                for lane in lanes(requests):
                    group.create_task(visit.serve(lane, put))

        if requests:
            yield from stream(produce)

    @asynccontextmanager
    async def _visit(self, robots: Mapping[str, Robots]) -> AsyncIterator[Visit]:
        dial = self._dial or asyncio.get_running_loop().create_connection
        http = Http(self._guard, dial, self._user_agent)
        book = Book(self._user_agent, robots)
        try:
            yield Visit(self._guard, self._limits, http, book, self._keys)
        finally:
            await http.aclose()
