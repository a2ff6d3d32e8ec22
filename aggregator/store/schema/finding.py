"""What is found by its words."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
)
from sqlalchemy.dialects.postgresql import TSVECTOR

from aggregator.store.schema.types import metadata

#: One row an article that can be found; `stamp` tells what it was made from. `number` is higher the
#: later it was published. `words` are its tokens: on PostgreSQL the index itself, on SQLite what
#: the index has to be told when they go (packed by zlib; a line each for title, text and aspects).
indexed = Table(
    "indexed",
    metadata,
    Column(
        "number",
        BigInteger().with_variant(Integer(), "sqlite"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("article_id", ForeignKey("articles.id"), nullable=False, unique=True),
    Column("stamp", String, nullable=False),
    # Last: what stands behind a large value is read only by walking through it.
    Column("words", LargeBinary().with_variant(TSVECTOR(), "postgresql"), nullable=False),
)

Index(
    "ix_indexed_words",
    indexed.c.words,
    postgresql_using="gin",
    postgresql_with={"fastupdate": "off"},  # else what is new is searched without an index
).ddl_if(dialect="postgresql")

#: Tables of SQLite beside those of the metadata: the index and what FTS5 keeps it in.
FTS5_TABLES = frozenset({"search", "search_config", "search_data", "search_docsize", "search_idx"})
