"""Articles, their labels and their places in stories."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from aggregator.model import Article, Label, Verdict
from aggregator.store.schema import articles, labels, sources, stories, verdicts
from aggregator.store.upsert import add_missing, upsert

#: Most values in one IN list: SQLite allows 32,766 parameters a statement, PostgreSQL 65,535.
_AT_ONCE = 10_000


def read_article(row: Any) -> Article:
    """Return the article of a row that has all columns of `articles`."""
    fields = {name: getattr(row, name) for name in Article.__dataclass_fields__}
    return Article(**{**fields, "authors": tuple(row.authors)})


def by_id(db: Connection, ids: Sequence[str]) -> dict[str, Article]:
    """Return the articles that are known, by their ids."""
    found: dict[str, Article] = {}
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        rows = db.execute(select(articles).where(articles.c.id.in_(part)))
        found.update({row.id: read_article(row) for row in rows})
    return found


def is_fresh(db: Connection, source_id: str) -> bool:
    """Tell whether no article was seen since the source was added, or added again."""
    added = select(sources.c.added).where(sources.c.id == source_id).scalar_subquery()
    query = select(articles.c.id).where(
        articles.c.source_id == source_id, articles.c.first_seen >= added
    )
    return db.execute(query.limit(1)).first() is None


def save(db: Connection, found: Iterable[Article]) -> None:
    """Keep articles, overwriting what was known of them."""
    rows = [{**asdict(article), "authors": list(article.authors)} for article in found]
    upsert(db, articles, rows)


def unlabeled(db: Connection, source_ids: Collection[str], limit: int) -> list[tuple[Article, str]]:
    """Return articles whose text or source changed since they were labeled, with the new stamp."""
    stamp = articles.c.text_hash + ":" + sources.c.recipe
    rows = db.execute(
        select(articles, stamp.label("stamp"))
        .join(sources, sources.c.id == articles.c.source_id)
        .join(labels, labels.c.article_id == articles.c.id, isouter=True)
        .where(
            articles.c.source_id.in_(source_ids),
            or_(labels.c.stamp.is_(None), labels.c.stamp != stamp),
        )
        .order_by(articles.c.id)
        .limit(limit)
    )
    return [(read_article(row), row.stamp) for row in rows]


def save_labels(db: Connection, found: Iterable[tuple[Label, str]]) -> None:
    """Keep labels with the stamp of what they were made from."""
    upsert(db, labels, [{**asdict(label), "stamp": stamp} for label, stamp in found])


def unplaced(db: Connection, limit: int) -> list[Article]:
    """Return articles that belong to no story yet, oldest first."""
    rows = db.execute(
        select(articles)
        .join(verdicts, verdicts.c.article_id == articles.c.id, isouter=True)
        .where(verdicts.c.article_id.is_(None))
        .order_by(articles.c.first_seen, articles.c.published, articles.c.id)
        .limit(limit)
    )
    return [read_article(row) for row in rows]


def alike(db: Connection, some: Sequence[Article]) -> list[tuple[Article, Verdict]]:
    """Return the placed articles that share a URL or the exact text with one of these."""
    rows = db.execute(
        select(articles, verdicts.c.story_id, verdicts.c.same_as, verdicts.c.evidence)
        .join(verdicts, verdicts.c.article_id == articles.c.id)
        .where(
            or_(
                articles.c.url.in_([article.url for article in some]),
                articles.c.content_hash.in_([article.content_hash for article in some]),
            )
        )
        .order_by(articles.c.first_seen, articles.c.published, articles.c.id)
    )
    return [(read_article(row), _verdict(row)) for row in rows]


def _verdict(row: Any) -> Verdict:
    return Verdict(
        article_id=row.id,
        story_id=row.story_id,
        same_as=row.same_as,
        evidence=tuple(row.evidence),
    )


def save_verdicts(db: Connection, found: Sequence[Verdict], began: Mapping[str, datetime]) -> None:
    """Keep verdicts, with the stories they begin; `began` gives each article's first sight."""
    fresh = [
        {"id": verdict.story_id, "began": began[verdict.article_id]}
        for verdict in found
        if verdict.story_id == verdict.article_id
    ]
    add_missing(db, stories, fresh)
    upsert(db, verdicts, [{**asdict(v), "evidence": list(v.evidence)} for v in found])
