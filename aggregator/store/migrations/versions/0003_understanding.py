"""What articles mean: terms, vectors, topics, events and records."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("articles") as table:
        for name in ("date_confidence", "whole_hash"):
            table.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        for name in ("categories", "details"):
            table.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("labels") as table:
        table.add_column(sa.Column("topics", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("relevance", sa.Float(), nullable=False, server_default="1"))
    _terms()
    _of_article("vectors", sa.Column("vector", sa.LargeBinary(), nullable=False))
    _of_article("studies", sa.Column("series", sa.String(), nullable=False))
    op.create_index("ix_studies_series", "studies", ["series"])
    _events()


def _of_article(name: str, *columns: sa.Column[Any]) -> None:
    """Create a table with one row an article, stamped with what it was made from."""
    op.create_table(
        name,
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        *columns,
        _to_articles(name),
        sa.PrimaryKeyConstraint("article_id", name=op.f(f"pk_{name}")),
    )


def _to_articles(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_article_id")
    return sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=name)


def _terms() -> None:
    _of_article("scans")
    op.create_table(
        "mentions",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("concept", sa.String(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        _to_articles("mentions"),
        sa.PrimaryKeyConstraint(
            "article_id", "field", "start", "concept", name=op.f("pk_mentions")
        ),
    )
    op.create_index("ix_mentions_concept", "mentions", ["concept"])


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts", sa.String(), nullable=False),
        sa.Column("ends", sa.String()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        _to_articles("events"),
        sa.PrimaryKeyConstraint("article_id", "number", name=op.f("pk_events")),
    )
    op.create_index("ix_events_starts", "events", ["starts"])
    op.create_table(
        "records",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        _to_articles("records"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_records")),
    )
    op.create_index("ix_records_key", "records", ["key"])
