"""Second factors: codes of an app, recovery codes, passkeys, and challenges

Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def account(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_account_id_account")
    return sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "code_app",
        sa.Column("account_id", NUMBER, nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", NUMBER, nullable=False),
        account("code_app"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_code_app")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", NUMBER, nullable=False),
        account("recovery_code"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_account_id"), "recovery_code", ["account_id"])
    op.create_table(
        "passkey",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("account_id", NUMBER, nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", NUMBER, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        account("passkey"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_account_id"), "passkey", ["account_id"])
    op.create_table(
        "challenge",
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("account_id", NUMBER, nullable=True),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        account("challenge"),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_challenge")),
    )
    op.create_index(op.f("ix_challenge_account_id"), "challenge", ["account_id"])
    op.create_index(op.f("ix_challenge_created_at"), "challenge", ["created_at"])


def downgrade() -> None:
    for name in ("ix_challenge_created_at", "ix_challenge_account_id"):
        op.drop_index(op.f(name), "challenge")
    op.drop_table("challenge")
    op.drop_index(op.f("ix_passkey_account_id"), "passkey")
    op.drop_table("passkey")
    op.drop_index(op.f("ix_recovery_code_account_id"), "recovery_code")
    op.drop_table("recovery_code")
    op.drop_table("code_app")
