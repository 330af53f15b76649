"""What was brought in from files is known again by the files' names for it

Revises: 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "imported_item",
        sa.Column("item_id", NUMBER, nullable=False, autoincrement=False),
        sa.Column("deck_id", NUMBER, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_imported_item_item_id_item"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["deck_id"], ["deck.id"], name=op.f("fk_imported_item_deck_id_deck"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_imported_item")),
        sa.UniqueConstraint("deck_id", "name", name=op.f("uq_imported_item_deck_id_name")),
    )


def downgrade() -> None:
    op.drop_table("imported_item")
