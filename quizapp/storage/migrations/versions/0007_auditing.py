"""Audit log

Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TOUCHED = (
    ("actor_id", "account"),
    ("account_id", "account"),
    ("classroom_id", "classroom"),
    ("deck_id", "deck"),
    ("item_id", "item"),
)


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "audit_entry",
        sa.Column("id", number, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_as", sa.String(length=20), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        *(sa.Column(column, number, nullable=True) for column, _ in TOUCHED),
        sa.Column("detail", sa.Text(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{table}.id"],
                name=op.f(f"fk_audit_entry_{column}_{table}"),
                ondelete="SET NULL",
            )
            for column, table in TOUCHED
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    for column in ("at", *(column for column, _ in TOUCHED)):
        op.create_index(op.f(f"ix_audit_entry_{column}"), "audit_entry", [column])


def downgrade() -> None:
    for column in ("at", *(column for column, _ in TOUCHED)):
        op.drop_index(op.f(f"ix_audit_entry_{column}"), table_name="audit_entry")
    op.drop_table("audit_entry")
