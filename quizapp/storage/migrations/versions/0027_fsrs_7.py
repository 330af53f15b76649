"""FSRS-7: a memory has two stabilities, and a card says by what it was folded

Cards are folded anew from the log by `quizapp schedule rebuild` or by the server once it runs; until then they
are asked with a stopgap for the second stability.

Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("card", sa.Column("fast", sa.Double(), nullable=False, server_default="0.1"))
    op.add_column("card", sa.Column("folded", sa.String(length=16), nullable=False, server_default=""))
    op.execute("UPDATE card SET fast = CASE WHEN stability > 0.001 THEN 0.8 * stability ELSE 0.001 END")


def downgrade() -> None:
    op.drop_column("card", "folded")
    op.drop_column("card", "fast")
