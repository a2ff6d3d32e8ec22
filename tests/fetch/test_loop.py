"""An event loop behind a generator."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterable

import pytest

from aggregator.fetch.loop import WAITING, stream

Put = Callable[[int], Awaitable[None]]


def values_of(batches: Iterable[list[int]]) -> list[int]:
    return [value for batch in batches for value in batch]


def test_values_come_in_order_and_the_thread_ends() -> None:
    async def produce(put: Put) -> None:
        for number in range(3 * WAITING):
            await put(number)

    assert values_of(stream(produce)) == list(range(3 * WAITING))
    assert "fetch" not in {thread.name for thread in threading.enumerate()}


def test_what_is_raised_inside_is_raised_outside_after_the_values() -> None:
    async def produce(put: Put) -> None:
        await put(1)
        raise KeyError("a mistake")

    got: list[int] = []
    with pytest.raises(KeyError, match="a mistake"):
        for batch in stream(produce):
            got += batch
    assert got == [1]


def test_leaving_early_cancels_and_waits_for_the_clean_up() -> None:
    cleaned: list[bool] = []

    async def produce(put: Put) -> None:
        try:
            await put(1)
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            cleaned.append(True)

    values = stream(produce)
    assert next(values) == [1]
    values.close()

    assert cleaned == [True]


def test_a_caller_that_does_not_read_stops_the_loop() -> None:
    made: list[int] = []

    async def produce(put: Put) -> None:
        for number in range(10 * WAITING):
            await put(number)
            made.append(number)

    values = stream(produce)
    next(values)
    values.close()

    assert len(made) <= 2 * WAITING + 1  # those that were given, and those that wait
