"""Segments of articles and the translation memory they are looked up in."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    tuple_,
)

from aggregator.model import Article, MemoryEntry, Origin, Segment
from aggregator.store.articles import read_article
from aggregator.store.outdated import outdated
from aggregator.store.parts import parts
from aggregator.store.runs import failed_in
from aggregator.store.schema import articles, memory, segmented, segments, verdicts
from aggregator.store.sketches import forget_from
from aggregator.store.upsert import upsert


def unsegmented(db: Connection, version: str, limit: int) -> list[tuple[Article, str]]:
    """Return articles whose text or whose splitter's version changed, with the new stamp.

    Only those that lead a live story: what others tell of it is not translated.
    """
    languages = articles.c.language + ":" + articles.c.title_language
    stamp = articles.c.text_hash + ":" + languages + ":" + version
    return outdated(db, segmented, stamp, articles.c.id.in_(_leads()), limit)


def _leads() -> Select[tuple[str]]:
    """Return the ids of the articles that began live stories, of all where those are held."""
    first, place, each = articles.alias(), verdicts.alias(), articles.alias()
    live = (
        select(place.c.story_id)
        .join(each, each.c.id == place.c.article_id)
        .where(each.c.backlog.is_(False))
    )
    return (
        select(verdicts.c.article_id)
        .join(first, first.c.id == verdicts.c.story_id)
        .where(
            verdicts.c.story_id.in_(live),
            or_(verdicts.c.article_id == verdicts.c.story_id, first.c.held != ""),
        )
    )


def leading_in(db: Connection, languages: Collection[str]) -> list[Article]:
    """Return the articles that are translated of which a field is in one of the languages."""
    rows = db.execute(
        select(articles)
        .join(segmented, segmented.c.article_id == articles.c.id)
        .where(
            articles.c.backlog.is_(False),
            or_(articles.c.language.in_(languages), articles.c.title_language.in_(languages)),
        )
        .order_by(articles.c.published.desc(), articles.c.id)
    )
    return [read_article(row) for row in rows]


def save_segments(db: Connection, article_id: str, found: Sequence[Segment], stamp: str) -> None:
    """Replace an article's segments, with the stamp of what they were made from."""
    db.execute(delete(segments).where(segments.c.article_id == article_id))
    upsert(db, segments, [asdict(segment) for segment in found])
    upsert(db, segmented, [{"article_id": article_id, "stamp": stamp}])


def untranslated(
    db: Connection,
    run_id: int,
    pair: tuple[str, str],
    engine: tuple[str, Sequence[tuple[str, str]]],
    limit: int,
) -> list[Segment]:
    """Return one segment for each text that the memory lacks: pair is (language, target).

    *engine* is the name of who will be asked, and all engines and their versions whose translations
    count: what others translated, or other versions of them, is lacking. What people translated
    never is.

    Titles come first, then in the order of the newest article. A text that the engine failed on in
    this run is left out, and so are sentences of a field that the memory has as a whole, in the
    language of most of it.
    """
    name, known = engine
    of_field = case((segments.c.field == "summary", articles.c.language), else_=segments.c.language)
    rows = db.execute(
        select(segments)
        .join(articles, articles.c.id == segments.c.article_id)
        .where(
            segments.c.language == pair[0],
            articles.c.backlog.is_(False),
            ~_known(segments.c.key, pair, known),
            ~_known(segments.c.field_key, (of_field, pair[1]), known),
            ~failed_in(run_id, "translate", "", f"{name} " + segments.c.key),
        )
        .order_by(segments.c.field.desc(), articles.c.published.desc(), segments.c.position)
        .limit(limit)
    )
    unique = {row.key: _segment(row) for row in reversed(rows.all())}
    return list(reversed(unique.values()))


def _known(
    key: Column[str],
    pair: tuple[str | ColumnElement[str], str],
    engines: Sequence[tuple[str, str]],
) -> ColumnElement[bool]:
    return exists().where(
        memory.c.key == key,
        memory.c.language == pair[0],
        memory.c.target == pair[1],
        memory.c.target_text != "",
        or_(
            memory.c.origin != Origin.MACHINE.value,
            tuple_(memory.c.engine, memory.c.version).in_(engines),
        ),
    )


def _segment(row: Any) -> Segment:
    return Segment(**{name: getattr(row, name) for name in Segment.__dataclass_fields__})


def save_entries(db: Connection, entries: Iterable[MemoryEntry]) -> int:
    """Keep translations; the same origin's earlier one of the same text is overwritten.

    Returns how many were given.
    """
    rows = [
        {
            **asdict(entry),
            "origin": entry.origin.value,
            "decision_id": entry.decision_id or 0,
            "missing": list(entry.missing),
            "reasons": list(entry.reasons),
        }
        for entry in entries
    ]
    upsert(db, memory, rows, by=("key", "language", "target", "origin", "decision_id"))
    return len(rows)


def unheld(db: Connection, glossary: str, limit: int) -> list[MemoryEntry]:
    """Return machines' entries that were not held against this version of the glossary yet."""
    return _others(db, memory.c.glossary, [glossary], limit)


def unchecked(db: Connection, versions: Sequence[str], limit: int) -> list[MemoryEntry]:
    """Return machines' entries that were not checked with any of these versions of the checks."""
    return _others(db, memory.c.checked, versions, limit)


def _others(
    db: Connection, stamp: Column[str], wanted: Sequence[str], limit: int
) -> list[MemoryEntry]:
    """Return machines' entries whose stamp is none of *wanted*: read between them in the index."""
    known = sorted(wanted)
    between = [
        *(and_(stamp > low, stamp < high) for low, high in pairwise(known)),
        stamp < known[0],
        stamp > known[-1],
    ]
    rows = db.execute(
        select(memory)
        .where(or_(*between), memory.c.origin == Origin.MACHINE.value)
        .order_by(memory.c.id)
        .limit(limit)
    )
    return [_entry(row) for row in rows]


def forget_decisions(db: Connection, decision_ids: Sequence[int]) -> None:
    """Remove the entries that came from these decisions."""
    theirs = memory.c.decision_id.in_([n for n in decision_ids if n])
    if lowest := db.scalar(select(func.min(memory.c.id)).where(theirs)):
        db.execute(delete(memory).where(theirs))
        forget_from(db, lowest)


def entries_for(db: Connection, keys: Sequence[str], target: str) -> list[MemoryEntry]:
    """Return every entry of these texts in the target language."""
    found: list[MemoryEntry] = []
    for part in parts(keys):
        rows = db.execute(
            select(memory)
            .where(memory.c.key.in_(part), memory.c.target == target)
            .order_by(memory.c.id)
        )
        found += [_entry(row) for row in rows]
    return found


def entries_at(db: Connection, ids: Sequence[int], pair: tuple[str, str]) -> list[MemoryEntry]:
    """Return those of the entries that are of a pair: (language, target)."""
    found: list[MemoryEntry] = []
    for part in parts(ids):
        rows = db.execute(
            select(memory).where(
                memory.c.id.in_(part), memory.c.language == pair[0], memory.c.target == pair[1]
            )
        )
        found += [_entry(row) for row in rows]
    return found


def every_entry(db: Connection) -> Iterable[MemoryEntry]:
    """Yield the whole memory, oldest first."""
    for row in db.execution_options(yield_per=1000).execute(select(memory).order_by(memory.c.id)):
        yield _entry(row)


def _entry(row: Any) -> MemoryEntry:
    fields = {name: getattr(row, name) for name in MemoryEntry.__dataclass_fields__}
    lists = {"missing": tuple(row.missing), "reasons": tuple(row.reasons)}
    told = {"origin": Origin(row.origin), "decision_id": row.decision_id or None}
    return MemoryEntry(**{**fields, **lists, **told})


def segments_of(db: Connection, article_ids: Sequence[str]) -> dict[str, list[Segment]]:
    """Return the articles' segments in their order, by article id."""
    found: dict[str, list[Segment]] = {}
    for part in parts(article_ids):
        rows = db.execute(
            select(segments)
            .where(segments.c.article_id.in_(part))
            .order_by(segments.c.article_id, segments.c.field, segments.c.position)
        )
        for row in rows:
            found.setdefault(row.article_id, []).append(_segment(row))
    return found
