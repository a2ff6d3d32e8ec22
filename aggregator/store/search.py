"""The search index: an article's words, newest first, in SQLite's FTS5 and in PostgreSQL's GIN.

Neither database cuts a text: both are given the tokens of `text.tokens`. Rows are
numbered by the time of publication: without sorting all that it finds, FTS5 gives its rows only in
the order of their numbers.
"""

import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, NamedTuple

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

__all__ = ["Aspect", "Findable", "Hit", "Order", "Within", "find", "save", "unindexed"]

Order = Literal["newest", "relevance"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A story that was found, and its article that says it."""

    story_id: str
    article_id: str


#: By relevance only the newest hits are compared: PostgreSQL takes some 20 microseconds for each.
_COMPARED = 1000

#: How many articles are read at once beyond the stories that are asked for, which may have several.
_BEYOND = 20

#: Each minute has 16 numbers: the closer they are, the smaller is the index. Where more articles
#: are of one minute (catalogs know years only), each goes on in strides of its own, of up to an
#: hour, so that it has a number after few.
_BITS = 4
_STRIDE = 60 << _BITS
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LEAST, _MOST = -(2**62), 2**62

# The newest articles that say what is asked. A word in a title counts four times one below; tokens
# of aspects count nothing.
_FTS5 = """
    SELECT rowid, -bm25(search, 4.0, 1.0, 0.0) FROM search
    WHERE search MATCH :match AND rowid BETWEEN :least AND :most
    ORDER BY rowid DESC LIMIT :limit
"""
_GIN = """
    SELECT number, ts_rank('{0.0, 0.0, 0.25, 1.0}', words, CAST(:said AS tsquery)) FROM indexed
    WHERE words @@ CAST(:match AS tsquery) AND number BETWEEN :least AND :most
    ORDER BY number DESC LIMIT :limit
"""


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

    The newest first, or by relevance; then only the newest 1,000 articles are looked at. A question
    without words finds everything within.
    """
    hits = dict[str, Hit]()
    for part in _parts(db, query, within, limit + _BEYOND, order):
        for hit in _stories(db, part):
            hits.setdefault(hit.story_id, hit)
        if len(hits) >= limit:
            break
    return list(hits.values())[:limit]


class _Candidate(NamedTuple):
    number: int
    score: float


def _parts(
    db: Connection, query: Query, within: Within, size: int, order: Order
) -> Iterator[list[_Candidate]]:
    """Yield the articles that say what is asked, the best first."""
    if order == "relevance":
        found = _candidates(db, query, within, _MOST, _COMPARED)
        found.sort(key=lambda each: (each.score, each.number), reverse=True)
        yield from (found[at : at + size] for at in range(0, len(found), size))
        return
    found = [_Candidate(_MOST, 0.0)] * size
    while len(found) == size:
        found = _candidates(db, query, within, found[-1].number - 1, size)
        yield found


def _candidates(
    db: Connection, query: Query, within: Within, below: int, limit: int
) -> list[_Candidate]:
    """Return the newest articles that say what is asked, from a number downwards."""
    given: dict[str, Any] = {
        "least": _first_of(within.since) if within.since else _LEAST,
        "most": min(_first_of(within.until) - 1 if within.until else _MOST, below),
        "limit": limit,
    }
    if _is_sqlite(db):
        given["match"] = fts5_question(query, within)
        return [_Candidate(*row) for row in db.execute(text(_FTS5), given)]
    given |= {"match": tsquery(query, within), "said": phrases_tsquery(query.all)}
    return [_Candidate(*row) for row in db.execute(text(_GIN), given)]


def _stories(db: Connection, found: Sequence[_Candidate]) -> list[Hit]:
    """Return the stories that articles are of, in the same order."""
    rows = db.execute(
        select(indexed.c.number, indexed.c.article_id, verdicts.c.story_id)
        .join(verdicts, verdicts.c.article_id == indexed.c.article_id)
        .where(indexed.c.number.in_([each.number for each in found]))
    )
    hits = {row.number: Hit(story_id=row.story_id, article_id=row.article_id) for row in rows}
    return [hits[each.number] for each in found if each.number in hits]
