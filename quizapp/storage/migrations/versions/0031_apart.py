"""Evidence says what it is to its question, articles have one short name, and items can be kept apart

Evidence written so far counts as proof; names and pairs come with the next load of the bank.

Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("evidence", sa.Column("role", sa.String(length=10), nullable=False, server_default="proves"))
    op.add_column("evidence", sa.Column("words", sa.String(length=12), nullable=False, server_default=""))
    op.add_column("source", sa.Column("name", sa.String(length=80), nullable=False, server_default=""))
    op.create_table(
        "item_apart",
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("other_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_item_apart_item_id_item"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["item.id"], name=op.f("fk_item_apart_other_id_item"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", "other_id", name=op.f("pk_item_apart")),
    )
    op.create_index(op.f("ix_item_apart_other_id"), "item_apart", ["other_id"])


def downgrade() -> None:
    op.drop_table("item_apart")
    op.drop_column("source", "name")
    op.drop_column("evidence", "words")
    op.drop_column("evidence", "role")
