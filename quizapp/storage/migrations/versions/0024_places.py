"""Failed sign-ins tell browsers at one address apart; what is counted for a moment is counted by its place

Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM failed_sign_in")  # kept for a day, and counted otherwise now
    with op.batch_alter_table("failed_sign_in") as batch:
        batch.add_column(sa.Column("area", sa.String(32), nullable=False))
        batch.add_column(sa.Column("browser", sa.String(32), nullable=False))
    op.drop_table("join_misses")
    op.create_table(
        "recent_count",
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column(
            "minute",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("count", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("source", "minute", name=op.f("pk_recent_count")),
    )
    op.create_index(op.f("ix_recent_count_minute"), "recent_count", ["minute"])


def downgrade() -> None:
    op.drop_table("recent_count")
    op.create_table(
        "join_misses",
        sa.Column(
            "minute",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("minute", name=op.f("pk_join_misses")),
    )
    op.execute("DELETE FROM failed_sign_in")
    with op.batch_alter_table("failed_sign_in") as batch:
        batch.drop_column("browser")
        batch.drop_column("area")
