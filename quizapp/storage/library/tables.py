"""What can be learned: decks, facts, items, their versions and evidence; and what teachers do with them.

What can be learned: decks, facts, items, their versions, and the evidence of each version.

Where copies of decks and questions come from; tables of their own, for few are copies.

Pictures that questions show, kept in the database: one file holds a site, one backup all of it.

With whom a deck's owner shares it.

What teachers say about a question to one another, and how they would have it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.domain.library.kinds.base import Content
from quizapp.storage.accounts.tables import Account
from quizapp.storage.base import Base, Id
from quizapp.storage.sources.tables import Source
from quizapp.storage.types import ContentType

ITEM_STATES = ("draft", "in_review", "published", "retired")
WITHDRAWN = "state <> 'published'"  # the few items that no one is asked


REVIEWS = ("off", "others", "all")


class Deck(Base):
    """A set of items to learn. An item has one home deck; a theme deck gathers items by tag.

    owner_id None: shipped with the bank, for everyone to study. public: its owner lets everyone study
    it. Who else may do what with it: `domain/library/sharing.py`. review: whose new
    questions another teacher has to approve, as its owner wants it: no one's (off), others' or all. folder:
    on its owner's shelf. department: every teacher here may look into it, copy it and assign it. archived_at:
    out of all lists and selects since then; what was learnt and marked stays.
    """

    __tablename__ = "deck"
    __table_args__ = (CheckConstraint(f"review IN {REVIEWS}", name="review"),)

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(default=0)
    theme_tag: Mapped[str | None] = mapped_column(String(80))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    public: Mapped[bool] = mapped_column(default=False)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"), index=True)
    created_at: Mapped[datetime]
    review: Mapped[str] = mapped_column(String(10), default="off", server_default="off")
    folder: Mapped[str] = mapped_column(String(60), default="", server_default="")
    department: Mapped[bool] = mapped_column(default=False, server_default=false())
    archived_at: Mapped[datetime | None]

    owner: Mapped[Account | None] = relationship()


class Fact(Base):
    """What items test; items of one fact are siblings and never come on the same study day."""

    __tablename__ = "fact"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(120), unique=True)


class Item(Base):
    """A question as learners keep it in memory, whatever its wording: the unit of a card.

    key: the bank's id of it. version_id: the version asked now.
    """

    __tablename__ = "item"
    __table_args__ = (
        CheckConstraint(f"state IN {ITEM_STATES}", name="state"),
        Index("ix_item_withdrawn", "id", sqlite_where=text(WITHDRAWN), postgresql_where=text(WITHDRAWN)),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(120), unique=True)
    deck_id: Mapped[int] = mapped_column(ForeignKey("deck.id"), index=True)
    fact_id: Mapped[int] = mapped_column(ForeignKey("fact.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    version_id: Mapped[int | None] = mapped_column(
        ForeignKey("item_version.id", use_alter=True, name="fk_item_version_id_item_version"), index=True
    )

    version: Mapped[ItemVersion | None] = relationship(foreign_keys=[version_id], post_update=True)
    deck: Mapped[Deck] = relationship()
    fact: Mapped[Fact] = relationship()


class ItemVersion(Base):
    """One wording of an item; never changed once written. `number` counts from 1.

    change: what it changes, in the author's word: wording, meaning or key; "" for the first.
    """

    __tablename__ = "item_version"
    __table_args__ = (UniqueConstraint("item_id", "number"),)

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    content: Mapped[Content] = mapped_column(ContentType)
    formats: Mapped[str] = mapped_column(String(100), default="")  # comma-separated; "" = all
    tags: Mapped[str] = mapped_column(String(500), default="")  # comma-separated
    search_text: Mapped[str] = mapped_column(Text, default="")  # stem and answers, folded
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(String(500), default="")
    change: Mapped[str] = mapped_column(String(10), default="", server_default="")

    item: Mapped[Item] = relationship(foreign_keys=[item_id])


class DeckItem(Base):
    """An item's place in a deck (its home deck, and each theme deck it belongs to)."""

    __tablename__ = "deck_item"
    __table_args__ = (Index(None, "deck_id", "position", "item_id"),)

    deck_id: Mapped[int] = mapped_column(ForeignKey("deck.id", ondelete="CASCADE"), primary_key=True)
    item_id: Mapped[int] = mapped_column(
        ForeignKey("item.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[int]


class ItemApart(Base):
    """Two items that never come in one quiz or, new, on one day: one gives the other away. Each pair
    stands here both ways round."""

    __tablename__ = "item_apart"

    item_id: Mapped[int] = mapped_column(
        ForeignKey("item.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    other_id: Mapped[int] = mapped_column(
        ForeignKey("item.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )


class Evidence(Base):
    """The sentence that an item version is based on, as it was when the version was written.

    A text-quote selector with its position (W3C Web Annotation Data Model §4.2.4, .5): exact, and up to
    32 characters before and after it; all "" where the source's text was not at hand, the digest then
    stands for it. source_version_id: the text it was taken from. Where it stands now: `Anchor`.
    role: what it is to the question; words: the stretch of it to mark, “7-12”, "" for all of it.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("version_id", "source_id", "paragraph", "sentence"),
        Index(None, "source_id", "paragraph"),
    )

    id: Mapped[Id]
    version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id", ondelete="CASCADE"))
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    paragraph: Mapped[int]
    sentence: Mapped[int]
    digest: Mapped[str] = mapped_column(String(12))
    source_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("source_version.id", ondelete="SET NULL"), index=True
    )
    exact: Mapped[str] = mapped_column(Text, default="", server_default="")
    prefix: Mapped[str] = mapped_column(String(64), default="", server_default="")
    suffix: Mapped[str] = mapped_column(String(64), default="", server_default="")
    role: Mapped[str] = mapped_column(String(10), default="proves", server_default="proves")
    words: Mapped[str] = mapped_column(String(12), default="", server_default="")

    source: Mapped[Source] = relationship()


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


class Picture(Base):
    """A picture as it was redrawn here. id: 32 random hex digits, so that no name tells what it shows.

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
    """A picture that an item's version shows: anyone who may study the item may see it."""

    __tablename__ = "version_picture"

    version_id: Mapped[int] = mapped_column(
        ForeignKey("item_version.id", ondelete="CASCADE"), primary_key=True
    )
    picture_id: Mapped[str] = mapped_column(
        ForeignKey("picture.id", ondelete="CASCADE"), primary_key=True, index=True
    )


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


OUTCOMES = ("open", "taken", "declined")
OPEN = "state = 'open'"


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


class Suggestion(Base):
    """A question as another teacher would have it, made from one version; at most one of theirs is open.

    evidence: JSON, a list of [source, paragraph, sentence, digest, role, words].
    taken_version_id: the version that came of it. author_id None: the account has been erased since.
    """

    __tablename__ = "suggestion"
    __table_args__ = (
        CheckConstraint(f"state IN {OUTCOMES}", name="state"),
        Index(
            "ix_suggestion_open",
            *("item_id", "author_id"),
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        Index(None, "item_id", "made_at"),
        Index(None, "base_version_id"),
    )

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"))
    base_version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    content: Mapped[Content] = mapped_column(ContentType)
    formats: Mapped[str] = mapped_column(String(100), default="")
    tags: Mapped[str] = mapped_column(String(500), default="")
    evidence: Mapped[str] = mapped_column(Text, default="[]")
    note: Mapped[str] = mapped_column(String(300), default="")
    made_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20), default="open")
    reply: Mapped[str] = mapped_column(String(500), default="")
    settled_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]  # when its author dismissed what became of it
    taken_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("item_version.id", ondelete="SET NULL"), index=True
    )

    author: Mapped[Account | None] = relationship()
    item: Mapped[Item] = relationship()
