"""Notes of learners at items, and how many days a week they want to study

Revises: 0041
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "item_note",
        sa.Column("learner_id", NUMBER, nullable=False),
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["account.id"], name=op.f("fk_item_note_learner_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_item_note_item_id_item"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("learner_id", "item_id", name=op.f("pk_item_note")),
    )
    op.create_index(op.f("ix_item_note_item_id"), "item_note", ["item_id"])
    with op.batch_alter_table("account") as batch:
        batch.add_column(sa.Column("week_goal", NUMBER, nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("account") as batch:
        batch.drop_column("week_goal")
    op.drop_table("item_note")
