"""A LibreTranslate server as it answers: recorded from version 1.9.6, on loopback."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from aggregator.errors import BadTranslationError, EngineDownError
from aggregator.fetch import poster
from aggregator.translate.engines.libretranslate import BATCH, LibreTranslate

LANGUAGES = [
    {"code": "ja", "name": "Japanese", "targets": ["en", "ja"]},
    {"code": "zh-Hans", "name": "Chinese", "targets": ["en"]},
    {"code": "zt", "name": "Chinese (traditional)", "targets": ["en"]},
    {"code": "eo", "name": "Esperanto", "targets": ["en"]},
]


class Server(HTTPServer):
    """Answers as scripted; remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict[str, Any]] = []
        self.refused: dict[str, tuple[int, str]] = {}  #: by a part of a text
        self.languages: Any = LANGUAGES
        self.listed = 0
        self.answer: Any = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def engine(self, key: str = "") -> LibreTranslate:
        return LibreTranslate(poster(), self.url, key)


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.listed += 1
        self.say(200, self.server.languages)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        for part, (status, error) in self.server.refused.items():
            if any(part in text for text in body["q"]):
                self.say(status, {"error": error})
                return
        said = [f"[{text}]" for text in body["q"]]
        self.say(200, self.server.answer or {"translatedText": said})

    def say(self, status: int, answer: Any) -> None:
        body = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def test_languages_are_called_as_we_call_them_and_unknown_ones_left_out(server: Server) -> None:
    assert server.engine().pairs() == {("ja", "en"), ("zh-Hans", "en"), ("zh-Hant", "en")}


def test_texts_go_as_html_in_the_servers_codes_and_come_back_as_text(server: Server) -> None:
    found = list(server.engine("secret").translate(["A & B <公開>。"], "zh-Hant", "en"))
    assert found == ["[A & B <公開>。]"]
    assert server.asked == [
        {
            "q": ["A &amp; B &lt;公開&gt;。"],
            "source": "zt",
            "target": "en",
            "format": "html",
            "api_key": "secret",
        }
    ]


def test_many_texts_are_several_requests_in_their_order(server: Server) -> None:
    texts = [f"第{n}回" for n in range(2 * BATCH + 1)]
    assert list(server.engine().translate(texts, "ja", "en")) == [f"[{each}]" for each in texts]
    assert [len(each["q"]) for each in server.asked] == [BATCH, BATCH, 1]


@pytest.mark.parametrize("status", [400, 413, 500])
def test_a_text_that_is_refused_takes_no_other_with_it(server: Server, status: int) -> None:
    server.refused = {"bad": (status, "Invalid request: request (9) exceeds text limit (5)")}
    found = list(server.engine().translate(["a", "b", "bad", "d"], "ja", "en"))
    assert [each if isinstance(each, str) else type(each) for each in found] == [
        "[a]",
        "[b]",
        BadTranslationError,
        "[d]",
    ]
    assert "exceeds text limit" in str(found[2])


@pytest.mark.parametrize(
    ("status", "error"), [(403, "Invalid API key"), (429, "Slowdown: 3 per 1 minute"), (503, "")]
)
def test_a_server_that_wants_a_key_or_a_pause_is_down(
    server: Server, status: int, error: str
) -> None:
    server.refused = {"": (status, error)}
    with pytest.raises(EngineDownError, match=f"libretranslate: {status} .*{error}"):
        list(server.engine().translate(["a"], "ja", "en"))
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [{"translatedText": "one"}, {"translatedText": ["a", "b"]}, {"translatedText": [""]}, [1]],
)
def test_an_answer_of_another_shape_is_no_translation(server: Server, answer: Any) -> None:
    server.answer = answer
    (found,) = server.engine().translate(["a"], "ja", "en")
    assert isinstance(found, BadTranslationError)


@pytest.mark.parametrize("languages", ["<html>", {"error": "x"}, [{"code": "ja"}], [1]])
def test_a_server_that_is_none_offers_nothing(server: Server, languages: Any) -> None:
    server.languages = languages
    engine = server.engine()
    for _ in range(3):
        with pytest.raises(EngineDownError):
            engine.pairs()
    with pytest.raises(EngineDownError):
        list(engine.translate(["a"], "ja", "en"))
    assert server.listed == 1


def test_a_server_that_refuses_everything_is_down(server: Server) -> None:
    server.refused = {"": (500, "out of memory")}
    with pytest.raises(EngineDownError, match=r"refuses everything: .*out of memory"):
        list(server.engine().translate([f"text {n}" for n in range(100)], "ja", "en"))
    assert len(server.asked) < 2 * BATCH


def test_a_pair_it_lacks_is_not_asked_for(server: Server) -> None:
    with pytest.raises(EngineDownError, match="does not translate ko -> en"):
        list(server.engine().translate(["a"], "ko", "en"))
    assert server.asked == []


def test_nobody_at_the_address_is_no_engine() -> None:
    engine = LibreTranslate(poster(), "http://127.0.0.1:9")
    with pytest.raises(EngineDownError, match="libretranslate: it does not answer"):
        engine.pairs()
