"""Many requests: which host is asked when, where connections go, and how it ends."""

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from aggregator.fetch import Fetcher, Guard, Limits
from aggregator.model import Fetched, Request, Unfetched
from tests.fetch.answers import answers

Answer = Callable[[socket.socket, bytes], bytes | None]
Serve = Callable[[Answer], int]

PUBLIC = "93.184.216.34"
OTHER_PUBLIC = "2606:2800:220:1::1946"

#: For school.example, by itself.
CERTIFICATE = Path(__file__).with_name("school.example.pem")
TRUSTING = ssl.create_default_context(cafile=CERTIFICATE)

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>"


class Detour:
    """Connects every address to one port of this machine, and remembers the address."""

    def __init__(self, port: int, *, dead: Sequence[str] = ()) -> None:
        self.port = port
        self.dead = dead
        self.dialed: list[tuple[str, int]] = []

    async def __call__(self, protocol: Any, address: str, port: int, **tls: Any) -> Any:
        self.dialed.append((address, port))
        if address in self.dead:
            raise OSError("no route")
        loop = asyncio.get_running_loop()
        return await loop.create_connection(protocol, "127.0.0.1", self.port, **tls)


class Counter:
    """Counts how many are inside, at most, by host; and by which connections they came."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.inside: dict[str, int] = {}
        self.most: dict[str, int] = {}
        self.paths: list[str] = []
        self.connections: set[object] = set()

    def answer(self, connection: socket.socket, head: bytes) -> bytes:
        host = host_of(head)
        with self.lock:
            self.paths.append(head.split(b" ")[1].decode())
            self.connections.add(connection.getpeername())
            self.inside[host] = self.inside.get(host, 0) + 1
            self.most[host] = max(self.most.get(host, 0), self.inside[host])
        # A second request would come now, if it came at all.
        connection.settimeout(0.01)
        with suppress(TimeoutError):
            connection.recv(1)
        connection.settimeout(None)
        with self.lock:
            self.inside[host] -= 1
        return OK


def host_of(head: bytes) -> str:
    return head.split(b"Host: ")[1].split(b"\r\n")[0].decode()


def asked(*urls: str) -> list[Request]:
    return [Request(source_id=f"s{n}", url=url, role="source") for n, url in enumerate(urls)]


def local(ports: Mapping[str, int], limits: Limits | None = None) -> Fetcher:
    """Return a fetcher for hosts on loopback."""
    allowances = {f"{host}:80": f"127.0.0.1:{port}" for host, port in ports.items()}
    return Fetcher(Guard(allowances=allowances), "test", limits or Limits())


# --- turns ------------------------------------------------------------------------------------


def test_a_host_is_asked_in_order_over_one_connection(serve: Serve) -> None:
    counter = Counter()
    fetcher = local({"a.example": serve(counter.answer)})

    results = list(answers(fetcher, asked(*(f"http://a.example/{n}" for n in range(6)))))

    assert [result.request.source_id for result in results if isinstance(result, Fetched)] == [
        f"s{n}" for n in range(6)
    ]
    assert counter.paths == [f"/{n}" for n in range(6)]
    assert counter.most == {"a.example": 1}
    assert len(counter.connections) == 1


def test_a_host_is_left_when_nothing_more_is_wanted_from_it(serve: Serve) -> None:
    left = threading.Event()

    def answer(connection: socket.socket, head: bytes) -> None:
        connection.sendall(OK)
        with suppress(OSError):
            connection.recv(1)  # until the client leaves
        left.set()

    def slow(connection: socket.socket, head: bytes) -> bytes:
        return OK if left.wait(timeout=20) else b"never"

    fetcher = local({"a.example": serve(answer), "slow.example": serve(slow)})

    results = list(answers(fetcher, asked("http://a.example/", "http://slow.example/")))

    assert {type(result) for result in results} == {Fetched}


def test_another_port_of_a_host_takes_the_place_of_its_connection(serve: Serve) -> None:
    here, there = Counter(), Counter()
    ports = (serve(here.answer), serve(there.answer))
    allowances = {f"a.example:{80 + n}": f"127.0.0.1:{port}" for n, port in enumerate(ports)}
    fetcher = Fetcher(Guard(allowances=allowances), "test", Limits())

    urls = [f"http://a.example:{80 + n % 2}/{n}" for n in range(4)]
    results = list(answers(fetcher, asked(*urls)))

    assert {type(result) for result in results} == {Fetched}
    assert (here.paths, there.paths) == (["/0", "/2"], ["/1", "/3"])
    assert len(here.connections) == 2


def test_a_request_that_timed_out_leaves_the_host_free_for_the_next(serve: Serve) -> None:
    def answer(connection: socket.socket, head: bytes) -> bytes | None:
        if b"/good" in head:
            return OK
        with suppress(OSError):
            connection.recv(1)  # until the client leaves
        return None

    fetcher = local({"a.example": serve(answer)}, Limits(deadline_s=1.0))

    results = list(answers(fetcher, asked("http://a.example/bad", "http://a.example/good")))

    assert [type(result) for result in results] == [Unfetched, Fetched]


def test_redirects_from_elsewhere_keep_to_the_turn_as_well(serve: Serve) -> None:
    counter = Counter()
    port = serve(counter.answer)
    moved = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://a.example/%s\r\n\r\n"
    elsewhere = serve(lambda connection, head: moved % host_of(head).encode())
    fetcher = local({"a.example": port, "b.example": elsewhere, "c.example": elsewhere})

    urls = [f"http://a.example/{n}" for n in range(4)]
    results = list(answers(fetcher, asked(*urls, "http://b.example/", "http://c.example/")))

    assert {type(result) for result in results} == {Fetched}
    assert sorted(counter.paths) == ["/0", "/1", "/2", "/3", "/b.example", "/c.example"]
    assert counter.most == {"a.example": 1}


def test_two_hosts_are_asked_at_one_time(serve: Serve) -> None:
    meeting = threading.Barrier(2)

    def answer(connection: socket.socket, head: bytes) -> bytes:
        meeting.wait(timeout=20)  # for the other host's request
        return OK

    fetcher = local({"a.example": serve(answer), "b.example": serve(answer)})

    results = list(answers(fetcher, asked("http://a.example/", "http://b.example/")))

    assert [type(result) for result in results] == [Fetched, Fetched]


def test_no_more_hosts_are_asked_at_one_time_than_allowed(serve: Serve) -> None:
    counter = Counter()

    def answer(connection: socket.socket, head: bytes) -> bytes:
        return counter.answer(connection, b"GET /x HTTP/1.1\r\nHost: all\r\n\r\n")

    port = serve(answer)
    fetcher = local({f"h{n}.example": port for n in range(8)}, Limits(concurrency=2))

    results = list(answers(fetcher, asked(*(f"http://h{n}.example/" for n in range(8)))))

    assert {type(result) for result in results} == {Fetched}
    assert counter.most["all"] <= 2


def test_a_failure_does_not_stop_the_hosts_next_request(serve: Serve) -> None:
    def answer(connection: socket.socket, head: bytes) -> bytes | None:
        return OK if b"/good" in head else None

    fetcher = local({"a.example": serve(answer)})

    results = list(answers(fetcher, asked("http://a.example/bad", "http://a.example/good")))

    assert [type(result) for result in results] == [Unfetched, Fetched]


def test_a_public_host_gets_its_gap(serve: Serve) -> None:
    came: list[float] = []

    def answer(connection: socket.socket, head: bytes) -> bytes:
        came.append(time.monotonic())
        return OK

    guard = Guard(resolve=lambda host, port: [PUBLIC])
    fetcher = Fetcher(guard, "test", Limits(gap_s=0.05), dial=Detour(serve(answer)))

    list(answers(fetcher, asked("http://a.example/1", "http://a.example/2")))

    assert came[1] - came[0] >= 0.05


def test_a_host_that_is_allowed_by_name_gets_no_gap(serve: Serve) -> None:
    fetcher = local({"a.example": serve(lambda connection, head: OK)}, Limits(gap_s=3600))

    results = list(answers(fetcher, asked("http://a.example/1", "http://a.example/2")))

    assert {type(result) for result in results} == {Fetched}


# --- where connections go ---------------------------------------------------------------------


def test_the_connection_goes_to_the_address_that_was_checked(serve: Serve) -> None:
    """The name leads to a public address when checked, and to this machine if asked again."""
    resolved = iter([[PUBLIC], ["127.0.0.1"]])
    heads: list[bytes] = []

    def answer(connection: socket.socket, head: bytes) -> bytes:
        heads.append(head)
        return OK

    dial = Detour(serve(answer))
    guard = Guard(resolve=lambda host, port: next(resolved))
    fetcher = Fetcher(guard, "test", Limits(), dial=dial)

    (result,) = answers(fetcher, asked("http://school.example:8080/feed"))

    assert isinstance(result, Fetched)
    assert dial.dialed == [(PUBLIC, 8080)]
    assert host_of(heads[0]) == "school.example:8080"
    assert next(resolved) == ["127.0.0.1"]  # nobody asked for it


def test_each_new_connection_is_checked_again(serve: Serve) -> None:
    resolved = iter([[PUBLIC], ["127.0.0.1"]])
    dial = Detour(serve(lambda c, head: OK[:17] + b"Connection: close\r\n" + OK[17:]))
    guard = Guard(resolve=lambda host, port: next(resolved))
    fetcher = Fetcher(guard, "test", Limits(gap_s=0), dial=dial)

    first, second = answers(fetcher, asked("http://school.example/1", "http://school.example/2"))

    assert isinstance(first, Fetched)
    assert isinstance(second, Unfetched)
    assert second.error == "ForbiddenAddressError"
    assert dial.dialed == [(PUBLIC, 80)]


@pytest.mark.parametrize("refused", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1"])
def test_nothing_is_connected_when_one_address_is_refused(serve: Serve, refused: str) -> None:
    dial = Detour(serve(lambda connection, head: OK))
    guard = Guard(resolve=lambda host, port: [PUBLIC, refused])

    (result,) = answers(
        Fetcher(guard, "test", Limits(), dial=dial), asked("http://school.example/")
    )

    assert isinstance(result, Unfetched)
    assert result.error == "ForbiddenAddressError"
    assert dial.dialed == []


def test_the_next_address_is_tried_when_one_is_dead(serve: Serve) -> None:
    dial = Detour(serve(lambda connection, head: OK), dead=[OTHER_PUBLIC])
    guard = Guard(resolve=lambda host, port: [OTHER_PUBLIC, PUBLIC])

    (result,) = answers(
        Fetcher(guard, "test", Limits(), dial=dial), asked("http://school.example/")
    )

    assert isinstance(result, Fetched)
    assert dial.dialed == [(OTHER_PUBLIC, 80), (PUBLIC, 80)]


def test_when_all_addresses_are_dead_it_is_a_failure() -> None:
    dial = Detour(0, dead=[OTHER_PUBLIC, PUBLIC])
    guard = Guard(resolve=lambda host, port: [OTHER_PUBLIC, PUBLIC])

    (result,) = answers(
        Fetcher(guard, "test", Limits(), dial=dial), asked("http://school.example/")
    )

    assert isinstance(result, Unfetched)
    assert result.reason == "The connection failed: no route"
    assert len(dial.dialed) == 2


def test_the_tls_name_is_the_urls_and_a_plain_answer_is_a_failure() -> None:
    """The name stands in clear in a client's first TLS message (RFC 6066, 3)."""
    hello: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                hello.append(connection.recv(65536))
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        dial = Detour(listener.getsockname()[1])
        guard = Guard(resolve=lambda host, port: [PUBLIC])
        (result,) = answers(
            Fetcher(guard, "test", Limits(), dial=dial), asked("https://school.example/feed")
        )
        thread.join()

    assert b"school.example" in hello[0]
    assert dial.dialed == [(PUBLIC, 443)]
    assert isinstance(result, Unfetched)
    assert result.error == "FetchError"
    assert result.reason.startswith("The connection failed: no secure channel (")


def test_a_secured_host_is_asked_over_one_connection_under_its_name(serve: Serve) -> None:
    """The certificate is of no authority; it, and nothing else, is trusted here."""
    names: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        secure = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        secure.load_cert_chain(CERTIFICATE)
        secure.sni_callback = lambda sock, name, context: names.append(str(name))

        def answer() -> None:
            connection, _ = listener.accept()
            with secure.wrap_socket(connection, server_side=True) as secured:
                for _ in range(2):
                    assert b"Host: school.example" in secured.recv(65536)
                    secured.sendall(OK)
                assert secured.recv(1) == b""

        thread = threading.Thread(target=answer)
        thread.start()
        detour = Detour(listener.getsockname()[1])

        async def dial(*target: Any, **tls: Any) -> Any:
            assert tls["ssl"].verify_mode is ssl.CERT_REQUIRED
            return await detour(*target, **tls | {"ssl": TRUSTING})

        guard = Guard(resolve=lambda host, port: [PUBLIC])
        fetcher = Fetcher(guard, "test", Limits(gap_s=0), dial=dial)
        pages = asked("https://school.example/1", "https://school.example/2")
        results = list(answers(fetcher, pages))
        thread.join()

    assert [type(result) for result in results] == [Fetched, Fetched]
    assert names == ["school.example"]


def test_a_connection_that_its_server_closed_is_not_used_again(serve: Serve) -> None:
    """Whether it said so or not: a farewell such as 408 would be taken for the next answer."""
    farewells = iter([b"", b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n", b""])
    came = threading.Semaphore(0)

    def answer(connection: socket.socket, head: bytes) -> None:
        connection.sendall(OK)
        assert came.acquire(timeout=20)
        connection.sendall(next(farewells))
        connection.close()

    dial = Detour(serve(answer))
    guard = Guard(resolve=lambda host, port: [PUBLIC])
    fetcher = Fetcher(guard, "test", Limits(gap_s=0.3), dial=dial)

    results = []
    for result in answers(fetcher, asked(*(f"http://a.example/{n}" for n in range(3)))):
        results.append(type(result))
        came.release()

    assert results == [Fetched] * 3
    assert len(dial.dialed) == 3


# --- how it ends ------------------------------------------------------------------------------


def test_a_result_is_there_before_slower_hosts_have_answered(serve: Serve) -> None:
    seen = threading.Event()

    def slow(connection: socket.socket, head: bytes) -> bytes:
        seen.wait(timeout=20)
        return OK

    fetcher = local({"fast.example": serve(lambda c, head: OK), "slow.example": serve(slow)})
    results = answers(fetcher, asked("http://slow.example/", "http://fast.example/"))

    first = next(results)
    assert not seen.is_set()
    seen.set()
    (second,) = results

    assert isinstance(first, Fetched)
    assert first.request.url == "http://fast.example/"
    assert isinstance(second, Fetched)


def test_leaving_early_closes_what_is_under_way(serve: Serve) -> None:
    begun, left = threading.Event(), threading.Event()

    def stalled(connection: socket.socket, head: bytes) -> None:
        begun.set()
        with suppress(OSError):
            connection.recv(1)  # until the client leaves
        left.set()

    def fast(connection: socket.socket, head: bytes) -> bytes:
        begun.wait(timeout=20)
        return OK

    fetcher = local({"fast.example": serve(fast), "stalled.example": serve(stalled)})
    results = answers(fetcher, asked("http://stalled.example/", "http://fast.example/"))

    assert isinstance(next(results), Fetched)
    results.close()

    assert left.wait(timeout=20)
    assert "fetch" not in {thread.name for thread in threading.enumerate()}


def test_a_resolver_that_hangs_holds_nobody_up(serve: Serve) -> None:
    hung, released, over = threading.Event(), threading.Event(), threading.Event()

    def resolve(host: str, port: int) -> Sequence[str]:
        hung.set()
        released.wait(timeout=20)
        over.set()
        return [PUBLIC]

    def fast(connection: socket.socket, head: bytes) -> bytes:
        hung.wait(timeout=20)
        return OK

    port = serve(fast)
    guard = Guard(allowances={"fast.example:80": f"127.0.0.1:{port}"}, resolve=resolve)
    fetcher = Fetcher(guard, "test", Limits(deadline_s=20))
    results = answers(fetcher, asked("http://hung.example/", "http://fast.example/"))

    assert isinstance(next(results), Fetched)
    results.close()

    assert not over.is_set()
    released.set()


def test_a_resolver_that_hangs_is_left_at_the_deadline() -> None:
    released, over = threading.Event(), threading.Event()

    def resolve(host: str, port: int) -> Sequence[str]:
        released.wait(timeout=20)
        over.set()
        return [PUBLIC]

    fetcher = Fetcher(Guard(resolve=resolve), "test", Limits(deadline_s=0.2))
    (result,) = answers(fetcher, asked("http://hung.example/"))

    assert isinstance(result, Unfetched)
    assert result.error == "TimedOutError"
    assert not over.is_set()
    released.set()


def test_a_fetcher_can_be_used_again_and_again(serve: Serve) -> None:
    fetcher = local({"a.example": serve(lambda connection, head: OK)})

    for _ in range(3):
        assert [type(result) for result in answers(fetcher, asked("http://a.example/"))] == [
            Fetched
        ]
