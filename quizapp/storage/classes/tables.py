"""Classes, their students and decks, and what is assigned to them.

Classes: who teaches them, who is in them, what they learn, and one-time links for their students.

Assignments of a deck to a class, with its dates, and students' own due moments.

What people who erased their accounts leave to the averages of a class: figures, and no one's name.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.storage.accounts.tables import Account
from quizapp.storage.base import Base, Id
from quizapp.storage.library.tables import Deck

ENROLLED = "removed_at IS NULL"


class Classroom(Base):
    """A class. join_code works only while joining_open, until joining_until, and while the class is not
    archived. own_decks: its students may share decks of their own with it."""

    __tablename__ = "classroom"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(120))
    zone: Mapped[str] = mapped_column(String(60))
    join_code: Mapped[str] = mapped_column(String(7), unique=True)
    joining_open: Mapped[bool] = mapped_column(default=False)
    joining_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]
    own_decks: Mapped[bool] = mapped_column(default=False, server_default=false())


class ClassroomTeacher(Base):
    """Someone who teaches a class. The founder made it and cannot be removed it by others."""

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
    click makes one account. removed_at: out of the class since then. import_id: the roster
    they came with. extra_time: how much longer the student
    has in every timed quiz of the class, in per cent.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("classroom_id", "learner_id"),
        Index(None, "learner_id", "removed_at"),
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
    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80))
    name_key: Mapped[str] = mapped_column(String(200))
    founding: Mapped[bool] = mapped_column(default=False)
    ticket: Mapped[UUID | None] = mapped_column(unique=True)
    joined_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    import_id: Mapped[UUID | None]
    extra_time: Mapped[int] = mapped_column(Integer, default=0, server_default="0")

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


class Assignment(Base):
    """What a class has to do until when (`domain/classes/terms.py` says what the columns mean).

    sort `study`: target is the recall that a fact needs on the due day. sort `quiz`: questions is the
    length drawn, attempts_allowed how many may begin (None: any number), feedback when answers are shown.
    ask_unsure: who gave an answer of which grading is not sure is asked about it.
    Where questions were picked by hand (AssignmentItem), they are asked instead, shuffled or in their order.
    minutes: how long an attempt may take (None: until it is due). access_code: to be typed before an attempt
    begins ("": none).
    """

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("sort IN ('study', 'quiz')", name="sort"),
        CheckConstraint("late_rule IN ('closed', 'late')", name="late_rule"),
        CheckConstraint("feedback IN ('now', 'end', 'due')", name="feedback"),
    )

    id: Mapped[Id]
    classroom_id: Mapped[int] = mapped_column(ForeignKey("classroom.id", ondelete="CASCADE"), index=True)
    deck_id: Mapped[int] = mapped_column(ForeignKey("deck.id", ondelete="CASCADE"), index=True)
    sort: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(120))
    opens_at: Mapped[datetime]
    due_at: Mapped[datetime]
    late_rule: Mapped[str] = mapped_column(String(10))
    last_at: Mapped[datetime | None]
    target: Mapped[float]
    questions: Mapped[int] = mapped_column(Integer)
    attempts_allowed: Mapped[int | None] = mapped_column(Integer)
    feedback: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]
    ask_unsure: Mapped[bool] = mapped_column(default=True, server_default=true())
    minutes: Mapped[int | None] = mapped_column(Integer)
    access_code: Mapped[str] = mapped_column(String(20), default="", server_default="")
    shuffled: Mapped[bool] = mapped_column(default=True, server_default=true())

    classroom: Mapped[Classroom] = relationship()
    deck: Mapped[Deck] = relationship()


class AssignmentItem(Base):
    """A question picked for a quiz by hand, its place among them, and what it is worth."""

    __tablename__ = "assignment_item"

    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("assignment.id", ondelete="CASCADE"), primary_key=True
    )
    item_id: Mapped[int] = mapped_column(
        ForeignKey("item.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[int] = mapped_column(Integer)
    points: Mapped[float]


class AssignmentExtension(Base):
    """A student's own due moment, later than the class's."""

    __tablename__ = "assignment_extension"

    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("assignment.id", ondelete="CASCADE"), primary_key=True
    )
    enrolment_id: Mapped[int] = mapped_column(
        ForeignKey("enrolment.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    due_at: Mapped[datetime]
    granted_at: Mapped[datetime]


class ErasedResult(Base):
    """What one of them had got of an assignment, as a share in [0, 1]."""

    __tablename__ = "erased_result"

    id: Mapped[Id]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), index=True)
    share: Mapped[float]


class ErasedAnswers(Base):
    """How often they all answered a version with this score in an assignment."""

    __tablename__ = "erased_answers"

    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("assignment.id", ondelete="CASCADE"), primary_key=True
    )
    version_id: Mapped[int] = mapped_column(
        ForeignKey("item_version.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    score: Mapped[float] = mapped_column(primary_key=True)
    times: Mapped[int] = mapped_column(Integer)
