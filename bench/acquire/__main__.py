"""Prints how fast feeds become stored articles, ours beside the peer `reader`, in one run.

`python -m bench.acquire --peer PYTHON` (a Python that has `reader` and `sgmllib3k`; `make bench`
makes one). Both read the same 1,000 feeds of 30 items from one server on loopback, each feed its
own host: cold, then unchanged (304), then unchanged from a server that takes 100 ms an answer.
Ours stores articles with identity, dates, language and clean HTML; the peer stores entries.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: Not as a module, which each process that parses would import again.
OURS = (sys.executable, "-c", "from bench.acquire.ours import main; main()")
#: By delay and the peer's threads: how many times as fast at least, and at most how many MB.
FLOORS = Path(__file__).parents[1] / "acquire_floors.json"

THEIRS = str(Path(__file__).with_name("theirs.py"))

#: How many of the second reader's threads; of its own figures this is the best one.
PEER_WORKERS = 16


@contextmanager
def _server(feeds: int, delay_s: float) -> Iterator[str]:
    """Serve the feeds while the block runs; give the port."""
    command = [sys.executable, "-m", "bench.acquire.server", str(feeds), str(delay_s)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None  # noqa: S101 - for mypy: it is a pipe
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def _measured(command: list[str]) -> dict[str, Any]:
    """Run a reader; return what it prints, and the most memory its processes took (MB)."""
    peak = 0.0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        done = threading.Event()

        def watch() -> None:
            nonlocal peak
            while not done.wait(0.2):
                peak = max(peak, _memory_mb(process.pid))

        watcher = threading.Thread(target=watch)
        watcher.start()
        out, _ = process.communicate()
        done.set()
        watcher.join()
    return {**json.loads(out.splitlines()[-1]), "peak_mb": round(peak)}


def _memory_mb(pid: int) -> float:
    """Return the memory of a process and all below it; what they share is counted once (PSS)."""
    total, waiting = 0, [pid]
    while waiting:
        each = waiting.pop()
        try:
            rollup = Path(f"/proc/{each}/smaps_rollup").read_text("utf-8")
            children = Path(f"/proc/{each}/task/{each}/children").read_text("utf-8")
        except OSError:
            continue  # it has just ended
        total += sum(int(row.split()[1]) for row in rollup.splitlines() if row[:4] == "Pss:")
        waiting += [int(child) for child in children.split()]
    return total / 1024


def _read(command: list[str], port: str, feeds: int, rounds: int, *more: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        return _measured([*command, port, str(feeds), folder, str(rounds), *more])


def _line(name: str, seconds: float, feeds: int) -> None:
    print(f"  {name:<28} {seconds:8.2f} s {feeds / seconds:8.1f} feeds/s")


def _compare(port: str, feeds: int, rounds: int, peer: str, workers: int) -> dict[str, float]:
    """Print what both do; return how many times as fast ours is, and its memory (MB)."""
    found = {}
    ours = _read(list(OURS), port, feeds, rounds)
    theirs = _read([peer, THEIRS], port, feeds, rounds, str(workers))
    for name, choose in (("cold", slice(0, 1)), ("unchanged", slice(1, None))):
        mine, other = (
            statistics.median(each["all"] for each in times[choose])
            for times in (ours["times"], theirs["times"])
        )
        _line(f"ours, {name}", mine, feeds)
        _line(f"reader, {workers} workers, {name}", other, feeds)
        found[name] = other / mine
        print(f"  ratio {found[name]:.1f}")
    print(f"  stored {ours['stored']} and {theirs['stored']}")
    print(f"  memory {ours['peak_mb']} MB and {theirs['peak_mb']} MB")
    print(f"  our steps, cold: {ours['times'][0]}")
    return {**found, "memory": ours["peak_mb"]}


def _below(found: dict[str, float], floors: dict[str, float]) -> Iterator[str]:
    for name, floor in floors.items():
        is_kept = found[name] <= floor if name == "memory" else found[name] >= floor
        if not is_kept:
            yield f"{name}: {found[name]:.1f} instead of {floor}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", required=True, help="a Python that has reader")
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3, help="of the unchanged feeds")
    given = parser.parse_args()
    floors = json.loads(FLOORS.read_text("utf-8"))
    below: list[str] = []
    for delay_s, workers in ((0.0, 1), (0.0, PEER_WORKERS), (0.1, 1), (0.1, PEER_WORKERS)):
        name = f"{delay_s * 1000:.0f} ms, {workers} workers"
        print(f"{given.feeds} feeds, {name}, {time.strftime('%H:%M')}")
        with _server(given.feeds, delay_s) as port:
            found = _compare(port, given.feeds, given.rounds, given.peer, workers)
        below += [f"{name}: {told}" for told in _below(found, floors[name])]
    print("\n".join(["", "below the floor:", *below] if below else ["", "all floors kept"]))
    sys.exit(bool(below))


if __name__ == "__main__":
    main()
