"""E-mail addresses, and mail that waits to be sent

Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "email_address",
        sa.Column("account_id", NUMBER, nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("key", sa.String(length=254), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_email_address_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_email_address")),
    )
    op.create_index(
        op.f("ix_email_address_key"),
        "email_address",
        ["key"],
        unique=True,
        sqlite_where=sa.text("verified_at IS NOT NULL"),
        postgresql_where=sa.text("verified_at IS NOT NULL"),
    )
    op.create_table(
        "mail_order",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("account_id", NUMBER, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_mail_order_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_order")),
    )
    op.create_index(op.f("ix_mail_order_account_id"), "mail_order", ["account_id"])
    op.create_index(op.f("ix_mail_order_due_at"), "mail_order", ["due_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_mail_order_due_at"), "mail_order")
    op.drop_index(op.f("ix_mail_order_account_id"), "mail_order")
    op.drop_table("mail_order")
    op.drop_index(op.f("ix_email_address_key"), "email_address")
    op.drop_table("email_address")
