"""Failed sign-ins in a log of their own; when a browser was last seen

Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "failed_sign_in",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=32), nullable=False),
        sa.Column("place", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(length=32), nullable=False),
        sa.Column("known", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_sign_in")),
    )
    op.create_index(op.f("ix_failed_sign_in_who_at"), "failed_sign_in", ["who", "at"])
    op.create_index(op.f("ix_failed_sign_in_address_at"), "failed_sign_in", ["address", "at"])
    op.create_index(op.f("ix_failed_sign_in_at"), "failed_sign_in", ["at"])
    op.add_column("sign_in", sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("sign_in", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    # Not in a batch: a rebuilt parent table is what no migration should need (SQLite 3.35 drops columns).
    op.drop_column("account", "failed_sign_ins")
    op.drop_column("account", "sign_in_after")


def downgrade() -> None:
    op.add_column("account", sa.Column("sign_in_after", sa.DateTime(timezone=True), nullable=True))
    op.add_column("account", sa.Column("failed_sign_ins", NUMBER, nullable=False, server_default="0"))
    op.drop_column("sign_in", "confirmed_at")
    op.drop_column("sign_in", "last_seen_at")
    op.drop_index(op.f("ix_failed_sign_in_at"), "failed_sign_in")
    op.drop_index(op.f("ix_failed_sign_in_address_at"), "failed_sign_in")
    op.drop_index(op.f("ix_failed_sign_in_who_at"), "failed_sign_in")
    op.drop_table("failed_sign_in")
