"""`python -m bench.normalize`: prints items a second for each shape, on one core."""

import sys
from time import process_time

from aggregator.model import Article
from aggregator.normalize import read_articles
from bench.normalize.items import NOW, SHAPES, Shape, items_of, source_of

ITEMS = 200
ROUNDS = 30


def best_rate(shape: Shape) -> float:
    """Return the items a second of the fastest round, in which other programs disturbed least."""
    return max(rate(shape, number) for number in range(ROUNDS))


def rate(shape: Shape, number: int) -> float:
    """Return the items a second of processor time; each round has other items, none is cached."""
    count = ITEMS // len(shape.languages)
    batches = [
        (source_of(language), items_of(shape, language, count, number))
        for language in shape.languages
    ]
    began, read = process_time(), 0
    for source, items in batches:
        found = read_articles(source, items, {}, NOW, None)
        read += sum(isinstance(each, Article) for each in found)
    return read / (process_time() - began)


def main() -> int:
    """Print the table."""
    for shape in SHAPES:
        print(f"{shape.name:<24} {best_rate(shape):>8,.0f} items/s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
