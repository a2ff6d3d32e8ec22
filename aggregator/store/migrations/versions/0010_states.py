"""Indexes that hold all of which it is seen whether a result is outdated."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_OF_ARTICLES = (
    "id",
    "source_id",
    "published",
    "text_hash",
    "whole_hash",
    "language",
    "title_language",
)


def upgrade() -> None:
    op.create_index("ix_articles_state", "articles", list(_OF_ARTICLES))
    for table in ("vectors", "labels"):
        op.create_index(f"ix_{table}_state", table, ["article_id", "stamp"])
