"""Where articles say the glossary's terms."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import Connection, delete, select

from aggregator.model import Article
from aggregator.model.glossary import Found
from aggregator.store.outdated import outdated
from aggregator.store.schema import articles, mentions, scans
from aggregator.store.upsert import upsert


def unscanned(
    db: Connection, source_ids: Collection[str], version: str, limit: int
) -> list[tuple[Article, str]]:
    """Return articles not searched since their text or the glossary changed, with the new stamp."""
    stamp = articles.c.text_hash + ":" + articles.c.language + ":" + version
    return outdated(db, scans, stamp, articles.c.source_id.in_(source_ids), limit)


def save(db: Connection, found: Iterable[tuple[str, str, Sequence[Found]]]) -> None:
    """Keep what was found in articles: id, stamp, mentions; what was found before goes."""
    results = list(found)
    ids = [article_id for article_id, _, _ in results]
    db.execute(delete(mentions).where(mentions.c.article_id.in_(ids)))
    rows = [
        {"article_id": article_id, **asdict(each)}
        for article_id, _, told in results
        for each in told
    ]
    upsert(db, mentions, rows)
    upsert(db, scans, [{"article_id": each, "stamp": stamp} for each, stamp, _ in results])


def of(db: Connection, article_ids: Collection[str]) -> Mapping[str, tuple[Found, ...]]:
    """Return the mentions in each of these articles, in their order."""
    rows = db.execute(
        select(mentions)
        .where(mentions.c.article_id.in_(article_ids))
        .order_by(mentions.c.article_id, mentions.c.field.desc(), mentions.c.start)
    )
    found: dict[str, list[Found]] = {article_id: [] for article_id in article_ids}
    names = tuple(Found.__dataclass_fields__)
    for row in rows:
        found[row.article_id].append(Found(**{name: getattr(row, name) for name in names}))
    return {article_id: tuple(each) for article_id, each in found.items()}
