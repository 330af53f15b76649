"""How easy items are, learnt from all who answered them; and how easy an item was known to be at a first answer

Revises: 0047
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("review", sa.Column("ease", sa.Double(), nullable=False, server_default="0"))
    op.create_table(
        "item_ease",
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("ease", sa.Double(), nullable=False),
        sa.Column("answers", NUMBER, nullable=False),
        sa.Column("learners", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_item_ease_item_id_item"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_ease")),
    )


def downgrade() -> None:
    op.drop_table("item_ease")
    op.drop_column("review", "ease")
