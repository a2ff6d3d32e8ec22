"""Further requests of every kind, held articles, and what is remembered of asking."""

import sqlalchemy as sa
from alembic import op

from aggregator.store.schema import UtcTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LACKING = sa.text("role <> 'source' AND (version IS NULL OR version <> wanted)")


def upgrade() -> None:
    with op.batch_alter_table("sources") as table:
        table.add_column(sa.Column("bookmark", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("question", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("settled", UtcTime()))
    # Whoever has articles had been read whole: nothing held a first reading back.
    told = "SELECT 1 FROM articles WHERE articles.source_id = sources.id"
    op.execute(f"UPDATE sources SET settled = added WHERE EXISTS ({told})")  # noqa: S608
    _documents()
    with op.batch_alter_table("articles") as table:
        table.add_column(sa.Column("enclosures", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("held", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("arrivals") as table:
        table.add_column(sa.Column("taken", sa.Integer(), nullable=False, server_default="0"))
        table.alter_column("new", existing_type=sa.Integer(), server_default="0")
    _manners()


def _documents() -> None:
    op.drop_index("ix_documents_unread", table_name="documents")
    # Made anew on SQLite, since the body has to stay the last column.
    with op.batch_alter_table("documents", recreate="always") as table:
        key = sa.Column("key", sa.Text(), nullable=False, server_default="")
        table.add_column(key, insert_after="role")
        position = sa.Column("position", sa.Integer(), nullable=False, server_default="0")
        table.add_column(position, insert_after="key")
        wanted = sa.Column("wanted", sa.Text(), nullable=False, server_default="")
        table.add_column(wanted, insert_after="position")
        table.add_column(sa.Column("version", sa.Text()), insert_after="wanted")
        table.add_column(sa.Column("fetched", UtcTime()), insert_after="last_modified")
    op.execute("UPDATE documents SET version = '' WHERE body_hash IS NOT NULL")
    # Until now a page completed the item that has its address for a key.
    op.execute("UPDATE documents SET key = url WHERE role = 'page'")
    op.create_index(
        "ix_documents_lacking",
        "documents",
        ["source_id", "url"],
        sqlite_where=LACKING,
        postgresql_where=LACKING,
    )


def _manners() -> None:
    op.create_table(
        "polls",
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("asked", UtcTime()),
        sa.Column("whole", UtcTime()),
        sa.Column("conditional", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("max_age_s", sa.Integer()),
        sa.Column("refresh_s", sa.Integer()),
        sa.Column("not_before", UtcTime()),
        sa.Column("moved_to", sa.Text(), nullable=False),
        sa.Column("stopped", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", "url", name=op.f("pk_polls")),
    )
    op.create_table(
        "hosts",
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("not_before", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_hosts")),
    )
    op.create_table(
        "robots",
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("read", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_robots")),
    )
