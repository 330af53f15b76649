"""With whom a deck's owner shares it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.storage.accounts import Account
from quizapp.storage.base import Base


class DeckShare(Base):
    """A teacher who may see a deck of another, or (can_edit) change its questions."""

    __tablename__ = "deck_share"

    deck_id: Mapped[int] = mapped_column(ForeignKey("deck.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    can_edit: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime]

    account: Mapped[Account] = relationship()
