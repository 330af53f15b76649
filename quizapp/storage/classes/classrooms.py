"""What the pages of classes read: classes of a person, and how the students of one are getting on.

Rollups and cards only, never the log of answers; as many queries for 200 students as for two.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from quizapp.domain.library.sharing import Act
from quizapp.storage.accounts.deck_rights import may
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Classroom, ClassroomDeck, ClassroomTeacher, Enrolment
from quizapp.storage.library.tables import Deck, DeckItem, Item
from quizapp.storage.rows import all_as, one_as
from quizapp.storage.study.tables import Card, LearnerDay

MOST_CLASSES = 300
MOST_STUDENTS = 1_000
MOST_DECKS = 1_000
MOST_IMPORTS = 5


# --- doors -----------------------------------------------------------------------------------------


def taught(session: Session, classroom_id: int, account_id: int) -> Classroom | None:
    """The class if this account teaches it."""
    return session.scalar(_taught_by(account_id).where(Classroom.id == classroom_id))


def attended(session: Session, classroom_id: int, account_id: int) -> Enrolment | None:
    """The account's place in a class that goes on."""
    query = (
        select(Enrolment)
        .join(Classroom, Classroom.id == Enrolment.classroom_id)
        .where(
            Enrolment.classroom_id == classroom_id,
            Enrolment.learner_id == account_id,
            Enrolment.removed_at.is_(None),
            Classroom.archived_at.is_(None),
        )
    )
    return session.scalar(query)


class TaughtStudent(NamedTuple):
    """A student's place in a class, and the class."""

    enrolment: Enrolment
    classroom: Classroom


def taught_enrolment(session: Session, enrolment_id: int, account_id: int) -> TaughtStudent | None:
    """(enrolment, class) of a student, also a removed one, of a class that this account teaches."""
    query = (
        _taught_by(account_id)
        .join(Enrolment, Enrolment.classroom_id == Classroom.id)
        .with_only_columns(Enrolment, Classroom)
        .where(Enrolment.id == enrolment_id)
    )
    return one_as(TaughtStudent, session.execute(query))


def _taught_by(account_id: int) -> Select[Classroom]:
    mine = and_(ClassroomTeacher.classroom_id == Classroom.id, ClassroomTeacher.account_id == account_id)
    return select(Classroom).join(ClassroomTeacher, mine)


# --- lists -----------------------------------------------------------------------------------------


class TaughtClass(NamedTuple):
    """A class with its students counted."""

    id: int
    name: str
    joining_open: bool
    joining_until: datetime | None
    archived_at: datetime | None
    students: int


def classes_taught(session: Session, account_id: int) -> list[TaughtClass]:
    """The classes that an account teaches, with their students; those dismissed last."""
    students = (
        select(func.count())
        .select_from(Enrolment)
        .where(Enrolment.classroom_id == Classroom.id, Enrolment.removed_at.is_(None))
        .scalar_subquery()
    )
    query = (
        _taught_by(account_id)
        .with_only_columns(
            Classroom.id,
            Classroom.name,
            Classroom.joining_open,
            Classroom.joining_until,
            Classroom.archived_at,
            students.label("students"),
        )
        .order_by(Classroom.archived_at.is_not(None), Classroom.name, Classroom.id)
        .limit(MOST_CLASSES)
    )
    return all_as(TaughtClass, session.execute(query))


class AttendedClass(NamedTuple):
    """A class, and the name that the student has there."""

    id: int
    name: str
    own_name: str
    own_decks: bool


def classes_attended(session: Session, account_id: int) -> list[AttendedClass]:
    """The classes that an account is in as a student, with the name it has there."""
    query = (
        select(Classroom.id, Classroom.name, Enrolment.name.label("own_name"), Classroom.own_decks)
        .join(Enrolment, Enrolment.classroom_id == Classroom.id)
        .where(
            Enrolment.learner_id == account_id,
            Enrolment.removed_at.is_(None),
            Classroom.archived_at.is_(None),
        )
        .order_by(Classroom.name, Classroom.id)
        .limit(MOST_CLASSES)
    )
    return all_as(AttendedClass, session.execute(query))


class ClassTeacher(NamedTuple):
    """Someone who teaches a class."""

    id: int
    name: str | None
    founder: bool


def teachers(session: Session, classroom_id: int) -> list[ClassTeacher]:
    """Who teaches a class, the founder first."""
    query = (
        select(Account.id, Account.name, ClassroomTeacher.founder)
        .join(ClassroomTeacher, ClassroomTeacher.account_id == Account.id)
        .where(ClassroomTeacher.classroom_id == classroom_id)
        .order_by(ClassroomTeacher.founder.desc(), Account.name, Account.id)
        .limit(MOST_CLASSES)
    )
    return all_as(ClassTeacher, session.execute(query))


class ClassDeck(NamedTuple):
    """A deck of a class, with its published questions counted."""

    classroom_id: int
    id: int
    slug: str
    title: str
    questions: int


def class_decks(session: Session, classroom_ids: list[int]) -> list[ClassDeck]:
    """The decks of these classes in their order: class, slug, title, published questions."""
    query = (
        select(
            ClassroomDeck.classroom_id, Deck.id, Deck.slug, Deck.title, _published(Deck.id).label("questions")
        )
        .join(Deck, Deck.id == ClassroomDeck.deck_id)
        .where(ClassroomDeck.classroom_id.in_(classroom_ids))
        .order_by(ClassroomDeck.classroom_id, ClassroomDeck.position, Deck.id)
        .limit(MOST_DECKS)
    )
    return all_as(ClassDeck, session.execute(query))


class ChoosableDeck(NamedTuple):
    """A deck that a class can have. chosen: its position there, None where the class has not got it."""

    slug: str
    title: str
    summary: str
    owner_id: int | None
    chosen: int | None
    questions: int


def choosable_decks(session: Session, classroom_id: int, account_id: int) -> list[ChoosableDeck]:
    """The decks that a teacher may choose for a class, and those it has: `chosen` is their position in
    it, None for those it has not."""
    here = and_(ClassroomDeck.deck_id == Deck.id, ClassroomDeck.classroom_id == classroom_id)
    query = (
        select(
            Deck.slug,
            Deck.title,
            Deck.summary,
            Deck.owner_id,
            ClassroomDeck.position.label("chosen"),
            _published(Deck.id).label("questions"),
        )
        .outerjoin(ClassroomDeck, here)
        .where((may(Act.GIVE, account_id) & Deck.archived_at.is_(None)) | ClassroomDeck.deck_id.is_not(None))
        .order_by(Deck.position, Deck.title, Deck.id)
        .limit(MOST_DECKS)
    )
    return all_as(ChoosableDeck, session.execute(query))


def _published(deck_id: InstrumentedAttribute[int]) -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(DeckItem)
        .join(Item, and_(Item.id == DeckItem.item_id, Item.state == "published"))
        .where(DeckItem.deck_id == deck_id)
        .scalar_subquery()
    )


# --- rosters ---------------------------------------------------------------------------------------


class Import(NamedTuple):
    """A roster that was added: how many of its students are in the class, and since when."""

    import_id: UUID
    students: int
    at: datetime


def imports(session: Session, classroom_id: int, since: datetime) -> list[Import]:
    """The rosters added to a class since then, the newest first."""
    query = (
        select(
            Enrolment.import_id,
            func.count().label("students"),
            func.min(Enrolment.joined_at, type_=Enrolment.joined_at.type).label("at"),
        )
        .where(
            Enrolment.classroom_id == classroom_id,
            Enrolment.removed_at.is_(None),
            Enrolment.import_id.is_not(None),
            Enrolment.joined_at > since,
        )
        .group_by(Enrolment.import_id)
        .order_by(func.min(Enrolment.joined_at).desc())
        .limit(MOST_IMPORTS)
    )
    return all_as(Import, session.execute(query))


# --- students --------------------------------------------------------------------------------------


class Student(NamedTuple):
    """A student of a class: their place in it, and the last day on which they studied (None: never)."""

    id: int
    learner_id: int
    name: str
    founding: bool
    has_password: bool
    last_day: int | None


def students(session: Session, classroom_id: int, *, removed: bool = False) -> list[Student]:
    """The students of a class by name, or those removed of it: their place, name, whether they can sign
    in with a password, and their last study day (None: never)."""
    last_day = (
        select(func.max(LearnerDay.day))
        .where(LearnerDay.learner_id == Enrolment.learner_id)
        .scalar_subquery()
    )
    query = (
        select(
            Enrolment.id,
            Enrolment.learner_id,
            Enrolment.name,
            Enrolment.founding,
            Account.password_hash.is_not(None).label("has_password"),
            last_day.label("last_day"),
        )
        .join(Account, Account.id == Enrolment.learner_id)
        .where(
            Enrolment.classroom_id == classroom_id,
            Enrolment.removed_at.is_not(None) if removed else Enrolment.removed_at.is_(None),
        )
        .order_by(Enrolment.name_key, Enrolment.id)
        .limit(MOST_STUDENTS)
    )
    return all_as(Student, session.execute(query))


def answers_since(session: Session, classroom_id: int, first_day: int) -> dict[int, tuple[int, int]]:
    """(answers, right ones) of each student since a study day, by learner; those without are left out."""
    query = (
        select(LearnerDay.learner_id, func.sum(LearnerDay.answers), func.sum(LearnerDay.right))
        .where(LearnerDay.learner_id.in_(_enrolled(classroom_id)), LearnerDay.day >= first_day)
        .group_by(LearnerDay.learner_id)
        .order_by(LearnerDay.learner_id)
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in session.execute(query)}


def facts_known(session: Session, classroom_id: int, today: int) -> dict[int, int]:
    """How many facts of the class's decks each student knows: answered right last time, not due yet."""
    query = (
        select(Card.learner_id, func.count(Card.fact_id.distinct()))
        .where(
            Card.learner_id.in_(_enrolled(classroom_id)),
            Card.item_id.in_(_items(classroom_id)),
            Card.learning.is_(False),
            Card.due_day > today,
        )
        .group_by(Card.learner_id)
        .order_by(Card.learner_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def facts_to_learn(session: Session, classroom_id: int) -> int:
    """How many facts the class's decks hold."""
    query = select(func.count(Item.fact_id.distinct())).where(Item.id.in_(_items(classroom_id)))
    return session.scalars(query).one()


def _enrolled(classroom_id: int) -> Select[int]:
    return select(Enrolment.learner_id).where(
        Enrolment.classroom_id == classroom_id, Enrolment.removed_at.is_(None)
    )


def _items(classroom_id: int) -> Select[int]:
    """The published items of the class's decks."""
    return (
        select(DeckItem.item_id)
        .join(ClassroomDeck, ClassroomDeck.deck_id == DeckItem.deck_id)
        .join(Item, and_(Item.id == DeckItem.item_id, Item.state == "published"))
        .where(ClassroomDeck.classroom_id == classroom_id)
    )
