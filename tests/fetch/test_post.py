"""What is posted to the operator's own endpoints, and what every bad answer becomes."""

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from threading import Thread
from typing import BinaryIO

import pytest

from aggregator.errors import StatusError
from aggregator.fetch import poster


def reply(body: bytes = b"{}", status: str = "200 OK", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


class Endpoint:
    """Answers one request in one way, and keeps what it was asked; None: it never answers."""

    def __init__(self, said: bytes | None) -> None:
        self.said = said
        self.head = self.body = b""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}/v1/embeddings"
        self.thread = Thread(target=self.answer)
        self.thread.start()

    def answer(self) -> None:
        with suppress(OSError):  # nobody came
            connection, _ = self.listener.accept()
            with closing(connection), connection.makefile("rb") as read, suppress(OSError):
                self.read(read)
                if self.said is None:
                    read.read()  # until the client leaves
                else:
                    connection.sendall(self.said)

    def read(self, read: BinaryIO) -> None:
        while (line := read.readline()) not in (b"", b"\r\n"):
            self.head += line.lower()
        length = re.search(rb"content-length: (\d+)", self.head)
        assert length
        self.body = read.read(int(length[1]))

    def close(self) -> None:
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join()


Open = Callable[[bytes | None], Endpoint]


@pytest.fixture
def endpoint() -> Iterator[Open]:
    opened: list[Endpoint] = []

    def start(said: bytes | None) -> Endpoint:
        opened.append(Endpoint(said))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


def test_the_body_arrives_as_json_and_the_answer_comes_back(endpoint: Open) -> None:
    at = endpoint(reply(b'{"data": []}'))
    assert poster()(at.url, b'{"input": []}') == b'{"data": []}'
    assert at.head.startswith(b"post /v1/embeddings http/1.1")
    assert b"content-type: application/json" in at.head
    assert b"authorization" not in at.head
    assert at.body == b'{"input": []}'


def test_the_key_is_a_bearer_token(endpoint: Open) -> None:
    at = endpoint(reply())
    poster("s3cret")(at.url, b"{}")
    assert b"authorization: bearer s3cret" in at.head


def test_a_refusal_that_repeats_the_key_is_told_without_it(endpoint: Open) -> None:
    at = endpoint(reply(b"wrong key: s3cret, again s3cret", "401 no s3cret"))
    with pytest.raises(StatusError) as told:
        poster("s3cret")(at.url, b"{}")
    assert told.value.body == b"wrong key: [key], again [key]"
    assert str(told.value) == "401 no [key]"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (reply(b"{}", "401 Unauthorized"), "401 Unauthorized"),
        (reply(b"", "307 Temporary Redirect", "Location: http://other.example/"), "307 Temporary"),
        (reply(b"x" * 100), "larger than 64 bytes"),
        (b"no HTTP\r\n\r\n", "."),
        (b"", "."),
    ],
    ids=["refused", "redirect", "too large", "no HTTP", "closed"],
)
def test_what_is_no_answer_is_an_oserror(endpoint: Open, said: bytes, message: str) -> None:
    with pytest.raises(OSError, match=message):
        poster(most_bytes=64)(endpoint(said).url, b"{}")


def test_a_server_that_hangs_is_left(endpoint: Open) -> None:
    with pytest.raises(TimeoutError, match=r"within 0\.2 s"):
        poster(timeout_s=0.2)(endpoint(None).url, b"{}")


def test_nobody_there_is_an_oserror() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(OSError, match=r"."):
        poster()(f"http://127.0.0.1:{port}/", b"{}")
