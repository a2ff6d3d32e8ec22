"""Editors' decisions: rows are added, never changed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select

from aggregator.model import Decision
from aggregator.store.schema import decisions


def add(db: Connection, decision: Mapping[str, Any]) -> int:
    """Append a decision (all columns but the id) and return its id."""
    key = db.execute(insert(decisions).values(**decision)).inserted_primary_key
    assert key is not None  # noqa: S101 - for mypy: the insert has a primary key
    return int(key[0])


def of_story(db: Connection, story_id: str) -> list[Decision]:
    """Return a story's decisions, oldest first."""
    return by_story(db, story_id).get(story_id, [])


def by_story(db: Connection, story_id: str | None = None) -> dict[str, list[Decision]]:
    """Return decisions by story id, oldest first: all, or one story's."""
    query = select(decisions).order_by(decisions.c.id)
    if story_id is not None:
        query = query.where(decisions.c.story_id == story_id)
    found: dict[str, list[Decision]] = {}
    for row in db.execute(query):
        fields = {name: getattr(row, name) for name in Decision.__dataclass_fields__}
        found.setdefault(row.story_id, []).append(Decision(**fields))
    return found
