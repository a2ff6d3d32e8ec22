"""The search index: an article's words, newest first, in SQLite's FTS5 and in PostgreSQL's GIN.

Neither database cuts a text: both are given the tokens of `text.tokens`. Rows are
numbered by the time of publication: without sorting all that it finds, FTS5 gives its rows only in
the order of their numbers.
"""

import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, text

from aggregator.model import Article
from aggregator.store.dialects import (
    Aspect,
    Findable,
    Within,
    fts5_question,
    fts5_row,
    packed,
    phrases_tsquery,
    tsquery,
    tsvector,
    words_of,
)
from aggregator.store.outdated import outdated
from aggregator.store.schema import articles, entries, indexed, labels, verdicts
from aggregator.text.tokens import VERSION, Query

__all__ = [
    "Aspect",
    "Findable",
    "Hit",
    "Order",
    "Within",
    "find",
    "save",
    "stories_of",
    "unindexed",
]

Order = Literal["newest", "relevance"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A story that was found, and its article that says it."""

    story_id: str
    article_id: str
    likeness: float | None = None  #: a cosine, where it was found by what it means


#: By relevance only the newest hits are compared: PostgreSQL takes some 20 microseconds for each.
_COMPARED = 500

#: PostgreSQL looks through the newest 1/1024 of the time first, then through more of it, to find
#: about four times what is still lacking, but never more than 64 times as much at once.
_FIRST = 1024
_ENOUGH = 4
_MOST_AT_ONCE = 64

#: How many articles are read at once beyond the stories that are asked for, which may have several.
_BEYOND = 5

#: Each minute has 16 numbers: the closer they are, the smaller is the index. Where more articles
#: are of one minute (catalogs know years only), each goes on in strides of its own, of up to an
#: hour, so that it has a number after few.
_BITS = 4
_STRIDE = 60 << _BITS
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LEAST, _MOST = -(2**62), 2**62

_FTS5_NEWEST = """
    SELECT rowid FROM search WHERE search MATCH :match AND rowid BETWEEN :least AND :most
    ORDER BY rowid DESC LIMIT :limit
"""
# The materialized part keeps PostgreSQL from walking through the numbers, comparing each article.
_GIN_NEWEST = """
    WITH hits AS MATERIALIZED (
        SELECT number FROM indexed
        WHERE words @@ CAST(:match AS tsquery) AND number BETWEEN :least AND :most
    )
    SELECT number FROM hits ORDER BY number DESC LIMIT :limit
"""
# A word in a title counts four times one below; tokens of aspects count nothing.
_FTS5_BEST = """
    SELECT rowid FROM (
        SELECT rowid, bm25(search, 4.0, 1.0, 0.0) AS rank
        FROM search WHERE search MATCH :match AND rowid BETWEEN :least AND :most
        ORDER BY rowid DESC LIMIT :limit
    )
    ORDER BY rank, rowid DESC
"""
_GIN_BEST = """
    SELECT number FROM indexed WHERE number = ANY(:numbers)
    ORDER BY ts_rank('{0.0, 0.0, 0.25, 1.0}', words, CAST(:said AS tsquery)) DESC, number DESC
"""
_FTS5_AMONG = """
    number IN (
        SELECT rowid FROM search WHERE search MATCH :match AND rowid BETWEEN :least AND :most
    )
"""
_GIN_AMONG = "words @@ CAST(:match AS tsquery) AND number BETWEEN :least AND :most"


def unindexed(
    db: Connection, source_ids: Collection[str], targets: Sequence[str], limit: int
) -> list[tuple[Article, str]]:
    """Return articles not indexed in their present state, with the new stamp.

    Their state is what they were labeled from, which is all that is read of them and their
    source's entry, and what readers of each target see of their story.
    """
    label = select(labels.c.stamp).where(labels.c.article_id == articles.c.id)
    stamp = func.coalesce(label.scalar_subquery(), "") + f" {VERSION}"
    for target in targets:
        seen = (
            select(entries.c.hash)
            .join(verdicts, verdicts.c.story_id == entries.c.story_id)
            .where(verdicts.c.article_id == articles.c.id, entries.c.target == target)
        )
        stamp = stamp + " " + func.coalesce(seen.scalar_subquery(), "")
    within = articles.c.source_id.in_(source_ids) & articles.c.id.in_(select(labels.c.article_id))
    return outdated(db, indexed, stamp, within, limit)


def save(db: Connection, found: Iterable[Findable]) -> None:
    """Keep what can be found of articles; what was known of them before goes."""
    every = list(found)
    _forget(db, [each.article_id for each in every])
    rows = []
    for number, each in zip(_numbers(db, every), every, strict=True):
        words = packed(words_of(each)) if _is_sqlite(db) else tsvector(words_of(each))
        row = {"number": number, "article_id": each.article_id, "stamp": each.stamp}
        rows.append({**row, "words": words})
    if rows:
        db.execute(insert(indexed), rows)
    if rows and _is_sqlite(db):
        said = "INSERT INTO search (rowid, title, text, aspects) VALUES (:n, :a, :b, :c)"
        db.execute(text(said), [fts5_row(row) for row in rows])


def _forget(db: Connection, article_ids: Sequence[str]) -> None:
    mine = indexed.c.article_id.in_(article_ids)
    if _is_sqlite(db):
        # An index without a copy of its content has to be told what was in it.
        # https://www.sqlite.org/fts5.html#the_delete_command
        rows = db.execute(select(indexed.c.number, indexed.c.words).where(mine)).all()
        if rows:
            said = (
                "INSERT INTO search (search, rowid, title, text, aspects)"
                " VALUES ('delete', :n, :a, :b, :c)"
            )
            db.execute(text(said), [fts5_row(row._asdict()) for row in rows])
    db.execute(delete(indexed).where(mine))


def _numbers(db: Connection, found: Sequence[Findable]) -> list[int]:
    """Return a number for each: one of the minute it was published in, else one soon after."""
    wanted = [_first_of(each.published) + _seed(each) % 2**_BITS for each in found]
    taken = set(db.scalars(select(indexed.c.number).where(indexed.c.number.in_(wanted))))
    numbers: list[int] = []
    for each, first in zip(found, wanted, strict=True):
        number = first
        while number in taken or (number != first and _is_taken(db, number)):
            number += 1 + _seed(each) % _STRIDE
        taken.add(number)
        numbers.append(number)
    return numbers


def _seed(each: Findable) -> int:
    return zlib.crc32(each.article_id.encode())


def _is_taken(db: Connection, number: int) -> bool:
    return db.scalar(select(indexed.c.number).where(indexed.c.number == number)) is not None


def _first_of(moment: datetime) -> int:
    return ((moment - _EPOCH) // timedelta(minutes=1)) << _BITS


def _is_sqlite(db: Connection) -> bool:
    return db.dialect.name == "sqlite"


def find(db: Connection, query: Query, within: Within, limit: int, order: Order) -> list[Hit]:
    """Return the stories that say what is asked, at most *limit*, with their best articles.

    The newest first, or by relevance; then only the newest 500 articles are looked at. A question
    without words finds everything within. Days of `within` are kept to the hour where more than 16
    articles are of one minute.
    """
    asked = _asked(db, query, within)
    hits = dict[str, Hit]()
    for part in _parts(db, asked, limit + _BEYOND, order):
        for hit in _stories(db, part):
            hits.setdefault(hit.story_id, hit)
        if len(hits) >= limit:
            break
    return list(hits.values())[:limit]


def stories_of(
    db: Connection, query: Query, within: Within, article_ids: Collection[str] | None = None
) -> dict[str, str]:
    """Return the articles that say what is asked, of these or of all, each with its story."""
    rows = select(verdicts.c.article_id, verdicts.c.story_id)
    among = _FTS5_AMONG if _is_sqlite(db) else _GIN_AMONG
    if article_ids is not None:
        # The sign keeps SQLite from walking through all numbers that are found.
        among = among.replace("number IN", "+number IN")
        rows = rows.where(verdicts.c.article_id.in_(article_ids))
    if query != Query() or within != Within():
        asked = _asked(db, query, within)
        given = {"match": asked.match, "least": asked.least, "most": asked.most}
        rows = rows.join(indexed, indexed.c.article_id == verdicts.c.article_id)
        rows = rows.where(text(among).bindparams(**given))
    return {row.article_id: row.story_id for row in db.execute(rows)}


class _Asked(NamedTuple):
    """What is asked, as the database understands it."""

    match: str
    said: str  #: only the words
    least: int
    most: int


def _asked(db: Connection, query: Query, within: Within) -> _Asked:
    question = fts5_question if _is_sqlite(db) else tsquery
    return _Asked(
        match=question(query, within),
        said=phrases_tsquery(query.all),
        least=_first_of(within.since) if within.since else _LEAST,
        most=_first_of(within.until) - 1 if within.until else _MOST,
    )


def _parts(db: Connection, asked: _Asked, size: int, order: Order) -> Iterator[Sequence[int]]:
    """Yield the numbers of the articles that say what is asked, in the order asked for."""
    if order == "relevance":
        found = _best(db, asked)
        yield from (found[at : at + size] for at in range(0, len(found), size))
        return
    found = _newest(db, asked, size)
    yield found
    while len(found) == size:
        found = _newest(db, asked._replace(most=found[-1] - 1), size)
        yield found


def _newest(db: Connection, asked: _Asked, limit: int) -> Sequence[int]:
    if _is_sqlite(db):
        return db.scalars(text(_FTS5_NEWEST), {**asked._asdict(), "limit": limit}).all()
    ends = db.execute(select(func.min(indexed.c.number), func.max(indexed.c.number))).one()
    least, most = max(asked.least, ends[0] or 0), min(asked.most, ends[1] or 0)
    span = (most - least) // _FIRST
    found: list[int] = []
    while least <= most and len(found) < limit:
        lacking, start = limit - len(found), max(least, most - span)
        given = {"match": asked.match, "least": start, "most": most, "limit": lacking}
        part = db.scalars(text(_GIN_NEWEST), given).all()
        found += part
        most = start - 1
        span = (span + 1) * min(_MOST_AT_ONCE, 1 + _ENOUGH * lacking // (1 + len(part)))
    return found


def _best(db: Connection, asked: _Asked) -> Sequence[int]:
    if _is_sqlite(db):
        return db.scalars(text(_FTS5_BEST), {**asked._asdict(), "limit": _COMPARED}).all()
    numbers = _newest(db, asked, _COMPARED)
    return db.scalars(text(_GIN_BEST), {"numbers": numbers, "said": asked.said}).all()


def _stories(db: Connection, numbers: Sequence[int]) -> list[Hit]:
    """Return the stories that articles are of, in the same order."""
    rows = db.execute(
        select(indexed.c.number, indexed.c.article_id, verdicts.c.story_id)
        .join(verdicts, verdicts.c.article_id == indexed.c.article_id)
        .where(indexed.c.number.in_(numbers))
    )
    hits = {row.number: Hit(story_id=row.story_id, article_id=row.article_id) for row in rows}
    return [hits[number] for number in numbers if number in hits]
