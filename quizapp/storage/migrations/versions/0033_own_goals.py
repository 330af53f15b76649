"""Dates by which decks are to be known, a learner's own or a class's

Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "goal",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("learner_id", NUMBER, nullable=True),
        sa.Column("classroom_id", NUMBER, nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("target", sa.Double(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(learner_id IS NULL) <> (classroom_id IS NULL)", name=op.f("ck_goal_whose")),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["account.id"], name=op.f("fk_goal_learner_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["classroom_id"], ["classroom.id"], name=op.f("fk_goal_classroom_id_classroom"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    op.create_index(op.f("ix_goal_learner_id_due_at"), "goal", ["learner_id", "due_at"])
    op.create_index(op.f("ix_goal_classroom_id_due_at"), "goal", ["classroom_id", "due_at"])
    op.create_table(
        "goal_deck",
        sa.Column("goal_id", NUMBER, nullable=False),
        sa.Column("deck_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goal.id"], name=op.f("fk_goal_deck_goal_id_goal"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["deck_id"], ["deck.id"], name=op.f("fk_goal_deck_deck_id_deck"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("goal_id", "deck_id", name=op.f("pk_goal_deck")),
    )
    op.create_index(op.f("ix_goal_deck_deck_id"), "goal_deck", ["deck_id"])
    op.drop_index(op.f("ix_enrolment_learner_id"), "enrolment")
    op.create_index(op.f("ix_enrolment_learner_id_removed_at"), "enrolment", ["learner_id", "removed_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_enrolment_learner_id_removed_at"), "enrolment")
    op.create_index(op.f("ix_enrolment_learner_id"), "enrolment", ["learner_id"])
    op.drop_table("goal_deck")
    op.drop_table("goal")
