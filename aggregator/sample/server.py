"""A web of invented sites on loopback: each folder of a directory is a host."""

import hashlib
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from threading import Event, Thread
from urllib.parse import unquote

import yaml

from aggregator.errors import ConfigError

#: When all pages were last changed: an hour before the demo's clock.
LAST_MODIFIED = "Fri, 20 Nov 2026 08:00:00 GMT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer of a site, ready to be sent."""

    body: bytes
    status: int = 200
    content_type: str = "text/plain; charset=utf-8"
    location: str = ""  #: where a redirect leads
    delay_s: float = 0.0

    @property
    def etag(self) -> str:
        """A strong validator: other bytes, other value."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request that was answered."""

    host: str
    path: str
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleWeb:
    """The running web: where its hosts really are, and who came."""

    allowances: Mapping[str, str]  #: "host:80" -> "127.0.0.1:port", as the fetcher's guard takes it
    log: list[Visit] = field(default_factory=list)  #: grows while the web runs


@contextmanager
def serve(directory: Path) -> Iterator[SampleWeb]:
    """Serve every site of a directory on one loopback port while the block runs.

    Raises:
        ConfigError: a site's `site.yaml` is wrong, or a file cannot be written in its charset.
    """
    sites = {site.name: read_site(site) for site in sorted(directory.iterdir()) if site.is_dir()}
    with _Server(sites) as server:
        thread = Thread(target=server.serve_forever, args=(0.05,), name="sample", daemon=True)
        thread.start()
        try:
            yield server.web
        finally:
            server.hang_up()
            thread.join()


def read_site(folder: Path) -> dict[str, Page]:
    """Return a site's pages by path, encoded as they are served.

    Raises:
        ConfigError: `site.yaml` is wrong, or a file cannot be written in its charset.
    """
    table = folder / "site.yaml"
    try:
        pages = yaml.safe_load(table.read_text(encoding="utf-8"))["pages"]
        return {path: _read_page(folder, _Entry(**said)) for path, said in pages.items()}
    except UnicodeError as err:
        raise ConfigError(f"names a charset that does not fit: {err}", file=str(table)) from err
    except (OSError, yaml.YAMLError, AttributeError, LookupError, TypeError, ValueError) as err:
        raise ConfigError(f"is no description of a site: {err}", file=str(table)) from err


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """What `site.yaml` says of one address; the fields are its keys."""

    file: str | None = None
    type: str = "text/html"
    charset: str = "UTF-8"
    declare: bool = True  #: False: the header names no charset
    binary: bool = False  #: the file is sent as it is
    redirect: str | None = None  #: where the answer leads
    status: int | None = None
    delay_s: float = 0.0


def _read_page(folder: Path, entry: _Entry) -> Page:
    if entry.file is None:
        status = int(entry.status or (301 if entry.redirect else 200))
        text = f"{status} {HTTPStatus(status).phrase}\n"
        location = entry.redirect or ""
        return Page(body=text.encode(), status=status, location=location, delay_s=entry.delay_s)
    body = (folder / entry.file).read_bytes()
    declared = entry.declare and not entry.binary
    return Page(
        body=body if entry.binary else body.decode("utf-8").encode(entry.charset),
        status=int(entry.status or 200),
        content_type=f"{entry.type}; charset={entry.charset}" if declared else entry.type,
        delay_s=entry.delay_s,
    )


class _Server(ThreadingHTTPServer):
    """Knows its open connections, so that it can end without waiting for idle clients."""

    daemon_threads = False  # they are joined at the end
    request_queue_size = 128  # with the default of five, many clients at once wait a second

    def __init__(self, sites: Mapping[str, Mapping[str, Page]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.sites = sites
        self.ending = Event()
        self._open: set[socket.socket] = set()
        place = f"127.0.0.1:{self.server_port}"
        self.web = SampleWeb(allowances={f"{host}:80": place for host in sites})

    def server_bind(self) -> None:
        """Take a port, without looking up this machine's name as the parent class does."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", self.server_address[1]

    def find(self, host: str, path: str) -> Page:
        """Return what a host has at a path: with its query, else without it, else a 404 page."""
        pages = self.sites.get(host.partition(":")[0].lower(), {})
        for spelling in (path, unquote(path), unquote(path).partition("?")[0]):
            if spelling in pages:
                return pages[spelling]
        return Page(body=b"404 Not Found\n", status=404)

    def hang_up(self) -> None:
        """Stop serving: answers that wait are dropped, connections closed."""
        self.ending.set()
        self.shutdown()
        for connection in tuple(self._open):
            with suppress(OSError):  # its thread has just closed it
                connection.shutdown(socket.SHUT_RDWR)

    def process_request(self, request: object, client_address: object) -> None:
        """Answer a new connection in a thread of its own."""
        assert isinstance(request, socket.socket)  # noqa: S101 - the type of a TCP server's
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: object) -> None:
        """Forget a connection that has ended."""
        assert isinstance(request, socket.socket)  # noqa: S101 - the type of a TCP server's
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Report what went wrong here, but not that a client has left."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"  # connections are kept
    wbufsize = 64 * 1024  # head and body leave together

    def do_GET(self) -> None:
        """Answer with the page, or that it has not changed."""
        host, path = self.headers.get("Host", ""), self.path
        page = self.server.find(host, path)
        if page.delay_s and self.server.ending.wait(page.delay_s):
            self.close_connection = True
            return
        status = 304 if self._has(page) else page.status
        visit = Visit(host=host.partition(":")[0].lower(), path=path, status=status)
        self.server.web.log.append(visit)
        self._answer(page, status)

    def do_HEAD(self) -> None:
        """Answer as to GET, without the body."""
        self.do_GET()

    def _has(self, page: Page) -> bool:
        """Tell whether the client has this very page (RFC 9110, 13.2.2: the tag goes first)."""
        if page.status != 200:
            return False
        if tags := self.headers.get("If-None-Match"):
            have = [tag.strip().removeprefix("W/") for tag in tags.split(",")]
            return page.etag in have or "*" in have
        return bool(self.headers.get("If-Modified-Since") == LAST_MODIFIED)

    def _answer(self, page: Page, status: int) -> None:
        self.send_response(status)
        if page.status == 200:
            self.send_header("ETag", page.etag)
            self.send_header("Last-Modified", LAST_MODIFIED)
        if page.location:
            self.send_header("Location", page.location)
        if status != 304:
            self.send_header("Content-Type", page.content_type)
            self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()
        if status != 304 and self.command != "HEAD":
            self.wfile.write(page.body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: visits are in the log."""
