"""Events and records that articles tell of, and the series their meetings belong to."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, func, or_, select

from aggregator.model import Article, Study
from aggregator.model.events import Deadline, Event, When
from aggregator.model.records import Record
from aggregator.store.items import is_listed
from aggregator.store.outdated import outdated
from aggregator.store.runs import failed_in
from aggregator.store.schema import articles, events, records, sources, studies, verdicts
from aggregator.store.upsert import upsert


def unstudied(
    db: Connection, run_id: int, source_ids: Collection[str], limit: int
) -> list[tuple[Article, str]]:
    """Return articles not studied since what was read of them or their source's entry changed.

    With each comes its new stamp. What failed in this run is left out. An article that is listed
    no more stays as it is: what told of it is gone.
    """
    recipe = select(sources.c.recipe).where(sources.c.id == articles.c.source_id)
    stamp = articles.c.whole_hash + " " + recipe.scalar_subquery()
    within = and_(
        articles.c.source_id.in_(source_ids),
        ~failed_in(run_id, "study", articles.c.source_id, articles.c.key),
        or_(is_listed(articles), studies.c.stamp.is_(None)),
    )
    return outdated(db, studies, stamp, within, limit)


def save(db: Connection, found: Iterable[tuple[Study, str]], keys: Mapping[str, str]) -> None:
    """Replace what was known of articles by what was found, with the stamps it was made from.

    *keys* has the key of each record's work, by article id.
    """
    told = list(found)
    ids = [study.article_id for study, _ in told]
    for table in (events, records):
        db.execute(delete(table).where(table.c.article_id.in_(ids)))
    upsert(db, events, [_event_row(event) for study, _ in told for event in study.events])
    works = [(study.article_id, study.record) for study, _ in told if study.record]
    upsert(
        db,
        records,
        [{"article_id": key, "key": keys[key], "said": _said(record)} for key, record in works],
    )
    upsert(
        db,
        studies,
        [
            {"article_id": study.article_id, "stamp": stamp, "series": study.series}
            for study, stamp in told
        ],
    )


def events_of(db: Connection, article_ids: Collection[str]) -> dict[str, tuple[Event, ...]]:
    """Return the events that these articles tell of, by article, in the order of their numbers."""
    return _events(db, select(events).where(events.c.article_id.in_(article_ids)))


def events_in(db: Connection, story_id: str | None = None) -> dict[str, tuple[Event, ...]]:
    """Return the events of the articles of one story, or of all, as `events_of` does."""
    query = select(events)
    if story_id is not None:
        # A join would be walked through from the events, in their order.
        own = select(verdicts.c.article_id).where(verdicts.c.story_id == story_id)
        query = query.where(events.c.article_id.in_(own))
    return _events(db, query)


def _events(db: Connection, query: Select[Any]) -> dict[str, tuple[Event, ...]]:
    found: dict[str, list[Event]] = {}
    for row in db.execute(query.order_by(events.c.article_id, events.c.number)):
        found.setdefault(row.article_id, []).append(_event(row.said))
    return {article_id: tuple(each) for article_id, each in found.items()}


def records_of(db: Connection, article_ids: Collection[str]) -> list[Record]:
    """Return the records of all works that these articles tell of, a service's each.

    Other articles may tell of the same works: theirs come with them.
    """
    keys = select(records.c.key).where(records.c.article_id.in_(article_ids))
    rows = db.execute(
        select(records.c.said).where(records.c.key.in_(keys)).order_by(records.c.article_id)
    )
    return [_record(row.said) for row in rows]


def works_of(db: Connection, article_ids: Collection[str]) -> dict[str, str]:
    """Return the key of the work that each of these articles is the record of, by article."""
    query = select(records.c.article_id, records.c.key)
    rows = db.execute(query.where(records.c.article_id.in_(article_ids)))
    return {row.article_id: row.key for row in rows}


def same_works(db: Connection, article_ids: Collection[str]) -> set[tuple[str, str]]:
    """Return pairs of articles that are records of one work, one of these first."""
    other = records.alias()
    rows = db.execute(
        select(records.c.article_id, other.c.article_id)
        .join(other, other.c.key == records.c.key)
        .where(records.c.article_id.in_(article_ids), other.c.article_id != records.c.article_id)
    )
    return {(row[0], row[1]) for row in rows}


def kin_of(db: Connection, article_ids: Collection[str]) -> list[str]:
    """Return the ids of the stories whose meeting is of the same series as one of these articles.

    Those that the articles are in are left out; the oldest come first.
    """
    series = select(studies.c.series).where(
        studies.c.article_id.in_(article_ids), studies.c.series != ""
    )
    own = select(verdicts.c.story_id).where(verdicts.c.article_id.in_(article_ids))
    rows = db.execute(
        select(verdicts.c.story_id, func.min(articles.c.published).label("began"))
        .join(studies, studies.c.article_id == verdicts.c.article_id)
        .join(articles, articles.c.id == verdicts.c.article_id)
        .where(studies.c.series.in_(series), verdicts.c.story_id.not_in(own))
        .group_by(verdicts.c.story_id)
        .order_by("began", verdicts.c.story_id)
    )
    return [row.story_id for row in rows]


def _event_row(event: Event) -> dict[str, Any]:
    return {
        "article_id": event.article_id,
        "number": event.number,
        "starts": event.starts.isoformat(),
        "ends": event.ends.isoformat() if event.ends else None,
        "revision": event.revision,
        "said": {
            **_said(event),
            "starts": event.starts.isoformat(),
            "ends": event.ends.isoformat() if event.ends else None,
            "deadlines": [{**_said(each), "at": each.at.isoformat()} for each in event.deadlines],
        },
    }


def _event(said: Mapping[str, Any]) -> Event:
    deadlines = tuple(Deadline(**{**each, "at": _when(each["at"])}) for each in said["deadlines"])
    return Event(
        **{
            **_values(said),
            "starts": _when(said["starts"]),
            "ends": _when(said["ends"]) if said["ends"] else None,
            "deadlines": deadlines,
        }
    )


def _record(said: Mapping[str, Any]) -> Record:
    return Record(**_values(said))


def _said(value: Event | Deadline | Record) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _values(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields as values have them: JSON knows lists only."""
    return {name: _frozen(value) for name, value in said.items()}


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _when(written: str) -> When:
    """Return a day or a moment, as `isoformat` wrote it."""
    is_day = len(written) == len("2026-11-20")
    return date.fromisoformat(written) if is_day else datetime.fromisoformat(written)
