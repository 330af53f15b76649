"""Alembic's environment: runs inside the transaction that `migrating.migrate` has opened."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from quizapp.storage.tables import Base
from quizapp.storage.types import ContentType, UtcDateTime


def render_item(kind: str, item: Any, _autogen_context: Any) -> str | Literal[False]:
    """Our own column types as plain ones, so that old migrations need no code of ours."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, ContentType):
        return "sa.Text()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_item=render_item,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
