"""Weekdays on which a learner wants less

Revises: 0044
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("easy_days", sa.String(7), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("account", "easy_days")
