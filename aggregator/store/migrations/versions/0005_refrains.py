"""What sources say again and again, and titles in another language than their summary."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sources") as table:
        table.add_column(sa.Column("refrains", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("heard", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("articles") as table:
        title = sa.Column("title_language", sa.String(), nullable=False, server_default="")
        table.add_column(title)
