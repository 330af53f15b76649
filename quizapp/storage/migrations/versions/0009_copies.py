"""Where copies of decks and questions come from

Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    for table, own, column, origin in (
        ("deck_origin", "deck", "origin_id", "deck"),
        ("item_origin", "item", "version_id", "item_version"),
    ):
        op.create_table(
            table,
            sa.Column(f"{own}_id", number, autoincrement=False, nullable=False),
            sa.Column(column, number, nullable=True),
            *([sa.Column("title", sa.String(length=300), nullable=False)] if own == "deck" else []),
            sa.ForeignKeyConstraint(
                [f"{own}_id"], [f"{own}.id"], name=op.f(f"fk_{table}_{own}_id_{own}"), ondelete="CASCADE"
            ),
            sa.ForeignKeyConstraint(
                [column], [f"{origin}.id"], name=op.f(f"fk_{table}_{column}_{origin}"), ondelete="SET NULL"
            ),
            sa.PrimaryKeyConstraint(f"{own}_id", name=op.f(f"pk_{table}")),
        )
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table, column in (("deck_origin", "origin_id"), ("item_origin", "version_id")):
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
        op.drop_table(table)
