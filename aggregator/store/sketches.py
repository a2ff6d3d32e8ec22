"""Sketches of the memory's texts, some thousand a row: all are read to find the closest.

A million sketches of 32 bytes are 40 MB with their numbers. An index of them would be larger, and
would be written in random places: minutes an import, where these take seconds.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, func, insert, select

from aggregator.store.schema import memory, memory_sketches

#: Entries of a row: 330 kB.
PAGE = 8_192


def unsketched(db: Connection, version: int) -> list[tuple[int, str]]:
    """Return the next entries to be sketched, by their numbers: a page, from its first one on.

    Where the pages don't hold what the memory holds, all are forgotten: another version made them,
    or an entry with a lower number was saved after them, by a transaction that took longer.
    """
    last = db.scalar(select(func.max(memory_sketches.c.last))) or 0
    is_more = db.scalar(select(memory.c.id).where(memory.c.id > last).limit(1)) is not None
    if not is_more and not _others(db, version):
        return []
    start = _start(db, last, version)
    rows = db.execute(
        select(memory.c.id, memory.c.source_text)
        .where(memory.c.id >= start)
        .order_by(memory.c.id)
        .limit(PAGE)
    )
    return [(row.id, row.source_text) for row in rows]


def _others(db: Connection, version: int) -> bool:
    asked = select(memory_sketches.c.first).where(memory_sketches.c.version != version).limit(1)
    return db.scalar(asked) is not None


def _start(db: Connection, last: int, version: int) -> int:
    """Return the number of the first entry of the page that is to be made."""
    held = db.scalar(select(func.sum(memory_sketches.c.number))) or 0
    there = db.scalar(select(func.count()).select_from(memory).where(memory.c.id <= last)) or 0
    if held != there or _others(db, version):
        db.execute(delete(memory_sketches))
        return 0
    short = select(memory_sketches.c.first).where(
        memory_sketches.c.last == last, memory_sketches.c.number < PAGE
    )
    return db.scalar(short) or last + 1


def save(db: Connection, ids: Sequence[int], sketches: NDArray[np.uint8], version: int) -> None:
    """Keep the sketches of entries, in place of those of a page that began with the same one."""
    db.execute(delete(memory_sketches).where(memory_sketches.c.last >= ids[0]))
    row = {
        "first": ids[0],
        "last": ids[-1],
        "number": len(ids),
        "version": version,
        "ids": np.asarray(ids, np.int64).tobytes(),
        "sketches": sketches.tobytes(),
    }
    db.execute(insert(memory_sketches), [row])


def forget_from(db: Connection, entry_id: int) -> None:
    """Forget the pages from that of an entry on: SQLite gives the highest number to the next."""
    db.execute(delete(memory_sketches).where(memory_sketches.c.last >= entry_id))


def closest(db: Connection, wanted: NDArray[np.uint8], fewest: int, limit: int) -> list[int]:
    """Return the entries whose sketches agree with *wanted* in most places, at least *fewest*."""
    found, agreed = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    pages = select(memory_sketches.c.ids, memory_sketches.c.sketches)
    for ids, packed in db.execution_options(yield_per=4).execute(pages):
        sketches = np.frombuffer(packed, np.uint8).reshape(-1, len(wanted))
        places = np.count_nonzero(sketches == wanted, axis=1)
        near = np.flatnonzero(places >= fewest)
        found.append(np.frombuffer(ids, np.int64)[near])
        agreed.append(places[near])
    order = np.argsort(-np.concatenate(agreed), kind="stable")[:limit]
    return [int(each) for each in np.concatenate(found)[order]]
