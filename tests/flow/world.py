"""A small web and a small engine that behave like the real ones, for tests of the flow."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from hashlib import sha1
from pathlib import Path
from xml.sax.saxutils import escape

from aggregator.embed import Embedder
from aggregator.embed.none import Nothing
from aggregator.errors import BadTranslationError, TranslateError
from aggregator.flow import Lexicon, Run, run_once
from aggregator.model import (
    Answer,
    Concept,
    Doubts,
    Fetched,
    NotModified,
    Outputs,
    Pipeline,
    Request,
    Robots,
    RunReport,
    Source,
    Unfetched,
)
from aggregator.model.topics import Topic
from aggregator.store import Database
from aggregator.translate.engines import Engine
from aggregator.translate.engines.none import NoEngine
from tests import builders
from tests.runs import classifier, run

NOW = builders.NOW


def rss(*items: tuple[str, str, datetime | None], link: str = "https://jp.example.org/") -> bytes:
    """Return an RSS feed of (title, description, date); ids and links follow from the titles."""
    rows = []
    for title, description, at in items:
        slug = sha1(title.encode()).hexdigest()[:8]  # noqa: S324 - only a name
        date = f"<pubDate>{format_datetime(at)}</pubDate>" if at else ""
        rows.append(
            f"<item><title>{escape(title)}</title><link>{link}{slug}</link>"
            f"<guid>{link}{slug}</guid><description>{escape(description)}</description>{date}</item>"
        )
    head = f"<title>T</title><link>{link}</link><description>D</description>"
    return f'<rss version="2.0"><channel>{head}{"".join(rows)}</channel></rss>'.encode()


@dataclass
class FakeWeb:
    """Answers from a dictionary, 304 to whom it has answered the same before."""

    pages: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    types: dict[str, str] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)  #: given as they stand

    def fetch(
        self, requests: Sequence[Request], robots: Mapping[str, Robots]
    ) -> Iterator[Sequence[Answer | Robots]]:
        for request in requests:
            self.requests.append(request)
            self.asked.append(request.at or request.url)
            yield [self._answer(request)]

    def _answer(self, request: Request) -> Answer:
        answer = self.answers.get(request.url)
        if answer is not None:
            return replace(answer, request=request)
        body = self.pages.get(request.at or request.url)
        if body is None:
            return Unfetched(
                request=request, reason="404 Not Found", error="RefusedError", status=404
            )
        etag = f'"{sha1(body).hexdigest()}"'  # noqa: S324 - only a name
        if request.etag == etag:
            return NotModified(request=request)
        return Fetched(
            request=request,
            final_url=request.url,
            content_type=self.types.get(request.url, "application/rss+xml; charset=utf-8"),
            body=body,
            etag=etag,
        )


@dataclass
class FakeEngine:
    """Translates Japanese to English by putting it in brackets; counts what it was asked."""

    name: str = "fake"
    asked: list[str] = field(default_factory=list)
    refuses: frozenset[str] = frozenset()
    stops_after: int = 1_000_000

    def version(self, source: str, target: str) -> str:
        return "1"

    def pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset({("ja", "en")})

    def shape(self, source: str, target: str) -> str:
        return "bracket"

    def translate(
        self, texts: Sequence[str], source: str, target: str
    ) -> Iterator[str | TranslateError]:
        for text in texts:
            if len(self.asked) >= self.stops_after:
                raise KeyboardInterrupt
            self.asked.append(text)
            yield BadTranslationError("nonsense") if text in self.refuses else f"[{text}]"


@dataclass
class Interpreter:
    """Says what it was told to say, in pairs of languages; counts what it was asked."""

    said: dict[tuple[str, str], dict[str, str]]
    name: str = "interpreter"
    asked: list[str] = field(default_factory=list)

    def version(self, source: str, target: str) -> str:
        return "1"

    def pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset(self.said)

    def shape(self, source: str, target: str) -> str:
        return "bracket"

    def translate(
        self, texts: Sequence[str], source: str, target: str
    ) -> Iterator[str | TranslateError]:
        for text in texts:
            self.asked.append(text)
            yield self.said[source, target][text]


@dataclass
class World:
    """A home with its web: `run` completes a run over it."""

    database: Database
    output: Path
    sources: list[Source]
    web: FakeWeb = field(default_factory=FakeWeb)
    engine: Engine = field(default_factory=NoEngine)
    others: list[Engine] = field(default_factory=list)  #: asked after it
    budgets: dict[str, int] = field(default_factory=dict)  #: characters a day, by engine
    now: datetime = NOW
    due: list[str] = field(default_factory=list)  #: names of pipelines to run; all if empty
    early: bool = False
    glossary: list[Concept] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    embedder: Embedder = field(default_factory=Nothing)
    doubts: Sequence[Doubts] = ()
    pipelines: list[Pipeline] = field(
        default_factory=lambda: [
            builders.pipeline(
                name="news",
                outputs=Outputs(feeds=("all", "picks")),
            )
        ]
    )

    def run(self) -> RunReport:
        """Complete a run; the clock goes on by an hour afterwards."""
        planned = self.planned()
        self.now += timedelta(hours=1)
        return run_once(planned, lambda: self.now)

    def planned(self) -> Run:
        """Return a run that is ready to be completed."""
        return run(
            self.database,
            self.output,
            now=self.now,
            sources={source.id: source for source in self.sources},
            pipelines=[each for each in self.pipelines if each.name in (self.due or [each.name])],
            configured=self.pipelines,
            fetcher=self.web,
            engines=(self.engine, *self.others),
            embedder=self.embedder,
            doubts=self.doubts,
            classifier=classifier(tuple(self.topics)),
            lexicon=Lexicon.of(self.glossary),
            budgets=self.budgets,
            early=self.early,
        )
