"""Why an article is relevant."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("labels") as table:
        column = sa.Column("relevance_because", sa.Text(), nullable=False, server_default="")
        table.add_column(column)
