"""What articles are and are about."""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, select

from aggregator.model import Article, Label
from aggregator.model.topics import Subject, TopicLabel
from aggregator.store.outdated import outdated
from aggregator.store.schema import articles, labels, scans, sources, vectors
from aggregator.store.upsert import upsert


def unlabeled(
    db: Connection, source_ids: Collection[str], version: str, limit: int
) -> list[tuple[Article, str]]:
    """Return articles labeled from another state than the present one, with the new stamp.

    Their state is their text, their source's entry, the terms found in them, their vector, and
    the *version* of what labels.
    """
    recipe = select(sources.c.recipe).where(sources.c.id == articles.c.source_id)
    read = articles.c.whole_hash + " " + recipe.scalar_subquery()
    stamp = read + " " + _stamp_of(scans) + " " + _stamp_of(vectors) + " " + version
    return outdated(db, labels, stamp, articles.c.source_id.in_(source_ids), limit)


def _stamp_of(results: Table) -> ColumnElement[str]:
    stamp = select(results.c.stamp).where(results.c.article_id == articles.c.id)
    return func.coalesce(stamp.scalar_subquery(), "")


def save(db: Connection, found: Iterable[tuple[Label, str]]) -> None:
    """Keep labels with the stamp of what they were made from."""
    upsert(db, labels, [{**_row(label), "stamp": stamp} for label, stamp in found])


def _row(label: Label) -> dict[str, Any]:
    return {
        "article_id": label.article_id,
        "kind": label.kind,
        "because": label.because,
        "topics": [asdict(each) for each in label.subject.topics],
        "relevance": label.subject.relevance,
        "relevance_because": label.subject.because,
    }


def read_label(row: Any) -> Label:
    """Return the label of a row that has all columns of `labels`."""
    return Label(
        article_id=row.article_id,
        kind=row.kind,
        because=row.because,
        subject=Subject(
            topics=tuple(TopicLabel(**each) for each in row.topics),
            relevance=row.relevance,
            because=row.relevance_because,
        ),
    )


def of(db: Connection, article_ids: Collection[str]) -> dict[str, Label]:
    """Return the labels of these articles, as far as they have one."""
    rows = db.execute(select(labels).where(labels.c.article_id.in_(article_ids)))
    return {row.article_id: read_label(row) for row in rows}
