"""Predictions are of right answers, guesses allowed for; first answers are counted by format

Predictions made so far are counted anew when cards are rebuilt.

Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("review", sa.Column("guess", sa.Double(), nullable=False, server_default="0"))
    op.add_column("review", sa.Column("weight", sa.Double(), nullable=False, server_default="1"))
    op.execute("UPDATE review SET guess = chance WHERE chance > 0")
    op.execute("UPDATE card SET folded = ''")
    op.create_table(
        "learner_first",
        sa.Column("learner_id", NUMBER, nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("right", NUMBER, nullable=False),
        sa.Column("guessed", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["account.id"],
            name=op.f("fk_learner_first_learner_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("learner_id", "format", name=op.f("pk_learner_first")),
    )


def downgrade() -> None:
    op.drop_table("learner_first")
    op.drop_column("review", "weight")
    op.drop_column("review", "guess")
