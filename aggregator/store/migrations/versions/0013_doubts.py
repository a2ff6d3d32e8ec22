"""How much machines' translations are to be doubted, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("checked", sa.String(), server_default="", nullable=False),
        sa.Column("doubt", sa.Float(), server_default="0", nullable=False),
        sa.Column("is_doubted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("reasons", sa.JSON(), server_default="[]", nullable=False),
    ):
        op.add_column("memory", column)
    op.create_index(op.f("ix_memory_checked"), "memory", ["checked"])
