"""Hosts on loopback that do whatever a server can do to a reader, and what must become of it.

Each case is a host, `host_of(name)`, on port 80 by an allowance. `serve` runs them all at once;
`resolve` is the resolver to give the guard, so that no name is asked for outside of this machine.
"""

import gzip
import socket
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count

from tests.fetch.conftest import Server

#: Gets the connection and a request's head; bytes that it returns are sent, and {canary} in them
#: becomes the port of a server that nobody may reach. None closes the connection.
Answer = Callable[[socket.socket, bytes], bytes | None]

#: A host that answers as it should, whatever the others do.
HEALTHY = "healthy.example"
BODY = b"<rss/>"

#: What a resolver says of the names that redirects lead to.
NAMES = {
    "inside.example": ["10.0.0.7"],
    "half-inside.example": ["93.184.216.34", "127.0.0.1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "translated.example": ["64:ff9b::7f00:1"],
}

MIB = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One hostile host."""

    answer: Answer
    expected: str  #: class of the fetcher's answer, or of the error of an `Unfetched`
    says: str = ""  #: what stands in its reason
    body: bytes = BODY  #: of a `Fetched`
    stalls: bool = False  #: only the deadline ends it


CASES: dict[str, Case] = {}


def host_of(name: str) -> str:
    """Return the host of a case."""
    return f"{name}.hostile.example"


def url_of(name: str) -> str:
    """Return the address to fetch for a case."""
    return f"http://{host_of(name)}/feed"


def resolve(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a name that the cases use; no other is known."""
    if host in NAMES:
        return NAMES[host]
    raise OSError(f"unknown name {host}")


@contextmanager
def serve(canary: int = 9) -> Iterator[dict[str, str]]:
    """Run all cases and the healthy host, and give the allowances that lead there.

    `canary` is the port of this machine to which the cases try to lead.
    """

    def answer(connection: socket.socket, head: bytes) -> bytes | None:
        host = head.partition(b"Host: ")[2].partition(b"\r\n")[0].decode()
        if head.startswith(b"GET /robots.txt "):
            return reply(status="404 Not Found", body=b"")
        if host == HEALTHY:
            return reply()
        said = CASES[host.partition(".")[0]].answer(connection, head)
        return said and said.replace(b"{canary}", b"%d" % canary)

    server = Server(answer)
    try:
        hosts = (HEALTHY, *map(host_of, CASES))
        yield {f"{host}:80": f"127.0.0.1:{server.port}" for host in hosts}
    finally:
        server.close()


# --- what servers say


def reply(*headers: str, body: bytes = BODY, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def says(data: bytes) -> Answer:
    """Return an answer that sends the bytes and keeps the connection."""
    return lambda connection, head: data


def says_last(data: bytes) -> Answer:
    """Return an answer that sends the bytes and closes."""

    def answer(connection: socket.socket, head: bytes) -> None:
        connection.sendall(data)

    return answer


def stalls(data: bytes = b"") -> Answer:
    """Return an answer that sends the bytes, and then nothing until the client leaves."""

    def answer(connection: socket.socket, head: bytes) -> None:
        connection.sendall(data)
        while connection.recv(4096):
            pass

    return answer


def drips(begin: bytes, drop: bytes) -> Answer:
    """Return an answer that sends a drop every few milliseconds until the client leaves."""

    def answer(connection: socket.socket, head: bytes) -> None:
        connection.sendall(begin)
        connection.settimeout(0.01)  # what there is to receive, is the end
        while True:
            connection.sendall(drop)
            with suppress(TimeoutError):
                if not connection.recv(1):
                    return

    return answer


def floods(begin: bytes, again: bytes) -> Answer:
    """Return an answer that sends the same without end, as fast as it can."""
    much = again * (65536 // len(again) + 1)

    def answer(connection: socket.socket, head: bytes) -> None:
        connection.sendall(begin)
        while True:  # until the client leaves, which raises
            connection.sendall(much)

    return answer


def resets(data: bytes) -> Answer:
    """Return an answer that sends the bytes, and then resets the connection."""

    def answer(connection: socket.socket, head: bytes) -> None:
        connection.sendall(data)
        # Linger for zero seconds: closing resets.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return answer


def moved(location: str, status: str = "302 Found") -> Answer:
    return says(reply(f"Location: {location}", status=status, body=b""))


def chain(length: int) -> Answer:
    """Return an answer that redirects so many times before it gives a document."""

    def answer(connection: socket.socket, head: bytes) -> bytes:
        path = head.split(b" ")[1].strip(b"/").decode()
        step = int(path) if path.isdigit() else 0
        if step == length:
            return reply()
        return reply(f"Location: /{step + 1}", status="301 Moved Permanently", body=b"")

    return answer


def wanders(connection: socket.socket, head: bytes) -> bytes:
    """Redirect to an address that nobody asked for yet, without end."""
    return reply(f"Location: /{next(_STEPS)}", status="307 Temporary Redirect", body=b"")


_STEPS = count()


# --- compressed bodies


def bomb(wbits: int, mebibytes: int) -> bytes:
    """Return so many MiB of zeros, a thousandth of the size, without its checksum."""
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    head = packer.compress(b"") or b""
    first = packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush a block needs nothing before it, so it may come again and again.
    again = packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + first + again * (mebibytes - 1)


def encoded(coding: str, body: bytes) -> Answer:
    return lambda connection, head: reply(f"Content-Encoding: {coding}", body=body)


GZIP, DEFLATE, BARE = zlib.MAX_WBITS | 16, zlib.MAX_WBITS, -zlib.MAX_WBITS
PACKED = gzip.compress(BODY, mtime=0)

CASES |= {
    "gzip-bomb": Case(answer=encoded("gzip", bomb(GZIP, 1024)), expected="TooLargeError"),
    "gzip-bomb-small": Case(answer=encoded("x-gzip", bomb(GZIP, 10)), expected="TooLargeError"),
    "deflate-bomb": Case(answer=encoded("deflate", bomb(DEFLATE, 1024)), expected="TooLargeError"),
    "deflate-bare-bomb": Case(answer=encoded("deflate", bomb(BARE, 64)), expected="TooLargeError"),
    "gzip-members-bomb": Case(
        answer=encoded("gzip", gzip.compress(bytes(MIB)) * 8), expected="TooLargeError"
    ),
    "gzip-empty-members": Case(
        answer=floods(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", gzip.compress(b"", mtime=0)
        ),
        expected="TooLargeError",
    ),
    "gzip-on-gzip": Case(
        answer=encoded("gzip, gzip", gzip.compress(bomb(GZIP, 64))),
        expected="FetchError",
        says="not asked for",
    ),
    "gzip-in-gzip": Case(
        answer=encoded("gzip", gzip.compress(PACKED)), expected="Fetched", body=PACKED
    ),
    "gzip-untold": Case(answer=encoded("identity", PACKED), expected="Fetched", body=PACKED),
    "gzip-cut": Case(answer=encoded("gzip", PACKED[:-9]), expected="FetchError", says="is cut off"),
    "gzip-wrong-checksum": Case(
        answer=encoded("gzip", PACKED[:-8] + bytes(8)),
        expected="FetchError",
        says="cannot be decompressed",
    ),
    "gzip-with-junk": Case(answer=encoded("gzip", PACKED + b"junk"), expected="Fetched"),
    "gzip-lie": Case(
        answer=encoded("gzip", BODY), expected="FetchError", says="cannot be decompressed"
    ),
    "deflate-lie": Case(
        answer=encoded("deflate", PACKED), expected="FetchError", says="cannot be decompressed"
    ),
    "coding-unknown": Case(answer=encoded("utf-8", BODY), expected="Fetched"),
    "coding-endless": Case(answer=encoded("gzip," * 9000, BODY), expected="FetchError"),
    "br-unasked": Case(answer=encoded("br", BODY), expected="FetchError", says="encoded as br"),
    "zstd-unasked": Case(
        answer=encoded("zstd", BODY), expected="FetchError", says="encoded as zstd"
    ),
}

# --- slow, and without end

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"

CASES |= {
    "never-answers": Case(answer=stalls(), expected="TimedOutError", stalls=True),
    "slow-first-byte": Case(answer=stalls(b"H"), expected="TimedOutError", stalls=True),
    "stalls-in-head": Case(answer=stalls(OK + b"X: "), expected="TimedOutError", stalls=True),
    "stalls-in-body": Case(
        answer=stalls(OK + b"Content-Length: 9\r\n\r\n<rss"), expected="TimedOutError", stalls=True
    ),
    "stalls-in-chunk": Case(
        answer=stalls(CHUNKED + b"ff\r\n<rss"), expected="TimedOutError", stalls=True
    ),
    "stalls-in-gzip": Case(
        answer=stalls(OK + b"Content-Encoding: gzip\r\n\r\n" + PACKED[:-9]),
        expected="TimedOutError",
        stalls=True,
    ),
    "stalls-after-100": Case(
        answer=stalls(b"HTTP/1.1 100 Continue\r\n\r\n"), expected="TimedOutError", stalls=True
    ),
    "drips-headers": Case(answer=drips(OK, b"X: y\r\n"), expected="TimedOutError", stalls=True),
    "drips-a-header": Case(answer=drips(OK + b"X: ", b"y"), expected="TimedOutError", stalls=True),
    "drips-body": Case(answer=drips(OK + b"\r\n", b"x"), expected="TimedOutError", stalls=True),
    "drips-chunks": Case(
        answer=drips(CHUNKED, b"1\r\nx\r\n"), expected="TimedOutError", stalls=True
    ),
    "drips-100s": Case(
        answer=drips(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), expected="TimedOutError", stalls=True
    ),
    "floods-100s": Case(
        answer=floods(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        expected="FetchError",
        says="does not begin",
    ),
    "endless-body": Case(answer=floods(OK + b"\r\n", b"x"), expected="TooLargeError"),
    "endless-chunks": Case(
        answer=floods(CHUNKED, b"f\r\nxxxxxxxxxxxxxxx\r\n"), expected="TooLargeError"
    ),
    "endless-chunk-size": Case(answer=floods(CHUNKED, b"0"), expected="FetchError"),
    "endless-chunk-extension": Case(answer=floods(CHUNKED + b"1;", b"x"), expected="FetchError"),
    "endless-trailers": Case(answer=floods(CHUNKED + b"0\r\n", b"X: y\r\n"), expected="FetchError"),
    "endless-headers": Case(answer=floods(OK, b"X: y\r\n"), expected="FetchError"),
    "endless-status": Case(answer=floods(b"HTTP/1.1 200 ", b"O"), expected="FetchError"),
    "endless-blank-lines": Case(answer=floods(b"", b"\r\n"), expected="FetchError"),
    "header-of-1mb": Case(
        answer=says_last(OK + b"X: " + b"y" * MIB + b"\r\n\r\n"), expected="FetchError"
    ),
    "headers-100k": Case(
        answer=says_last(OK + b"X: y\r\n" * 100_000 + b"\r\n"), expected="FetchError"
    ),
    "announces-too-much": Case(
        answer=says_last(OK + b"Content-Length: 99999999999999\r\n\r\n"), expected="TooLargeError"
    ),
    "error-without-end": Case(
        answer=floods(b"HTTP/1.1 500 Oops\r\n\r\n", b"x"), expected="RefusedError", says="500 "
    ),
    "redirect-without-end": Case(
        answer=floods(b"HTTP/1.1 302 Found\r\nLocation: file:///x\r\n\r\n", b"x"),
        expected="ForbiddenAddressError",
    ),
}

# --- redirects

#: Where no redirect may lead, by the case's name.
FORBIDDEN = {
    "to-file": "file:///etc/passwd",
    "to-gopher": "gopher://127.0.0.1:{canary}/_GET",
    "to-data": "data:text/xml,<rss/>",
    "to-ftp": "ftp://127.0.0.1:{canary}/",
    "to-javascript": "javascript:alert(1)",
    "to-websocket": "ws://127.0.0.1:{canary}/",
    "to-loopback": "http://127.0.0.1:{canary}/",
    "to-loopback-tls": "https://127.0.0.1:{canary}/",
    "to-loopback-6": "http://[::1]:{canary}/",
    "to-loopback-mapped": "http://[::ffff:127.0.0.1]:{canary}/",
    "to-loopback-translated": "http://[64:ff9b::7f00:1]:{canary}/",
    "to-loopback-relative": "//127.0.0.1:{canary}/",
    "to-loopback-named": "http://healthy.example@127.0.0.1:{canary}/",
    "to-loopback-upper": "HTTP://LOCALHOST:{canary}/",
    "to-localhost": "http://localhost:{canary}/",
    "to-localhost-dot": "http://localhost.:{canary}/",
    "to-localhost-below": "http://school.localhost:{canary}/",
    "to-decimal": "http://2130706433:{canary}/",
    "to-hexadecimal": "http://0x7f000001:{canary}/",
    "to-short": "http://127.1:{canary}/",
    "to-zero": "http://0.0.0.0:{canary}/",
    "to-zero-short": "http://0:{canary}/",
    "to-private-10": "http://10.0.0.1/",
    "to-private-172": "http://172.16.0.1/",
    "to-private-192": "http://192.168.0.1/",
    "to-cgnat": "http://100.64.0.1/",
    "to-metadata": "http://169.254.169.254/latest/meta-data/",
    "to-metadata-6": "http://[fd00:ec2::254]/latest/meta-data/",
    "to-link-local": "http://[fe80::1]/",
    "to-multicast": "http://224.0.0.1/",
    "to-broadcast": "http://255.255.255.255/",
    "to-inside": "http://inside.example/",
    "to-half-inside": "http://half-inside.example/",
    "to-mapped": "http://mapped.example/",
    "to-translated": "http://translated.example/",
    "to-port-zero": "http://healthy.example:0/",
}

CASES |= {
    name: Case(answer=moved(location), expected="ForbiddenAddressError")
    for name, location in FORBIDDEN.items()
}
CASES |= {
    "to-other-port": Case(
        answer=moved("http://healthy.example:{canary}/"),
        expected="FetchError",
        says="could not be resolved",
    ),
    # The client takes what is no decimal IPv4 address for no address at all.
    "to-octal": Case(answer=moved("http://0177.0.0.01:{canary}/"), expected="FetchError"),
    "to-no-host": Case(answer=moved("http:///feed"), expected="FetchError", says="in a circle"),
    "to-itself": Case(answer=moved("/feed"), expected="FetchError", says="in a circle"),
    "to-itself-marked": Case(answer=moved("#again"), expected="FetchError", says="in a circle"),
    "ping-pong": Case(
        answer=lambda connection, head: (moved("/b") if b"/feed" in head else moved("/feed"))(
            connection, head
        ),
        expected="FetchError",
        says="in a circle",
    ),
    "chain-of-5": Case(answer=chain(5), expected="Fetched"),
    "chain-of-30": Case(answer=chain(30), expected="FetchError", says="more than 5 times"),
    "wanders": Case(answer=wanders, expected="FetchError", says="more than 5 times"),
    "to-nowhere": Case(
        answer=says(reply(status="302 Found")), expected="RefusedError", says="302 Found"
    ),
    "to-nothing": Case(answer=moved(""), expected="RefusedError", says="302 Found"),
    "to-broken-6": Case(answer=moved("http://[::1"), expected="FetchError"),
    "to-garbage": Case(answer=moved("http://\x80\xff:x:y/"), expected="FetchError"),
    "to-control": Case(answer=moved("http://a\x00b/"), expected="FetchError"),
    "to-line-break": Case(
        answer=moved("/%0D%0ASet-Cookie:%20a=b"), expected="FetchError", says="in a circle"
    ),
    "to-second-header": Case(
        answer=says(reply("Location: /a\r\nLocation: http://127.0.0.1:{canary}/", status="302 X")),
        expected="FetchError",
        says="in a circle",
    ),
    "to-far": Case(answer=moved("/" + "a" * 80_000), expected="FetchError"),
    "to-unknown": Case(
        answer=moved("http://unknown.example/"), expected="FetchError", says="could not be resolved"
    ),
}

# --- HTTP's rules, broken


def with_length(length: str) -> Answer:
    return says_last(OK + f"Content-Length: {length}\r\n\r\n".encode() + BODY)


CASES |= {
    "length-too-long": Case(answer=with_length("100"), expected="FetchError", says="broke off"),
    "length-too-short": Case(answer=with_length("3"), expected="Fetched", body=b"<rs"),
    "length-negative": Case(answer=with_length("-1"), expected="FetchError"),
    "length-in-words": Case(answer=with_length("six"), expected="FetchError"),
    "length-of-5000-digits": Case(answer=with_length("9" * 5000), expected="FetchError"),
    "lengths-two": Case(
        answer=with_length("6\r\nContent-Length: 7"), expected="FetchError", says="broke"
    ),
    "length-and-chunks": Case(
        answer=says_last(
            OK + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n<rss/>\r\n0\r\n\r\n"
        ),
        expected="Fetched",
    ),
    "chunk-not-a-number": Case(answer=says_last(CHUNKED + b"zz\r\n<rss/>"), expected="FetchError"),
    "chunk-negative": Case(answer=says_last(CHUNKED + b"-1\r\n<rss/>"), expected="FetchError"),
    "chunk-too-large": Case(
        answer=says_last(CHUNKED + b"f" * 30 + b"\r\n<rss/>"), expected="FetchError"
    ),
    "chunks-cut": Case(answer=says_last(CHUNKED + b"6\r\n<rss/>\r\n"), expected="FetchError"),
    "coding-of-transfer-unknown": Case(
        answer=says_last(OK + b"Transfer-Encoding: gzip\r\n\r\n" + PACKED), expected="FetchError"
    ),
    "closes-at-once": Case(answer=says_last(b""), expected="FetchError", says="broke off"),
    "closes-in-head": Case(answer=says_last(OK + b"Content-Le"), expected="FetchError"),
    "resets-at-once": Case(answer=resets(b""), expected="FetchError"),
    "resets-in-body": Case(
        answer=resets(OK + b"Content-Length: 100\r\n\r\n<rss"), expected="FetchError"
    ),
    "empty": Case(answer=says(reply(body=b"")), expected="FetchError", says="empty"),
    "http-0-9": Case(answer=says_last(b"<rss>no head</rss>\r\n\r\n"), expected="FetchError"),
    "http-1-0": Case(answer=says_last(b"HTTP/1.0 200 OK\r\n\r\n" + BODY), expected="Fetched"),
    "http-2": Case(
        answer=says_last(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + bytes(18)), expected="FetchError"
    ),
    "http-9": Case(answer=says_last(b"HTTP/9.9 200 OK\r\n\r\n" + BODY), expected="Fetched"),
    "ssh": Case(answer=says_last(b"SSH-2.0-OpenSSH_9.2\r\n"), expected="FetchError"),
    "tls-alert": Case(answer=says_last(b"\x15\x03\x01\x00\x02\x02\x46"), expected="FetchError"),
    "header-without-colon": Case(
        answer=says_last(OK + b"nonsense\r\n\r\n" + BODY), expected="FetchError"
    ),
    "header-with-nul": Case(answer=says_last(OK + b"X: a\x00b\r\n\r\n"), expected="FetchError"),
    "header-folded": Case(
        answer=says_last(OK + b"X: a\r\n b\r\nContent-Length: 6\r\n\r\n" + BODY), expected="Fetched"
    ),
    "lines-without-cr": Case(
        answer=says_last(b"HTTP/1.1 200 OK\nContent-Length: 6\n\n" + BODY), expected="Fetched"
    ),
    "answers-twice": Case(answer=says(reply() + reply(body=b"second")), expected="Fetched"),
}

# --- statuses


def status(said: str, *headers: str) -> Answer:
    return says_last(reply(*headers, status=said, body=b""))


CASES |= {
    "status-101": Case(
        answer=says_last(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
        expected="FetchError",
    ),
    "status-204": Case(
        answer=says_last(b"HTTP/1.1 204 No Content\r\n\r\n"), expected="RefusedError", says="204 "
    ),
    "status-205": Case(answer=status("205 Reset"), expected="RefusedError", says="205 "),
    "status-206": Case(
        answer=status("206 Part", "Content-Range: bytes 0-5/99"),
        expected="RefusedError",
        says="206 ",
    ),
    "status-300": Case(answer=status("300 Many"), expected="RefusedError", says="300 "),
    "status-304-unasked": Case(
        answer=says_last(b"HTTP/1.1 304 Not Modified\r\n\r\n"), expected="RefusedError", says="304 "
    ),
    "status-401": Case(
        answer=status("401 No", 'WWW-Authenticate: Basic realm="who are you?"'),
        expected="RefusedError",
        says="401 ",
    ),
    "status-403": Case(answer=status("403 No"), expected="RefusedError", says="403 "),
    "status-407": Case(
        answer=status("407 No", "Proxy-Authenticate: Basic"), expected="RefusedError", says="407 "
    ),
    "status-429": Case(
        answer=status("429 Slow", "Retry-After: 99999999999999999999"),
        expected="RefusedError",
        says="429 ",
    ),
    "status-500": Case(answer=status("500 Oops"), expected="RefusedError", says="500 "),
    "status-503": Case(
        answer=status("503 Busy", "Retry-After: Sun, 99 Nov 99999 99:99:99 GMT"),
        expected="RefusedError",
        says="503 ",
    ),
    "status-999": Case(answer=status("999 No"), expected="RefusedError", says="unknown status 999"),
    "status-000": Case(answer=status("000 What"), expected="FetchError"),
    "status-of-4-digits": Case(answer=status("2000 OK"), expected="FetchError"),
    "status-in-words": Case(answer=status("OK"), expected="FetchError"),
    "sets-cookies": Case(
        answer=says(reply(*("Set-Cookie: a=b; Domain=.example",) * 50)), expected="Fetched"
    ),
    "header-values-odd": Case(
        answer=says(reply("ETag: \xff\x80", "Cache-Control: max-age=-1, =,", "Expires: 0")),
        expected="Fetched",
    ),
}
