"""Turns at a host, with a clock that only sleeping moves."""

import asyncio

import pytest

from aggregator.fetch.manners.pace import Pace, lanes
from aggregator.model import Request
from aggregator.text.urls import host_of


class Clock:
    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def time(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> Pace:
    return Pace(clock=clock.time, sleep=clock.sleep)


def test_the_gap_is_counted_from_the_end_of_the_last_turn(clock: Clock, pace: Pace) -> None:
    async def visit() -> None:
        async with pace.turn("a.example", lambda: 1.0):
            clock.now += 7.0
        clock.now += 0.25
        async with pace.turn("a.example", lambda: 1.0):
            pass

    asyncio.run(visit())

    assert clock.slept == [0.75]


def test_hosts_do_not_wait_for_each_other(clock: Clock, pace: Pace) -> None:
    async def visit() -> None:
        async with pace.turn("a.example", lambda: 1.0), pace.turn("b.example", lambda: 1.0):
            pass

    asyncio.run(visit())

    assert clock.slept == []


def test_no_gap_no_wait(clock: Clock, pace: Pace) -> None:
    async def visit() -> None:
        for _ in range(3):
            async with pace.turn("a.example", lambda: 0.0):
                pass

    asyncio.run(visit())

    assert clock.slept == []


def test_a_redirect_within_a_host_is_followed_at_once(clock: Clock, pace: Pace) -> None:
    async def visit() -> None:
        for at_once in (False, True, False):
            async with pace.turn("a.example", lambda: 1.0, at_once=at_once):
                pass

    asyncio.run(visit())

    assert clock.slept == [1.0]


def test_one_turn_at_a_time_even_when_one_fails(clock: Clock, pace: Pace) -> None:
    inside: list[int] = []

    async def visit(number: int) -> None:
        async with pace.turn("a.example", lambda: 1.0):
            inside.append(number)
            assert len(inside) == 1
            await asyncio.sleep(0)
            inside.remove(number)
            raise OSError(number)

    async def all_visits() -> list[BaseException | None]:
        return await asyncio.gather(*(visit(n) for n in range(3)), return_exceptions=True)

    assert [str(err) for err in asyncio.run(all_visits())] == ["0", "1", "2"]
    assert clock.slept == [1.0, 1.0]


def test_lanes_keep_the_order_of_each_host() -> None:
    urls = ["http://a.example/1", "http://b.example/1", "https://A.example.:8443/2", "junk"]
    requests = [Request(source_id="s", url=url, role="page") for url in urls]

    assert [[request.url for request in lane] for lane in lanes(requests)] == [
        ["http://a.example/1", "https://A.example.:8443/2"],
        ["http://b.example/1"],
        ["junk"],
    ]


def test_a_url_that_cannot_be_read_has_no_host() -> None:
    assert host_of("http://[::1") == ""
