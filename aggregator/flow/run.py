"""What a run is given: who is read, what is published, the clock, and the tools for it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from aggregator.model import Failure, Fetched, NotModified, Pipeline, Request, Source
from aggregator.store import Database
from aggregator.translate.engines import Engine


class Fetcher(Protocol):
    """Asks servers; each request gets exactly one answer, in any order."""

    def fetch(self, requests: Sequence[Request]) -> Iterator[Fetched | NotModified | Failure]:
        """Yield each answer as soon as it is there."""


#: Called after each result: the step's name, and the result or the failure.
Progress = Callable[[str, object], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where and as whom we publish."""

    output: Path
    base_url: str  #: absolute, ends with a slash
    contact: str  #: e-mail or web address
    pipelines: Sequence[Pipeline]  #: all that are configured: what pages and feeds.opml link to


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One pass over everything: nothing in it changes while it runs, its clock included."""

    id: int  #: 0 until it has begun
    now: datetime  #: UTC
    sources: Mapping[str, Source]  #: all that are configured, by id
    pipelines: Sequence[Pipeline]  #: those that this run completes
    database: Database
    fetcher: Fetcher
    engine: Engine
    site: Site
    tell: Progress

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
