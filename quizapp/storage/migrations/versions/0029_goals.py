"""An answer holds the longest interval that a date to know it by allowed

Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("review", sa.Column("cap", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("review", "cap")
