"""Evidence that waits for a person is found by an index of its own

Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

OPEN = "settled_at IS NULL AND standing IN ('changed', 'gone')"


def upgrade() -> None:
    op.create_index(
        "ix_anchor_open",
        "anchor",
        ["version_id"],
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )


def downgrade() -> None:
    op.drop_index("ix_anchor_open", "anchor")
