"""What robots.txt lets us ask: the rules themselves, and how they are come by."""

import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.fetch import Fetcher, Guard, Limits
from aggregator.fetch.manners.robots import (
    LONGEST_DELAY_S,
    MAX_BYTES,
    Book,
    Rules,
    agent_of,
    is_told,
    origin_of,
    text_of,
)
from aggregator.model import Answer, Fetched, Postponed, Request, Robots, Unfetched
from tests.fetch.answers import answers
from tests.fetch.test_hosts import PUBLIC, Detour

Said = Callable[[socket.socket, bytes], bytes | None]
Serve = Callable[[Said], int]

AGENT = "Aggregator/1.2 (+https://a.example)"
ORIGIN = "http://school.example"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>"


# --- rules


def rules(text: str | None, agent: str = AGENT) -> Rules:
    return Rules(Robots(origin=ORIGIN, text=text), agent_of(agent))


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/page", True),
        ("User-agent: *\nDisallow: /", "/page", False),
        ("User-agent: *\nDisallow:", "/page", True),
        ("User-agent: *\nDisallow: /page", "/pages/2", False),
        ("User-agent: *\nDisallow: /page/", "/page", True),
        ("User-agent: *\nDisallow: /\nAllow: /page", "/page", True),
        ("User-agent: *\nAllow: /p\nDisallow: /page", "/page", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", True),
        ("User-agent: *\nDisallow: /*?page=", "/list?page=2", False),
        ("User-agent: *\nDisallow: /%ED%95%99", "/학교", False),
        ("User-agent: *\nDisallow: /학교", "/%ed%95%99%EA%B5%90", False),
        ("User-agent: other\nDisallow: /", "/page", True),
        ("User-agent: AGGREGATOR\nDisallow: /", "/page", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: aggregator\nAllow: /", "/page", True),
        ("User-agent: aggregator\nUser-agent: other\nDisallow: /", "/page", False),
        ("User-agent: *\r\nDisallow: /page # why\r\n", "/page", False),
        ("<html>User-agent: * Disallow: /</html>", "/page", True),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
    ],
)
def test_a_page_is_allowed_as_the_rules_for_our_name_say(
    text: str, path: str, allowed: bool
) -> None:
    assert rules(text).allow(ORIGIN + path) is allowed


def test_nothing_is_allowed_where_the_rules_could_not_be_read() -> None:
    unread = rules(None)

    assert (unread.readable, unread.allow(f"{ORIGIN}/page"), unread.delay_s) == (False, False, 0)


@pytest.mark.parametrize(
    ("said", "delay_s"),
    [("2", 2), ("0.5", 0.5), ("3600", LONGEST_DELAY_S), ("-1", 0), ("inf", 0), ("soon", 0)],
)
def test_a_delay_is_kept_to_up_to_a_limit(said: str, delay_s: float) -> None:
    assert rules(f"User-agent: *\nCrawl-delay: {said}").delay_s == delay_s


def test_the_longest_delay_of_a_hosts_origins_counts() -> None:
    texts = {"http://a.example": 2, "https://a.example": 5, "http://b.example": 9}
    known = {
        origin: Robots(origin=origin, text=f"User-agent: *\nCrawl-delay: {delay}")
        for origin, delay in texts.items()
    }
    book = Book(AGENT, known)

    for origin in book.unread("a.example"):
        book.read(origin)

    assert (book.delay_s("a.example"), book.delay_s("b.example")) == (5, 0)
    assert (book.unread("a.example"), book.unread("b.example")) == ([], ["http://b.example"])


@given(text=st.text() | st.binary().map(lambda data: data.decode("latin-1")))
def test_no_text_is_too_odd(text: str) -> None:
    found = rules(f"User-agent: *\nDisallow: {text}\n{text}")

    assert found.allow(f"{ORIGIN}/{text}") in (True, False)
    assert 0 <= found.delay_s <= LONGEST_DELAY_S


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("http://school.example/a", "http://school.example"),
        ("https://me:secret@School.Example.:443/a?b", "https://school.example"),
        ("https://school.example:80", "https://school.example:80"),
        ("http://[2001:DB8::1]:8080/", "http://[2001:db8::1]:8080"),
    ],
)
def test_an_origin_has_one_spelling(url: str, origin: str) -> None:
    assert origin_of(url) == origin


@pytest.mark.parametrize(
    ("status", "told"),
    [(200, True), (304, True), (404, True), (401, True), (429, False), (500, False), (999, False)],
)
def test_a_server_that_fails_tells_nothing(status: int, told: bool) -> None:
    assert is_told(status) is told


def test_a_text_is_read_whatever_its_bytes() -> None:
    assert text_of(b"\xef\xbb\xbfUser-agent: *\nAllow: /\xff") == "User-agent: *\nAllow: /\ufffd"


def test_a_cut_text_ends_with_a_whole_line() -> None:
    """A rule, "Disallow: /private", cut after the slash would forbid all."""
    text = "User-agent: *\n" + "Disallow: /private\n" * MAX_BYTES
    assert text_of(text.encode()[:MAX_BYTES]).endswith("\nDisallow: /private\n")
    assert text_of(bytes(MAX_BYTES)) == ""


# --- how they are come by


class Site:
    """Answers by path, or by host and path; what is not named is a page."""

    def __init__(self, pages: Mapping[str, bytes]) -> None:
        self.pages = pages
        self.asked: list[str] = []
        self.connections: set[object] = set()
        self.times: list[float] = []

    def answer(self, connection: socket.socket, head: bytes) -> bytes | None:
        path = head.split(b" ")[1].decode()
        host = head.split(b"Host: ")[1].split(b"\r\n")[0].decode()
        self.asked.append(host + path)
        self.connections.add(connection.getpeername())
        self.times.append(time.monotonic())
        said = self.pages.get(host + path, self.pages.get(path, OK))
        return said or None


def text(body: str, status: str = "200 OK", *headers: str) -> bytes:
    data = body.encode()
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(data)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + data


def moved(location: str) -> bytes:
    return text("", "301 Moved", f"Location: {location}")


def page(url: str, *, obeys: bool = True) -> Request:
    return Request(source_id="s", url=url, role="page", obeys_robots=obeys)


def fetch(
    port: int,
    *requests: Request | str,
    robots: Mapping[str, Robots] | None = None,
    limits: Limits | None = None,
) -> list[Answer | Robots]:
    """Return what comes; school.example and other.example are at the port."""
    hosts = ("school.example:80", "other.example:80")
    guard = Guard(allowances=dict.fromkeys(hosts, f"127.0.0.1:{port}"), resolve=nowhere)
    asked = [page(request) if isinstance(request, str) else request for request in requests]
    return list(answers(Fetcher(guard, AGENT, limits or Limits()), asked, robots or {}))


def nowhere(host: str, port: int) -> Sequence[str]:
    raise OSError("no test asks a real resolver")


def test_robots_txt_is_asked_before_the_first_page_and_once(serve: Serve) -> None:
    site = Site({"/robots.txt": text("User-agent: *\nDisallow: /no")})

    found = fetch(serve(site.answer), f"{ORIGIN}/1", f"{ORIGIN}/no/2", f"{ORIGIN}/3")

    assert site.asked == [f"school.example/{path}" for path in ("robots.txt", "1", "3")]
    assert found[0] == Robots(origin=ORIGIN, text="User-agent: *\nDisallow: /no")
    first, second, third = found[1:]
    assert isinstance(first, Fetched)
    assert isinstance(third, Fetched)
    assert isinstance(second, Unfetched)
    assert second.error == "DisallowedError"
    assert second.reason == "http://school.example/robots.txt asks robots not to fetch it"
    assert len(site.connections) == 1


def test_only_who_is_to_obey_asks(serve: Serve) -> None:
    site = Site({"/robots.txt": text("User-agent: *\nDisallow: /")})

    (found,) = fetch(serve(site.answer), page(f"{ORIGIN}/feed", obeys=False))

    assert isinstance(found, Fetched)
    assert site.asked == ["school.example/feed"]


def test_what_is_known_is_not_asked_again(serve: Serve) -> None:
    site = Site({})
    known = {ORIGIN: Robots(origin=ORIGIN, text="User-agent: *\nDisallow: /no")}

    found = fetch(serve(site.answer), f"{ORIGIN}/1", f"{ORIGIN}/no", robots=known)

    assert [type(answer) for answer in found] == [Fetched, Unfetched]
    assert site.asked == ["school.example/1"]


def test_what_is_known_to_be_unreadable_is_not_asked_at_all(serve: Serve) -> None:
    site = Site({})
    known = {ORIGIN: Robots(origin=ORIGIN, text=None)}

    (found,) = fetch(serve(site.answer), f"{ORIGIN}/1", robots=known)

    assert isinstance(found, Unfetched)
    assert (found.error, found.status) == ("FetchError", 0)
    assert found.reason.startswith("http://school.example/robots.txt could not be read")
    assert site.asked == []


@pytest.mark.parametrize("status", ["404 No", "401 No", "403 No", "410 Gone", "304 What", "300 X"])
def test_where_there_is_none_all_is_allowed(serve: Serve, status: str) -> None:
    site = Site({"/robots.txt": text("User-agent: *\nDisallow: /", status)})

    robots, answer = fetch(serve(site.answer), f"{ORIGIN}/1")

    assert robots == Robots(origin=ORIGIN, text="")
    assert isinstance(answer, Fetched)


@pytest.mark.parametrize(
    ("said", "status", "why"),
    [
        (text("", "500 Oops"), 500, "500 Internal Server Error"),
        (text("", "999 What"), 999, "unknown status 999"),
        (text("xx", "200 OK", "Content-Encoding: gzip"), 0, "cannot be decompressed"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nUser", 0, "broke off"),
        (b"junk\r\n\r\n", 0, "broke HTTP's rules"),
        (b"", 0, "broke off"),
        (moved("http://127.0.0.1/robots.txt"), 0, "not, or not only, at a public address"),
        (moved("file:///robots.txt"), 0, "Only http: and https: are fetched"),
    ],
)
def test_where_it_cannot_be_read_nothing_is_asked(
    serve: Serve, said: bytes, status: int, why: str
) -> None:
    site = Site({})

    def answer(connection: socket.socket, head: bytes) -> bytes | None:
        if b"robots.txt" not in head:
            return site.answer(connection, head)
        connection.sendall(said)
        return None

    robots, answer_1, answer_2 = fetch(serve(answer), f"{ORIGIN}/1", f"{ORIGIN}/2")

    assert robots == Robots(origin=ORIGIN, text=None)
    for found in (answer_1, answer_2):
        assert isinstance(found, Unfetched)
        assert (found.error, found.status) == ("FetchError", status)
        assert "robots.txt could not be read, so nothing is asked there: " in found.reason
        assert why in found.reason
    assert site.asked == []


def test_robots_txt_that_stalls_has_a_deadline_of_its_own(serve: Serve) -> None:
    def answer(connection: socket.socket, head: bytes) -> bytes | None:
        if b"robots.txt" not in head:
            return OK
        with suppress(OSError):
            connection.recv(1)  # until the client leaves
        return None

    limits = Limits(deadline_s=0.2)
    robots, answered = fetch(serve(answer), f"{ORIGIN}/1", limits=limits)

    assert robots == Robots(origin=ORIGIN, text=None)
    assert isinstance(answered, Unfetched)
    assert "did not finish within 0.2 s" in answered.reason


@pytest.mark.parametrize("status", ["429 Slow down", "503 Busy"])
def test_a_host_that_is_busy_with_its_robots_txt_is_left_alone(serve: Serve, status: str) -> None:
    site = Site({"/robots.txt": text("", status, "Retry-After: 60")})
    feed = page(f"{ORIGIN}/feed", obeys=False)

    robots, first, *others = fetch(serve(site.answer), f"{ORIGIN}/1", f"{ORIGIN}/2", feed)

    assert robots == Robots(origin=ORIGIN, text=None)
    assert isinstance(first, Unfetched)
    assert (first.status, first.retry_after) == (int(status[:3]), "60")
    assert [type(answer) for answer in others] == [Postponed, Postponed]
    assert site.asked == ["school.example/robots.txt"]


def test_robots_txt_may_be_at_another_host(serve: Serve) -> None:
    rules = text("User-agent: *\nDisallow: /1")
    site = Site(
        {
            "school.example/robots.txt": moved("http://other.example/r"),
            "other.example/r": moved("/robots.txt"),
            "other.example/robots.txt": rules,
        }
    )

    robots, first, second = fetch(serve(site.answer), f"{ORIGIN}/1", f"{ORIGIN}/2")

    assert robots == Robots(origin=ORIGIN, text="User-agent: *\nDisallow: /1")
    assert isinstance(first, Unfetched)
    assert isinstance(second, Fetched)
    assert site.asked == [
        "school.example/robots.txt",
        "other.example/r",
        "other.example/robots.txt",
        "school.example/2",
    ]


@pytest.mark.parametrize("circle", [True, False])
def test_behind_too_many_redirects_there_is_none(serve: Serve, circle: bool) -> None:
    steps = {f"/{n}": moved(f"/{0 if circle else n + 1}") for n in range(9)}
    site = Site({"/robots.txt": moved("/0"), **steps})

    robots, answer = fetch(serve(site.answer), f"{ORIGIN}/page")

    assert robots == Robots(origin=ORIGIN, text="")
    assert isinstance(answer, Fetched)


def test_each_origin_on_the_way_is_asked(serve: Serve) -> None:
    site = Site(
        {
            "school.example/robots.txt": text("User-agent: *\nDisallow: /no"),
            "school.example/1": moved("http://other.example/1"),
            "other.example/robots.txt": text("User-agent: *\nDisallow: /1"),
        }
    )

    found = fetch(serve(site.answer), f"{ORIGIN}/1", f"{ORIGIN}/2")

    assert [type(answer) for answer in found] == [Robots, Robots, Unfetched, Fetched]
    refused = found[2]
    assert isinstance(refused, Unfetched)
    assert refused.reason == "http://other.example/robots.txt asks robots not to fetch it"
    assert "other.example/1" not in site.asked


def test_a_redirect_within_a_host_is_checked_too(serve: Serve) -> None:
    site = Site(
        {"/robots.txt": text("User-agent: *\nDisallow: /no"), "/1": moved("/no")},
    )

    _, answer = fetch(serve(site.answer), f"{ORIGIN}/1")

    assert isinstance(answer, Unfetched)
    assert answer.error == "DisallowedError"
    assert site.asked == ["school.example/robots.txt", "school.example/1"]


def test_two_who_come_to_an_origin_at_once_ask_it_once(serve: Serve) -> None:
    meeting = threading.Barrier(2)
    asked: list[bytes] = []

    def answer(connection: socket.socket, head: bytes) -> bytes:
        line, host = head.split(b"\r\n")[0], head.split(b"Host: ")[1].split(b".")[0]
        if host != b"third":
            meeting.wait(timeout=20)
            return moved("http://third.example/page")
        asked.append(line)
        return text("User-agent: *\nAllow: /") if b"robots" in line else OK

    hosts = ("school.example:80", "other.example:80", "third.example:80")
    guard = Guard(allowances=dict.fromkeys(hosts, f"127.0.0.1:{serve(answer)}"), resolve=nowhere)
    known = {origin: Robots(origin=origin, text="") for origin in (ORIGIN, "http://other.example")}
    requests = [page(f"{origin}/") for origin in known]

    found = list(answers(Fetcher(guard, AGENT, Limits()), requests, known))

    assert sorted(type(answer).__name__ for answer in found) == ["Fetched", "Fetched", "Robots"]
    assert len(asked) == 3


def test_half_a_mebibyte_is_read_and_the_rest_is_cut(serve: Serve) -> None:
    line = "Disallow: /no\n"
    long = "User-agent: *\n" + line * (2 * MAX_BYTES // len(line)) + "Disallow: /\n"
    site = Site({"/robots.txt": text(long)})

    robots, answer = fetch(serve(site.answer), f"{ORIGIN}/1")

    assert isinstance(robots, Robots)
    assert MAX_BYTES - len(line) < len(robots.text or "") <= MAX_BYTES
    assert isinstance(answer, Fetched)


def test_a_delay_slows_all_requests_to_the_host(serve: Serve) -> None:
    site = Site({"/robots.txt": text("User-agent: *\nCrawl-delay: 0.05")})
    guard = Guard(resolve=lambda host, port: [PUBLIC])
    fetcher = Fetcher(guard, AGENT, Limits(gap_s=0), dial=Detour(serve(site.answer)))
    feed = page(f"{ORIGIN}/feed", obeys=False)

    list(answers(fetcher, [page(f"{ORIGIN}/1"), feed, feed]))

    assert len(site.times) == 4
    gaps = [later - earlier for earlier, later in zip(site.times, site.times[1:], strict=False)]
    assert min(gaps) >= 0.05


def test_a_known_delay_slows_even_those_who_need_not_obey(serve: Serve) -> None:
    site = Site({})
    guard = Guard(resolve=lambda host, port: [PUBLIC])
    fetcher = Fetcher(guard, AGENT, Limits(gap_s=0), dial=Detour(serve(site.answer)))
    feed = page(f"{ORIGIN}/feed", obeys=False)
    known = {ORIGIN: Robots(origin=ORIGIN, text="User-agent: *\nCrawl-delay: 0.05")}

    list(answers(fetcher, [feed, feed], known))

    assert site.times[1] - site.times[0] >= 0.05


def test_robots_txt_and_the_page_keep_the_gap(serve: Serve) -> None:
    site = Site({"/robots.txt": text("")})
    guard = Guard(resolve=lambda host, port: [PUBLIC])
    fetcher = Fetcher(guard, AGENT, Limits(gap_s=0.05), dial=Detour(serve(site.answer)))

    list(answers(fetcher, [page(f"{ORIGIN}/1")]))

    assert site.times[1] - site.times[0] >= 0.05
    assert len(site.connections) == 1
