"""Changed keys, claims, and what students are told

Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column(
        "item_version", sa.Column("change", sa.String(length=10), server_default="", nullable=False)
    )
    op.add_column("review", sa.Column("graded_by", BIG, nullable=True))
    op.add_column("attempt_question", sa.Column("graded_by", BIG, nullable=True))
    op.create_table(
        "regrade",
        sa.Column("id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("to_version_id", BIG, nullable=False),
        sa.Column("change", sa.String(length=10), nullable=False),
        sa.Column("author_id", BIG, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("learners", sa.Integer(), nullable=False),
        sa.Column("learners_done", sa.Integer(), nullable=False),
        sa.Column("cursor", BIG, nullable=False),
        sa.Column("answers_changed", sa.Integer(), nullable=False),
        sa.Column("learners_changed", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_regrade_item_id_item")),
        sa.ForeignKeyConstraint(
            ["to_version_id"], ["item_version.id"], name=op.f("fk_regrade_to_version_id_item_version")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_regrade_author_id_account"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrade")),
    )
    for column in ("item_id", "to_version_id", "author_id"):
        op.create_index(op.f(f"ix_regrade_{column}"), "regrade", [column])
    op.create_table(
        "grade_notice",
        sa.Column("regrade_id", BIG, nullable=False),
        sa.Column("learner_id", BIG, nullable=False),
        sa.Column("gained", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["regrade_id"],
            ["regrade.id"],
            name=op.f("fk_grade_notice_regrade_id_regrade"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["account.id"],
            name=op.f("fk_grade_notice_learner_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("regrade_id", "learner_id", name=op.f("pk_grade_notice")),
    )
    op.create_index(
        op.f("ix_grade_notice_learner_id_dismissed_at"), "grade_notice", ["learner_id", "dismissed_at"]
    )
    op.create_table(
        "claim",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", BIG, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("version_id", BIG, nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("normal_form", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reply", sa.String(length=300), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", BIG, nullable=True),
        sa.Column("regrade_id", BIG, nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('open', 'accepted', 'declined')", name=op.f("ck_claim_state")),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["account.id"], name=op.f("fk_claim_learner_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_claim_item_id_item")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["item_version.id"], name=op.f("fk_claim_version_id_item_version")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_claim_decided_by_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["regrade_id"], ["regrade.id"], name=op.f("fk_claim_regrade_id_regrade"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("review_id", name=op.f("pk_claim")),
    )
    op.create_index(
        op.f("ix_claim_item_id_state_normal_form"), "claim", ["item_id", "state", "normal_form"]
    )
    op.create_index(op.f("ix_claim_learner_id_state"), "claim", ["learner_id", "state"])
    for column in ("version_id", "decided_by", "regrade_id"):
        op.create_index(op.f(f"ix_claim_{column}"), "claim", [column])


def downgrade() -> None:
    op.drop_table("claim")
    op.drop_table("grade_notice")
    op.drop_table("regrade")
    op.drop_column("attempt_question", "graded_by")
    op.drop_column("review", "graded_by")
    op.drop_column("item_version", "change")
