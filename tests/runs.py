"""Builds runs of the flow that touch nothing but their database and their output."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from aggregator.classify import Classifier
from aggregator.config import signs_head
from aggregator.embed.none import Nothing
from aggregator.errors import AggregatorError
from aggregator.flow import Run, Site
from aggregator.model import Answer, Request, Robots
from aggregator.model.topics import Topic
from aggregator.store import Database
from aggregator.translate.engines.none import NoEngine
from tests import builders


def run(database: Database, output: Path, **changes: Any) -> Run:
    """Return a run that asks nobody, translates nothing and knows no topics, works in-process."""
    pipelines = changes.pop("pipelines", None) or [builders.pipeline()]
    configured = changes.pop("configured", pipelines)
    made = Run(
        id=0,
        now=builders.NOW,
        sources={},
        pipelines=pipelines,
        database=database,
        fetcher=NoFetcher(),
        workers=Inline(),
        engines=(NoEngine(),),
        embedder=Nothing(),
        classifier=classifier(()),
        site=Site(
            output=output,
            base_url="https://news.example/",
            contact="a@example.org",
            pipelines=configured,
        ),
        tell=lambda _step, _result: None,
    )
    return replace(made, **changes)


@cache
def classifier(topics: tuple[Topic, ...]) -> Classifier:
    """Return what tells topics; it is built once, for that takes longer than most runs."""
    return Classifier(topics, signs_head())


class NoFetcher:
    """Whoever asks it fails the test."""

    def fetch(
        self, requests: Sequence[Request], robots: Mapping[str, Robots]
    ) -> Iterator[Sequence[Answer | Robots]]:
        raise AssertionError(requests)


R = TypeVar("R")


class Inline:
    """Works in this process, one input after the other."""

    def __enter__(self) -> "Inline":
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def map(
        self, function: Callable[..., R], inputs: Iterable[tuple[Any, ...]]
    ) -> Iterator[R | Exception]:
        for each in inputs:
            try:
                yield function(*each)
            except AggregatorError as err:
                yield err
