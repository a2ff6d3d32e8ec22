"""An event loop behind one plain generator."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Generator
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any, TypeVar

T = TypeVar("T")

#: Results that may wait for the caller before the loop waits too. More than one slow step of the
#: caller needs; few enough that a caller slower than the network does not fill the memory.
WAITING = 64

#: Seconds that the first result waits for others, so that the caller keeps many in one go: a
#: transaction for each takes twice as long as asking (304s of 400 hosts).
GATHERING_S = 0.05


def stream(
    produce: Callable[[Callable[[T], Awaitable[None]]], Coroutine[Any, Any, None]],
) -> Generator[list[T], None, None]:
    """Yield what `produce` hands to its argument, while its event loop runs in another thread.

    What comes within a moment comes at once, so that the caller can keep it in one go.
    The loop goes on while the caller works, so that deadlines measure servers, not callers.
    Leaving the generator early cancels `produce` and waits until it has cleaned up.
    What `produce` raises is raised here, after all that it gave.
    """
    loop = asyncio.new_event_loop()
    ready: SimpleQueue[tuple[T, ...]] = SimpleQueue()  # an empty tuple: there is no more
    room = asyncio.Semaphore(WAITING)

    async def put(value: T) -> None:
        await room.acquire()
        ready.put((value,))

    task = loop.create_task(produce(put))
    task.add_done_callback(lambda _: ready.put(()))
    thread = Thread(target=_run, args=(loop, task), name="fetch", daemon=True)
    thread.start()
    try:
        while got := _ready(ready):
            loop.call_soon_threadsafe(_release, room, len(got))
            yield got
        task.result()
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join()
        loop.close()


def _ready(queue: SimpleQueue[tuple[T, ...]]) -> list[T]:
    """Return all that comes within a moment, at least one value; nothing if there is no more."""
    found = list(queue.get())
    until = monotonic() + GATHERING_S
    while 0 < len(found) < WAITING:
        try:
            more = queue.get(timeout=max(0.0, until - monotonic()))
        except Empty:
            break
        if not more:
            queue.put(())  # the end: the next call's
            break
        found += more
    return found


def _release(room: asyncio.Semaphore, places: int) -> None:
    for _ in range(places):
        room.release()


def _run(loop: asyncio.AbstractEventLoop, task: asyncio.Task[None]) -> None:
    # `wait` never raises what the task raised: that is the caller's to see.
    loop.run_until_complete(asyncio.wait([task]))
    loop.run_until_complete(loop.shutdown_asyncgens())
