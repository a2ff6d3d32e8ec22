"""What translating cost, what it did not cost again, and what is still to be translated."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, select

from aggregator.model import Cost, Origin
from aggregator.store.schema import articles, failures, memory, runs, segments

#: How far back it is looked for what waits: who has no engine for a language does not wait for it.
_RECENT = timedelta(days=14)

#: Sentences and characters by pair of languages.
ByPair = Mapping[str, Cost]


def paid(db: Connection, at: datetime) -> ByPair:
    """Return what machines translated in the run of that time, by pair ("ja>en")."""
    pair = (memory.c.language, memory.c.target)
    query = select(*pair, func.count(), func.sum(func.length(memory.c.source_text)))
    made = query.where(memory.c.at == at, memory.c.origin == Origin.MACHINE.value)
    return _by_pair(db.execute(made.group_by(*pair)))


def reused(db: Connection, at: datetime) -> ByPair:
    """Return what new articles of that run say that the memory had before."""
    had = (memory.c.at < at) & (memory.c.target_text != "")
    return _by_pair(db.execute(_of_memory().where(articles.c.first_seen == at, had)))


def waiting(db: Connection, at: datetime, target: str) -> ByPair:
    """Return what recent articles say that nothing has translated to a target."""
    known = (
        select(memory.c.id)
        .where(
            memory.c.key == segments.c.key,
            memory.c.language == segments.c.language,
            memory.c.target == target,
            memory.c.target_text != "",
        )
        .exists()
    )
    rows = db.execute(
        select(segments.c.language, func.count(), func.sum(func.length(segments.c.text)))
        .join(articles, articles.c.id == segments.c.article_id)
        .where(
            articles.c.first_seen > at - _RECENT,
            articles.c.backlog.is_(False),
            segments.c.language != target,
            ~known,
        )
        .group_by(segments.c.language)
    )
    return _by_pair((language, target, *numbers) for language, *numbers in rows)


def spent(db: Connection, engine: str, since: datetime) -> int:
    """Return how many characters an engine was given since a time.

    That is what it translated, and what it failed on in the runs begun since, once a run each. What
    it was asked a second time, with masks, counts once.
    """
    made = select(func.sum(func.length(memory.c.source_text))).where(
        memory.c.at >= since, memory.c.origin == Origin.MACHINE.value, memory.c.engine == engine
    )
    key = func.substr(failures.c.subject, len(engine) + 2)
    text = select(func.max(func.length(segments.c.text))).where(segments.c.key == key)
    lost = (
        select(func.sum(text.scalar_subquery()))
        .join(runs, runs.c.id == failures.c.run_id)
        .where(
            runs.c.started >= since,
            failures.c.stage == "translate",
            failures.c.source_id == "",
            failures.c.subject.startswith(f"{engine} ", autoescape=True),
        )
    )
    return (db.scalar(made) or 0) + (db.scalar(lost) or 0)


def _of_memory() -> Select[Any]:
    pair = (segments.c.language, memory.c.target)
    same = (memory.c.key == segments.c.key) & (memory.c.language == segments.c.language)
    return (
        select(*pair, func.count(), func.sum(func.length(segments.c.text)))
        .join(articles, articles.c.id == segments.c.article_id)
        .join(memory, same)
        .group_by(*pair)
    )


def _by_pair(rows: Iterable[Any]) -> dict[str, Cost]:
    found = {
        f"{language}>{target}": Cost(sentences=number, characters=characters)
        for language, target, number, characters in rows
    }
    return {pair: found[pair] for pair in sorted(found)}
