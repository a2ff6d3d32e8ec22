"""A function and its inputs -> its results, made by other processes within a time and a memory.

A hostile document can make a parser take hours or gigabytes; a process can be ended, a thread
cannot.
"""

import multiprocessing
import resource
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from aggregator.errors import OverrunError

R = TypeVar("R")

#: Inputs on their way a process: enough that none waits, few enough to hold in memory.
AHEAD = 16

#: Imported once by the server that all workers are forked from: 0.6 s that none of them needs.
PRELOADED = ("aggregator.parse", "aggregator.normalize")


class Processes:
    """Some processes that live until the block ends; the first `map` starts them."""

    def __init__(self, number: int, seconds: float, data_bytes: int) -> None:
        """Say how many there are, and what each may take for one input."""
        self._number = number
        self._seconds = seconds
        self._data_bytes = data_bytes
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None

    def map(
        self, function: Callable[..., R], inputs: Iterable[tuple[Any, ...]]
    ) -> Iterator[R | Exception]:
        """Yield what the function makes of each input (its arguments), in their order.

        An exception stands for an input that took too long or too much memory, that broke its
        process, or for what the function raised.
        """
        waiting: deque[ProcessFuture[Any]] = deque()
        for each in inputs:
            pool = self._started()
            waiting.append(pool.schedule(function, args=each, timeout=self._seconds))
            if len(waiting) > AHEAD * self._number:
                yield _result(waiting.popleft(), self._seconds)
        while waiting:
            yield _result(waiting.popleft(), self._seconds)

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
