"""Embed: articles whose text or whose engine changed -> vectors of their title and lead."""

from collections.abc import Iterator, Sequence

from aggregator.embed import Embedder, Vector, opening
from aggregator.errors import EmbedError
from aggregator.flow.run import Run
from aggregator.model import Article, Failure
from aggregator.store import Connection, runs, vectors

#: What a kill may cost: some four seconds of the bundled engine's work.
_BATCH = 128

#: An article's id, the stamp of what was embedded, and its vector.
Embedded = tuple[str, str, Vector]


def lacks(db: Connection, run: Run) -> Sequence[tuple[Article, str]]:
    """Return articles without a vector of their present text, none if the engine gives none."""
    if not run.embedder.dimensions or runs.failed(db, run.id, "embed"):
        return []
    return vectors.lacking(db, run.sources.keys(), engine(run), _BATCH)


def does(run: Run, batch: Sequence[tuple[Article, str]]) -> Iterator[Embedded | Failure]:
    """Yield each article's vector; an engine that fails is not asked again in this run."""
    texts = [opening(article) for article, _ in batch]
    try:
        found = run.embedder.embed(texts, [article.language for article, _ in batch])
    except EmbedError as err:
        yield Failure(stage="embed", subject=engine(run), reason=str(err), error="EmbedError")
        return
    for (article, stamp), vector in zip(batch, found, strict=True):
        yield article.id, stamp, vector


def saves(db: Connection, _run: Run, results: Sequence[Embedded]) -> None:
    """Keep the vectors."""
    vectors.save(db, results)


def engine(run: Run) -> str:
    """Return the run's engine and its version, as vectors are stamped with."""
    return signature(run.embedder)


def signature(embedder: Embedder) -> str:
    """Return an engine and its version, as vectors are stamped with."""
    return f"{embedder.name}/{embedder.version}".replace(" ", "_")
