"""Stories with all their places, and when their entries last changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, select

from aggregator.model import Article, Label
from aggregator.store.articles import read_article
from aggregator.store.labels import read_label
from aggregator.store.parts import parts
from aggregator.store.schema import articles, entries, labels, verdicts
from aggregator.store.upsert import upsert


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredStory:
    """A story as the tables have it: its articles, the first one first, and the first's label."""

    id: str
    label: Label
    articles: tuple[Article, ...]
    evidence: Mapping[str, tuple[str, ...]]  #: why each of them is in it, by their ids


def read(db: Connection, story_id: str | None = None) -> list[StoredStory]:
    """Return all stories, or the one asked for, in the order of their ids."""
    query = (
        select(articles, verdicts.c.story_id, verdicts.c.evidence, labels)
        .join(verdicts, verdicts.c.article_id == articles.c.id)
        .join(labels, labels.c.article_id == articles.c.id)
        .order_by(verdicts.c.story_id, articles.c.first_seen, articles.c.published, articles.c.id)
    )
    if story_id is not None:
        query = query.where(verdicts.c.story_id == story_id)
    rows = db.execute(query).all()
    grouped: dict[str, list[tuple[Article, Label]]] = {}
    evidence: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in rows:
        grouped.setdefault(row.story_id, []).append((read_article(row), read_label(row)))
        evidence.setdefault(row.story_id, {})[row.id] = tuple(row.evidence)
    return [_stored(key, members, evidence[key]) for key, members in grouped.items()]


def _stored(
    story_id: str,
    members: list[tuple[Article, Label]],
    evidence: Mapping[str, tuple[str, ...]],
) -> StoredStory:
    # The article that began the story leads it, whatever order dates and clocks suggest; but one
    # that is held makes room for one that is not.
    members.sort(key=lambda member: (member[0].held != "", member[0].id != story_id))
    return StoredStory(
        id=story_id,
        label=members[0][1],
        articles=tuple(article for article, _ in members),
        evidence=evidence,
    )


def resolve(db: Connection, prefix: str) -> list[str]:
    """Return the ids of the stories that ids with a prefix stand for, at most two.

    An id is an article's and stands for the story that it is in now, so the id of a story that
    was joined into another stands for that one.
    """
    query = select(verdicts.c.story_id).where(_begins_with(prefix))
    return list(db.scalars(query.distinct().order_by(verdicts.c.story_id).limit(2)))


def resolve_article(db: Connection, prefix: str) -> list[str]:
    """Return the ids of the articles that begin with a prefix, at most two."""
    query = select(verdicts.c.article_id).where(_begins_with(prefix))
    return list(db.scalars(query.order_by(verdicts.c.article_id).limit(2)))


def _begins_with(prefix: str) -> ColumnElement[bool]:
    return verdicts.c.article_id.startswith(prefix, autoescape=True)


def of_article(db: Connection, article_id: str) -> str | None:
    """Return the id of the story that an article is in now, None if there is no such article.

    So it tells of a story's id, however old, which story that is now.
    """
    return db.scalar(select(verdicts.c.story_id).where(verdicts.c.article_id == article_id))


def moved(db: Connection, story_id: str | None = None) -> dict[str, list[str]]:
    """Return which stories that were published are parts of others now, by those, or of one."""
    query = (
        select(entries.c.story_id, verdicts.c.story_id.label("now"))
        .join(verdicts, verdicts.c.article_id == entries.c.story_id)
        .where(verdicts.c.story_id != entries.c.story_id)
        .distinct()
        .order_by(entries.c.story_id)
    )
    if story_id is not None:
        query = query.where(verdicts.c.story_id == story_id)
    found: dict[str, list[str]] = {}
    for row in db.execute(query):
        found.setdefault(row.now, []).append(row.story_id)
    return found


def entry_states(
    db: Connection, target: str, story_ids: Sequence[str]
) -> dict[str, tuple[str, datetime]]:
    """Return the entry hash and time of last change of these stories, as far as published."""
    mine = select(entries).where(entries.c.target == target)
    rows = (
        row
        for part in parts(story_ids)
        for row in db.execute(mine.where(entries.c.story_id.in_(part)))
    )
    return {row.story_id: (row.hash, row.updated) for row in rows}


def save_entries(db: Connection, target: str, changed: Iterable[tuple[str, str, datetime]]) -> None:
    """Keep the hash and time of change of entries: (story id, hash, updated)."""
    rows: list[Mapping[str, object]] = [
        {"story_id": story_id, "target": target, "hash": digest, "updated": updated}
        for story_id, digest, updated in changed
    ]
    upsert(db, entries, rows)
