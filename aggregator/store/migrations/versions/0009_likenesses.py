"""How articles are alike, in any language; vectors of titles beside those of whole openings."""

import sqlalchemy as sa
from alembic import op

from aggregator.store.schema import UtcTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_articles_first_seen"), "articles", ["first_seen"])
    op.add_column(
        "verdicts", sa.Column("settled", sa.Boolean(), server_default=sa.true(), nullable=False)
    )
    unsettled = sa.column("settled", sa.Boolean()).is_(False)
    op.create_index(
        "ix_verdicts_unsettled",
        "verdicts",
        ["article_id"],
        sqlite_where=unsettled,
        postgresql_where=unsettled,
    )
    _vectors()
    op.create_table(
        "comparisons",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        _of_article("comparisons", "article_id"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_comparisons")),
    )
    op.create_table(
        "likenesses",
        sa.Column("one", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("bond", sa.String(), nullable=False),
        sa.Column("odds", sa.Float(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        _of_article("likenesses", "one"),
        _of_article("likenesses", "other"),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_likenesses")),
    )
    op.create_index(op.f("ix_likenesses_other"), "likenesses", ["other"])
    op.create_table(
        "merges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.String(), nullable=False),
        sa.Column("was", sa.String(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        _of_story("merges", "story_id"),
        _of_story("merges", "was"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
    )
    op.create_index(op.f("ix_merges_story_id"), "merges", ["story_id"])
    op.create_index(op.f("ix_merges_was"), "merges", ["was"])


def _vectors() -> None:
    """Make the table anew: what was in it is made again from the articles."""
    op.drop_table("vectors")
    op.create_table(
        "vectors",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        _of_article("vectors", "article_id"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_vectors")),
    )
    op.create_index(op.f("ix_vectors_day"), "vectors", ["day"])
    op.create_index(op.f("ix_vectors_stamp"), "vectors", ["stamp"])


def _of_article(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], ["articles.id"], name=name)


def _of_story(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["stories.id"], name=op.f(f"fk_{table}_{column}"))
