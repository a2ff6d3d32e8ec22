"""Sketches of the memory's texts, by which nearly equal ones are found."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "memory_sketches",
        sa.Column("first", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ids", sa.LargeBinary(), nullable=False),
        sa.Column("sketches", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("first", name=op.f("pk_memory_sketches")),
    )
    op.create_index(op.f("ix_memory_sketches_last"), "memory_sketches", ["last"])
