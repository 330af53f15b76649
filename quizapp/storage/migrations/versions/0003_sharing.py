"""Sharing of decks

Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deck", sa.Column("public", sa.Boolean(), server_default=sa.false(), nullable=False))
    # Every deck could be studied by everybody until now: nobody loses what they learn from.
    op.execute(sa.update(sa.table("deck", sa.column("public", sa.Boolean()))).values(public=sa.true()))
    op.create_table(
        "deck_share",
        sa.Column("deck_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("can_edit", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_deck_share_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["deck_id"], ["deck.id"], name=op.f("fk_deck_share_deck_id_deck"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("deck_id", "account_id", name=op.f("pk_deck_share")),
    )
    op.create_index(op.f("ix_deck_share_account_id"), "deck_share", ["account_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_deck_share_account_id"), table_name="deck_share")
    op.drop_table("deck_share")
    op.drop_column("deck", "public")
