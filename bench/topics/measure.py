"""Titles with their labels -> how many of their topics are found, and whether they matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import fmean

from aggregator.classify.grams import grams
from aggregator.classify.signs import Words
from aggregator.classify.subject import Reading, judged
from aggregator.config.fields import LANGUAGES
from aggregator.embed import Embedder
from aggregator.model.topics import Head, Subject, Topic
from aggregator.text.terms import Terms
from bench.topics.cases import COUNTRY, Title, taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One title in one language, with what is known of it before it is judged."""

    title: Title
    language: str
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Macro-F1: the mean over the topics that the titles have."""

    by_language: dict[str, float]
    by_topic: dict[str, float]  #: over all languages

    @property
    def mean(self) -> float:
        return fmean(self.by_language.values())

    @property
    def worst(self) -> float:
        return min(self.by_language.values())


@cache
def tools() -> tuple[Terms, Words, Sequence[Topic]]:
    """Return what finds concepts and what finds signs, as they ship, and the topics."""
    concepts, topics = taxonomy()
    return Terms(concepts), Words(topics), topics


def reading(text: str, language: str, vector: Sequence[float] = ()) -> Reading:
    """Return what is known of a title."""
    terms, words, _ = tools()
    found = terms.look({"title": text}, language, COUNTRY[language]).found
    signs = words.signs({"title": text}, language, found)
    return Reading(signs=signs, grams=grams(text, "", language), vector=vector)


def cases_of(titles: Sequence[Title], embedder: Embedder | None) -> tuple[Case, ...]:
    """Return the titles in every language, with the vectors of the engine if there is one."""
    pairs = [(title, code) for code in LANGUAGES for title in titles]
    texts, codes = [title.texts[code] for title, code in pairs], [code for _, code in pairs]
    vectors: Sequence[Sequence[float]] = (
        embedder.embed(texts, codes) if embedder else [()] * len(pairs)
    )
    return tuple(
        Case(title=title, language=code, reading=reading(title.texts[code], code, vector))
        for (title, code), vector in zip(pairs, vectors, strict=True)
    )


def subjects(head: Head, cases: Sequence[Case]) -> list[tuple[Case, Subject]]:
    """Return what the head makes of each case."""
    return [(case, judged(case.reading, head, tools()[2])) for case in cases]


def macro_f1(told: Sequence[tuple[Case, Subject]]) -> Score:
    """Return how well the topics were told; those that are `maybe` count neither way."""
    return Score(
        by_language={
            code: fmean(_by_topic([each for each in told if each[0].language == code]).values())
            for code in LANGUAGES
        },
        by_topic=_by_topic(told),
    )


def _by_topic(told: Sequence[tuple[Case, Subject]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for topic in tools()[2]:
        pairs = [
            (topic.id in case.title.topics, any(label.topic == topic.id for label in said.topics))
            for case, said in told
            if topic.id not in case.title.maybe
        ]
        if any(wanted for wanted, _ in pairs):
            hits = sum(wanted and given for wanted, given in pairs)
            found[topic.id] = 2 * hits / sum(wanted + given for wanted, given in pairs)
    return found


def relevance(told: Sequence[tuple[Case, Subject]], gate: float) -> tuple[float, float]:
    """Return precision and recall of what scores at least *gate*."""
    pairs = [(case.title.relevant, said.relevance >= gate) for case, said in told]
    hits = sum(wanted and given for wanted, given in pairs)
    return (
        hits / max(1, sum(given for _, given in pairs)),
        hits / sum(wanted for wanted, _ in pairs),
    )
