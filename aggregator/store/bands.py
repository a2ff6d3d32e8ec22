"""What near copies are found by."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, select

from aggregator.store.parts import parts
from aggregator.store.schema import bands
from aggregator.store.upsert import add_missing


def having(db: Connection, some: Collection[int]) -> dict[int, list[str]]:
    """Return who stands in each of these bands, by ids; empty ones are left out."""
    found: dict[int, list[str]] = {}
    for part in parts(sorted(some)):
        for band, article_id in db.execute(select(bands).where(bands.c.band.in_(part))):
            found.setdefault(band, []).append(article_id)
    return found


def save(db: Connection, found: Iterable[tuple[int, str]]) -> None:
    """Keep rows: a band and an article that stands in it, which must be known."""
    rows = [{"band": band, "article_id": article_id} for band, article_id in found]
    add_missing(db, bands, rows)
