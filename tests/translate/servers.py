"""Servers of translation engines on loopback: they answer as scripted, and remember what for."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, TypeVar

from aggregator.fetch import poster
from aggregator.translate.engines.chat import Chat, Glossary
from aggregator.translate.engines.libretranslate import LibreTranslate

LANGUAGES = [
    {"code": "ja", "name": "Japanese", "targets": ["en", "ja"]},
    {"code": "zh-Hans", "name": "Chinese", "targets": ["en"]},
    {"code": "zt", "name": "Chinese (traditional)", "targets": ["en"]},
    {"code": "eo", "name": "Esperanto", "targets": ["en"]},
]


class Handler(BaseHTTPRequestHandler):
    """Hands every request to its server."""

    server: "Scripted"

    def do_GET(self) -> None:
        self.say(*self.server.get(self.path))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        self.server.keys.append(self.headers["Authorization"] or "")
        self.say(*self.server.post(self.path, body))

    def say(self, status: int, answer: Any) -> None:
        body = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Scripted(HTTPServer):
    """Answers as its kind does; each gives (status, what is said)."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []  #: what stood in the header, of each of them
        self.refused: dict[str, tuple[int, str]] = {}  #: by a part of a text

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def get(self, path: str) -> tuple[int, Any]:
        return 404, {"error": path}

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        raise NotImplementedError

    def refusal(self, texts: list[str]) -> tuple[int, Any] | None:
        for part, (status, error) in self.refused.items():
            if any(part in text for text in texts):
                return status, {"error": error}
        return None


class LibreTranslateServer(Scripted):
    """Puts texts in brackets."""

    def __init__(self) -> None:
        super().__init__()
        self.languages: Any = LANGUAGES
        self.listed = 0
        self.answer: Any = None

    def engine(self, key: str = "") -> LibreTranslate:
        return LibreTranslate(poster(), self.url, key)

    def get(self, path: str) -> tuple[int, Any]:
        self.listed += 1
        return 200, self.languages

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        if said := self.refusal(body["q"]):
            return said
        return 200, self.answer or {"translatedText": [f"[{text}]" for text in body["q"]]}


#: What a model makes of the sentences that it gets, as (id, text).
Model = Callable[[list[tuple[int, str]]], list[tuple[Any, Any]]]


def in_brackets(rows: list[tuple[int, str]]) -> list[tuple[Any, Any]]:
    return [(number, f"[{text}]") for number, text in rows]


class ChatServer(Scripted):
    """A chat endpoint, with a model that puts texts in brackets."""

    def __init__(self) -> None:
        super().__init__()
        self.model: Model = in_brackets
        self.form = "{}"  #: what stands around the model's JSON
        self.finish = "stop"
        self.most = 1_000  #: sentences that fit into an answer
        self.formats = 200  #: what it says to `response_format`, if not 200
        self.whole: tuple[int, Any] | None = None  #: said to every question

    def engine(self, key: str = "", glossary: Glossary | None = None) -> Chat:
        told = (glossary,) if glossary else ()
        return Chat(poster(key), f"{self.url}v1/", "test-model", *told)

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        if self.whole:
            return self.whole
        if path != "/v1/chat/completions":
            return 404, {"error": path}
        if "response_format" in body and self.formats != 200:
            return self.formats, {"error": {"message": "response_format is not supported"}}
        rows = [(row["id"], row["text"]) for row in data(body)["sentences"]]
        if said := self.refusal([text for _, text in rows]):
            return said
        made = [{"id": number, "text": text} for number, text in self.model(rows)]
        written = self.form.replace("{}", json.dumps({"translations": made}))
        finish = self.finish
        if len(rows) > self.most:
            written, finish = written[: len(written) // 2], "length"
        return 200, completion(written, finish)


def data(body: dict[str, Any]) -> Any:
    """Return what the user's message holds."""
    return json.loads(body["messages"][-1]["content"])


def completion(written: object, finish: str = "stop") -> dict[str, Any]:
    """Return a chat endpoint's answer."""
    message = {"role": "assistant", "content": written}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return {"id": "chatcmpl-1", "object": "chat.completion", "choices": [choice]}


S = TypeVar("S", bound=Scripted)


@contextmanager
def serving(made: S) -> Iterator[S]:
    """Let a server answer as long as the `with` lasts."""
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield made
    finally:
        made.shutdown()
        thread.join()
        made.server_close()
