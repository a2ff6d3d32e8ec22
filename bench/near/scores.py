"""Texts placed one after the other, and how many came where they belong."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from aggregator.dedupe import Side
from aggregator.model import Article, Verdict
from bench import articles
from bench.near.placing import place
from bench.near.planted import Text
from bench.scores import Score

_DAY = datetime(2026, 3, 2, tzinfo=UTC)


def article(text: Text, number: int) -> Article:
    """Return the text as an article of its own source, some hours after the one before."""
    title, *rest = text.lines
    return articles.article(
        text.name,
        title,
        "\n".join(rest)[:600],
        _DAY + timedelta(hours=number % 240),
        body="".join(f"<p>{line}</p>" for line in rest),
    )


def placed(texts: Iterable[Text]) -> list[tuple[Verdict, frozenset[int]]]:
    """Return where texts come that are first seen in this order, and their bands."""
    sides = [Side(article(text, number)) for number, text in enumerate(texts)]
    return list(zip(*place(sides), strict=True))


def score(texts: Sequence[Text]) -> tuple[Score, list[str]]:
    """Return how many of the copies came to their originals, and what went wrong."""
    total, wrong = Score(), []
    for text, (found, _) in zip(texts, placed(texts), strict=True):
        story = found.story_id
        said, real = story != text.name, text.of != text.name
        total += Score(right=int(said and story == text.of), said=int(said), real=int(real))
        if story != text.of:
            wrong.append(f"{text.kind}: {text.name!r} -> {story!r} {found.evidence}")
    return total, wrong
