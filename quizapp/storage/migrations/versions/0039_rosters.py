"""Joining closes by itself, and students know with which roster they came

Classes that are open to joining stay so until somebody closes them.

Revises: 0038
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("classroom", sa.Column("joining_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("enrolment", sa.Column("import_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("enrolment", "import_id")
    op.drop_column("classroom", "joining_until")
