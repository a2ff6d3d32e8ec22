"""A desk over a real database, and a browser without scripts to use it with."""

import contextlib
import socket
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import httpx2
import pytest
import uvicorn
from argon2 import PasswordHasher
from bs4 import BeautifulSoup, Tag
from fastapi import FastAPI
from fastapi.testclient import TestClient

from aggregator.model import Article, Decision, MemoryEntry, Origin, Source
from aggregator.store import Database, articles, decisions, memory, users
from aggregator.text.keys import text_key
from aggregator.translate.segments import VERSION, segment
from aggregator.web.app import create_app
from aggregator.web.desk import Desk
from aggregator.web.passwords import Passwords
from aggregator.web.throttle import Throttle
from tests import builders
from tests.told import tell

#: Parameters that cost nothing: what they hash is no secret.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

PASSWORD = "correct horse battery"


@dataclass
class FakePublisher:
    """Counts how often it was asked."""

    trouble: str = ""
    asked: int = 0

    def ask(self) -> None:
        self.asked += 1

    def finish(self) -> None:
        """Nothing is under way."""


@dataclass
class Newsroom:
    """A desk with its parts, and what fills its database."""

    database: Database
    output: Path
    base_url: str = "http://testserver/"
    targets: tuple[str, ...] = ("en",)
    now: datetime = builders.NOW
    passwords: Passwords = field(default_factory=lambda: Passwords(QUICK))
    throttle: Throttle = field(default_factory=Throttle)
    publisher: FakePublisher = field(default_factory=FakePublisher)
    sources: dict[str, Source] = field(
        default_factory=lambda: {
            source.id: source for source in map(builders.source, builders.WORDS)
        }
    )

    def add_user(self, name: str = "aiko", password: str = PASSWORD) -> None:
        with self.database.begin() as db:
            users.add(db, name, self.passwords.hash(password), self.now)

    def tell(self, *told: Article, story_id: str = "") -> str:
        """Store articles as one story and return its id."""
        with self.database.begin() as db:
            key = tell(db, *told, story_id=story_id)
            for each in told:
                memory.save_segments(db, each.id, segment(each), VERSION)
        return key

    def translate(self, article: Article, title: str, origin: Origin = Origin.IMPORTED) -> None:
        """Put a title's English into the memory."""
        entry = MemoryEntry(
            language=article.language,
            target="en",
            key=text_key(article.title),
            source_text=article.title,
            target_text=title,
            origin=origin,
            engine="argos",
            version="1",
            at=self.now,
        )
        with self.database.begin() as db:
            memory.save_entries(db, [entry])

    def change(self, article: Article, **changes: object) -> None:
        """Store what the source says of an article now."""
        with self.database.begin() as db:
            articles.save(db, [replace(article, **changes)])  # type: ignore[arg-type]

    def decisions(self, story_id: str) -> Sequence[Decision]:
        with self.database.read() as db:
            return decisions.of_story(db, story_id)

    def app(self) -> FastAPI:
        desk = Desk(
            database=self.database,
            sources=self.sources,
            targets=self.targets,
            output=self.output,
            base_url=self.base_url,
            clock=lambda: self.now,
            publisher=self.publisher,
            passwords=self.passwords,
            throttle=self.throttle,
        )
        return create_app(desk)

    def client(self) -> TestClient:
        """Return a client that has not logged in, and follows no redirect."""
        return TestClient(self.app(), base_url=self.base_url, follow_redirects=False)

    def browser(self) -> "Browser":
        return Browser(self.client())

    def editor(self, name: str = "aiko") -> "Browser":
        """Return a browser that has logged in."""
        with self.database.read() as db:
            known = users.by_name(db, name)
        if known is None:
            self.add_user(name)
        browser = self.browser()
        assert browser.log_in(name).status_code == 303
        return browser


@dataclass
class Browser:
    """Opens pages and sends the forms that stand on them, as a browser without scripts does."""

    client: TestClient
    answer: httpx2.Response = field(default_factory=lambda: httpx2.Response(204))

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.answer.text, "lxml")

    @property
    def text(self) -> str:
        return " ".join(self.page.get_text(" ").split())

    def open(self, address: str) -> BeautifulSoup:
        self.answer = self.client.get(address)
        return self.page

    def log_in(
        self, name: str = "aiko", password: str = PASSWORD, next_page: str = "/desk/"
    ) -> httpx2.Response:
        fields = {"name": name, "password": password, "next": next_page}
        self.answer = self.client.post("/desk/login", data=fields)
        return self.answer

    def form(self, button: str, at: int = 0) -> dict[str, str]:
        """Return what the form with a button sends when that is pressed, and its `action`."""
        pressed = self.button(button, at)
        form = pressed.find_parent("form")
        assert form is not None
        sent = {"action": str(form["action"])}
        for each in form.select("input[name], textarea[name]"):
            sent[str(each["name"])] = (
                each.get_text() if each.name == "textarea" else str(each.get("value", ""))
            )
        if pressed.get("name"):
            sent[str(pressed["name"])] = str(pressed["value"])
        return sent

    def button(self, text: str, at: int = 0) -> Tag:
        buttons: list[Tag] = list(self.page.select("button"))
        found = [each for each in buttons if each.get_text().strip() == text]
        assert len(found) > at, f"no button {text!r}"
        return found[at]

    def has_button(self, text: str) -> bool:
        return any(each.get_text().strip() == text for each in self.page.find_all("button"))

    def press(self, button: str, at: int = 0, **filled: str) -> httpx2.Response:
        """Fill the form of a button, press it, and follow where that leads."""
        sent = self.form(button, at) | filled
        answer = self.client.post(sent.pop("action"), data=sent)
        if answer.status_code == 303:
            self.open(answer.headers["location"])
        else:
            self.answer = answer
        return answer


@contextlib.contextmanager
def served(app: FastAPI) -> Iterator[int]:
    """Serve an application by a real server on loopback, and yield its port."""
    started = threading.Event()

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            started.set()

    server = Server(uvicorn.Config(app, log_level="warning", access_log=False))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            assert started.wait(30)
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(30)


@pytest.fixture
def newsroom(sqlite_emptied: Database, tmp_path: Path) -> Iterator[Newsroom]:
    """A desk without stories or accounts."""
    yield Newsroom(database=sqlite_emptied, output=tmp_path / "output")
    sqlite_emptied.close()
