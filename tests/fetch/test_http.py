"""One request and its answer, against servers on loopback that answer in every bad way."""

import gzip
import socket
import threading
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.fetch import Fetcher, Guard, Limits
from aggregator.fetch.explain import refused
from aggregator.model import Fetched, NotModified, Request, Unfetched
from tests.fetch.answers import answers

Answer = Callable[[socket.socket, bytes], bytes | None]
Serve = Callable[[Answer], int]

URL = "http://school.example/feed"
FEED = "<rss><title>학교</title></rss>".encode("euc-kr")


def reply(*headers: str, body: bytes = FEED, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def fetch(port: int, request: Request | str = URL, **limits: float) -> object:
    """Return the result of one request; school.example and other.example are at the port."""
    if isinstance(request, str):
        request = Request(source_id="kr-school", url=request, role="source")
    hosts = ("school.example:80", "other.example:80")
    guard = Guard(allowances=dict.fromkeys(hosts, f"127.0.0.1:{port}"), resolve=nowhere)
    fetcher = Fetcher(guard, "Aggregator/1 (+mailto:a@b.example)", Limits(**limits))  # type: ignore[arg-type]
    (result,) = answers(fetcher, [request])
    return result


def nowhere(host: str, port: int) -> Sequence[str]:
    raise OSError("no test asks a real resolver")


def failure(result: object) -> Unfetched:
    """Return the result, which must be a failure of the source's request."""
    assert isinstance(result, Unfetched)
    assert result.request.source_id == "kr-school"
    return result


def body(result: object) -> bytes:
    assert isinstance(result, Fetched), result
    return result.body


def until_left(connection: socket.socket) -> None:
    """Wait until the client has gone."""
    with suppress(OSError):
        while connection.recv(4096):
            pass


# --- answers ----------------------------------------------------------------------------------


def test_an_answer_comes_with_its_bytes_and_headers_as_sent(serve: Serve) -> None:
    headers = (
        "Content-Type: text/xml ; Charset='EUC-KR'",
        'etag: W/"\xe9,b"',
        "LAST-MODIFIED: Mon, 01-Jan-26",
    )
    port = serve(lambda connection, head: reply(*headers))

    result = fetch(port)

    assert isinstance(result, Fetched)
    assert (result.body, result.final_url) == (FEED, URL)
    assert result.content_type == "text/xml ; Charset='EUC-KR'"
    assert (result.etag, result.last_modified) == ('W/"\xe9,b"', "Mon, 01-Jan-26")


def test_validators_go_back_byte_by_byte_and_304_means_not_modified(serve: Serve) -> None:
    heads: list[bytes] = []

    def answer(connection: socket.socket, head: bytes) -> bytes:
        heads.append(head)
        return b'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n\r\n'

    request = Request(
        source_id="kr-school",
        url=URL,
        role="source",
        etag='W/"\xe9,b"',
        last_modified="Mon, 01-Jan-26",
    )
    result = fetch(serve(answer), request)

    assert result == NotModified(request=request, etag='"x"')
    assert b'\r\nIf-None-Match: W/"\xe9,b"\r\n' in heads[0]
    assert b"\r\nIf-Modified-Since: Mon, 01-Jan-26\r\n" in heads[0]


def test_304_without_a_condition_is_a_failure(serve: Serve) -> None:
    port = serve(lambda connection, head: b"HTTP/1.1 304 Not Modified\r\n\r\n")

    assert failure(fetch(port)).reason == "304 Not Modified"


def test_we_say_who_we_are_and_what_we_read_and_nothing_else(serve: Serve) -> None:
    heads: list[bytes] = []

    def answer(connection: socket.socket, head: bytes) -> bytes:
        heads.append(head)
        return reply()

    fetch(serve(answer))

    lines = heads[0].decode().splitlines()
    assert lines[0] == "GET /feed HTTP/1.1"
    names = {line.partition(":")[0].lower() for line in lines[1:] if line}
    assert names == {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert "Host: school.example" in lines
    assert "User-Agent: Aggregator/1 (+mailto:a@b.example)" in lines
    assert "Accept-Encoding: gzip, deflate" in lines


def test_an_answer_without_validators_and_type_has_none(serve: Serve) -> None:
    result = fetch(serve(lambda connection, head: reply("ETag:")))

    assert isinstance(result, Fetched)
    assert (result.content_type, result.etag, result.last_modified) == ("", None, None)


def test_proxies_in_the_environment_are_not_used(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxied: list[bytes] = []

    def proxy(connection: socket.socket, head: bytes) -> None:
        proxied.append(head)

    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{serve(proxy)}")

    assert body(fetch(serve(lambda connection, head: reply()))) == FEED
    assert proxied == []


# --- refusals ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "header", "reason"),
    [
        ("404 Nothing here", "X: y", "404 Not Found"),
        ("410 Gone", "X: y", "410 Gone"),
        ("500 Oops", "X: y", "500 Internal Server Error"),
        ("204 No Content", "X: y", "204 No Content"),
        ("206 Partial Content", "X: y", "206 Partial Content"),
        ("300 Multiple Choices", "Location: /b", "300 Multiple Choices"),
        ("302 Found", "X: y", "302 Found"),
        ("599 \xff", "X: y", "The server answered with the unknown status 599"),
        (
            "429 Slow down",
            "Retry-After: 120",
            "429 Too Many Requests; it asks to come back after 120 s",
        ),
        (
            "503 Busy",
            "Retry-After: Sat, 21 Nov 2026 07:28:00 GMT",
            "503 Service Unavailable; it asks to come back after 2026-11-21 07:28 UTC",
        ),
        ("503 Busy", "Retry-After: soon", "503 Service Unavailable"),
    ],
)
def test_any_other_status_is_a_failure_in_words(
    serve: Serve, status: str, header: str, reason: str
) -> None:
    sent = b"" if status.startswith("204") else b"<rss/>"
    port = serve(lambda connection, head: reply(header, body=sent, status=status))

    failed = failure(fetch(port))

    assert (failed.error, failed.request.url, failed.reason) == ("RefusedError", URL, reason)


@settings(deadline=None)
@given(header=st.text() | st.from_regex(r"[A-Z][a-z]{2}, \d+ \w+ \d+ \d+:\d+:\d+ .*"))
def test_no_retry_after_header_is_too_odd_to_be_told(header: str) -> None:
    err = refused(503, header)

    assert str(err).startswith("503 Service Unavailable")
    assert (err.status, err.retry_after) == (503, header or None)


def test_an_empty_answer_is_a_failure(serve: Serve) -> None:
    failed = failure(fetch(serve(lambda connection, head: reply(body=b""))))

    assert (failed.error, failed.reason) == ("FetchError", "The answer is empty")


# --- redirects --------------------------------------------------------------------------------


def paths(steps: dict[str, bytes]) -> tuple[Answer, list[str]]:
    """Return a server's answer by "host/path", and where it will log what was asked."""
    asked: list[str] = []

    def answer(connection: socket.socket, head: bytes) -> bytes:
        path = head.split(b" ")[1].decode("latin-1")
        host = head.split(b"Host: ")[1].split(b"\r\n")[0].decode()
        asked.append(host + path)
        return steps.get(host + path) or reply()

    return answer, asked


def moved(location: str, status: str = "301 Moved Permanently") -> bytes:
    return reply(f"Location: {location}", status=status, body=b"moved")


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temp", "308 Perm"])
def test_a_redirect_is_followed_and_the_last_address_told(serve: Serve, status: str) -> None:
    answer, asked = paths({"school.example/feed": moved("../new/a b?x=1#top", status)})

    result = fetch(serve(answer))

    assert isinstance(result, Fetched)
    assert result.final_url == "http://school.example/new/a%20b?x=1"
    assert result.request.url == URL
    assert asked == ["school.example/feed", "school.example/new/a%20b?x=1"]


def test_validators_and_no_cookies_go_to_where_a_redirect_leads(serve: Serve) -> None:
    heads: list[bytes] = []

    def answer(connection: socket.socket, head: bytes) -> bytes:
        heads.append(head)
        if len(heads) == 1:
            return reply("Set-Cookie: a=b", "Location: /b", status="302 Found")
        return b"HTTP/1.1 304 Not Modified\r\n\r\n"

    request = Request(source_id="kr-school", url=URL, role="source", etag='"1"')
    assert fetch(serve(answer), request) == NotModified(request=request)
    assert b'If-None-Match: "1"' in heads[1]
    assert b"cookie" not in heads[1].lower()


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("/소식".encode().decode("latin-1"), "/%EC%86%8C%EC%8B%9D"),
        ("/소식".encode("euc-kr").decode("latin-1"), "/%BC%D2%BD%C4"),
        ("http://SCHOOL.example:80/x", "/x"),
        ("//school.example/x", "/x"),
        ("?p=2", "/feed?p=2"),
    ],
)
def test_locations_are_read_as_sites_write_them(serve: Serve, location: str, path: str) -> None:
    answer, asked = paths({"school.example/feed": moved(location)})

    body(fetch(serve(answer)))

    assert asked[1] == "school.example" + path


def test_five_redirects_are_followed_and_six_are_not(serve: Serve) -> None:
    steps = {f"school.example/{n}": moved(f"/{n + 1}") for n in range(6)}
    answer, asked = paths(steps)
    port = serve(answer)

    assert body(fetch(port, "http://school.example/1")) == FEED
    asked.clear()
    failed = failure(fetch(port, "http://school.example/0"))

    assert (failed.error, failed.reason) == ("FetchError", "It redirects more than 5 times")
    assert asked == [f"school.example/{n}" for n in range(6)]


def test_a_circle_is_not_followed(serve: Serve) -> None:
    answer, asked = paths(
        {"school.example/feed": moved("/b"), "school.example/b": moved("/feed#again")}
    )

    failed = failure(fetch(serve(answer)))

    assert failed.reason.startswith("It redirects in a circle")
    assert len(asked) == 2


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "ftp://school.example/",
        "data:text/xml,<rss/>",
        "http://127.0.0.1/",
        "http://127.0.0.1:{port}/",
        "http://2130706433:{port}/",
        "http://0x7f.1:{port}/",
        "http://127.1:{port}/",
        "http://[::1]:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://localhost:{port}/",
        "http://localhost.:{port}/",
        "http://%31%32%37.0.0.1:{port}/",
        "http://169.254.169.254/latest/meta-data/",
        "http://school.example:{port}/",
        "https://school.example/",
        "http://other.example:0/",
    ],
)
def test_no_redirect_leads_to_a_forbidden_address(serve: Serve, location: str) -> None:
    asked: list[bytes] = []

    def answer(connection: socket.socket, head: bytes) -> bytes:
        asked.append(head)
        return moved(location.format(port=port)) if len(asked) == 1 else reply()

    port = serve(answer)
    hosts = {"school.example:80": f"127.0.0.1:{port}"}
    guard = Guard(allowances=hosts, resolve=lambda host, port: ["127.0.0.1"])
    request = Request(source_id="kr-school", url=URL, role="source")

    (result,) = answers(Fetcher(guard, "test", Limits()), [request])

    failed = failure(result)
    assert (failed.error, failed.request.url) == ("ForbiddenAddressError", URL)
    assert len(asked) == 1


@pytest.mark.parametrize("location", ["http://[::1", "http://a:b:c/", "http://１２７.０.０.１/"])
def test_a_redirect_to_nonsense_is_a_failure(serve: Serve, location: str) -> None:
    sent = location.encode().decode("latin-1")

    failed = failure(fetch(serve(lambda connection, head: moved(sent))))

    assert failed.error in ("FetchError", "ForbiddenAddressError")


# --- bodies -----------------------------------------------------------------------------------


def gzipped(data: bytes) -> bytes:
    """Pack without the time of packing, which would make the test's name another one each time."""
    return gzip.compress(data, mtime=0)


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzipped(FEED)),
        ("X-GZip", gzipped(FEED)),
        ("gzip", gzipped(FEED[:9]) + gzipped(FEED[9:])),
        ("gzip", gzipped(FEED) + bytes(16)),
        ("deflate", zlib.compress(FEED)),
        ("deflate", bare_deflate(FEED)),
        ("identity", FEED),
        ("utf-8", FEED),
        ("gzip, utf-8", gzipped(FEED)),
    ],
)
def test_a_compressed_body_is_unpacked(serve: Serve, coding: str, packed: bytes) -> None:
    port = serve(lambda connection, head: reply(f"Content-Encoding: {coding}", body=packed))

    assert body(fetch(port)) == FEED


@pytest.mark.parametrize(
    ("coding", "packed", "reason"),
    [
        ("gzip", gzipped(FEED)[:-9], "The compressed answer is cut off"),
        ("gzip", FEED, "The answer cannot be decompressed"),
        ("deflate", FEED, "The answer cannot be decompressed"),
        ("gzip", gzipped(b""), "The answer is empty"),
        ("gzip", b"", "The answer is empty"),
        ("br", b"?", "The answer is encoded as br, which was not asked for"),
        ("zstd", b"?", "The answer is encoded as zstd, which was not asked for"),
        ("gzip, gzip", b"?", "The answer is encoded as gzip, gzip, which was not asked for"),
    ],
)
def test_a_body_that_cannot_be_unpacked_is_a_failure(
    serve: Serve, coding: str, packed: bytes, reason: str
) -> None:
    port = serve(lambda connection, head: reply(f"Content-Encoding: {coding}", body=packed))

    assert failure(fetch(port)).reason == reason


def test_a_body_that_arrives_byte_by_byte_is_unpacked(serve: Serve) -> None:
    packed = gzip.compress(FEED)

    def answer(connection: socket.socket, head: bytes) -> bytes:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n")
        connection.sendall(b"Transfer-Encoding: chunked\r\n\r\n")
        for byte in packed:
            connection.sendall(b"1\r\n%c\r\n" % byte)
        return b"0\r\n\r\n"

    assert body(fetch(serve(answer))) == FEED


def test_a_bomb_goes_off_at_the_limit(serve: Serve) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    port = serve(lambda connection, head: reply("Content-Encoding: gzip", body=bomb))

    failed = failure(fetch(port, max_bytes=1_000_000))

    assert failed.error == "TooLargeError"
    assert failed.reason == "The answer is larger than 1,000,000 bytes"


def test_an_endless_body_is_cut_at_the_limit(serve: Serve) -> None:
    def answer(connection: socket.socket, head: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:  # until the client leaves, which raises
            connection.sendall(bytes(65536))

    assert failure(fetch(serve(answer), max_bytes=1_000_000)).error == "TooLargeError"


def test_a_body_that_announces_too_much_is_not_read(serve: Serve) -> None:
    def answer(connection: socket.socket, head: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n")
        until_left(connection)

    assert failure(fetch(serve(answer), max_bytes=1000)).error == "TooLargeError"


def test_the_limit_itself_is_not_too_much(serve: Serve) -> None:
    port = serve(lambda connection, head: reply())

    assert body(fetch(port, max_bytes=len(FEED))) == FEED
    assert failure(fetch(port, max_bytes=len(FEED) - 1)).error == "TooLargeError"


# --- servers that stall, break off or talk nonsense -------------------------------------------


@pytest.mark.parametrize(
    "begun",
    [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<rss"],
    ids=["no answer", "half a head", "half a body"],
)
def test_a_server_that_stalls_is_left_at_the_deadline(serve: Serve, begun: bytes) -> None:
    def answer(connection: socket.socket, head: bytes) -> None:
        connection.sendall(begun)
        until_left(connection)

    failed = failure(fetch(serve(answer), deadline_s=0.2))

    assert failed.error == "TimedOutError"
    assert failed.reason == "The server did not finish within 0.2 s"


@pytest.mark.parametrize("drop", [b"x", b"X: y\r\n"], ids=["body", "head"])
def test_a_server_that_drips_is_left_at_the_deadline(serve: Serve, drop: bytes) -> None:
    begin = b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if drop == b"x" else b"")

    def answer(connection: socket.socket, head: bytes) -> None:
        connection.sendall(begin)
        connection.settimeout(0.01)  # what there is to receive, is the end
        while True:
            connection.sendall(drop)
            with suppress(TimeoutError):
                if not connection.recv(1):
                    return

    assert failure(fetch(serve(answer), deadline_s=0.2)).error == "TimedOutError"


def test_the_deadline_counts_all_redirects_together(serve: Serve) -> None:
    asked: list[bytes] = []

    def answer(connection: socket.socket, head: bytes) -> bytes:
        asked.append(head)
        connection.settimeout(0.08)
        with suppress(TimeoutError):
            connection.recv(1)
        connection.settimeout(None)
        return moved(f"/{len(asked)}")

    failed = failure(fetch(serve(answer), deadline_s=0.2))

    assert failed.error == "TimedOutError"
    assert len(asked) <= 3


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<rss>",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n<rss>",
        b"HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\n<rss>",
        b"HTTP/1.1 OK\r\n\r\n<rss>",
        b"<rss>this is no HTTP</rss>\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000 + b"\r\n\r\n",
    ],
)
def test_an_answer_that_breaks_http_is_a_failure(serve: Serve, said: bytes) -> None:
    def answer(connection: socket.socket, head: bytes) -> None:
        connection.sendall(said)

    failed = failure(fetch(serve(answer)))

    assert failed.error == "FetchError"
    assert failed.reason.startswith(("The server broke off", "The connection failed"))
    assert len(failed.reason) < 260


def test_what_follows_the_announced_length_is_not_part_of_the_body(serve: Serve) -> None:
    port = serve(lambda connection, head: reply() + b"HTTP/1.1 200 OK\r\n\r\nmore")

    assert body(fetch(port)) == FEED


def test_a_closed_port_is_a_failure_in_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    failed = failure(fetch(port))

    assert (failed.error, failed.reason) == (
        "FetchError",
        "The connection failed: Connection refused",
    )


def test_a_reset_connection_is_a_failure(serve: Serve) -> None:
    def answer(connection: socket.socket, head: bytes) -> None:
        # Linger for zero seconds: closing resets.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, bytes([1, 0, 0, 0, 0, 0, 0, 0]))

    assert failure(fetch(serve(answer))).error == "FetchError"


# --- addresses --------------------------------------------------------------------------------


@pytest.mark.parametrize("location", ["/b", "http://school.example:80/b"])
def test_credentials_are_sent_and_never_shown(
    serve: Serve, caplog: pytest.LogCaptureFixture, location: str
) -> None:
    heads: list[bytes] = []

    def answer(connection: socket.socket, head: bytes) -> bytes:
        heads.append(head)
        return moved(location) if len(heads) == 1 else reply()

    caplog.set_level("INFO")
    result = fetch(serve(answer), "http://me:s%C3%A9cret@school.example/feed")

    assert isinstance(result, Fetched)
    assert result.final_url == "http://school.example/b"
    assert [b"\r\nAuthorization: Basic bWU6c8OpY3JldA==\r\n" in head for head in heads] == [
        True
    ] * 2
    assert "cret" not in caplog.text


def test_credentials_do_not_go_to_another_host(serve: Serve) -> None:
    heads: list[bytes] = []

    def answer(connection: socket.socket, head: bytes) -> bytes:
        heads.append(head)
        return moved("http://other.example/") if len(heads) == 1 else reply()

    body(fetch(serve(answer), "http://me:secret@school.example/feed"))

    assert b"Authorization" in heads[0]
    assert b"Authorization" not in heads[1]


@pytest.mark.parametrize(
    "url",
    ["http://me:secret@school.example/feed", "ftp://me:secret@school.example/", "//me:secret"],
)
def test_a_failure_names_the_request_and_its_reason_shows_no_credentials(
    serve: Serve, url: str
) -> None:
    port = serve(lambda connection, head: reply(status="401 No"))

    failed = failure(fetch(port, url))

    assert failed.request.url == url
    assert "secret" not in failed.reason


@pytest.mark.parametrize(
    "url",
    [
        "",
        "feed",
        "http://",
        "http://[::1",
        "http://school.example:port/",
        "http://a\nb/",
        "http://１２７.０.０.１/",
        "http://" + "a" * 300 + ".example/",
        "http://a..example/",
        "http://xn--/",
        "http://\ud800.example/",
        "http://school.example/\ud800",
        "http://school.example/" + "a" * 70_000,
        "file:///etc/passwd",
    ],
)
def test_an_address_that_cannot_be_fetched_is_a_failure(url: str) -> None:
    assert failure(fetch(1, url)).error in ("FetchError", "ForbiddenAddressError")


@settings(max_examples=50, deadline=None)
@given(url=st.text() | st.builds("http{}://{}".format, st.sampled_from(["", "s"]), st.text()))
def test_no_address_makes_the_fetcher_raise(url: str) -> None:
    failure(fetch(1, url))


@pytest.mark.parametrize("etag", ["a\r\nX: y", "학교", "\x00"])
def test_a_stored_validator_that_cannot_be_sent_is_a_failure(serve: Serve, etag: str) -> None:
    request = Request(source_id="kr-school", url=URL, role="source", etag=etag)

    failed = failure(fetch(serve(lambda connection, head: reply()), request))

    assert failed.error == "FetchError"


def test_a_mistake_of_our_own_is_not_hidden_among_the_failures() -> None:
    def resolve(host: str, port: int) -> Sequence[str]:
        raise ZeroDivisionError

    fetcher = Fetcher(Guard(resolve=resolve), "test", Limits())

    with pytest.raises(ExceptionGroup) as caught:
        list(answers(fetcher, [Request(source_id="s", url=URL, role="source")]))
    assert caught.group_contains(ZeroDivisionError)


def test_nothing_to_fetch_starts_nothing() -> None:
    before = threading.active_count()

    assert list(answers(Fetcher(Guard(), "test", Limits()), [])) == []
    assert threading.active_count() == before
