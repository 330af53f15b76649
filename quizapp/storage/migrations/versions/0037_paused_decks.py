"""Decks can be paused; what was first met in a quiz is counted; misses are found by an index

Revises: 0036
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

MISSED = sa.text("learning")
QUIZZED = """
SELECT card.learner_id, card.first_day, count(*) FROM card
WHERE (
    SELECT review.source FROM review
    WHERE review.learner_id = card.learner_id AND review.item_id = card.item_id AND review.voids IS NULL
    AND NOT EXISTS (SELECT 1 FROM review AS cancel WHERE cancel.voids = review.id)
    ORDER BY review.at, review.id LIMIT 1
) = 'quiz'
GROUP BY card.learner_id, card.first_day
"""


def upgrade() -> None:
    op.add_column("study_deck", sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("learner_day", sa.Column("quizzed", sa.Integer(), nullable=False, server_default="0"))
    for learner_id, day, count in op.get_bind().execute(sa.text(QUIZZED)).all():
        change = sa.text("UPDATE learner_day SET quizzed = :count WHERE learner_id = :learner AND day = :day")
        op.get_bind().execute(change, {"count": count, "learner": learner_id, "day": day})
    op.create_index(
        "ix_card_missed",
        "card",
        ["learner_id", "due_day", "deck_id", "item_id"],
        sqlite_where=MISSED,
        postgresql_where=MISSED,
    )


def downgrade() -> None:
    op.drop_index("ix_card_missed", "card")
    op.drop_column("learner_day", "quizzed")
    op.drop_column("study_deck", "paused_at")
