"""The services that write drafts for single teachers; the secrets of code apps are sealed, and longer then

Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "model_service",
        sa.Column("account_id", ID, autoincrement=False, nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("sealed_key", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_model_service_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_model_service")),
    )
    with op.batch_alter_table("code_app") as batch:
        batch.alter_column("secret", existing_type=sa.String(length=64), type_=sa.String())


def downgrade() -> None:
    # A sealed secret is longer than the column was: SQLite does not mind, PostgreSQL would.
    op.execute("DELETE FROM code_app WHERE length(secret) > 64")
    with op.batch_alter_table("code_app") as batch:
        batch.alter_column("secret", existing_type=sa.String(), type_=sa.String(length=64))
    op.drop_table("model_service")
