"""Classes: who teaches them, who is in them, what they learn, and one-time links for their students."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.storage.accounts import Account
from quizapp.storage.base import Base, Id

ENROLLED = "removed_at IS NULL"


class Classroom(Base):
    """A class. join_code works only while joining_open and the class is not archived."""

    __tablename__ = "classroom"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(120))
    zone: Mapped[str] = mapped_column(String(60))
    join_code: Mapped[str] = mapped_column(String(7), unique=True)
    joining_open: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]


class ClassroomTeacher(Base):
    """Someone who teaches a class. The founder made it and cannot be taken off it by others."""

    __tablename__ = "classroom_teacher"

    classroom_id: Mapped[int] = mapped_column(
        ForeignKey("classroom.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    founder: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime]

    account: Mapped[Account] = relationship()


class Enrolment(Base):
    """A student in a class, under the name they have there.

    founding: the account was made by joining this class; until it has a password, this class's
    teachers may hand out links that sign in to it. ticket: of the form that joined, so that a double
    click makes one account. removed_at: out of the class since then.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("classroom_id", "learner_id"),
        Index(
            None,
            "classroom_id",
            "name_key",
            unique=True,
            sqlite_where=text(ENROLLED),
            postgresql_where=text(ENROLLED),
        ),
    )

    id: Mapped[Id]
    classroom_id: Mapped[int] = mapped_column(ForeignKey("classroom.id", ondelete="CASCADE"))
    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    name_key: Mapped[str] = mapped_column(String(200))
    founding: Mapped[bool] = mapped_column(default=False)
    ticket: Mapped[UUID | None] = mapped_column(unique=True)
    joined_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    classroom: Mapped[Classroom] = relationship()
    learner: Mapped[Account] = relationship()


class ClassroomDeck(Base):
    """A deck that a class learns; its students study it from then on."""

    __tablename__ = "classroom_deck"

    classroom_id: Mapped[int] = mapped_column(
        ForeignKey("classroom.id", ondelete="CASCADE"), primary_key=True
    )
    deck_id: Mapped[int] = mapped_column(
        ForeignKey("deck.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[int] = mapped_column(Integer)


class SignInLink(Base):
    """A one-time link that signs a student in. Only its token's SHA-256 is stored."""

    __tablename__ = "sign_in_link"

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
