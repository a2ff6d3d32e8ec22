"""Which articles lack a result, or have one made from something that has changed since."""

from sqlalchemy import ColumnElement, Connection, Table, or_, select

from aggregator.model import Article
from aggregator.store.articles import by_id
from aggregator.store.schema import articles


def outdated(
    db: Connection,
    results: Table,
    stamp: ColumnElement[str],
    within: ColumnElement[bool],
    limit: int,
) -> list[tuple[Article, str]]:
    """Return articles whose row in *results* is missing or was made from something else.

    *results* has at most one row an article, whose `stamp` tells what it was made from; *stamp* is
    the one it would get now, which is returned with the article. *within* says which articles are
    looked at. They come in the order of their ids, at most *limit*.
    """
    rows = db.execute(
        select(articles.c.id, stamp.label("stamp"))
        .join(results, results.c.article_id == articles.c.id, isouter=True)
        .where(within, or_(results.c.stamp.is_(None), results.c.stamp != stamp))
        .order_by(articles.c.id)
        .limit(limit)
    )
    stamps = {row.id: row.stamp for row in rows}
    found = by_id(db, list(stamps))
    return [(found[article_id], stamp) for article_id, stamp in stamps.items()]
