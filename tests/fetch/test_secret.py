"""A source's key goes where it belongs, and nowhere else."""

import base64
import gzip
import logging
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from urllib.parse import quote

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.fetch import Fetcher, Guard, Limits
from aggregator.fetch.secret import Secret
from aggregator.model import Answer, Fetched, Postponed, Request, Robots, Unfetched
from tests.fetch.answers import answers

Said = Callable[[socket.socket, bytes], bytes | None]
Serve = Callable[[Said], int]

KEY = "s3cret/Key+of=ours"
ESCAPED = quote(KEY, safe="")
URL = "http://api.example/list?key={key}&page=1"


def reply(*headers: str, body: bytes = b"<rss/>", status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def fetch(
    port: int, *requests: Request | str, keys: dict[str, str] | None = None
) -> list[Answer | Robots]:
    hosts = ("api.example:80", "other.example:80", "api.example:81")
    guard = Guard(allowances=dict.fromkeys(hosts, f"127.0.0.1:{port}"), resolve=nowhere)
    fetcher = Fetcher(
        guard, "test", Limits(deadline_s=5), keys={"api": KEY} if keys is None else keys
    )
    return list(
        answers(fetcher, [asking(item) if isinstance(item, str) else item for item in requests])
    )


def asking(url: str, **more: object) -> Request:
    return Request(**{"source_id": "api", "role": "source", "url": url, **more})  # type: ignore[arg-type]


def nowhere(host: str, port: int) -> Sequence[str]:
    raise OSError("no test asks a real resolver")


@pytest.fixture(autouse=True)
def written(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Whatever a test does, nothing that is logged holds the key."""
    caplog.set_level(logging.DEBUG)
    yield caplog
    assert_no_key(caplog.text)


def assert_no_key(shown: str) -> None:
    for spelling in (KEY, ESCAPED, ESCAPED.lower(), quote(ESCAPED, safe=""), "s3cret"):
        assert spelling not in shown


def assert_hidden(answer: Answer | Robots) -> None:
    """Look into every field of every value."""
    assert_no_key(repr(asdict(answer)))


# --- where it goes


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        (URL, f"/list?key={ESCAPED}&page=1"),
        ("http://api.example/{key}/list", f"/{ESCAPED}/list"),
        ("http://api.example/{key}?a={key}&b={key}", f"/{ESCAPED}?a={ESCAPED}&b={ESCAPED}"),
        ("http://api.example/%7Bkey%7D", "/%7Bkey%7D"),
        ("http://api.example/{other}", "/%7Bother%7D"),
    ],
)
@pytest.mark.parametrize("moved", [True, False])
def test_the_key_is_put_in_as_the_request_is_sent(
    serve: Serve, url: str, sent: str, moved: bool
) -> None:
    heads: list[bytes] = []

    def answer(connection: socket.socket, head: bytes) -> bytes:
        heads.append(head)
        return reply()

    request = asking("http://api.example/old", at=url) if moved else asking(url)
    (found,) = fetch(serve(answer), request)

    assert isinstance(found, Fetched)
    assert heads[0].split(b" ")[1].decode() == sent
    assert found.request == request
    assert found.final_url == (url if "{key}" in url else f"http://api.example{sent}")
    assert_hidden(found)


def test_a_key_may_be_a_password(serve: Serve) -> None:
    heads: list[bytes] = []

    def answer(connection: socket.socket, head: bytes) -> bytes:
        heads.append(head)
        return reply()

    (found,) = fetch(serve(answer), "http://me:{key}@api.example/list")

    assert b"Authorization: Basic " + base64.b64encode(b"me:" + KEY.encode()) in heads[0]
    assert isinstance(found, Fetched)
    assert found.final_url == "http://api.example/list"
    assert_hidden(found)


@pytest.mark.parametrize("keys", [{}, {"other": KEY}, {"kr-open-api": ""}])
def test_without_a_key_nothing_is_asked_and_the_remedy_told(
    serve: Serve, keys: dict[str, str]
) -> None:
    heads: list[bytes] = []

    def answer(connection: socket.socket, head: bytes) -> bytes:
        heads.append(head)
        return reply()

    request = asking(URL, source_id="kr-open-api")
    (found,) = fetch(serve(answer), request, keys=keys)

    assert found == Unfetched(
        request=request,
        reason="The address needs a key: set AGGREGATOR_KEY_KR_OPEN_API",
        error="KeyMissingError",
    )
    assert heads == []


@pytest.mark.parametrize("role", ["page", "attachment"])
def test_a_link_of_an_article_gets_no_key(serve: Serve, role: str) -> None:
    """Whoever writes into an API could have its readers' keys otherwise."""
    (found,) = fetch(serve(lambda connection, head: reply()), asking(URL, role=role))

    assert isinstance(found, Unfetched)
    assert found.error == "ForbiddenAddressError"


# --- what comes back


def test_what_servers_quote_is_hidden(serve: Serve) -> None:
    spelled = [KEY, ESCAPED, ESCAPED.lower(), quote(ESCAPED, safe=""), KEY.replace("/", "\\/")]
    body = "\n".join(f"http://api.example/list?key={key}" for key in spelled)
    quoted = KEY.replace("=", "\\u003d").replace("+", "\\u002B")
    sent = gzip.compress(f"{body} {quoted}".encode())
    headers = ("Content-Encoding: gzip", f"ETag: {KEY}", f"Last-Modified: {ESCAPED}")
    port = serve(lambda c, head: reply(*headers, f"Content-Type: text/{KEY}", body=sent))

    (found,) = fetch(port, URL)

    assert isinstance(found, Fetched)
    assert (found.etag, found.content_type) == ("{key}", "text/{key}")
    assert found.body.count(b"http://api.example/list?key={key}") == len(spelled)
    assert found.body.endswith(b" {key}")
    assert_hidden(found)


@pytest.mark.parametrize(
    "said",
    [
        reply(f"Retry-After: {KEY}", status="503 Busy"),
        reply(f"Content-Encoding: br, {KEY}"),
        f"{KEY} is no HTTP\r\n\r\n".encode(),
        f"HTTP/1.1 200 OK\r\n{KEY}\r\n\r\n".encode(),
        *(f"{'x' * length} {KEY} is no HTTP\r\n\r\n".encode() for length in range(120, 260, 7)),
        reply(f"Location: ftp://api.example/{KEY}", status="302 Found"),
        reply(f"Location: http://{KEY}.example/", status="302 Found"),
        reply(f"Location: http://api.example:{ESCAPED}/", status="302 Found"),
        b"",
    ],
)
def test_no_failure_shows_the_key(serve: Serve, said: bytes) -> None:
    def answer(connection: socket.socket, head: bytes) -> None:
        connection.sendall(said)

    found, *others = fetch(serve(answer), URL, "http://api.example/2?key={key}")

    assert isinstance(found, Unfetched)
    assert_hidden(found)
    for other in others:
        assert isinstance(other, Unfetched | Postponed)
        assert_hidden(other)


# --- redirects


def steps(*locations: str, status: str = "301 Moved") -> tuple[Said, list[str]]:
    """Return an answer that redirects along the locations, and where it logs what was asked."""
    asked: list[str] = []

    def answer(connection: socket.socket, head: bytes) -> bytes:
        host = head.split(b"Host: ")[1].split(b"\r\n")[0].decode()
        asked.append(host + head.split(b" ")[1].decode())
        if len(asked) > len(locations):
            return reply()
        return reply(f"Location: {locations[len(asked) - 1]}", status=status, body=b"")

    return answer, asked


@pytest.mark.parametrize("key", [KEY, ESCAPED, ESCAPED.lower(), "{key}"])
def test_a_redirect_within_the_host_keeps_the_key(serve: Serve, key: str) -> None:
    answer, asked = steps(f"/v2/{key}?key={key}", f"http://api.example:81/v3?{key}")

    (found,) = fetch(serve(answer), URL)

    assert isinstance(found, Fetched)
    assert asked[1:] == [f"api.example/v2/{ESCAPED}?key={ESCAPED}", f"api.example:81/v3?{ESCAPED}"]
    assert found.moved_to == found.final_url == "http://api.example:81/v3?{key}"
    assert_hidden(found)


@pytest.mark.parametrize(
    "locations",
    [
        (f"http://other.example/?key={KEY}",),
        (f"http://other.example/{ESCAPED}",),
        (f"//other.example/?from={quote(ESCAPED, safe='')}",),
        ("http://other.example/?{key}",),
        ("/b", f"http://other.example/?key={ESCAPED}"),
        ("http://other.example/b", "/?key={key}"),
        ("http://other.example/b", "/%7Bkey%7D"),
    ],
)
def test_the_key_goes_to_no_other_host(serve: Serve, locations: tuple[str, ...]) -> None:
    answer, asked = steps(*locations)

    (found,) = fetch(serve(answer), URL)

    assert isinstance(found, Unfetched)
    assert found.error == "ForbiddenAddressError"
    assert found.reason == "It redirects with the source's key to another host"
    assert_hidden(found)
    for address in asked:
        if not address.startswith("api.example/"):
            assert_no_key(address)


def test_a_redirect_to_another_host_without_the_key_is_followed(serve: Serve) -> None:
    answer, asked = steps("http://other.example/list", status="302 Found")

    (found,) = fetch(serve(answer), URL)

    assert isinstance(found, Fetched)
    assert found.final_url == "http://other.example/list"
    assert asked[1] == "other.example/list"


def test_a_key_does_not_leave_a_secure_channel() -> None:
    secret = Secret(KEY, httpx2.URL("https://api.example/{key}"))

    assert secret.may_go_to(httpx2.URL("https://api.example:8443/{key}"))
    assert secret.may_go_to(httpx2.URL("http://api.example/"))
    assert not secret.may_go_to(httpx2.URL("http://api.example/{key}"))


@given(key=st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"]), min_size=1))
def test_what_is_filled_in_is_found_again(key: str) -> None:
    secret = Secret(key, httpx2.URL("http://api.example/"))
    sent = secret.fill(b"/x?{key}")

    assert sent.isascii()
    assert secret.hide(quote(key, safe="").encode()) == b"{key}"
    assert secret.hide(key.encode()) == b"{key}"


def test_without_a_key_nothing_is_touched() -> None:
    secret = Secret()

    assert secret.fill(b"/{key}") == b"/{key}"
    assert secret.hide(b"{key} text") == b"{key} text"
    assert secret.may_go_to(httpx2.URL("http://anywhere.example/{key}"))
