"""Every hostile host ends in the answer it must, harms no other host and leads nowhere."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

import pytest

from aggregator.fetch import Fetcher, Guard, Limits
from aggregator.model import Answer, Fetched, Request, Robots, Unfetched
from tests.fetch import hostile
from tests.fetch.answers import answers
from tests.fetch.conftest import Server
from tests.fetch.hostile import CASES, Case

#: Seconds in which a server that stalls is left; the others are given the usual time, so that a
#: busy machine fails no test.
STALL_S = 0.6


class Fence:
    """Connects to the hostile hosts' port and to nothing else; remembers what was wanted."""

    def __init__(self, allowed: Iterable[str]) -> None:
        self.allowed = set(allowed)
        self.dialed: set[str] = set()

    async def __call__(self, protocol: Any, address: str, port: int, **tls: Any) -> Any:
        self.dialed.add(f"{address}:{port}")
        assert self.dialed <= self.allowed
        loop = asyncio.get_running_loop()
        return await loop.create_connection(protocol, address, port, **tls)


class Canary:
    """A server that must not be reached."""

    def __init__(self) -> None:
        self.heads: list[bytes] = []
        self.server = Server(lambda connection, head: self.heads.append(head))

    def close(self) -> None:
        self.server.close()


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    with closing(Canary()) as canary:
        yield canary


@pytest.fixture(scope="module")
def allowances(canary: Canary) -> Iterator[dict[str, str]]:
    with hostile.serve(canary.server.port) as allowances:
        yield allowances


def told(allowances: dict[str, str], case: Case, *urls: str) -> dict[str, Answer | Robots]:
    """Return the answers by the address they were asked for."""
    deadline_s = STALL_S if case.stalls else Limits().deadline_s
    limits = Limits(max_bytes=200_000, deadline_s=deadline_s)
    guard = Guard(allowances=allowances, resolve=hostile.resolve)
    fetcher = Fetcher(guard, "test", limits, dial=Fence(allowances.values()))
    requests = [Request(source_id="s", url=url, role="source") for url in urls]
    found = list(answers(fetcher, requests))
    assert len(found) == len(urls)
    return {answer.request.url: answer for answer in found if not isinstance(answer, Robots)}


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_host_ends_in_its_answer_and_harms_nobody(
    allowances: dict[str, str], canary: Canary, name: str
) -> None:
    case, url, healthy = CASES[name], hostile.url_of(name), f"http://{hostile.HEALTHY}/"

    found = told(allowances, case, url, healthy)

    answer = found[url]
    assert expectation(answer) == case.expected, answer
    if isinstance(answer, Unfetched):
        assert case.says in answer.reason
        assert len(answer.reason) < 300
    if isinstance(answer, Fetched):
        assert answer.body == case.body
    assert isinstance(found[healthy], Fetched)
    assert canary.heads == []


def expectation(answer: Answer | Robots) -> str:
    return answer.error if isinstance(answer, Unfetched) else type(answer).__name__


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 100


def test_the_canary_sings(canary: Canary, allowances: dict[str, str]) -> None:
    """Otherwise its silence would prove nothing."""
    port = canary.server.port
    here = {"canary.example:80": f"127.0.0.1:{port}"}

    told(here, CASES["empty"], "http://canary.example/")

    assert canary.heads
    canary.heads.clear()
