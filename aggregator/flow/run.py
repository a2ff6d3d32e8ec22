"""What a run is given: who is read, what is published, the clock, and the tools for it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar

from aggregator.classify import Classifier
from aggregator.embed import Embedder
from aggregator.model import Answer, Concept, Doubts, Likelihood, Pipeline, Request, Robots, Source
from aggregator.store import Database
from aggregator.text.terms import VERSION, Terms
from aggregator.translate.engines import Engine
from aggregator.translate.wording import Wordings

R = TypeVar("R")


class Fetcher(Protocol):
    """Asks servers; each request gets exactly one answer, in any order."""

    def fetch(
        self, requests: Sequence[Request], robots: Mapping[str, Robots]
    ) -> Iterator[Sequence[Answer | Robots]]:
        """Yield answers as they come: all that are there at once.

        `robots` has what hosts' robots.txt said, by origin; what is read anew is yielded too.
        """


class Workers(Protocol):
    """Does what costs time, in other processes; within a `with`, whose end ends them."""

    def __enter__(self) -> object:
        """Return the workers; they start with the first work."""

    def __exit__(self, *error: object) -> None:
        """End them."""

    def map(
        self, function: Callable[..., R], inputs: Iterable[tuple[Any, ...]]
    ) -> Iterator[R | Exception]:
        """Yield what the function makes of each input (its arguments), in their order.

        An exception stands for an input that took too long, too much memory, or broke its process.
        Function, arguments and results must be picklable.
        """


#: Called after each result: the step's name, and the result or the failure.
Progress = Callable[[str, object], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where and as whom we publish."""

    output: Path
    base_url: str  #: absolute, ends with a slash
    contact: str  #: e-mail or web address
    pipelines: Sequence[Pipeline]  #: all that are configured: what pages and feeds.opml link to
    topics: Mapping[str, str] = field(default_factory=dict)  #: names of topics by their ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The glossary, ready to be found in texts."""

    terms: Terms
    version: str  #: another one whenever the same text could give other finds
    concepts: Sequence[Concept] = ()

    @classmethod
    def of(cls, concepts: Sequence[Concept]) -> Self:
        """Return the lexicon of a glossary's concepts."""
        said = f"{VERSION} {concepts!r}"
        version = blake2b(said.encode(), digest_size=8).hexdigest()
        return cls(terms=Terms(concepts), version=version, concepts=concepts)

    def wordings(self, target: str) -> Wordings:
        """Return what the glossary prescribes for translations into a language."""
        return Wordings(self.terms, self.concepts, target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One pass over everything: nothing in it changes while it runs, its clock included."""

    id: int  #: 0 until it has begun
    now: datetime  #: UTC
    sources: Mapping[str, Source]  #: all that are configured, by id
    pipelines: Sequence[Pipeline]  #: those that this run completes
    database: Database
    fetcher: Fetcher
    workers: Workers
    engines: Sequence[Engine]  #: in the order in which they are asked
    embedder: Embedder
    classifier: Classifier
    site: Site
    tell: Progress
    lexicon: Lexicon = field(default_factory=lambda: Lexicon.of(()))
    likelihood: Likelihood | None = None  #: None: only texts are compared
    #: What translations are checked with, the best first; none: they are not checked.
    doubts: Sequence[Doubts] = ()
    #: Characters of source text that an engine, by its name, may be given in a day (UTC).
    budgets: Mapping[str, int] = field(default_factory=dict)
    early: bool = False  #: a person asks: what is not due yet is read as well

    @property
    def asked(self) -> dict[str, str]:
        """The sources this run reads: id -> URL."""
        return {
            source.id: source.url
            for source in self.sources.values()
            if source.enabled and any(pipe.scope.covers(source) for pipe in self.pipelines)
        }

    @property
    def targets(self) -> list[str]:
        """The languages this run translates to, the first pipeline's first."""
        found = dict.fromkeys(target for pipe in self.pipelines for target in pipe.targets)
        return [target for target in found if target != "original"]
