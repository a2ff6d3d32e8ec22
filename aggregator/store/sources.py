"""The table of sources: what was configured when, and by which recipe it is read."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, select, update

from aggregator.store.schema import sources
from aggregator.store.upsert import upsert


def configure(db: Connection, recipes: Mapping[str, str], now: datetime) -> None:
    """Note the sources that are configured now; an unchanged configuration changes no row.

    `recipes` gives, by source id, a hash of its entry and its readers' versions. A source that
    comes back after it was removed counts as added anew: its backlog must not flood the feeds.
    """
    known = {row.id: row for row in db.execute(select(sources))}
    rows = []
    for source_id, recipe in recipes.items():
        row = known.get(source_id)
        if row is None or row.removed is not None:
            rows.append({"id": source_id, "recipe": recipe, "added": now, "removed": None})
        elif row.recipe != recipe:
            rows.append({"id": source_id, "recipe": recipe, "added": row.added, "removed": None})
    upsert(db, sources, rows)
    gone = [key for key, row in known.items() if key not in recipes and row.removed is None]
    if gone:
        db.execute(update(sources).where(sources.c.id.in_(gone)).values(removed=now))
