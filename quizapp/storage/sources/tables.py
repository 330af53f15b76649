"""Articles that items cite: what is known of them, and their texts, version by version."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.domain.sources.anchoring import STANDINGS
from quizapp.storage.accounts.tables import Account
from quizapp.storage.base import Base, Id

OUTCOMES = ("kept", "dismissed", "retired")
OPEN = "settled_at IS NULL AND standing IN ('changed', 'gone')"  # the few that wait for a person


class Source(Base):
    """An article. Empty title, author, publisher or date mean: not known, never invented.

    owner_id None: shipped with the bank. name: the short name that its questions call it by, "" where
    they have none. address: where it was found, "" where that is not known.
    version_id: the text shown now; None where the text is not on this site (attached_at: since when).
    paragraphs, boilerplate: how many there are and which are not content (as `1-5,17`), as the bank
    says of an article whose text it does not bring along; for others they follow the newest version.
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
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    address: Mapped[str] = mapped_column(String(2000), default="", server_default="")
    name: Mapped[str] = mapped_column(String(80), default="", server_default="")
    added_at: Mapped[datetime | None]
    version_id: Mapped[int | None] = mapped_column(
        ForeignKey("source_version.id", use_alter=True, name="fk_source_version_id_source_version"),
        index=True,
    )

    owner: Mapped[Account | None] = relationship()
    version: Mapped[SourceVersion | None] = relationship(foreign_keys=[version_id], post_update=True)


class SourceVersion(Base):
    """One text of an article; never changed once written. `number` counts from 1.

    digest: SHA-256 (hex) of the paragraphs, so that the same text twice is one version.
    """

    __tablename__ = "source_version"
    __table_args__ = (UniqueConstraint("source_id", "number"),)

    id: Mapped[Id]
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    number: Mapped[int]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(String(500), default="")
    digest: Mapped[str] = mapped_column(String(64))


class StruckParagraph(Base):
    """A paragraph of a version that is not content (navigation, captions …): kept, but shown excluded.

    why: what took it for that, in a word or two, e.g. "navigation"; "by hand" where a person did.
    """

    __tablename__ = "struck_paragraph"

    version_id: Mapped[int] = mapped_column(
        ForeignKey("source_version.id", ondelete="CASCADE"), primary_key=True
    )
    paragraph: Mapped[int] = mapped_column(primary_key=True)
    why: Mapped[str] = mapped_column(String(60))


class Passage(Base):
    """One sentence of a version, with the digest that evidence names it by."""

    __tablename__ = "passage"
    __table_args__ = (UniqueConstraint("version_id", "paragraph", "sentence"),)

    id: Mapped[Id]
    version_id: Mapped[int] = mapped_column(ForeignKey("source_version.id", ondelete="CASCADE"))
    paragraph: Mapped[int]
    sentence: Mapped[int]
    digest: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)


class Anchor(Base):
    """Where a piece of evidence is in one version of its source: a row for each of the two.

    standing: intact (same sentence, same place), moved (same sentence elsewhere), changed (`paragraph`
    and `sentence` name what it has most likely become) or gone (they are None). What is changed or
    gone waits for a person until settled_at; outcome then says what they did.
    """

    __tablename__ = "anchor"
    __table_args__ = (
        UniqueConstraint("evidence_id", "version_id"),
        CheckConstraint(f"standing IN {STANDINGS}", name="standing"),
        CheckConstraint(f"outcome IN {('', *OUTCOMES)}", name="outcome"),
        Index(None, "version_id", "paragraph"),
        Index("ix_anchor_open", "version_id", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
    )

    id: Mapped[Id]
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(ForeignKey("source_version.id", ondelete="CASCADE"))
    standing: Mapped[str] = mapped_column(String(10))
    paragraph: Mapped[int | None]
    sentence: Mapped[int | None]
    outcome: Mapped[str] = mapped_column(String(10), default="")
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
