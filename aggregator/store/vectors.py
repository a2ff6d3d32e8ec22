"""What articles mean, as vectors."""

import math
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, select, true

from aggregator.model import Article
from aggregator.store.outdated import outdated
from aggregator.store.schema import articles, vectors
from aggregator.store.upsert import upsert

#: The largest value of a signed byte.
_MOST = 127


def lacking(
    db: Connection, source_ids: Collection[str], engine: str, limit: int
) -> list[tuple[Article, str]]:
    """Return articles without a vector of their present text by this engine, with the new stamp.

    *engine* names the engine and its version, without a space.
    """
    stamp = articles.c.text_hash + " " + articles.c.language + " " + engine
    return outdated(db, vectors, stamp, articles.c.source_id.in_(source_ids), limit)


def save(db: Connection, found: Iterable[tuple[str, str, Sequence[float]]]) -> None:
    """Keep vectors: article id, stamp, and the vector, of unit length."""
    rows = [
        {"article_id": article_id, "stamp": stamp, "vector": packed(vector)}
        for article_id, stamp, vector in found
    ]
    upsert(db, vectors, rows)


def of(
    db: Connection, article_ids: Collection[str], engine: str
) -> Mapping[str, tuple[float, ...]]:
    """Return the vectors of these articles by this engine; those that have none are left out."""
    rows = db.execute(select(vectors).where(vectors.c.article_id.in_(article_ids), made_by(engine)))
    return {row.article_id: unpacked(row.vector) for row in rows}


def are_any(db: Connection, engine: str | None = None) -> bool:
    """Tell whether any article has a vector, by this engine if one is given."""
    rows = select(vectors.c.article_id).where(true() if engine is None else made_by(engine))
    return db.scalar(rows.limit(1)) is not None


def made_by(engine: str) -> ColumnElement[bool]:
    """Return the condition that a vector is by this engine."""
    return vectors.c.stamp.endswith(f" {engine}", autoescape=True)


def packed(vector: Sequence[float]) -> bytes:
    """Return a vector as signed bytes, the largest number as 127: a quarter of its floats.

    Its direction stays to within a cosine of .9999 (384 dimensions), its length is lost.
    """
    most = max(map(abs, vector), default=0.0)
    scale = _MOST / most if most else 0.0
    return array("b", (round(each * scale) for each in vector)).tobytes()


def unpacked(said: bytes) -> tuple[float, ...]:
    """Return the vector of unit length that was packed; zeros stay zeros."""
    numbers = array("b", said)
    length = math.sqrt(sum(each * each for each in numbers)) or 1.0
    return tuple(each / length for each in numbers)
