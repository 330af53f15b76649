"""What became of drafts, and those that a model wrote."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.domain.library.kinds.base import Content
from quizapp.storage.base import Base, Id
from quizapp.storage.types import ContentType

OUTCOMES = ("waiting", "taken", "dropped")
ORIGINS = ("rule", "model")


class ModelService(Base):
    """The service that writes drafts for a teacher, in place of the site's. address: its base, ending in
    `/v1`; sealed_key: its key, which only this site can read (`services/accounts/encryption.py`), "" for
    none."""

    __tablename__ = "model_service"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    address: Mapped[str] = mapped_column(String(500))
    model: Mapped[str] = mapped_column(String(100))
    sealed_key: Mapped[str]
    set_at: Mapped[datetime]


class SourceDraft(Base):
    """A draft on an article as one teacher dealt with it. Drafts by rule are made again each time: of them
    only those taken or dropped stand here. Those of a model wait here with their content.

    digest: of sentence and content; quote_digest: of the sentence that it quotes.
    """

    __tablename__ = "source_draft"
    __table_args__ = (
        UniqueConstraint("account_id", "source_id", "digest"),
        CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome"),
        CheckConstraint(f"origin IN {ORIGINS}", name="origin"),
    )

    id: Mapped[Id]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(16))
    origin: Mapped[str] = mapped_column(String(10))
    outcome: Mapped[str] = mapped_column(String(10))
    content: Mapped[Content | None] = mapped_column(ContentType)
    quote_digest: Mapped[str] = mapped_column(String(12))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
