"""Normalize: all that one source newly says -> articles."""

from collections.abc import Iterator, Sequence

from aggregator.flow.run import Run
from aggregator.model import Article, Failure, Item
from aggregator.normalize import Known, article_id, read_articles
from aggregator.store import Connection, articles, documents, runs

#: The source, its items by article, what is known of those articles, whether the source is new.
Batch = tuple[str, list[list[Item]], dict[str, Known], bool]


def lacks(db: Connection, run: Run) -> Sequence[Batch]:
    """Return one source that says something new: the backlog rule needs the whole fetch."""
    found = documents.unnormalized(db, run.id, run.sources.keys())
    if found is None:
        return []
    source_id, parts = found
    ids = [article_id(source_id, items[0].key) for items in parts]
    known = {
        key: Known(
            first_seen=article.first_seen,
            published=article.published,
            dated_by=article.dated_by,
            backlog=article.backlog,
        )
        for key, article in articles.by_id(db, ids).items()
    }
    return [(source_id, parts, known, articles.is_fresh(db, source_id))]


def does(run: Run, batch: Sequence[Batch]) -> Iterator[Article | Failure]:
    """Yield the source's articles."""
    for source_id, parts, known, fresh in batch:
        yield from read_articles(run.sources[source_id], parts, known, run.now, fresh=fresh)


def saves(db: Connection, run: Run, results: Sequence[Article]) -> None:
    """Keep articles, that their items are done, and how many are new."""
    known = articles.by_id(db, [article.id for article in results])
    articles.save(db, results)
    for source_id in {article.source_id for article in results}:
        own = [article for article in results if article.source_id == source_id]
        documents.mark_normalized(db, source_id, [article.key for article in own])
        new = {article.id for article in own} - known.keys()
        runs.add_arrivals(db, run.id, source_id, len(new))
