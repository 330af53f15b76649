"""Every foreign key is led by an index; failures in the background are noted; mail is counted by recipient

Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

LEADING = (
    ("item_version", "author_id"),
    ("report", "settled_by"),
    ("report", "fixed_version_id"),
    ("review", "item_id"),
    ("suggestion", "taken_version_id"),
)


def upgrade() -> None:
    for table, column in LEADING:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_table(
        "background_failure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("task", sa.String(20), nullable=False),
        sa.Column("what", sa.String(120), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_background_failure")),
    )
    op.create_index(op.f("ix_background_failure_at"), "background_failure", ["at"])
    # Not in batches: SQLite adds columns that have a default without building the table anew.
    op.add_column("mail_order", sa.Column("key", sa.String(32), nullable=False, server_default=""))
    op.add_column("mail_order", sa.Column("recipient", sa.String(32), nullable=False, server_default=""))
    op.add_column("regrade", sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("regrade", "failed_at")
    op.drop_column("mail_order", "recipient")
    op.drop_column("mail_order", "key")
    op.drop_table("background_failure")
    for table, column in reversed(LEADING):
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
