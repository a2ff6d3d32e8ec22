"""The tables, in the order in which the flow fills them.

Work is what the data lacks, so results carry a stamp of what they were made from: a row whose
stamp differs from its input's is done again. Nothing here records the time of a mere look (a 304
changes no row); that is in the tables of the runs and of manners.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcTime(TypeDecorator[datetime]):
    """An aware time: what goes in comes out in UTC, on SQLite too, which keeps no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# --- what is read -----------------------------------------------------------------------------

#: The sources as last configured. `recipe` is a hash of the entry and of the readers' versions,
#: `question` one of what is asked and of whom.
#: `bookmark` is its parser's own; `settled` is when all it had at first had been read.
sources = Table(
    "sources",
    metadata,
    Column("id", String, primary_key=True),
    Column("recipe", String, nullable=False),
    Column("added", UtcTime, nullable=False),
    Column("removed", UtcTime),
    Column("bookmark", Text, nullable=False, server_default=""),
    Column("question", String, nullable=False, server_default=""),
    Column("settled", UtcTime),
)

#: What is still to be fetched beside the sources' own addresses: few among many.
_LACKING = text("role <> 'source' AND (version IS NULL OR version <> wanted)")

#: The last answer of each address. An address that completes another document is fetched when the
#: version that is `wanted` is not the one that came; `key` is the item it completes. Bodies are
#: compressed; those of pages are let go of after a while.
documents = Table(
    "documents",
    metadata,
    Column("source_id", String, primary_key=True),
    Column("url", Text, primary_key=True),
    Column("role", String, nullable=False),
    Column("key", Text, nullable=False, server_default=""),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("wanted", Text, nullable=False, server_default=""),
    Column("version", Text),
    Column("final_url", Text, nullable=False, default=""),
    Column("content_type", Text, nullable=False, default=""),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("fetched", UtcTime),
    Column("body_hash", String),
    Column("parsed", String),
    # Last: what stands behind a large value is read only by walking through it.
    Column("body", LargeBinary),
    Index(
        "ix_documents_lacking",
        "source_id",
        "url",
        sqlite_where=_LACKING,
        postgresql_where=_LACKING,
    ),
)

#: What each document says of each article. An article's list row and page are two rows.
items = Table(
    "items",
    metadata,
    Column("source_id", String, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("document_url", Text, primary_key=True),
    Column("role", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("hash", String, nullable=False),
    Column("normalized", String),
    Column("said", JSON, nullable=False),
)

# --- what it means ----------------------------------------------------------------------------

articles = Table(
    "articles",
    metadata,
    Column("id", String, primary_key=True),
    Column("source_id", String, nullable=False, index=True),
    Column("key", Text, nullable=False),
    Column("url", Text, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("authors", JSON, nullable=False),
    Column("published", UtcTime, nullable=False, index=True),
    Column("dated_by", String, nullable=False),
    Column("date_text", Text, nullable=False),
    Column("first_seen", UtcTime, nullable=False),
    Column("backlog", Boolean, nullable=False),
    Column("content_hash", String, nullable=False, index=True),
    Column("text_hash", String, nullable=False),
    Column("enclosures", JSON, nullable=False, server_default="[]"),
    Column("held", Text, nullable=False, server_default=""),
    UniqueConstraint("source_id", "key"),
)

labels = Table(
    "labels",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("kind", String, nullable=False),
    Column("because", Text, nullable=False),
    Column("stamp", String, nullable=False),
)

stories = Table(
    "stories",
    metadata,
    Column("id", String, primary_key=True),
    Column("began", UtcTime, nullable=False),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("story_id", ForeignKey("stories.id"), nullable=False, index=True),
    Column("same_as", ForeignKey("articles.id")),
    Column("evidence", JSON, nullable=False),
)

# --- translation ------------------------------------------------------------------------------

#: One row an article that is cut into segments; `stamp` tells from which text, by which rules.
segmented = Table(
    "segmented",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("stamp", String, nullable=False),
)

segments = Table(
    "segments",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("field", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("language", String, nullable=False),
    Column("key", String, nullable=False),
    Column("field_key", String, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("tail", Text, nullable=False),
    Index(None, "key", "language"),
)

#: The translation memory. `decision_id` is 0 unless an editor's decision made the entry.
memory = Table(
    "memory",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False),
    Column("language", String, nullable=False),
    Column("target", String, nullable=False),
    Column("source_text", Text, nullable=False),
    Column("target_text", Text, nullable=False),
    Column("origin", String, nullable=False),
    Column("engine", String, nullable=False),
    Column("version", String, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("decision_id", Integer, nullable=False, default=0),
    UniqueConstraint("key", "language", "target", "origin", "decision_id"),
)

# --- editors and editions ---------------------------------------------------------------------

#: Append-only: a decision is never changed, only followed by another.
decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("story_id", ForeignKey("stories.id"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("text", Text, nullable=False),
    Column("field", String),
    Column("target", String),
    Column("seen", String, nullable=False),
    Column("undoes", Integer),
    sqlite_autoincrement=True,
)

#: When each story last changed for the readers of one target.
entries = Table(
    "entries",
    metadata,
    Column("story_id", ForeignKey("stories.id"), primary_key=True),
    Column("target", String, primary_key=True),
    Column("hash", String, nullable=False),
    Column("updated", UtcTime, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("password_hash", Text, nullable=False),
    Column("created", UtcTime, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String, primary_key=True),
    Column("user_id", ForeignKey("users.id"), nullable=False, index=True),
    Column("csrf", String, nullable=False),
    Column("created", UtcTime, nullable=False),
    Column("expires", UtcTime, nullable=False),
)

# --- runs: the only tables that an unchanged run adds to --------------------------------------

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started", UtcTime, nullable=False),
    Column("finished", UtcTime),
    Column("report", JSON),
    sqlite_autoincrement=True,
)

#: Each address asked in a run, with what came of it.
attempts = Table(
    "attempts",
    metadata,
    Column("run_id", ForeignKey("runs.id"), primary_key=True),
    Column("source_id", String, primary_key=True),
    Column("url", Text, primary_key=True),
    Column("outcome", String, nullable=False),
)

#: How many items of a source were taken in and how many articles first seen in a run.
arrivals = Table(
    "arrivals",
    metadata,
    Column("run_id", ForeignKey("runs.id"), primary_key=True),
    Column("source_id", String, primary_key=True),
    Column("taken", Integer, nullable=False, server_default="0"),
    Column("new", Integer, nullable=False, server_default="0"),
)

failures = Table(
    "failures",
    metadata,
    Column("run_id", ForeignKey("runs.id"), primary_key=True),
    Column("stage", String, primary_key=True),
    Column("source_id", String, primary_key=True),  # "" where it is no source's
    Column("subject", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("error", String, nullable=False),
)

#: Each pipeline written in a run.
publications = Table(
    "publications",
    metadata,
    Column("run_id", ForeignKey("runs.id"), primary_key=True),
    Column("pipeline", String, primary_key=True),
    Column("written", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("states", JSON, nullable=False),
)

# --- manners: what keeps us from asking too often, over all runs --------------------------------

#: How each address was asked, and how that went: `aggregator.model.Poll`.
polls = Table(
    "polls",
    metadata,
    Column("source_id", String, primary_key=True),
    Column("url", Text, primary_key=True),
    Column("asked", UtcTime),
    Column("whole", UtcTime),
    Column("conditional", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("gone", Integer, nullable=False),
    Column("max_age_s", Integer),
    Column("refresh_s", Integer),
    Column("not_before", UtcTime),
    Column("moved_to", Text, nullable=False),
    Column("stopped", Text, nullable=False),
)

#: Hosts that asked to be left alone for a while.
hosts = Table(
    "hosts",
    metadata,
    Column("host", String, primary_key=True),
    Column("not_before", UtcTime, nullable=False),
)

#: Each host's robots.txt as last read; without a text it could not be read.
robots = Table(
    "robots",
    metadata,
    Column("origin", String, primary_key=True),
    Column("text", Text),
    Column("read", UtcTime, nullable=False),
)

#: Tables whose rows tell of runs and of asking, not of what was read.
RUN_TABLES = frozenset(
    {"runs", "attempts", "arrivals", "failures", "publications", "polls", "hosts", "robots"}
)
