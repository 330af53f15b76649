"""Weights of the memory model that were fitted to answers, and by which each learner's cards are scheduled

Revises: 0046
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("account", sa.Column("weights", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "memory_set",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("learner_id", NUMBER, nullable=True),
        sa.Column("fitted_at", MOMENT, nullable=False),
        sa.Column("model", sa.String(20), nullable=False),
        sa.Column("weights", sa.Text(), nullable=False),
        sa.Column("answers", NUMBER, nullable=False),
        sa.Column("held_back", NUMBER, nullable=False),
        sa.Column("loss", sa.Double(), nullable=False),
        sa.Column("loss_before", sa.Double(), nullable=False),
        sa.Column("loss_default", sa.Double(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["account.id"], name=op.f("fk_memory_set_learner_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory_set")),
    )
    op.create_index(op.f("ix_memory_set_learner_id"), "memory_set", ["learner_id"])


def downgrade() -> None:
    op.drop_table("memory_set")
    op.drop_column("account", "weights")
