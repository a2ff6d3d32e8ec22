"""What belongs together: how articles are alike, and the stories they tell."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    true,
)

from aggregator.store.schema.types import UtcTime, metadata

stories = Table(
    "stories",
    metadata,
    Column("id", String, primary_key=True),
    Column("began", UtcTime, nullable=False),
)

#: Which story an article belongs to; not `settled` where that is to be looked at again.
verdicts = Table(
    "verdicts",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("story_id", ForeignKey("stories.id"), nullable=False, index=True),
    Column("same_as", ForeignKey("articles.id")),
    Column("evidence", JSON, nullable=False),
    Column("settled", Boolean, nullable=False, server_default=true()),
)

#: Those that are not settled are few among all.
_unsettled = verdicts.c.settled.is_(False)
Index(
    "ix_verdicts_unsettled",
    verdicts.c.article_id,
    sqlite_where=_unsettled,
    postgresql_where=_unsettled,
)

#: What near copies of articles are found by: `aggregator.dedupe.bands`.
#: What would be the row of a full band is not there.
bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    sqlite_with_rowid=False,
)

#: One row an article that was compared with those of its time; `stamp` tells what of it.
comparisons = Table(
    "comparisons",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("stamp", String, nullable=False),
)

#: How two articles are alike: `aggregator.model.Likeness`.
likenesses = Table(
    "likenesses",
    metadata,
    Column("one", ForeignKey("articles.id"), primary_key=True),
    Column("other", ForeignKey("articles.id"), primary_key=True, index=True),
    Column("bond", String, nullable=False),
    Column("odds", Float, nullable=False),
    Column("evidence", JSON, nullable=False),
)

#: Append-only: which story was joined to which, by what evidence; or came out of one again.
merges = Table(
    "merges",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("story_id", ForeignKey("stories.id"), nullable=False, index=True),
    Column("was", ForeignKey("stories.id"), nullable=False, index=True),
    Column("at", UtcTime, nullable=False),
    Column("evidence", JSON, nullable=False),
)
