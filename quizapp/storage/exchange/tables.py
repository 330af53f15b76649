"""What was brought in from files, so that bringing it in again changes it instead of adding it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.base import Base


class ImportFile(Base):
    """A file that someone is about to bring into a deck: it waits while they look at what would come.

    id: 32 random hex digits. format: its name; options: JSON, what was said about it.
    """

    __tablename__ = "import_file"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    deck_id: Mapped[int] = mapped_column(ForeignKey("deck.id", ondelete="CASCADE"), index=True)
    format: Mapped[str] = mapped_column(String(40))
    options: Mapped[str] = mapped_column(Text)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime]


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
