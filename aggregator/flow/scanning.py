"""Scan: articles whose text or glossary changed -> where they say the glossary's terms."""

from collections.abc import Iterator, Sequence

from aggregator.flow.run import Run
from aggregator.model import Article
from aggregator.model.glossary import Found
from aggregator.store import Connection, mentions

_BATCH = 500

#: An article, what it was searched with, and what was found.
Scanned = tuple[str, str, tuple[Found, ...]]


def lacks(db: Connection, run: Run) -> Sequence[tuple[Article, str]]:
    """Return articles that were not searched in their present state."""
    return mentions.unscanned(db, run.sources.keys(), run.lexicon.version, _BATCH)


def does(run: Run, batch: Sequence[tuple[Article, str]]) -> Iterator[Scanned]:
    """Yield what each article's title and summary say: a term in one is company for the other's."""
    for article, stamp in batch:
        fields = {"title": article.title, "summary": article.summary}
        country = run.sources[article.source_id].country
        yield article.id, stamp, run.lexicon.terms.look(fields, article.language, country).found


def saves(db: Connection, _run: Run, results: Sequence[Scanned]) -> None:
    """Keep what was found."""
    mentions.save(db, results)
