"""Editors' decisions: rows are added, never changed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, insert, or_, select

from aggregator.model import Decision
from aggregator.store.schema import decisions, verdicts

#: Where a decision's story and the other article it is about are now. A story whose article has no
#: place at the moment keeps its decisions.
_ONE, _TWO = verdicts.alias(), verdicts.alias()
_FIRST = func.coalesce(_ONE.c.story_id, decisions.c.story_id)
_SECOND = func.coalesce(_TWO.c.story_id, decisions.c.other, _FIRST)
_PLACED = (
    select(decisions, _FIRST.label("first"), _SECOND.label("second"))
    .join(_ONE, _ONE.c.article_id == decisions.c.story_id, isouter=True)
    .join(_TWO, _TWO.c.article_id == decisions.c.other, isouter=True)
    .order_by(decisions.c.id)
)


def add(db: Connection, decision: Mapping[str, Any]) -> int:
    """Append a decision (all columns but the id) and return its id."""
    key = db.execute(insert(decisions).values(**decision)).inserted_primary_key
    assert key is not None  # noqa: S101 - for mypy: the insert has a primary key
    return int(key[0])


def every(db: Connection) -> list[Decision]:
    """Return the decisions on all stories, oldest first."""
    return [_decision(row) for row in db.execute(select(decisions).order_by(decisions.c.id))]


def linking(db: Connection) -> list[Decision]:
    """Return the decisions on two articles, and what took them back, oldest first."""
    query = select(decisions).where(decisions.c.other.is_not(None)).order_by(decisions.c.id)
    return [_decision(row) for row in db.execute(query)]


def of_story(db: Connection, story_id: str) -> list[Decision]:
    """Return a story's decisions, oldest first."""
    return by_story(db, story_id).get(story_id, [])


def by_story(db: Connection, story_id: str | None = None) -> dict[str, list[Decision]]:
    """Return decisions by the story they are on now, oldest first: all, or one story's.

    A story has the decisions on all stories that were joined into it: each goes where the article
    of its story's id is now. A decision on two stories is one of both.
    """
    query = _PLACED
    if story_id is not None:
        own = select(verdicts.c.article_id).where(verdicts.c.story_id == story_id)
        ends = (decisions.c.story_id, decisions.c.other)
        query = query.where(or_(*(end.in_(own) | (end == story_id) for end in ends)))
    found: dict[str, list[Decision]] = {}
    for row in db.execute(query):
        for key in {row.first, row.second}:
            if story_id in (None, key):
                found.setdefault(key, []).append(_decision(row))
    return found


def _decision(row: Any) -> Decision:
    return Decision(**{name: getattr(row, name) for name in Decision.__dataclass_fields__})
