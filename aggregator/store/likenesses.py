"""How articles are alike, and which were compared."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, delete, insert, or_, select

from aggregator.model import Article, Likeness, Move, Verdict
from aggregator.store.articles import by_id
from aggregator.store.parts import parts
from aggregator.store.schema import articles, comparisons, likenesses, merges, vectors
from aggregator.store.upsert import upsert


def uncompared(db: Connection, engine: str, version: str, limit: int) -> list[tuple[Article, str]]:
    """Return articles not compared in their present state, with the new stamp, by publication.

    Their state is what was read of them and their vector by this engine.
    """
    of_engine = vectors.c.stamp.endswith(f" {engine}", autoescape=True)
    stamp = articles.c.whole_hash + case((of_engine, " " + vectors.c.stamp), else_="")
    stamp = stamp + f" {version}"
    lacking = (
        select(articles.c.id, articles.c.published, stamp.label("stamp"))
        .join(comparisons, comparisons.c.article_id == articles.c.id, isouter=True)
        .join(vectors, vectors.c.article_id == articles.c.id, isouter=True)
        .where(or_(comparisons.c.stamp.is_(None), comparisons.c.stamp != stamp))
    )
    # By itself: else SQLite walks through the articles by publication, for the sake of the order.
    apart = lacking.cte("lacking").prefix_with("MATERIALIZED")
    rows = db.execute(
        select(apart.c.id, apart.c.stamp).order_by(apart.c.published, apart.c.id).limit(limit)
    )
    stamps = {row.id: row.stamp for row in rows}
    found = by_id(db, list(stamps))
    return [(found[article_id], stamp) for article_id, stamp in stamps.items()]


def mark_compared(db: Connection, stamps: Mapping[str, str]) -> None:
    """Keep of which state articles were compared, by their ids."""
    upsert(db, comparisons, [{"article_id": key, "stamp": stamps[key]} for key in sorted(stamps)])


def replace(db: Connection, ids: Collection[str], found: Iterable[Likeness]) -> set[str]:
    """Keep how these articles are like others, in place of what was known.

    Return all whom that concerns: these and the ones they were or are like.
    """
    new = list(found)
    concerned = set(ids)
    for part in parts(sorted(ids)):
        mine = _of(part)
        for row in db.execute(select(likenesses.c.one, likenesses.c.other).where(mine)):
            concerned |= {row.one, row.other}
        db.execute(delete(likenesses).where(mine))
    rows = [
        {
            "one": each.one,
            "other": each.other,
            "bond": each.bond,
            "odds": each.odds,
            "evidence": list(each.evidence),
        }
        for each in new
    ]
    upsert(db, likenesses, rows)
    return concerned.union(*((each.one, each.other) for each in new))


def region(db: Connection, ids: Collection[str], also: Mapping[str, Collection[str]]) -> set[str]:
    """Return these articles and all that may tell their stories: reached over likely pairs.

    *also* has further neighbors of articles, by their ids.
    """
    reached, new = set(ids), set(ids)
    while new:
        beside = {each for key in new for each in also.get(key, ())}
        for part in parts(sorted(new)):
            rows = db.execute(
                select(likenesses.c.one, likenesses.c.other).where(_of(part), likenesses.c.odds > 0)
            )
            for row in rows:
                beside |= {row.one, row.other}
        new = beside - reached
        reached |= new
    return reached


def among(db: Connection, ids: Collection[str]) -> list[Likeness]:
    """Return how these articles are alike, in the order of their ids."""
    found = []
    for part in parts(sorted(ids)):
        rows = db.execute(select(likenesses).where(likenesses.c.one.in_(part)))
        found += [_likeness(row) for row in rows if row.other in ids]
    return sorted(found, key=lambda each: (each.one, each.other))


def order_of(db: Connection, ids: Collection[str]) -> dict[str, datetime]:
    """Return when articles were first seen, by their ids, in the order of their arrival."""
    found: list[tuple[datetime, datetime, str]] = []
    columns = (articles.c.first_seen, articles.c.published, articles.c.id)
    for part in parts(sorted(ids)):
        found += map(tuple, db.execute(select(*columns).where(articles.c.id.in_(part))))
    return {article_id: first_seen for first_seen, _, article_id in sorted(found)}


def record_moves(
    db: Connection, before: Mapping[str, Verdict], after: Sequence[Verdict], at: datetime
) -> None:
    """Append which stories were joined to others, or came out of them, with the evidence.

    A story moves when the article that began it does.
    """
    rows = [
        {
            "story_id": verdict.story_id,
            "was": before[verdict.article_id].story_id,
            "at": at,
            "evidence": list(verdict.evidence),
        }
        for verdict in after
        if verdict.article_id in before and before[verdict.article_id].story_id != verdict.story_id
    ]
    if rows:
        db.execute(insert(merges), rows)


def moves_of(db: Connection, story_id: str) -> list[Move]:
    """Return what was joined to a story, and what came out of it, oldest first."""
    mine = or_(merges.c.story_id == story_id, merges.c.was == story_id)
    rows = db.execute(select(merges).where(mine).order_by(merges.c.id))
    return [
        Move(story_id=row.story_id, was=row.was, at=row.at, evidence=tuple(row.evidence))
        for row in rows
    ]


def _of(part: Sequence[str]) -> ColumnElement[bool]:
    return or_(likenesses.c.one.in_(part), likenesses.c.other.in_(part))


def _likeness(row: Any) -> Likeness:
    return Likeness(
        one=row.one,
        other=row.other,
        bond=row.bond,
        odds=row.odds,
        evidence=tuple(row.evidence),
    )
