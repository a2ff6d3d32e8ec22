"""What it means: articles, and what they are about."""

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
)

from aggregator.store.schema.types import UtcTime, metadata

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
    Column("first_seen", UtcTime, nullable=False, index=True),
    Column("backlog", Boolean, nullable=False),
    Column("content_hash", String, nullable=False, index=True),
    Column("text_hash", String, nullable=False),
    Column("enclosures", JSON, nullable=False, server_default="[]"),
    Column("held", Text, nullable=False, server_default=""),
    Column("date_confidence", String, nullable=False, server_default=""),
    Column("categories", JSON, nullable=False, server_default="[]"),
    Column("details", JSON, nullable=False, server_default="[]"),
    Column("whole_hash", String, nullable=False, server_default=""),
    Column("title_language", String, nullable=False, server_default=""),
    UniqueConstraint("source_id", "key"),
)

#: What results are stamped with stands beside the texts and vectors, which take pages each: which
#: results are outdated is seen from indexes that hold all it takes. Of 50,000 articles .05 to .1 s
#: in place of .3 to .8 (SQLite).
Index(
    "ix_articles_state",
    articles.c.id,
    articles.c.source_id,
    articles.c.published,
    articles.c.text_hash,
    articles.c.whole_hash,
    articles.c.language,
    articles.c.title_language,
)

#: One row an article that was searched for the glossary's terms; `stamp` tells which text, by
#: which glossary.
scans = Table(
    "scans",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("stamp", String, nullable=False),
)

#: Where an article says a term of the glossary.
mentions = Table(
    "mentions",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("field", String, primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("concept", String, primary_key=True),
    Column("end", Integer, nullable=False),
    Column("term", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("role", String, nullable=False),
    Index(None, "concept"),
)

#: What an article's title and lead are as a vector, and its title alone; `stamp` tells of which
#: text, by which engine, `day` when the article was published (as `datetime.toordinal`).
vectors = Table(
    "vectors",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("stamp", String, nullable=False, index=True),
    Column("day", Integer, nullable=False, index=True),
    Column("vector", LargeBinary, nullable=False),
    Column("title", LargeBinary, nullable=False),
    Index("ix_vectors_state", "article_id", "stamp"),
)

labels = Table(
    "labels",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("kind", String, nullable=False),
    Column("because", Text, nullable=False),
    Column("stamp", String, nullable=False),
    Column("topics", JSON, nullable=False, server_default="[]"),
    Column("relevance", Float, nullable=False, server_default="1"),
    Column("relevance_because", Text, nullable=False, server_default=""),
    Index("ix_labels_state", "article_id", "stamp"),
)

#: One row an article that was searched for events and records; `stamp` tells what of it, by which
#: rules; `series` is the key of the series of meetings that its title names.
studies = Table(
    "studies",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("stamp", String, nullable=False),
    Column("series", String, nullable=False, index=True),
)

#: Events that articles tell of: `aggregator.model.Event`. A whole day is written 2026-11-20, a
#: moment 2026-11-20T04:30:00+00:00.
events = Table(
    "events",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("starts", String, nullable=False, index=True),
    Column("ends", String),
    Column("revision", Integer, nullable=False),
    Column("said", JSON, nullable=False),
)

#: Research records of articles: `aggregator.model.Record`; those of one paper have one key.
records = Table(
    "records",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("key", String, nullable=False, index=True),
    Column("said", JSON, nullable=False),
)
