"""What people who erased their accounts leave to the averages of a class

Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "erased_result",
        sa.Column("id", ID, nullable=False),
        sa.Column("assignment_id", ID, nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_erased_result_assignment_id_assignment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erased_result")),
    )
    op.create_index(op.f("ix_erased_result_assignment_id"), "erased_result", ["assignment_id"])
    op.create_table(
        "erased_answers",
        sa.Column("assignment_id", ID, nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_erased_answers_assignment_id_assignment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["item_version.id"],
            name=op.f("fk_erased_answers_version_id_item_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("assignment_id", "version_id", "score", name=op.f("pk_erased_answers")),
    )
    op.create_index(op.f("ix_erased_answers_version_id"), "erased_answers", ["version_id"])


def downgrade() -> None:
    op.drop_table("erased_answers")
    op.drop_table("erased_result")
