"""What teachers say about a question to one another."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.storage.accounts import Account
from quizapp.storage.base import Base, Id
from quizapp.storage.library import Item


class ItemComment(Base):
    """A remark on a question, in its thread. author_id None: the account has been erased since."""

    __tablename__ = "item_comment"
    __table_args__ = (Index(None, "item_id", "made_at"),)

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    text: Mapped[str] = mapped_column(String(2_000))
    made_at: Mapped[datetime]

    author: Mapped[Account | None] = relationship()
    item: Mapped[Item] = relationship()
