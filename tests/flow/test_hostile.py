"""Hostile servers and documents through the whole flow: each ends in a recorded state."""

import multiprocessing.forkserver
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from aggregator import wiring
from aggregator.fetch import Fetcher, Guard, Limits
from aggregator.flow import run_once
from aggregator.model import Outputs, Source, SourceOutcome
from aggregator.processes import Processes
from aggregator.store import Database
from tests import builders, runs
from tests.fetch import hostile as servers
from tests.fetch.conftest import Server
from tests.flow import hostile

#: What a worker may hold in memory, whatever it is given.
MOST_BYTES = 300_000_000

GOOD = hostile.rss(hostile.item(1) + hostile.item(2))


class Canary:
    """A server that nothing may reach."""

    def __init__(self) -> None:
        self.heads: list[str] = []
        self.server = Server(self._answer)

    def _answer(self, _connection: socket.socket, head: bytes) -> bytes:
        self.heads.append(head.decode("latin-1"))
        return b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\ncanary"


@contextmanager
def serving(documents: Mapping[str, bytes]) -> Iterator[dict[str, str]]:
    """Serve each document at its own host; give what leads a guard there."""

    def answer(_connection: socket.socket, head: bytes) -> bytes:
        lines = head.decode("latin-1").lower().split("\r\n")
        (host,) = (line[5:].strip() for line in lines if line.startswith("host:"))
        body = documents[host.removesuffix(".documents.example")]
        said = "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length:"
        return f"{said} {len(body)}\r\n\r\n".encode() + body

    server = Server(answer)
    try:
        yield {f"{name}.documents.example:80": f"127.0.0.1:{server.port}" for name in documents}
    finally:
        server.close()


class Watched(Processes):
    """Notes how much memory its processes took, at most."""

    peak_bytes = 0

    def __exit__(self, *error: object) -> None:
        server = multiprocessing.forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(server)], capture_output=True, text=True, check=False
        )
        for pid in listed.stdout.split():
            status = Path(f"/proc/{pid}/status").read_text("utf-8")
            (peak,) = (line.split()[1] for line in status.splitlines() if line[:6] == "VmHWM:")
            self.peak_bytes = max(self.peak_bytes, int(peak) * 1024)
        super().__exit__(*error)


def source(name: str, url: str) -> Source:
    return replace(builders.source("ja"), id=name, url=url)


def run(
    sources: Sequence[Source],
    fetcher: Fetcher,
    folder: Path,
    workers: Processes,
) -> dict[str, SourceOutcome]:
    """Complete a run; return how each source fared, once every failure is one that was foreseen."""
    database = Database(f"sqlite:///{folder / 'a.db'}")
    database.migrate()
    pipelines = [builders.pipeline(outputs=Outputs(feeds=("all",)))]
    planned = runs.run(
        database,
        folder / "output",
        sources={each.id: each for each in sources},
        pipelines=pipelines,
        fetcher=fetcher,
        workers=workers,
    )
    report = run_once(planned, lambda: builders.NOW)
    database.close()
    assert {failure.error for failure in report.failures} <= FORESEEN
    told = {each.source_id: each for each in report.sources}
    assert told.keys() == {each.id for each in sources}
    return told


#: Reasons that a failure may have; anything else was not foreseen.
FORESEEN = frozenset(
    {
        "FetchError", "TimedOutError", "TooLargeError", "RefusedError", "ForbiddenAddressError",
        "ParseError", "NormalizeError", "OverrunError",
    }
)  # fmt: skip


@pytest.mark.slow
def test_hostile_documents_end_in_a_recorded_state_and_the_healthy_are_read(
    tmp_path: Path,
) -> None:
    canary = Canary()
    documents = hostile.documents(f"http://127.0.0.1:{canary.server.port}/")
    documents |= {f"healthy-{n}": GOOD for n in range(3)}
    workers = Watched(2, wiring.WORK_S, wiring.WORK_BYTES)
    with serving(documents) as allowances:
        guard = Guard(allowances=allowances, resolve=servers.resolve)
        sources = [source(name, f"http://{name}.documents.example/") for name in documents]
        told = run(sources, Fetcher(guard, "test", Limits()), tmp_path, workers)
    canary.server.close()
    assert {each.outcome for each in told.values()} == {"fetched", "failed"}
    assert [told[f"healthy-{n}"].new for n in range(3)] == [2, 2, 2]
    assert told["hundred-thousand-items"].new == 2_000
    for name in ("surrogate-reference", "control-characters", "long-title", "bidi", "script"):
        assert told[name].new, told[name]
    assert canary.heads == []
    assert workers.peak_bytes < MOST_BYTES


@pytest.mark.slow
def test_hostile_servers_end_in_a_recorded_state_and_the_healthy_are_read(tmp_path: Path) -> None:
    canary = Canary()
    workers = Processes(1, wiring.WORK_S, wiring.WORK_BYTES)
    with (
        serving({"healthy": GOOD}) as healthy,
        servers.serve(canary.server.port) as allowances,
    ):
        guard = Guard(allowances=allowances | healthy, resolve=servers.resolve)
        sources = [source(name, servers.url_of(name)) for name in servers.CASES]
        sources.append(source("healthy", "http://healthy.documents.example/"))
        limits = Limits(deadline_s=5.0, max_bytes=1_000_000)
        told = run(sources, Fetcher(guard, "test", limits), tmp_path, workers)
    canary.server.close()
    assert {each.outcome for each in told.values()} <= {"fetched", "failed", "unchanged"}
    assert told["healthy"].new == 2
    assert canary.heads == []
