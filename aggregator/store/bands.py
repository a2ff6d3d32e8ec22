"""What near copies are found by."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Connection, any_, bindparam, select

from aggregator.store.parts import parts
from aggregator.store.schema import bands
from aggregator.store.upsert import add_missing


def having(db: Connection, some: Collection[int]) -> dict[int, list[str]]:
    """Return who stands in each of these bands, by ids; empty ones are left out."""
    found: dict[int, list[str]] = {}
    for part in parts(sorted(some)):
        for band, article_id in db.execute(select(bands).where(_in(db, part))):
            found.setdefault(band, []).append(article_id)
    return found


def _in(db: Connection, part: Sequence[int]) -> ColumnElement[bool]:
    """Return the condition that a band is one of these.

    200 articles seek 20,000 bands. PostgreSQL's driver takes as long to write out so many
    parameters as the server to look them up: it gets them as one.
    """
    if db.dialect.name == "postgresql":
        return bands.c.band == any_(bindparam(None, list(part), ARRAY(BigInteger)))
    return bands.c.band.in_(part)


def save(db: Connection, found: Iterable[tuple[int, str]]) -> None:
    """Keep rows: a band and an article that stands in it, which must be known."""
    rows = [{"band": band, "article_id": article_id} for band, article_id in found]
    add_missing(db, bands, rows)
