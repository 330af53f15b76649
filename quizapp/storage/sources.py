"""Articles that items cite: what is known of them, and their text where a site has attached it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.base import Base, Id


class Source(Base):
    """An article. Empty title, author, publisher or date mean: not known, never invented.

    boilerplate: paragraph numbers that are not content, as `1-5,17`.
    """

    __tablename__ = "source"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str]
    author: Mapped[str]
    publisher: Mapped[str]
    published: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(20))
    about: Mapped[str] = mapped_column(Text)
    paragraphs: Mapped[int]
    boilerplate: Mapped[str] = mapped_column(String(1000), default="")
    attached_at: Mapped[datetime | None]


class Passage(Base):
    """One sentence of an attached article, with the digest that evidence names it by."""

    __tablename__ = "passage"
    __table_args__ = (UniqueConstraint("source_id", "paragraph", "sentence"),)

    id: Mapped[Id]
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    paragraph: Mapped[int]
    sentence: Mapped[int]
    digest: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
