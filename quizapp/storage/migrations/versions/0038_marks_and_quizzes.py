"""Marks by hand and attempts that are reset; quizzes of picked questions, with a time limit, a code and points

Revises: 0037
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WAS_OPEN = sa.text("finished_at IS NULL AND assignment_id IS NOT NULL")
OPEN = sa.text("finished_at IS NULL AND assignment_id IS NOT NULL AND set_aside_at IS NULL")
PAIR = ("assignment_id", "learner_id")


def upgrade() -> None:
    op.add_column("attempt", sa.Column("set_aside_at", MOMENT, nullable=True))
    op.add_column("attempt", sa.Column("ends_at", MOMENT, nullable=True))
    op.drop_index("ix_attempt_open_assigned", "attempt")
    op.create_index(
        "ix_attempt_open_assigned", "attempt", PAIR, unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.add_column("attempt_question", sa.Column("points", sa.Double(), nullable=False, server_default="1"))
    op.add_column(
        "attempt_question", sa.Column("marked", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("assignment", sa.Column("minutes", sa.Integer(), nullable=True))
    op.add_column("assignment", sa.Column("access_code", sa.String(20), nullable=False, server_default=""))
    op.add_column("assignment", sa.Column("shuffled", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("enrolment", sa.Column("extra_time", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "assignment_item",
        sa.Column("assignment_id", NUMBER, nullable=False),
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_assignment_item_assignment_id_assignment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_assignment_item_item_id_item"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("assignment_id", "item_id", name=op.f("pk_assignment_item")),
    )
    op.create_index(op.f("ix_assignment_item_item_id"), "assignment_item", ["item_id"])
    op.create_table(
        "attempt_decision",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("before", sa.Double(), nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("author_id", NUMBER, nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["attempt.id"],
            name=op.f("fk_attempt_decision_attempt_id_attempt"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["account.id"],
            name=op.f("fk_attempt_decision_learner_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["account.id"],
            name=op.f("fk_attempt_decision_author_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_decision")),
    )
    op.create_index(
        op.f("ix_attempt_decision_attempt_id_position"), "attempt_decision", ["attempt_id", "position"]
    )
    op.create_index(op.f("ix_attempt_decision_learner_id"), "attempt_decision", ["learner_id"])
    op.create_index(op.f("ix_attempt_decision_author_id"), "attempt_decision", ["author_id"])


def downgrade() -> None:
    op.drop_table("attempt_decision")
    op.drop_table("assignment_item")
    op.drop_column("enrolment", "extra_time")
    op.drop_column("assignment", "shuffled")
    op.drop_column("assignment", "access_code")
    op.drop_column("assignment", "minutes")
    op.drop_column("attempt_question", "marked")
    op.drop_column("attempt_question", "points")
    op.drop_index("ix_attempt_open_assigned", "attempt")
    op.create_index(
        "ix_attempt_open_assigned",
        "attempt",
        PAIR,
        unique=True,
        sqlite_where=WAS_OPEN,
        postgresql_where=WAS_OPEN,
    )
    op.drop_column("attempt", "ends_at")
    op.drop_column("attempt", "set_aside_at")
