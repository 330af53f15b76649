"""What the pages of assignments read: one behind its door, and the lists of a class or of a learner."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from quizapp.storage.classes.conditions import extends, still_open, taken_late
from quizapp.storage.classes.tables import (
    Assignment,
    AssignmentExtension,
    AssignmentItem,
    Classroom,
    ClassroomTeacher,
    Enrolment,
)
from quizapp.storage.library.tables import Deck, DeckItem, Item
from quizapp.storage.quizzes.tables import Attempt
from quizapp.storage.rows import all_as, one_as

MOST_ASSIGNMENTS = 500
MOST_PICKED = 1_000

DECK_COLUMNS = (Deck.slug.label("deck_slug"), Deck.title.label("deck_title"))


# --- doors -----------------------------------------------------------------------------------------


class TaughtAssignment(NamedTuple):
    """An assignment with its class and deck."""

    assignment: Assignment
    classroom: Classroom
    deck_slug: str
    deck_title: str


def taught(session: Session, assignment_id: int, account_id: int) -> TaughtAssignment | None:
    """(assignment, class) of a class that this account teaches, with its deck's name."""
    query = (
        select(Assignment, Classroom, *DECK_COLUMNS)
        .join(Classroom, Classroom.id == Assignment.classroom_id)
        .join(ClassroomTeacher, ClassroomTeacher.classroom_id == Classroom.id)
        .join(Deck, Deck.id == Assignment.deck_id)
        .where(Assignment.id == assignment_id, ClassroomTeacher.account_id == account_id)
    )
    return one_as(TaughtAssignment, session.execute(query))


class OwnAssignment(NamedTuple):
    """A learner's assignment with its class and deck. own_due_at: None without an extension."""

    assignment: Assignment
    classroom: Classroom
    deck_slug: str
    deck_title: str
    own_due_at: datetime | None


def attended(session: Session, assignment_id: int, account_id: int) -> OwnAssignment | None:
    """An assignment of a class that goes on and that this account is in, as `of_learner` gives it."""
    return one_as(
        OwnAssignment, session.execute(_of_learner(account_id).where(Assignment.id == assignment_id))
    )


class AttemptTerms(NamedTuple):
    """What an attempt was begun for. out: its student isn't in the class any more, or that is dismissed."""

    assignment: Assignment
    classroom: Classroom
    own_due_at: datetime | None
    out: bool


def of_attempt(session: Session, attempt_id: UUID) -> AttemptTerms | None:
    """The assignment that an attempt was begun for, with its class, the student's own due moment, and whether
    they are `out` (removed of the class, or the class is dismissed); None where there is none."""
    query = (
        select(
            Assignment,
            Classroom,
            AssignmentExtension.due_at.label("own_due_at"),
            or_(
                Enrolment.id.is_(None), Enrolment.removed_at.is_not(None), Classroom.archived_at.is_not(None)
            ).label("out"),
        )
        .join(Attempt, Attempt.assignment_id == Assignment.id)
        .join(Classroom, Classroom.id == Assignment.classroom_id)
        .outerjoin(
            Enrolment,
            and_(Enrolment.classroom_id == Classroom.id, Enrolment.learner_id == Attempt.learner_id),
        )
        .outerjoin(AssignmentExtension, extends())
        .where(Attempt.id == attempt_id)
    )
    return one_as(AttemptTerms, session.execute(query))


# --- questions picked by hand -------------------------------------------------------------------------


class PickedItem(NamedTuple):
    """A question picked for a quiz. published: it can be asked still."""

    item_id: int
    points: float
    published: bool


def picked(session: Session, assignment_id: int) -> list[PickedItem]:
    """The questions picked for a quiz by hand, in their order; none where it draws from its deck."""
    query = (
        select(AssignmentItem.item_id, AssignmentItem.points, (Item.state == "published").label("published"))
        .join(Item, Item.id == AssignmentItem.item_id)
        .where(AssignmentItem.assignment_id == assignment_id)
        .order_by(AssignmentItem.position, AssignmentItem.item_id)
        .limit(MOST_PICKED)
    )
    return all_as(PickedItem, session.execute(query))


# --- lists -----------------------------------------------------------------------------------------


class GivenAssignment(NamedTuple):
    """An assignment with its deck. finished: students who have finished an attempt."""

    assignment: Assignment
    deck_slug: str
    deck_title: str
    finished: int


def of_classroom(session: Session, classroom_id: int) -> list[GivenAssignment]:
    """The assignments of a class, the last due first: each with its deck's name and, of a quiz, how many
    students who are in the class have finished an attempt."""
    finished = (
        select(func.count(Attempt.learner_id.distinct()))
        .join(Enrolment, Enrolment.learner_id == Attempt.learner_id)
        .where(
            Attempt.assignment_id == Assignment.id,
            Attempt.finished_at.is_not(None),
            Attempt.set_aside_at.is_(None),
            Enrolment.classroom_id == classroom_id,
            Enrolment.removed_at.is_(None),
        )
        .correlate(Assignment)
        .scalar_subquery()
    )
    query = (
        select(Assignment, *DECK_COLUMNS, finished.label("finished"))
        .join(Deck, Deck.id == Assignment.deck_id)
        .where(Assignment.classroom_id == classroom_id)
        .order_by(Assignment.due_at.desc(), Assignment.id.desc())
        .limit(MOST_ASSIGNMENTS)
    )
    return all_as(GivenAssignment, session.execute(query))


def open_work(
    session: Session, classroom_id: int, deck_ids: Collection[int], *, sort: str, now: datetime
) -> list[str]:
    """The titles of a class's assignments of this sort on these decks in which something can still be done
    by the class's terms or someone's own."""
    query = (
        select(Assignment.title)
        .where(
            Assignment.classroom_id == classroom_id,
            Assignment.deck_id.in_(deck_ids),
            Assignment.sort == sort,
            still_open(now),
        )
        .order_by(Assignment.due_at, Assignment.id)
        .limit(MOST_ASSIGNMENTS)
    )
    return list(session.scalars(query))


def of_learner(session: Session, learner_id: int, since: datetime) -> list[OwnAssignment]:
    """The assignments of a learner's classes that were due since then, by the class's due moment: each with
    its class, deck and the learner's own due moment (None without an extension)."""
    query = (
        _of_learner(learner_id)
        .where(
            or_(
                Assignment.due_at >= since,
                AssignmentExtension.due_at >= since,
                taken_late(since),
            )
        )
        .order_by(Assignment.due_at, Assignment.id)
        .limit(MOST_ASSIGNMENTS)
    )
    return all_as(OwnAssignment, session.execute(query))


def ever_given(session: Session, learner_id: int) -> list[OwnAssignment]:
    """All assignments of the classes that a learner is in, also of those dismissed, as `of_learner`."""
    return all_as(OwnAssignment, session.execute(_of_enrolled(learner_id).order_by(Assignment.id)))


def of_student(session: Session, classroom_id: int, enrolment_id: int) -> list[OwnAssignment]:
    """All assignments of a class, the last due first, as `of_learner` gives them to this student of it."""
    query = (
        select(Assignment, Classroom, *DECK_COLUMNS, AssignmentExtension.due_at.label("own_due_at"))
        .join(Classroom, Classroom.id == Assignment.classroom_id)
        .join(Deck, Deck.id == Assignment.deck_id)
        .outerjoin(
            AssignmentExtension,
            and_(
                AssignmentExtension.assignment_id == Assignment.id,
                AssignmentExtension.enrolment_id == enrolment_id,
            ),
        )
        .where(Assignment.classroom_id == classroom_id)
        .order_by(Assignment.due_at.desc(), Assignment.id.desc())
        .limit(MOST_ASSIGNMENTS)
    )
    return all_as(OwnAssignment, session.execute(query))


def _of_learner(learner_id: int) -> Select[Assignment, Classroom, str, str, datetime]:
    return _of_enrolled(learner_id).where(Classroom.archived_at.is_(None))


def _of_enrolled(learner_id: int) -> Select[Assignment, Classroom, str, str, datetime]:
    return (
        select(Assignment, Classroom, *DECK_COLUMNS, AssignmentExtension.due_at.label("own_due_at"))
        .join(Classroom, Classroom.id == Assignment.classroom_id)
        .join(Enrolment, Enrolment.classroom_id == Classroom.id)
        .join(Deck, Deck.id == Assignment.deck_id)
        .outerjoin(AssignmentExtension, extends())
        .where(
            Enrolment.learner_id == learner_id,
            Enrolment.removed_at.is_(None),
        )
    )


_FACTS = func.count(Item.fact_id.distinct())
_PUBLISHED = and_(Item.id == DeckItem.item_id, Item.state == "published")


def asked(session: Session, assignment: Assignment) -> int:
    """How many questions an attempt at a quiz asks: those picked by hand, or as many as can be drawn."""
    chosen = select(func.count()).where(AssignmentItem.assignment_id == assignment.id).scalar_subquery()
    there = (
        select(_FACTS)
        .select_from(DeckItem)
        .join(Item, _PUBLISHED)
        .where(DeckItem.deck_id == assignment.deck_id)
    )
    by_hand, to_draw = session.execute(select(chosen, there.scalar_subquery())).one()
    return int(by_hand or min(assignment.questions, to_draw))


def facts(session: Session, deck_ids: list[int]) -> dict[int, int]:
    """How many facts the published items of each deck test."""
    query = (
        select(DeckItem.deck_id, _FACTS)
        .join(Item, _PUBLISHED)
        .where(DeckItem.deck_id.in_(deck_ids))
        .group_by(DeckItem.deck_id)
        .order_by(DeckItem.deck_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}
