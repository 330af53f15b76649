"""What was brought in from files, so that bringing it in again changes it instead of adding it."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.base import Base


class ImportedItem(Base):
    """The item that a file's question became in a deck.

    name: what the file calls it, or a digest of its wording where it has no name; digest: of what the file
    said when it was last brought in, so that an edit made here stays until the file says something else.
    """

    __tablename__ = "imported_item"
    __table_args__ = (UniqueConstraint("deck_id", "name"),)

    item_id: Mapped[int] = mapped_column(
        ForeignKey("item.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    deck_id: Mapped[int] = mapped_column(ForeignKey("deck.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
