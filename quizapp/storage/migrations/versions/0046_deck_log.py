"""What learners do with decks is a log; a deck can be left, and have a target recall of its own

Revises: 0045
"""

from uuid import NAMESPACE_OID, uuid5

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("study_deck", sa.Column("left_at", MOMENT, nullable=True))
    op.add_column("study_deck", sa.Column("target", sa.Double(), nullable=True))
    event = op.create_table(
        "deck_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", NUMBER, nullable=False),
        sa.Column("deck_id", NUMBER, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("voids", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["account.id"], name=op.f("fk_deck_event_learner_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["deck_id"], ["deck.id"], name=op.f("fk_deck_event_deck_id_deck"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deck_event")),
    )
    op.create_index(op.f("ix_deck_event_learner_id_deck_id"), "deck_event", ["learner_id", "deck_id"])
    op.create_index(op.f("ix_deck_event_deck_id"), "deck_event", ["deck_id"])
    deck = sa.table(
        "study_deck", sa.column("learner_id", NUMBER), sa.column("deck_id", NUMBER), sa.column("paused_at", MOMENT)
    )
    paused = op.get_bind().execute(sa.select(deck).where(deck.c.paused_at.is_not(None))).all()
    op.bulk_insert(
        event,
        [
            {
                "id": uuid5(NAMESPACE_OID, f"quizapp:deck:{learner_id}:{deck_id}:0"),
                "learner_id": learner_id,
                "deck_id": deck_id,
                "at": paused_at,
                "what": "pause",
                "voids": None,
            }
            for learner_id, deck_id, paused_at in paused
        ],
    )


def downgrade() -> None:
    op.drop_table("deck_event")
    op.drop_column("study_deck", "target")
    op.drop_column("study_deck", "left_at")
