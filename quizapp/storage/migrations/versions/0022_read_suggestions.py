"""Whoever suggested an edit is told what became of it until they have read it

Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("suggestion") as batch:
        batch.add_column(sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))
    # What was settled before is no news any more.
    op.execute("UPDATE suggestion SET read_at = settled_at")


def downgrade() -> None:
    with op.batch_alter_table("suggestion") as batch:
        batch.drop_column("read_at")
