"""The table of sources: what was configured when, by which recipe, and how far it is read."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, exists, func, select, update

from aggregator.model import Document
from aggregator.store.schema import articles, documents, failures, items, polls, sources
from aggregator.store.upsert import upsert


def configure(
    db: Connection, recipes: Mapping[str, str], questions: Mapping[str, str], now: datetime
) -> None:
    """Note the sources that are configured now; an unchanged configuration changes no row.

    `recipes` gives, by source id, a hash of its entry and its readers' versions, `questions` one of
    what is asked and of whom. A source that comes back after it was removed counts as added anew:
    its backlog must not flood the feeds. So does one of which something else is asked now: where
    reading stood, and the further pages of its list, were another list's.
    """
    known = {row.id: row for row in db.execute(select(sources))}
    rows = []
    for source_id, recipe in recipes.items():
        row = known.get(source_id)
        question = questions[source_id]
        state = {"id": source_id, "recipe": recipe, "question": question, "removed": None}
        if row is None or row.removed is not None:
            rows.append({**state, "added": now, "settled": None, "bookmark": ""})
        elif row.question and row.question != question:
            rows.append({**state, "added": row.added, "settled": None, "bookmark": ""})
            _forget_lists(db, source_id)
        elif (row.recipe, row.question) != (recipe, question):
            kept = {"added": row.added, "settled": row.settled, "bookmark": row.bookmark}
            rows.append({**state, **kept})
    upsert(db, sources, rows)
    gone = [key for key, row in known.items() if key not in recipes and row.removed is None]
    if gone:
        db.execute(update(sources).where(sources.c.id.in_(gone)).values(removed=now))


def _forget_lists(db: Connection, source_id: str) -> None:
    for table in (documents, items):
        own = (table.c.source_id == source_id, table.c.role == "list")
        db.execute(delete(table).where(*own))


def bookmarks(db: Connection) -> dict[str, str]:
    """Return where reading each source stands, in the words of its parser."""
    rows = db.execute(select(sources.c.id, sources.c.bookmark).where(sources.c.bookmark != ""))
    return dict(rows.all())


def save_bookmark(db: Connection, document: Document, bookmark: str) -> None:
    """Keep where reading a source stands, if these bytes of the document are read the first time.

    Bytes that are read again, by another recipe or since a run had no room for all they tell of,
    say where it stood then: later pages of the list have led further.
    """
    read_before = exists().where(
        documents.c.source_id == document.source_id,
        documents.c.url == document.url,
        documents.c.parsed.startswith(documents.c.body_hash + ":"),
    )
    db.execute(
        update(sources)
        .where(sources.c.id == document.source_id, ~read_before)
        .values(bookmark=bookmark)
    )


def unsettled(db: Connection, source_ids: Collection[str]) -> dict[str, int]:
    """Return the sources whose first reading goes on, with how many articles it let through.

    Those are the articles seen since the source was added that are not backlog.
    """
    rows = db.execute(
        select(sources.c.id, func.count(articles.c.id))
        .join(
            articles,
            (articles.c.source_id == sources.c.id)
            & (articles.c.first_seen >= sources.c.added)
            & articles.c.backlog.is_(False),
            isouter=True,
        )
        .where(sources.c.id.in_(source_ids), sources.c.settled.is_(None))
        .group_by(sources.c.id)
    )
    return dict(rows.all())


def refrains(db: Connection, source_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return what each source says again and again, as far as that has been learned."""
    rows = db.execute(select(sources.c.id, sources.c.refrains).where(sources.c.id.in_(source_ids)))
    return {source_id: tuple(said.splitlines()) for source_id, said in rows}


def learn(db: Connection, source_id: str, found: Collection[str], heard: str) -> None:
    """Add to a source's refrains, and note from which state of its document they are."""
    every = (*refrains(db, [source_id])[source_id], *found)
    said = "\n".join(dict.fromkeys(every))
    db.execute(update(sources).where(sources.c.id == source_id).values(refrains=said, heard=heard))


def settle(db: Connection, source_ids: Collection[str], now: datetime) -> None:
    """Note of these sources that all they had at first is read, if it is.

    It is when there are articles, no further page of the list is lacking, and no document waits
    to be taken in whole, no item to be understood; what failed once is not waited for.
    """
    own = documents.c.source_id == sources.c.id
    place = (polls.c.source_id == documents.c.source_id, polls.c.url == documents.c.url)
    failed = exists().where(*place, polls.c.failures > 0)
    broken = exists().where(
        failures.c.stage == "parse",
        failures.c.source_id == documents.c.source_id,
        failures.c.subject == documents.c.url,
    )
    stamp = documents.c.body_hash + ":" + sources.c.recipe
    lacking = exists().where(
        own, documents.c.role == "list", documents.c.version.is_(None), ~failed
    )
    waiting = exists().where(
        own,
        documents.c.role.in_(["source", "list"]),
        documents.c.body_hash.is_not(None),
        documents.c.parsed.is_distinct_from(stamp),
        ~broken,
    )
    refused = exists().where(
        failures.c.stage == "normalize",
        failures.c.source_id == items.c.source_id,
        failures.c.subject == items.c.key,
    )
    unread = exists().where(
        items.c.source_id == sources.c.id, items.c.normalized.is_(None), ~refused
    )
    told = exists().where(articles.c.source_id == sources.c.id)
    db.execute(
        update(sources)
        .where(sources.c.id.in_(source_ids), sources.c.settled.is_(None), told)
        .where(~lacking, ~waiting, ~unread)
        .values(settled=now)
    )
