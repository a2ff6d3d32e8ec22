"""What an answer says besides its bytes: how long it is fresh, where it moved to, who is busy."""

import socket
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.fetch import Fetcher, Guard, Limits
from aggregator.fetch.headers import fresh_s
from aggregator.model import Answer, Fetched, NotModified, Postponed, Request, Robots, Unfetched
from tests.fetch.answers import answers

Said = Callable[[socket.socket, bytes], bytes | None]
Serve = Callable[[Said], int]

URL = "http://school.example/feed"


def reply(*headers: str, body: bytes = b"<rss/>", status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def moved(location: str, status: str = "301 Moved") -> bytes:
    return reply(f"Location: {location}", status=status, body=b"")


class Web:
    """Answers by host and path, and keeps the heads of requests."""

    def __init__(self, **pages: bytes) -> None:
        self.pages = pages
        self.heads: list[str] = []

    def answer(self, connection: socket.socket, head: bytes) -> bytes:
        self.heads.append(head.decode("latin-1"))
        return self.pages.get(self.asked[-1].strip("/"), reply())

    @property
    def asked(self) -> list[str]:
        return [head.split(" ")[1] for head in self.heads]


def asking(url: str = URL, **more: str) -> Request:
    return Request(source_id="kr-school", url=url, role="source", **more)  # type: ignore[arg-type]


def fetch(port: int, *requests: Request) -> list[Answer | Robots]:
    hosts = ("school.example:80", "other.example:80")
    guard = Guard(allowances=dict.fromkeys(hosts, f"127.0.0.1:{port}"), resolve=nowhere)
    return list(answers(Fetcher(guard, "test", Limits()), requests))


def nowhere(host: str, port: int) -> Sequence[str]:
    raise OSError("no test asks a real resolver")


def one(port: int, request: Request) -> Fetched:
    (answer,) = fetch(port, request)
    assert isinstance(answer, Fetched), answer
    return answer


# --- what is asked


def test_the_address_to_ask_instead_is_asked(serve: Serve) -> None:
    web = Web()
    request = asking(at="http://other.example/moved?page=2")

    answer = one(serve(web.answer), request)

    assert answer.request == request
    assert answer.final_url == "http://other.example/moved?page=2"
    assert "Host: other.example\r\n" in web.heads[0]
    assert web.asked == ["/moved?page=2"]


@pytest.mark.parametrize(
    ("at", "goes_along"),
    [("http://school.example/new", True), ("http://other.example/new", False)],
)
def test_credentials_go_along_to_an_address_of_the_same_origin(
    serve: Serve, at: str, goes_along: bool
) -> None:
    web = Web()

    one(serve(web.answer), asking("http://me:secret@school.example/feed", at=at))

    assert ("Authorization: Basic" in web.heads[0]) is goes_along


def test_requests_to_one_host_take_turns_whatever_their_urls(serve: Serve) -> None:
    web = Web()
    requests = [
        asking(f"http://{host}/{host}", at=f"http://school.example/{host}") for host in "abc"
    ]

    answers = fetch(serve(web.answer), *requests)

    assert web.asked == ["/a", "/b", "/c"]
    assert [answer.request for answer in answers if isinstance(answer, Fetched)] == requests


@pytest.mark.parametrize(
    ("referer", "sent"),
    [
        ("http://school.example/", "http://school.example/"),
        ("http://me:secret@school.example/x", "http://school.example/x"),
        ("http://school.example/학교", "http://school.example/%ED%95%99%EA%B5%90"),
        ("http://a/\r\nX: y", "http://a/%0D%0AX:%20y"),
    ],
)
def test_a_referer_is_sent_if_there_is_one(serve: Serve, referer: str, sent: str) -> None:
    web = Web()

    one(serve(web.answer), asking(referer=referer))

    assert f"\r\nReferer: {sent}\r\n" in web.heads[0]


# --- validators and freshness


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ((), None),
        (("Cache-Control: max-age=600",), 600),
        (("cache-control: Public, MAX-AGE = 600",), 600),
        (('Cache-Control: private="a, no-store", max-age="600"',), 600),
        (("Cache-Control: public", "Cache-Control: max-age=600"), 600),
        (("Cache-Control: max-age=600, max-age=9",), 600),
        (("Cache-Control: max-age=600", "Age: 100"), 600),
        (("Cache-Control: max-age=0",), 0),
        (("Cache-Control: max-age=99999999999999999999",), 2**31),
        (("Cache-Control: max-age=-5",), None),
        (("Cache-Control: max-age=²",), None),
        (("Cache-Control: max-age=soon",), None),
        (("Cache-Control: s-maxage=600, x-max-age=7",), None),
        (("Cache-Control: no-cache, max-age=600",), None),
        (("Cache-Control: max-age=600, no-store",), None),
        (('Cache-Control: no-cache="Set-Cookie", max-age=600',), 600),
        (
            (
                "Date: Sun, 22 Nov 2026 09:00:00 GMT",
                "Expires: Sun, 22 Nov 2026 10:00:00 GMT",
            ),
            3600,
        ),
        (
            (
                "Date: Sun, 22 Nov 2026 09:00:00 GMT",
                "Expires: Sun, 22 Nov 2026 10:00:00 GMT",
                "Cache-Control: max-age=5",
            ),
            5,
        ),
        (
            (
                "Date: Sun, 22 Nov 2026 09:00:00 GMT",
                "Expires: Thu, 01 Jan 1970 00:00:00 GMT",
            ),
            0,
        ),
        (("Date: Sun, 22 Nov 2026 09:00:00 GMT", "Expires: 0"), None),
        (("Expires: Sun, 22 Nov 2026 10:00:00 GMT",), None),
    ],
)
def test_an_answer_is_fresh_for_as_long_as_its_server_says(
    serve: Serve, headers: tuple[str, ...], seconds: int | None
) -> None:
    web = Web(feed=reply(*headers))

    assert one(serve(web.answer), asking()).max_age_s == seconds


@given(control=st.text(), expires=st.text(), date=st.text())
def test_no_header_is_too_odd_to_be_read(control: str, expires: str, date: str) -> None:
    headers = {"cache-control": control, "expires": expires, "date": date}

    seconds = fresh_s(lambda name: headers[name])

    assert seconds is None or 0 <= seconds <= 2**31


def test_not_modified_tells_what_came_with_it(serve: Serve) -> None:
    headers = ('ETag: "2"', "Last-Modified: now", "Cache-Control: max-age=60")
    web = Web(feed=moved("/b"), b=reply(*headers, status="304 Not Modified", body=b""))
    request = asking(etag='"1"')

    assert fetch(serve(web.answer), request) == [
        NotModified(
            request=request,
            etag='"2"',
            last_modified="now",
            max_age_s=60,
            moved_to="http://school.example/b",
        )
    ]


# --- moved


@pytest.mark.parametrize(
    ("steps", "moved_to"),
    [
        ([], None),
        (["301"], "1"),
        (["308", "301"], "2"),
        (["301", "302"], "1"),
        (["301", "307", "301"], "1"),
        (["302"], None),
        (["303", "301"], None),
    ],
)
def test_it_has_moved_as_far_as_its_first_redirects_are_permanent(
    serve: Serve, steps: list[str], moved_to: str | None
) -> None:
    names = ["feed", *map(str, range(1, len(steps) + 1))]
    pages = {
        name: moved(f"/{target}#top", f"{status} Moved")
        for name, target, status in zip(names, names[1:], steps, strict=False)
    }

    answer = one(serve(Web(**pages).answer), asking())

    assert answer.moved_to == (moved_to and f"http://school.example/{moved_to}")
    assert answer.final_url == f"http://school.example/{names[-1]}"


def test_where_it_moved_to_is_told_without_credentials(serve: Serve) -> None:
    web = Web(feed=moved("http://you:hidden@school.example/b"))

    answer = one(serve(web.answer), asking("http://me:secret@school.example/feed"))

    assert answer.moved_to == answer.final_url == "http://school.example/b"


# --- refusals and busy hosts


def test_a_refusal_tells_its_status_and_when_to_come_back(serve: Serve) -> None:
    request = asking()
    web = Web(feed=reply("Retry-After: 120", status="410 Gone"))

    assert fetch(serve(web.answer), request) == [
        Unfetched(
            request=request,
            reason="410 Gone; it asks to come back after 120 s",
            error="RefusedError",
            status=410,
            retry_after="120",
        )
    ]


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        ("429 Slow", ()),
        ("503 Busy", ()),
        ("503 Busy", ("Retry-After: soon",)),
        ("403 No", ("Retry-After: 60",)),
        ("500 Oops", ("Retry-After: Sun, 22 Nov 2026 10:00:00 GMT",)),
        (
            "500 Oops",
            ("Retry-After: Sun, 22 Nov 2026 10:00:00 GMT", "Date: Sun, 22 Nov 2026 09:59:59 GMT"),
        ),
    ],
)
def test_a_host_that_is_busy_is_left_alone(
    serve: Serve, status: str, headers: tuple[str, ...]
) -> None:
    web = Web(feed=reply(*headers, status=status))
    later = [asking(f"http://school.example/{n}") for n in range(2)]
    elsewhere = asking("http://other.example/")

    answers = fetch(serve(web.answer), asking(), *later, elsewhere)

    found = {answer.request.url: answer for answer in answers if not isinstance(answer, Robots)}
    assert isinstance(found[URL], Unfetched)
    assert isinstance(found[elsewhere.url], Fetched)
    for request in later:
        put_off = found[request.url]
        assert isinstance(put_off, Postponed)
        assert put_off.reason.startswith("school.example answered another request with ")
    assert sorted(web.asked) == ["/", "/feed"]


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        ("500 Oops", ()),
        ("404 No", ("Retry-After: soon",)),
        ("404 No", ("Retry-After: 0",)),
        (
            "500 Oops",
            ("Retry-After: Sun, 22 Nov 2026 09:00:00 GMT", "Date: Sun, 22 Nov 2026 09:00:00 GMT"),
        ),
        ("200 OK", ("Retry-After: 60",)),
    ],
)
def test_other_refusals_concern_their_address_only(
    serve: Serve, status: str, headers: tuple[str, ...]
) -> None:
    web = Web(feed=reply(*headers, status=status))

    answers = fetch(serve(web.answer), asking(), asking("http://school.example/b"))

    assert isinstance(answers[1], Fetched)


def test_a_redirect_to_a_busy_host_is_put_off(serve: Serve) -> None:
    web = Web(feed=moved("http://other.example/b"), b=reply(status="429 Slow"))

    first, second = fetch(serve(web.answer), asking(), asking())

    assert isinstance(first, Unfetched)
    assert isinstance(second, Postponed)
    assert second.reason.startswith("other.example answered another request with 429 ")
    assert web.asked == ["/feed", "/b", "/feed"]
