"""Where copies of decks and questions come from; tables of their own, for few are copies."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.base import Base


class DeckOrigin(Base):
    """The deck that a deck is a copy of (None once that is gone), and what it was called then."""

    __tablename__ = "deck_origin"

    deck_id: Mapped[int] = mapped_column(
        ForeignKey("deck.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("deck.id", ondelete="SET NULL"), index=True)
    title: Mapped[str]


class ItemOrigin(Base):
    """The wording that an item was copied from (None once that is gone)."""

    __tablename__ = "item_origin"

    item_id: Mapped[int] = mapped_column(
        ForeignKey("item.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    version_id: Mapped[int | None] = mapped_column(
        ForeignKey("item_version.id", ondelete="SET NULL"), index=True
    )
