"""Questions in review, comments, approval by another teacher

Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BEFORE = "state IN ('draft', 'published', 'retired')"
NOW = "state IN ('draft', 'in_review', 'published', 'retired')"
WITHDRAWN = sa.text("state <> 'published'")


def allow(states: str) -> None:
    """Item states. SQLite cannot change a check: there the table is made anew, with its partial index."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_item_state"), "item", type_="check")
        op.create_check_constraint(op.f("ck_item_state"), "item", states)
        return
    op.drop_index("ix_item_withdrawn", table_name="item")
    with op.batch_alter_table("item", recreate="always") as batch:
        batch.drop_constraint(op.f("ck_item_state"), type_="check")
        batch.create_check_constraint(op.f("ck_item_state"), sa.text(states))
    op.create_index("ix_item_withdrawn", "item", ["id"], sqlite_where=WITHDRAWN, postgresql_where=WITHDRAWN)


def upgrade() -> None:
    allow(NOW)
    op.add_column("deck", sa.Column("approval", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "item_comment",
        sa.Column("id", ID, nullable=False),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("author_id", ID, nullable=True),
        sa.Column("text", sa.String(length=2_000), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_item_comment_item_id_item"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["account.id"],
            name=op.f("fk_item_comment_author_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_comment")),
    )
    op.create_index("ix_item_comment_item_id_made_at", "item_comment", ["item_id", "made_at"])
    op.create_index("ix_item_comment_author_id", "item_comment", ["author_id"])


def downgrade() -> None:
    op.drop_table("item_comment")
    op.drop_column("deck", "approval")
    op.execute(sa.text("UPDATE item SET state = 'draft' WHERE state = 'in_review'"))
    allow(BEFORE)
