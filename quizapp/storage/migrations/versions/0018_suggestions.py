"""Suggested edits

Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    op.create_table(
        "suggestion",
        sa.Column("id", ID, nullable=False),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("base_version_id", ID, nullable=False),
        sa.Column("author_id", ID, nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("formats", sa.String(length=100), nullable=False),
        sa.Column("tags", sa.String(length=500), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reply", sa.String(length=500), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_version_id", ID, nullable=True),
        sa.CheckConstraint("state IN ('open', 'taken', 'declined')", name=op.f("ck_suggestion_state")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_suggestion_item_id_item"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["base_version_id"],
            ["item_version.id"],
            name=op.f("fk_suggestion_base_version_id_item_version"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_suggestion_author_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["taken_version_id"],
            ["item_version.id"],
            name=op.f("fk_suggestion_taken_version_id_item_version"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
    )
    op.create_index(
        "ix_suggestion_open",
        "suggestion",
        ["item_id", "author_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_suggestion_item_id_made_at", "suggestion", ["item_id", "made_at"])
    op.create_index("ix_suggestion_base_version_id", "suggestion", ["base_version_id"])
    op.create_index("ix_suggestion_author_id", "suggestion", ["author_id"])


def downgrade() -> None:
    op.drop_table("suggestion")
