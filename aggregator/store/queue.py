"""What the desk's queue is sorted and filtered by: a few columns of each story's lead."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from aggregator.store.schema import articles, labels, verdicts


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """The lead of a story that is news."""

    story_id: str
    source_id: str
    language: str
    published: datetime
    content_hash: str


def live(db: Connection, source_ids: Collection[str]) -> list[QueueRow]:
    """Return the stories that these sources tell as news, by id: not those all backlog.

    The lead is the article that began the story, else the oldest; one that is held comes last.
    """
    told = (
        select(verdicts.c.story_id)
        .join(articles, articles.c.id == verdicts.c.article_id)
        .where(articles.c.backlog.is_(False), articles.c.source_id.in_(source_ids))
    )
    rows = db.execute(
        select(
            verdicts.c.story_id,
            articles.c.source_id,
            articles.c.language,
            articles.c.published,
            articles.c.content_hash,
        )
        .join(articles, articles.c.id == verdicts.c.article_id)
        .join(labels, labels.c.article_id == articles.c.id)
        .where(verdicts.c.story_id.in_(told), articles.c.source_id.in_(source_ids))
        .order_by(
            verdicts.c.story_id,
            articles.c.held != "",
            verdicts.c.story_id != articles.c.id,
            articles.c.first_seen,
            articles.c.published,
            articles.c.id,
        )
    )
    found: dict[str, QueueRow] = {}
    for row in rows:
        if row.story_id not in found:
            found[row.story_id] = QueueRow(
                story_id=row.story_id,
                source_id=row.source_id,
                language=row.language,
                published=row.published,
                content_hash=row.content_hash,
            )
    return list(found.values())
