"""What is read: sources, documents, items; and what keeps us from asking too often."""

from sqlalchemy import (
    JSON,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    text,
)

from aggregator.store.schema.types import UtcTime, metadata

#: The sources as last configured. `recipe` is a hash of the entry and of the readers' versions,
#: `question` one of what is asked and of whom.
#: `bookmark` is its parser's own; `settled` is when all it had at first had been read. `refrains`
#: are the lines that it puts around its texts, one a line; they only become more. `heard` tells
#: from which state of its own document they were last learned.
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
    Column("refrains", Text, nullable=False, server_default=""),
    Column("heard", String, nullable=False, server_default=""),
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
