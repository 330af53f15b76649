"""A wrong answer is a miss: the log holds no chance of a slip

Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("review", "slip")


def downgrade() -> None:
    op.add_column("review", sa.Column("slip", sa.Double(), nullable=False, server_default="0"))
