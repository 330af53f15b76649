"""Whether students of a class may share decks of their own with it

Revises: 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("classroom") as batch:
        batch.add_column(sa.Column("own_decks", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("classroom") as batch:
        batch.drop_column("own_decks")
