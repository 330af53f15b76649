"""Drafts: what became of them, and those of a model

Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "source_draft",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("source_id", ID, nullable=False),
        sa.Column("digest", sa.String(length=16), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("quote_digest", sa.String(length=12), nullable=False),
        sa.Column("item_id", ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('waiting', 'taken', 'dropped')", name=op.f("ck_source_draft_outcome")
        ),
        sa.CheckConstraint("origin IN ('rule', 'model')", name=op.f("ck_source_draft_origin")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_source_draft_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_source_draft_source_id_source"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_source_draft_item_id_item"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_draft")),
        sa.UniqueConstraint(
            "account_id", "source_id", "digest", name=op.f("uq_source_draft_account_id_source_id_digest")
        ),
    )
    op.create_index(op.f("ix_source_draft_item_id"), "source_draft", ["item_id"])
    op.create_index(op.f("ix_source_draft_source_id"), "source_draft", ["source_id"])


def downgrade() -> None:
    op.drop_table("source_draft")
