"""What articles mean, as vectors."""

import math
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy import ColumnElement, Connection, bindparam, select, true, update

from aggregator.errors import StoreError
from aggregator.model import Article
from aggregator.store.outdated import outdated
from aggregator.store.schema import articles, vectors
from aggregator.store.upsert import upsert

#: The largest value of a signed byte.
_MOST = 127

#: Vectors read at once: of 384 numbers as floats they take 1 MB, which stays in the cache of the
#: processor that compares them.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredVectors:
    """An article's vectors as they are kept: signed bytes."""

    article_id: str
    stamp: str  #: of which text, by which engine
    day: int  #: on which it was published: number of `datetime.toordinal`
    vector: bytes  #: of title and lead
    title: bytes

    @classmethod
    def of(
        cls, article_id: str, stamp: str, day: int, whole: Sequence[float], title: Sequence[float]
    ) -> Self:
        """Return vectors of unit length as they are kept."""
        return cls(
            article_id=article_id, stamp=stamp, day=day, vector=packed(whole), title=packed(title)
        )


def lacking(
    db: Connection, source_ids: Collection[str], engine: str, limit: int
) -> list[tuple[Article, str]]:
    """Return articles without a vector of their present text by this engine, with the new stamp.

    *engine* names the engine and its version, without a space.
    """
    stamp = articles.c.text_hash + " " + articles.c.language + " " + engine
    return outdated(db, vectors, stamp, articles.c.source_id.in_(source_ids), limit)


def by_stamp(db: Connection, stamps: Collection[str]) -> dict[str, StoredVectors]:
    """Return vectors that were made of these texts by these engines, by their stamps."""
    rows = db.execute(select(vectors).where(vectors.c.stamp.in_(stamps)))
    return {row.stamp: StoredVectors(**row._asdict()) for row in rows}


def save(db: Connection, found: Iterable[StoredVectors]) -> None:
    """Keep vectors; what an article had before goes."""
    upsert(db, vectors, [{name: getattr(each, name) for name in _COLUMNS} for each in found])


_COLUMNS = tuple(column.name for column in vectors.columns)


def of(
    db: Connection, article_ids: Collection[str], engine: str
) -> Mapping[str, tuple[float, ...]]:
    """Return the vectors of these articles by this engine; those that have none are left out."""
    rows = db.execute(
        select(vectors.c.article_id, vectors.c.vector).where(
            vectors.c.article_id.in_(article_ids), made_by(engine)
        )
    )
    return {row.article_id: unpacked(row.vector) for row in rows}


def kept(db: Connection, article_ids: Collection[str], engine: str) -> dict[str, StoredVectors]:
    """Return the vectors of these articles by this engine, as they are kept, by article."""
    rows = db.execute(select(vectors).where(vectors.c.article_id.in_(article_ids), made_by(engine)))
    return {row.article_id: StoredVectors(**row._asdict()) for row in rows}


def published_between(
    db: Connection, first: datetime, last: datetime, engine: str
) -> tuple[list[str], list[bytes]]:
    """Return articles published from one day to another and their vectors of title and lead."""
    ids: list[str] = []
    packed: list[bytes] = []
    when = vectors.c.day.between(first.toordinal(), last.toordinal())
    for some, of_them in raw(db, when, made_by(engine)):
        ids += some
        packed += of_them
    return ids, packed


def raw(
    db: Connection, *which: ColumnElement[bool]
) -> Iterator[tuple[Sequence[str], Sequence[bytes]]]:
    """Yield articles with their vectors of title and lead, some hundreds at once, unordered.

    They are as the driver reads them: SQLAlchemy's rows would take twice the time, and
    PostgreSQL's bytes as text three times.
    """
    asked = select(vectors.c.article_id, vectors.c.vector).where(*which)
    said = str(asked.compile(db, compile_kwargs={"literal_binds": True}))
    # With a name, the rows stay on the server until they are fetched.
    named = {} if db.dialect.name == "sqlite" else {"name": "vectors", "binary": True}
    try:
        with closing(db.connection.cursor(**named)) as cursor:
            cursor.execute(said, {})
            while rows := cursor.fetchmany(_AT_ONCE):
                ids, packed = zip(*rows, strict=True)
                yield ids, packed
    except db.dialect.loaded_dbapi.Error as err:
        raise StoreError(f"the vectors cannot be read: {err}") from err


def redate(db: Connection, days: Mapping[str, int]) -> None:
    """Keep on which day articles were published, of those that have vectors."""
    if days:
        change = update(vectors).where(vectors.c.article_id == bindparam("article"))
        rows = [{"article": article_id, "new": day} for article_id, day in days.items()]
        db.execute(change.values(day=bindparam("new")), rows)


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
