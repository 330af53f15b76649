"""Pictures that questions show, kept in the database: one file holds a site, one backup all of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.base import Base


class Picture(Base):
    """A picture as it was drawn anew here. id: 32 random hex digits, so that no name tells what it shows.

    owner_id: who brought it; None once they have left, for what their questions show stays.
    """

    __tablename__ = "picture"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    body: Mapped[bytes] = mapped_column(LargeBinary)  # WebP
    created_at: Mapped[datetime]


class VersionPicture(Base):
    """A picture that an item's version shows: whoever may study the item may see it."""

    __tablename__ = "version_picture"

    version_id: Mapped[int] = mapped_column(
        ForeignKey("item_version.id", ondelete="CASCADE"), primary_key=True
    )
    picture_id: Mapped[str] = mapped_column(
        ForeignKey("picture.id", ondelete="CASCADE"), primary_key=True, index=True
    )
