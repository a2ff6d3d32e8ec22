"""One server for all feeds, in a process of its own: each feed is its own loopback host.

Feed n is at http://127.1.a.b:PORT/feed. Answers are made before the first request; a request with
the right If-None-Match gets a 304. `python -m bench.acquire.server FEEDS DELAY_S` prints the port.
"""

import asyncio
import hashlib
import sys
from functools import partial

from bench.acquire.feeds import feed


def host(number: int) -> str:
    """Return the loopback address that is the host of the feed of a number."""
    return f"127.1.{number // 250}.{number % 250 + 1}"


class _Connection(asyncio.Protocol):
    def __init__(self, answers: dict[bytes, tuple[bytes, bytes, bytes]], delay_s: float) -> None:
        self._answers = answers
        self._delay_s = delay_s
        self._head = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - for mypy: it is TCP
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._head += data
        while b"\r\n\r\n" in self._head:
            head, _, self._head = self._head.partition(b"\r\n\r\n")
            fields = dict(
                line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:] if b":" in line
            )
            name = fields[b"host"].strip().partition(b":")[0]
            etag, whole, unchanged = self._answers[name]
            answer = unchanged if etag in fields.get(b"if-none-match", b"") else whole
            if self._delay_s:
                asyncio.get_running_loop().call_later(self._delay_s, self._send, answer)
            else:
                self._send(answer)

    def _send(self, answer: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)


def _answers(feeds: int) -> dict[bytes, tuple[bytes, bytes, bytes]]:
    found = {}
    for number in range(feeds):
        _, form, body = feed(number)
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        head = f"ETag: {etag}\r\nContent-Type: application/{form}+xml; charset=utf-8\r\n"
        whole = f"HTTP/1.1 200 OK\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
        unchanged = f"HTTP/1.1 304 Not Modified\r\n{head}\r\n".encode()
        found[host(number).encode()] = (etag.encode(), whole, unchanged)
    return found


async def _serve(feeds: int, delay_s: float) -> None:
    loop = asyncio.get_running_loop()
    answers = _answers(feeds)
    server = await loop.create_server(
        partial(_Connection, answers, delay_s),
        "0.0.0.0",  # noqa: S104 - all of 127.0.0.0/8; the guard's allowances name loopback only
        0,
        backlog=1024,
    )
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), float(sys.argv[2])))
