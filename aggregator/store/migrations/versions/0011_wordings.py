"""What the glossary prescribed for machines' translations, and what they do not say."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, said in (("glossary", ""), ("wording", "")):
        op.add_column("memory", sa.Column(name, sa.String(), server_default=said, nullable=False))
    op.add_column("memory", sa.Column("missing", sa.JSON(), server_default="[]", nullable=False))
    op.create_index(op.f("ix_memory_glossary"), "memory", ["glossary"])
    op.create_index(op.f("ix_memory_at"), "memory", ["at"])
