"""What the pages of assignments read, and the conditions under which anything of one is taken.

A condition is part of the statement that writes, so that its row count is the truth. As many queries for
200 students as for two.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from quizapp.storage.classes.tables import (
    Assignment,
    AssignmentExtension,
    AssignmentItem,
    Classroom,
    ClassroomDeck,
    ClassroomTeacher,
    Enrolment,
)
from quizapp.storage.library.tables import Deck, DeckItem, Item
from quizapp.storage.quizzes.tables import Attempt, AttemptQuestion
from quizapp.storage.rows import all_as, one_as
from quizapp.storage.sources.tables import Source
from quizapp.storage.study.tables import Card

MOST_ASSIGNMENTS = 500
MOST_STUDENTS = 1_000
MOST_ATTEMPTS = 20_000
MOST_OPEN = 30

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
        .outerjoin(AssignmentExtension, _extends())
        .where(Attempt.id == attempt_id)
    )
    return one_as(AttemptTerms, session.execute(query))


# --- conditions ------------------------------------------------------------------------------------


def takes(learner_id: int, now: datetime) -> ColumnElement[bool]:
    """A condition on Assignment: something of this learner is taken now. They are in the class, it goes
    on, and by the class's terms or their own extension it is neither too early nor too late."""
    own = exists().where(
        Enrolment.classroom_id == Assignment.classroom_id,
        Enrolment.learner_id == learner_id,
        Enrolment.removed_at.is_(None),
        Classroom.id == Assignment.classroom_id,
        Classroom.archived_at.is_(None),
        or_(now <= Assignment.due_at, _taken_late(now), _extended(now)),
    )
    return and_(Assignment.opens_at <= now, own.correlate(Assignment))


def _taken_late(now: datetime) -> ColumnElement[bool]:
    return and_(Assignment.late_rule == "late", or_(Assignment.last_at.is_(None), now <= Assignment.last_at))


def _extended(now: datetime) -> ColumnElement[bool]:
    found = exists().where(_extends(), now <= AssignmentExtension.due_at)
    return found.correlate(Assignment, Enrolment)


def _extends() -> ColumnElement[bool]:
    return and_(
        AssignmentExtension.assignment_id == Assignment.id, AssignmentExtension.enrolment_id == Enrolment.id
    )


def attempt_takes(attempt_id: UUID, learner_id: int, now: datetime) -> ColumnElement[bool]:
    """A condition: the attempt was begun for an assignment that takes this learner's answers now."""
    return exists().where(
        Attempt.id == attempt_id, Assignment.id == Attempt.assignment_id, takes(learner_id, now)
    )


class LeftAttempt(NamedTuple):
    """An attempt no one can go on with, its learner's account, and whether it is finished."""

    id: UUID
    learner_id: int
    finished: bool


def left_attempts(session: Session, now: datetime, most: int) -> list[LeftAttempt]:
    """Attempts whose time is over and whose answers were not recorded: not finished, though the assignment
    takes nothing more of this learner; or with feedback `due`, finished and not opened, though no one's due
    moment is still to come. The longest begun first."""
    over = ~and_(
        Enrolment.removed_at.is_(None),
        Classroom.archived_at.is_(None),
        or_(now <= Assignment.due_at, _taken_late(now), _extended(now)),
    )
    enrolled = and_(
        Enrolment.classroom_id == Assignment.classroom_id, Enrolment.learner_id == Attempt.learner_id
    )
    going_on = and_(
        now <= func.coalesce(Assignment.last_at, Assignment.due_at), Assignment.late_rule == "late"
    )
    later = exists().where(
        AssignmentExtension.assignment_id == Assignment.id, AssignmentExtension.due_at >= now
    )
    openable = ~or_(now <= Assignment.due_at, going_on, later.correlate(Assignment))
    query = (
        select(Attempt.id, Attempt.learner_id, Attempt.finished_at.is_not(None).label("finished"))
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .join(Classroom, Classroom.id == Assignment.classroom_id)
        .outerjoin(Enrolment, enrolled)
        .where(
            or_(
                and_(
                    Attempt.finished_at.is_(None),
                    Attempt.feedback != "now",
                    or_(Enrolment.id.is_(None), over, Attempt.ends_at < now),
                ),
                and_(
                    Attempt.finished_at.is_not(None),
                    Attempt.feedback == "due",
                    Attempt.shown_at.is_(None),
                    openable,
                ),
            )
        )
        .order_by(Attempt.started_at, Attempt.id)
        .limit(most)
    )
    return all_as(LeftAttempt, session.execute(query))


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
        .limit(MOST_STUDENTS)
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


def asking_is_off(session: Session, learner_id: int, deck_id: int, now: datetime) -> bool:
    """Whether a deck is studied for an assignment, open to this learner, that asks no one about answers of
    which grading is not sure."""
    query = (
        select(Assignment.id)
        .join(Classroom, Classroom.id == Assignment.classroom_id)
        .join(Enrolment, Enrolment.classroom_id == Classroom.id)
        .where(
            Enrolment.learner_id == learner_id,
            Classroom.archived_at.is_(None),
            Assignment.deck_id == deck_id,
            Assignment.sort == "study",
            Assignment.ask_unsure.is_(False),
            Assignment.opens_at <= now,
            still_open(now),
        )
        .limit(1)
    )
    return session.scalar(query) is not None


def still_open(now: datetime) -> ColumnElement[bool]:
    """A condition on Assignment: it is not over for everyone yet; it need not have begun."""
    extended = exists().where(
        AssignmentExtension.assignment_id == Assignment.id, AssignmentExtension.due_at >= now
    )
    return or_(now <= Assignment.due_at, _taken_late(now), extended.correlate(Assignment))


def of_learner(session: Session, learner_id: int, since: datetime) -> list[OwnAssignment]:
    """The assignments of a learner's classes that were due since then, by the class's due moment: each with
    its class, deck and the learner's own due moment (None without an extension)."""
    query = (
        _of_learner(learner_id)
        .where(
            or_(
                Assignment.due_at >= since,
                AssignmentExtension.due_at >= since,
                _taken_late(since),
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


class EnrolledStudent(NamedTuple):
    """A student of a class: their place in it."""

    id: int
    learner_id: int
    name: str


def enrolled(session: Session, classroom_id: int) -> list[EnrolledStudent]:
    """The students of a class by name."""
    query = select(Enrolment.id, Enrolment.learner_id, Enrolment.name).where(
        Enrolment.classroom_id == classroom_id, Enrolment.removed_at.is_(None)
    )
    return all_as(
        EnrolledStudent,
        session.execute(query.order_by(Enrolment.name_key, Enrolment.id).limit(MOST_STUDENTS)),
    )


def extensions_of(session: Session, assignment_ids: Collection[int]) -> dict[tuple[int, int], datetime]:
    """Students' own due moments, by (assignment, place in the class)."""
    query = select(
        AssignmentExtension.assignment_id, AssignmentExtension.enrolment_id, AssignmentExtension.due_at
    )
    rows = session.execute(query.where(AssignmentExtension.assignment_id.in_(assignment_ids)))
    return {(assignment, student): due_at for assignment, student, due_at in rows}


def _of_learner(learner_id: int) -> Select[Assignment, Classroom, str, str, datetime]:
    return _of_enrolled(learner_id).where(Classroom.archived_at.is_(None))


def _of_enrolled(learner_id: int) -> Select[Assignment, Classroom, str, str, datetime]:
    return (
        select(Assignment, Classroom, *DECK_COLUMNS, AssignmentExtension.due_at.label("own_due_at"))
        .join(Classroom, Classroom.id == Assignment.classroom_id)
        .join(Enrolment, Enrolment.classroom_id == Classroom.id)
        .join(Deck, Deck.id == Assignment.deck_id)
        .outerjoin(AssignmentExtension, _extends())
        .where(
            Enrolment.learner_id == learner_id,
            Enrolment.removed_at.is_(None),
        )
    )


class AssignedStudent(NamedTuple):
    """A student of the class: their place in it, and their own due moment (None: the class's)."""

    id: int
    learner_id: int
    name: str
    own_due_at: datetime | None


def students(session: Session, assignment: Assignment) -> list[AssignedStudent]:
    """The students of its class by name: place, learner, name, and own due moment (None: the class's)."""
    query = (
        select(
            Enrolment.id, Enrolment.learner_id, Enrolment.name, AssignmentExtension.due_at.label("own_due_at")
        )
        .outerjoin(
            AssignmentExtension,
            and_(
                AssignmentExtension.enrolment_id == Enrolment.id,
                AssignmentExtension.assignment_id == assignment.id,
            ),
        )
        .where(Enrolment.classroom_id == assignment.classroom_id, Enrolment.removed_at.is_(None))
        .order_by(Enrolment.name_key, Enrolment.id)
        .limit(MOST_STUDENTS)
    )
    return all_as(AssignedStudent, session.execute(query))


def extensions(session: Session, assignment_id: int) -> list[datetime]:
    """The due moments of all who have one of their own."""
    query = select(AssignmentExtension.due_at).where(AssignmentExtension.assignment_id == assignment_id)
    return list(session.scalars(query.order_by(AssignmentExtension.due_at).limit(MOST_STUDENTS)))


class AttemptSums(NamedTuple):
    """An attempt with its questions summed up."""

    id: UUID
    assignment_id: int
    learner_id: int
    number: int
    started_at: datetime
    finished_at: datetime | None
    ends_at: datetime | None
    feedback: str
    shown_at: datetime | None
    points: float
    possible: float
    questions: int
    answered: int
    last_at: datetime | None


def attempts(session: Session, assignment_ids: list[int], learner_id: int | None = None) -> list[AttemptSums]:
    """Attempts at these assignments in numbers, in the order in which they were begun; of one learner or
    of everyone in the class. Not those that were reset."""
    query = (
        select(
            Attempt.id,
            Attempt.assignment_id,
            Attempt.learner_id,
            Attempt.number,
            Attempt.started_at,
            Attempt.finished_at,
            Attempt.ends_at,
            Attempt.feedback,
            Attempt.shown_at,
            func.coalesce(func.sum(AttemptQuestion.score * AttemptQuestion.points), 0.0).label("points"),
            func.sum(AttemptQuestion.points).label("possible"),
            func.count().label("questions"),
            func.count(AttemptQuestion.answered_at).label("answered"),
            func.max(AttemptQuestion.answered_at, type_=AttemptQuestion.answered_at.type).label("last_at"),
        )
        .join(AttemptQuestion, AttemptQuestion.attempt_id == Attempt.id)
        .where(Attempt.assignment_id.in_(assignment_ids), Attempt.set_aside_at.is_(None))
        .group_by(Attempt.id)
        .order_by(Attempt.started_at, Attempt.id)
        .limit(MOST_ATTEMPTS)
    )
    if learner_id is not None:
        query = query.where(Attempt.learner_id == learner_id)
    return all_as(AttemptSums, session.execute(query))


def facts(session: Session, deck_ids: list[int]) -> dict[int, int]:
    """How many facts the published items of each deck test."""
    query = (
        select(DeckItem.deck_id, func.count(Item.fact_id.distinct()))
        .join(Item, and_(Item.id == DeckItem.item_id, Item.state == "published"))
        .where(DeckItem.deck_id.in_(deck_ids))
        .group_by(DeckItem.deck_id)
        .order_by(DeckItem.deck_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


class OpenAssignment(NamedTuple):
    """An assignment of a class that goes on, with its students counted. done: of a quiz those who have
    finished, of a deck to study those who have answered anything of it since it opened."""

    id: int
    title: str
    sort: str
    due_at: datetime
    classroom_id: int
    classroom_name: str
    zone: str
    students: int
    done: int


def taught_now(session: Session, account_id: int, since: datetime, until: datetime) -> list[OpenAssignment]:
    """What the classes of a teacher have to do between these moments, the next due first."""
    of_class = and_(Enrolment.classroom_id == Assignment.classroom_id, Enrolment.removed_at.is_(None))
    students = select(func.count()).select_from(Enrolment).where(of_class).correlate(Assignment)
    finished = exists().where(
        Attempt.assignment_id == Assignment.id,
        Attempt.learner_id == Enrolment.learner_id,
        Attempt.finished_at.is_not(None),
        Attempt.set_aside_at.is_(None),
    )
    studied = exists().where(
        Card.learner_id == Enrolment.learner_id,
        Card.deck_id == Assignment.deck_id,
        Card.last_at >= Assignment.opens_at,
    )
    did = or_(and_(Assignment.sort == "quiz", finished), and_(Assignment.sort == "study", studied))
    query = (
        select(
            Assignment.id,
            Assignment.title,
            Assignment.sort,
            Assignment.due_at,
            Classroom.id.label("classroom_id"),
            Classroom.name.label("classroom_name"),
            Classroom.zone,
            students.scalar_subquery().label("students"),
            students.where(did).scalar_subquery().label("done"),
        )
        .join(Classroom, Classroom.id == Assignment.classroom_id)
        .join(ClassroomTeacher, ClassroomTeacher.classroom_id == Classroom.id)
        .where(
            ClassroomTeacher.account_id == account_id,
            Classroom.archived_at.is_(None),
            Assignment.opens_at <= until,
            or_(Assignment.due_at >= since, _taken_late(until)),
        )
        .order_by(Assignment.due_at, Assignment.id)
        .limit(MOST_OPEN)
    )
    return all_as(OpenAssignment, session.execute(query))


class FirstSteps(NamedTuple):
    """What a teacher has done of what there is to do on a first day."""

    article: bool
    question: bool
    classroom: bool
    work: bool
    student: bool


def first_steps(session: Session, account_id: int) -> FirstSteps:
    """Which of them are done, in any of their decks and classes."""
    taught = ClassroomTeacher.account_id == account_id
    own = Deck.owner_id == account_id
    asked = exists().where(own, Item.deck_id == Deck.id, Item.state == "published")
    given = exists().where(taught, Assignment.classroom_id == ClassroomTeacher.classroom_id)
    learnt = exists().where(taught, ClassroomDeck.classroom_id == ClassroomTeacher.classroom_id)
    query = select(
        exists().where(Source.owner_id == account_id).label("article"),
        asked.label("question"),
        exists().where(taught).label("classroom"),
        or_(given, learnt).label("work"),
        exists().where(taught, Enrolment.classroom_id == ClassroomTeacher.classroom_id).label("student"),
    )
    return all_as(FirstSteps, session.execute(query))[0]
