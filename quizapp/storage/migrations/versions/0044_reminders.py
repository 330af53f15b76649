"""Reminders by mail, and a calendar of what is due

Revises: 0043
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("account") as batch:
        batch.add_column(sa.Column("remind_hour", NUMBER, nullable=True))
        batch.add_column(sa.Column("reminded_day", NUMBER, nullable=False, server_default="0"))
        batch.add_column(sa.Column("feed_version", NUMBER, nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("account") as batch:
        batch.drop_column("feed_version")
        batch.drop_column("reminded_day")
        batch.drop_column("remind_hour")
