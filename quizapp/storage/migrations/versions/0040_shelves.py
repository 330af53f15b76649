"""Decks in folders, archived, shared with all teachers here; whose questions are approved is the owner's choice

Where several teachers write a deck, the questions of all but its owner go on being approved.

Revises: 0039
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

SHARED = "EXISTS (SELECT 1 FROM deck_share WHERE deck_share.deck_id = deck.id AND deck_share.can_edit)"


def upgrade() -> None:
    with op.batch_alter_table("deck") as batch:
        batch.add_column(sa.Column("review", sa.String(10), nullable=False, server_default="off"))
        batch.add_column(sa.Column("folder", sa.String(60), nullable=False, server_default=""))
        batch.add_column(sa.Column("department", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_check_constraint(op.f("ck_deck_review"), "review IN ('off', 'others', 'all')")
    op.execute(f"UPDATE deck SET review = 'others' WHERE {SHARED}")
    op.execute("UPDATE deck SET review = 'all' WHERE approval")
    with op.batch_alter_table("deck") as batch:
        batch.drop_column("approval")


def downgrade() -> None:
    with op.batch_alter_table("deck") as batch:
        batch.add_column(sa.Column("approval", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE deck SET approval = true WHERE review = 'all'")
    with op.batch_alter_table("deck") as batch:
        batch.drop_constraint(op.f("ck_deck_review"), type_="check")
        batch.drop_column("archived_at")
        batch.drop_column("department")
        batch.drop_column("folder")
        batch.drop_column("review")
