"""What is made of it: translations, decisions, entries, and who makes them."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from aggregator.store.schema.types import UtcTime, metadata

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
    Column("at", UtcTime, nullable=False, index=True),
    Column("decision_id", Integer, nullable=False, default=0),
    Column("glossary", String, nullable=False, server_default="", index=True),
    Column("wording", String, nullable=False, server_default=""),
    Column("missing", JSON, nullable=False, server_default="[]"),
    Column("checked", String, nullable=False, server_default="", index=True),
    Column("doubt", Float, nullable=False, server_default="0"),
    Column("is_doubted", Boolean, nullable=False, server_default=false()),
    Column("reasons", JSON, nullable=False, server_default="[]"),
    UniqueConstraint("key", "language", "target", "origin", "decision_id"),
)

#: Of each entry by its number, in pages of consecutive ones: 32 bytes by which nearly equal texts
#: are found, and eight of its number. `number` of them are between `first` and `last`.
memory_sketches = Table(
    "memory_sketches",
    metadata,
    Column("first", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("ids", LargeBinary, nullable=False),
    Column("sketches", LargeBinary, nullable=False),
)

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
    Column("other", String),
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
