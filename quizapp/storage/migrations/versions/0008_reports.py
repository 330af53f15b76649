"""Reports on questions

Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    op.create_table(
        "report",
        sa.Column("id", ID, nullable=False),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("learner_id", ID, nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reply", sa.String(length=500), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", ID, nullable=True),
        sa.Column("fixed_version_id", ID, nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "reason IN ('wrong_key', 'unclear', 'typo', 'outdated')", name=op.f("ck_report_reason")
        ),
        sa.CheckConstraint("state IN ('open', 'fixed', 'declined')", name=op.f("ck_report_state")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_report_item_id_item"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["item_version.id"],
            name=op.f("fk_report_version_id_item_version"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["account.id"], name=op.f("fk_report_learner_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["account.id"], name=op.f("fk_report_settled_by_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["fixed_version_id"],
            ["item_version.id"],
            name=op.f("fk_report_fixed_version_id_item_version"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    op.create_index(
        "ix_report_open",
        "report",
        ["learner_id", "version_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_report_waiting", "report", ["item_id"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_report_learner_id_made_at", "report", ["learner_id", "made_at"])
    op.create_index("ix_report_version_id", "report", ["version_id"])
    op.create_index("ix_report_item_id", "report", ["item_id"])


def downgrade() -> None:
    op.drop_table("report")
