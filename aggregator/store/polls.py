"""What is remembered of asking: addresses, hosts that want rest, and robots.txt."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, delete, or_, select

from aggregator.model import Poll, Robots
from aggregator.store.schema import hosts, polls, robots
from aggregator.store.upsert import upsert

#: More than the two days that are believed of a Retry-After.
LONGEST_WAIT = timedelta(days=3)


def of(db: Connection, source_ids: Collection[str]) -> dict[tuple[str, str], Poll]:
    """Return how the addresses of these sources were asked: (source id, URL) -> poll."""
    rows = db.execute(select(polls).where(polls.c.source_id.in_(source_ids)))
    return {(row.source_id, row.url): _poll(row) for row in rows}


def _poll(row: Any) -> Poll:
    return Poll(**row._mapping)


def save(db: Connection, found: Iterable[Poll]) -> None:
    """Keep polls, overwriting what was remembered."""
    # Not `asdict`, which copies every value: a third of the time that keeping answers takes.
    names = tuple(Poll.__dataclass_fields__)
    upsert(db, polls, [{name: getattr(poll, name) for name in names} for poll in found])


def waiting_hosts(db: Connection, now: datetime) -> dict[str, datetime]:
    """Return the hosts that want to be left alone, with the time until which.

    A wait that is longer than any we believe was noted by a clock that was wrong.
    """
    waits = hosts.c.not_before.between(now + timedelta(microseconds=1), now + LONGEST_WAIT)
    rows = db.execute(select(hosts.c.host, hosts.c.not_before).where(waits))
    return dict(rows.all())


def save_waits(db: Connection, waits: Mapping[str, datetime], now: datetime) -> None:
    """Keep until when hosts want to be left alone; forget what is over."""
    db.execute(delete(hosts).where(hosts.c.not_before <= now))
    upsert(db, hosts, [{"host": host, "not_before": until} for host, until in waits.items()])


def robots_since(
    db: Connection, since: datetime, tried: datetime, now: datetime
) -> dict[str, Robots]:
    """Return what robots.txt said, by origin, where it was read since then, or tried in vain."""
    read = or_(
        and_(robots.c.text.is_not(None), robots.c.read > since),
        and_(robots.c.text.is_(None), robots.c.read > tried),
    )
    rows = db.execute(select(robots.c.origin, robots.c.text).where(read, robots.c.read <= now))
    return {row.origin: Robots(origin=row.origin, text=row.text) for row in rows}


def save_robots(db: Connection, found: Iterable[Robots], now: datetime) -> None:
    """Keep what robots.txt says now."""
    upsert(db, robots, [{"origin": each.origin, "text": each.text, "read": now} for each in found])
