"""Texts as they are compared, with means of vectors that come from the calibrating half alone."""

from collections.abc import Iterable, Sequence
from functools import cache

from aggregator.config.glossary import read_glossary
from aggregator.dedupe import Meaning, Side
from aggregator.embed import Vector, whole
from aggregator.embed.bundled import Bundled
from aggregator.embed.centering import Means, centered
from aggregator.store.vectors import packed
from aggregator.text.terms import Terms
from bench.stories.corpus import Told, article
from bench.topics.cases import COUNTRY, TOP


class Raw:
    """The bundled engine's vectors before anything is taken off, each text embedded once."""

    def __init__(self) -> None:
        self._engine = Bundled(means={})
        self._made: dict[tuple[str, str], Vector] = {}

    def embed(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Make the vectors of texts in their languages that are not there yet."""
        missing = [each for each in dict.fromkeys(wanted) if each not in self._made]
        made = self._engine.embed([text for text, _ in missing], [code for _, code in missing])
        self._made.update(zip(missing, made, strict=True))

    def of(self, text: str, language: str) -> Vector:
        """Return a vector that was made."""
        return self._made[text, language]


def means_of(raw: Raw, some: Sequence[Told]) -> Means:
    """Return each language's mean vector of these titles and leads."""
    raw.embed(_texts(some))
    by: dict[str, list[Vector]] = {}
    for told in some:
        by.setdefault(told.language, []).extend(
            raw.of(text, told.language) for text in (told.title, told.lead)
        )
    return {
        code: [sum(column) / len(column) for column in zip(*vectors, strict=True)]
        for code, vectors in by.items()
    }


def sides(raw: Raw, some: Sequence[Told], means: Means) -> list[Side]:
    """Return articles as they are compared."""
    raw.embed(_texts(some))
    return [
        Side(article(told), meaning=_meaning(raw, told, means), concepts=_concepts(told))
        for told in some
    ]


def _meaning(raw: Raw, told: Told, means: Means) -> Meaning:
    title, lead = (
        centered(raw.of(text, told.language), told.language, means)
        for text in (told.title, told.lead)
    )
    return Meaning(title=packed(title), whole=packed(whole(title, lead)))


def _concepts(told: Told) -> frozenset[str]:
    fields = {"title": told.title, "summary": told.lead}
    found = _terms().look(fields, told.language, COUNTRY[told.language]).found
    return frozenset(each.concept for each in found)


@cache
def _terms() -> Terms:
    return Terms(read_glossary(TOP / "glossary.yaml"))


def _texts(some: Iterable[Told]) -> list[tuple[str, str]]:
    return [(text, told.language) for told in some for text in (told.title, told.lead)]
