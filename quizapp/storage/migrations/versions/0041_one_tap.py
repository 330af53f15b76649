"""Where one tap on an option answers a question

Revises: 0040
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("account") as batch:
        batch.add_column(sa.Column("one_tap", sa.String(10), nullable=False, server_default="touch"))


def downgrade() -> None:
    with op.batch_alter_table("account") as batch:
        batch.drop_column("one_tap")
