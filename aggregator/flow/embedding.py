"""Embed: articles whose text or whose engine changed -> vectors of their title and lead."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from aggregator.embed import Embedder, Vector, opening, whole
from aggregator.errors import EmbedError
from aggregator.flow.run import Run
from aggregator.model import Article, Failure
from aggregator.store import Connection, runs, vectors
from aggregator.store.vectors import StoredVectors

#: What a kill may cost: some seconds of the bundled engine's work.
_BATCH = 128

#: An article, the stamp of what is to be embedded, and the vectors of the same text if there are.
Unembedded = tuple[Article, str, StoredVectors | None]


def lacks(db: Connection, run: Run) -> Sequence[Unembedded]:
    """Return articles without a vector of their present text, none if the engine gives none."""
    if not run.embedder.dimensions or runs.failed(db, run.id, "embed"):
        return []
    found = vectors.lacking(db, run.sources.keys(), engine(run), _BATCH)
    known = vectors.by_stamp(db, [stamp for _, stamp in found])
    return [(article, stamp, known.get(stamp)) for article, stamp in found]


def does(run: Run, batch: Sequence[Unembedded]) -> Iterator[StoredVectors | Failure]:
    """Yield each article's vectors; an engine that fails is not asked again in this run.

    What is said twice is embedded once.
    """
    for article, _, known in batch:
        if known:
            yield replace(known, article_id=article.id, day=article.published.toordinal())
    fresh = [(article, stamp) for article, stamp, known in batch if not known]
    parts = {article.id: opening(article) for article, _ in fresh}
    try:
        made = _embedded(run, [(parts[each.id], each.language) for each, _ in fresh])
    except EmbedError as err:
        yield Failure(stage="embed", subject=engine(run), reason=str(err), error="EmbedError")
        return
    for article, stamp in fresh:
        title, lead = (made.get((part, article.language), ()) for part in parts[article.id])
        nothing = (0.0,) * run.embedder.dimensions
        both = whole(title, lead) or nothing
        day = article.published.toordinal()
        yield StoredVectors.of(article.id, stamp, day, both, title or nothing)


def _embedded(
    run: Run, wanted: Sequence[tuple[tuple[str, str], str]]
) -> Mapping[tuple[str, str], Vector]:
    """Return the vectors of titles and leads, by text and language; "" has none."""
    texts = list(dict.fromkeys((part, code) for parts, code in wanted for part in parts if part))
    made = run.embedder.embed([text for text, _ in texts], [code for _, code in texts])
    return dict(zip(texts, made, strict=True))


def saves(db: Connection, _run: Run, results: Sequence[StoredVectors]) -> None:
    """Keep the vectors."""
    vectors.save(db, results)


def engine(run: Run) -> str:
    """Return the run's engine and its version, as vectors are stamped with."""
    return signature(run.embedder)


def signature(embedder: Embedder) -> str:
    """Return an engine and its version, as vectors are stamped with."""
    return f"{embedder.name}/{embedder.version}".replace(" ", "_")
