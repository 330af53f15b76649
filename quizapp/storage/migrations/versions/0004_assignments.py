"""Assignments

Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("finished_at IS NULL AND assignment_id IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "assignment",
        sa.Column("id", ID, nullable=False),
        sa.Column("classroom_id", ID, nullable=False),
        sa.Column("deck_id", ID, nullable=False),
        sa.Column("sort", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late_rule", sa.String(length=10), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("target", sa.Double(), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("attempts_allowed", sa.Integer(), nullable=True),
        sa.Column("feedback", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("sort IN ('study', 'quiz')", name=op.f("ck_assignment_sort")),
        sa.CheckConstraint("late_rule IN ('closed', 'late')", name=op.f("ck_assignment_late_rule")),
        sa.CheckConstraint("feedback IN ('now', 'end', 'due')", name=op.f("ck_assignment_feedback")),
        sa.ForeignKeyConstraint(
            ["classroom_id"],
            ["classroom.id"],
            name=op.f("fk_assignment_classroom_id_classroom"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["deck_id"], ["deck.id"], name=op.f("fk_assignment_deck_id_deck"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_classroom_id"), "assignment", ["classroom_id"])
    op.create_index(op.f("ix_assignment_deck_id"), "assignment", ["deck_id"])
    op.create_table(
        "assignment_extension",
        sa.Column("assignment_id", ID, nullable=False),
        sa.Column("enrolment_id", ID, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_assignment_extension_assignment_id_assignment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_assignment_extension_enrolment_id_enrolment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("assignment_id", "enrolment_id", name=op.f("pk_assignment_extension")),
    )
    op.create_index(op.f("ix_assignment_extension_enrolment_id"), "assignment_extension", ["enrolment_id"])
    with op.batch_alter_table("attempt") as batch_op:
        batch_op.add_column(sa.Column("assignment_id", ID, nullable=True))
        batch_op.add_column(sa.Column("number", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_attempt_assignment_id_assignment"),
            "assignment",
            ["assignment_id"],
            ["id"],
            ondelete="SET NULL",
        )
    op.create_index(
        op.f("ix_attempt_assignment_id_learner_id_number"),
        "attempt",
        ["assignment_id", "learner_id", "number"],
        unique=True,
    )
    op.create_index(
        "ix_attempt_open_assigned",
        "attempt",
        ["assignment_id", "learner_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_index("ix_attempt_open_assigned", "attempt")
    op.drop_index(op.f("ix_attempt_assignment_id_learner_id_number"), "attempt")
    with op.batch_alter_table("attempt") as batch_op:
        batch_op.drop_constraint(op.f("fk_attempt_assignment_id_assignment"), type_="foreignkey")
        batch_op.drop_column("shown_at")
        batch_op.drop_column("number")
        batch_op.drop_column("assignment_id")
    op.drop_table("assignment_extension")
    op.drop_table("assignment")
