"""A function and its inputs -> its results, made by other processes within a time and a memory.

A hostile document can make a parser take hours or gigabytes; a process can be ended, a thread
cannot.
"""

import multiprocessing
import resource
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import wait
from concurrent.futures.process import BrokenProcessPool
from threading import Thread
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from aggregator.errors import OverrunError

R = TypeVar("R")

#: An input on its way, with what will come of it.
_Task = tuple[ProcessFuture[Any], tuple[Any, ...]]

#: Inputs on their way a process: enough that none waits, few enough to hold in memory.
AHEAD = 16

#: Imported once by the server that all workers are forked from: 0.6 s that none of them needs.
PRELOADED = ("aggregator.parse", "aggregator.normalize")


#: Seconds beyond an input's own time after which nothing will come of it. The oldest input is the
#: next to be worked on, so this is what a process takes to end (3 s) and another to start (1 s),
#: and a good deal more, since memory may be short.
SLACK_S = 120.0

#: Seconds for the processes to end, after which they are left alone: twice what four of them take.
_END_S = 30.0


class Processes:
    """Some processes that live until the block ends; the first `map` starts them."""

    def __init__(
        self, number: int, seconds: float, data_bytes: int, slack_s: float = SLACK_S
    ) -> None:
        """Say how many there are, and what each may take for one input.

        After `slack_s` beyond that time the processes are held to be broken, and others started.
        """
        self._number = number
        self._seconds = seconds
        self._data_bytes = data_bytes
        self._slack_s = slack_s
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._end()

    def map(
        self, function: Callable[..., R], inputs: Iterable[tuple[Any, ...]]
    ) -> Generator[R | Exception]:
        """Yield what the function makes of each input (its arguments), in their order.

        An exception stands for an input that took too long or too much memory, that broke its
        process, or for what the function raised.
        """
        waiting: deque[_Task] = deque()
        try:
            for each in inputs:
                waiting.append((self._schedule(function, each), each))
                if len(waiting) > AHEAD * self._number:
                    yield self._next(function, waiting)
            while waiting:
                yield self._next(function, waiting)
        finally:
            for future, _ in waiting:
                future.cancel()  # type: ignore[no-untyped-call]

    def _next(self, function: Callable[..., R], waiting: deque[_Task]) -> Any:
        """Return the result of the first task; where none comes, do the others in other processes.

        A process that is stopped while it sends its result keeps all others from theirs, and from
        being ended: the pool then waits for ever.
        """
        future, _ = waiting.popleft()
        wait([future], timeout=self._seconds + self._slack_s)
        if _has_come(future):
            return _result(future, self._seconds)
        self._end()
        for place, (other, each) in enumerate(waiting):
            if not _has_come(other):
                waiting[place] = (self._schedule(function, each), each)
        return OverrunError("The processes that read it no longer answered")

    def _schedule(self, function: Callable[..., R], each: tuple[Any, ...]) -> ProcessFuture[Any]:
        try:
            return self._started().schedule(function, args=each, timeout=self._seconds)
        except RuntimeError:  # the pool is broken: one of its threads ended
            self._end()
            return self._started().schedule(function, args=each, timeout=self._seconds)

    def _end(self) -> None:
        """End the processes; those that cannot be ended keep nobody waiting."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            ending = Thread(target=pool.join, daemon=True)
            ending.start()
            ending.join(_END_S)

    def _started(self) -> ProcessPool:
        if self._pool is None:
            # Not forked from here: a thread of ours might hold a lock just then.
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(list(PRELOADED))
            self._pool = ProcessPool(
                max_workers=self._number,
                initializer=_limit,
                initargs=(self._data_bytes,),
                context=context,
            )
        return self._pool


def _has_come(future: ProcessFuture[Any]) -> bool:
    """Tell whether the result is there, and is not that the whole pool broke."""
    return future.done() and not isinstance(future.exception(), BrokenProcessPool)


def _result(future: ProcessFuture[Any], seconds: float) -> Any:
    try:
        return future.result()
    except TimeoutError:
        return OverrunError(f"It takes longer than {seconds:g} s to read")
    except MemoryError:
        return OverrunError("It takes more memory to read than allowed")
    except ProcessExpired as err:
        return OverrunError(f"It broke the process that read it (exit code {err.exitcode})")
    except Exception as err:  # noqa: BLE001 - whatever the function raised is its result
        return err


def _limit(data_bytes: int) -> None:
    """Let this process take no more memory of its own: RLIMIT_DATA counts what it writes to."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = data_bytes if hard == resource.RLIM_INFINITY else min(data_bytes, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
