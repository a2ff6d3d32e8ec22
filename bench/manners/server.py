"""Six hosts on one port, each with its own habits; all that is asked is written down."""

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime

PAGES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One request as its server saw it."""

    host: str
    path: str
    is_conditional: bool
    began: float  #: seconds of the loop's clock
    ended: float
    now: datetime  #: by the clock of the runs
    open: int  #: connections of the host at that moment
    wait_until: datetime | None  #: until when the answer wanted the host left alone


@dataclass(slots=True, kw_only=True)
class Server:
    """Answers by host; `now` is the clock that runs have, set before each."""

    now: datetime
    log: list[Seen] = field(default_factory=list)
    port: int = 0
    _asked: Counter[str] = field(default_factory=Counter)
    _open: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Serve while the block runs."""
        loop = asyncio.new_event_loop()
        server = loop.run_until_complete(asyncio.start_server(self._talk, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()
        try:
            yield
        finally:
            loop.call_soon_threadsafe(server.close)
            loop.call_soon_threadsafe(loop.stop)
            thread.join()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        clock = asyncio.get_running_loop().time
        host = ""
        try:
            while head := await _head(reader):
                began = clock()
                path = head.split(" ", 2)[1]
                if not host:
                    host = head.lower().split("\r\nhost: ", 1)[1].split("\r\n", 1)[0].split(":")[0]
                    self._open[host] += 1
                conditional = "\r\nif-none-match:" in head.lower()
                status, headers, body, until = self._answer(host, path, conditional=conditional)
                await asyncio.sleep(0.005)  # a second request would come meanwhile
                lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
                open_now = self._open[host]
                writer.write("\r\n".join(lines).encode() + body)
                self.log.append(
                    Seen(
                        host=host,
                        path=path,
                        is_conditional=conditional,
                        began=began,
                        ended=clock(),
                        now=self.now,
                        open=open_now,
                        wait_until=until,
                    )
                )
        finally:
            self._open[host] -= 1
            writer.close()

    def _answer(
        self, host: str, path: str, *, conditional: bool
    ) -> tuple[str, list[str], bytes, datetime | None]:
        self._asked[host] += 1
        asked = self._asked[host]
        if until := self._wait(host, asked):
            return until
        if host == "moved.example" and path == "/feed":
            return "302 Found", ["Location: http://plain.example/other"], b"", None
        if conditional:  # whatever happened: some servers never say anything else
            return "304 Not Modified", ['ETag: "1"'], b"", None
        kind, body = _document(host, path, self.now)
        tag = ['ETag: "1"'] if kind == "application/rss+xml" else []
        return "200 OK", [f"Content-Type: {kind}", *tag], body, None

    def _wait(self, host: str, asked: int) -> tuple[str, list[str], bytes, datetime] | None:
        """Return the answer of a host that wants to be left alone, None where it does not."""
        if host == "busy.example" and asked % 5 == 0:
            until = self.now + timedelta(seconds=100_000)
            return "503 Service Unavailable", ["Retry-After: 100000"], b"", until
        if host == "later.example" and asked % 4 == 0:
            until = (self.now + timedelta(hours=20)).replace(microsecond=0)
            told = format_datetime(until, usegmt=True)
            return "429 Too Many Requests", [f"Retry-After: {told}"], b"", until
        return None


def _document(host: str, path: str, now: datetime) -> tuple[str, bytes]:
    """Return the type and the bytes of what stands at an address."""
    if path == "/robots.txt":
        return "text/plain", b"User-agent: *\nDisallow: /no\n"
    if path.startswith("/list"):
        return "text/html", _list(now)
    if path.startswith("/page"):
        return "text/html", _page(path)
    return "application/rss+xml", _feed(host)


async def _head(reader: asyncio.StreamReader) -> str:
    try:
        return (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except (asyncio.IncompleteReadError, ConnectionError):
        return ""


def _feed(host: str) -> bytes:
    items = "".join(
        f"<item><title>Item {n} of {host}</title><link>http://{host}/item{n}</link></item>"
        for n in range(5)
    )
    return f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>".encode()


def _list(now: datetime) -> bytes:
    """Return a list whose newest three articles are new each day."""
    first = now.toordinal() * 3
    rows = "".join(
        f'<li><a href="/page/{first - n}">Article {first - n}</a></li>' for n in range(PAGES)
    )
    return f"<html><body><ul>{rows}</ul></body></html>".encode()


def _page(path: str) -> bytes:
    text = f"<p>The school opened its lessons to all teachers of the district: {path}.</p>" * 4
    return f"<html><body><article><h1>{path}</h1>{text}</article></body></html>".encode()
