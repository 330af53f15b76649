"""A claim says whether its learner was asked, and what they said

Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("claim") as batch:
        batch.add_column(sa.Column("said", sa.String(10), nullable=False, server_default="right"))
        batch.create_check_constraint(op.f("ck_claim_said"), "said IN ('right', 'same', 'different')")


def downgrade() -> None:
    with op.batch_alter_table("claim") as batch:
        batch.drop_constraint(op.f("ck_claim_said"), type_="check")
        batch.drop_column("said")
