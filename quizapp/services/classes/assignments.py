"""What teachers do with assignments: give them to a class, change and delete them, give a student more time.

Anyone who calls has made sure that the class is the teacher's own (`web/frame/access.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quizapp.domain.audit.actions import Action
from quizapp.domain.classes.terms import Feedback, LateRule, Sort
from quizapp.domain.errors import Invalid, Missing, Problem
from quizapp.domain.language.text import unstorable
from quizapp.domain.language.translation import _
from quizapp.domain.study.scheduling.goals import MOST_A_DAY, pace
from quizapp.services.audit.log import record
from quizapp.services.classes import class_decks
from quizapp.services.quizzes.attempts import drawable
from quizapp.services.study.dates.goals import STUDYING
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes import assignments as queries
from quizapp.storage.classes import conditions
from quizapp.storage.classes.tables import (
    Assignment,
    AssignmentExtension,
    AssignmentItem,
    Classroom,
    ClassroomDeck,
    Enrolment,
)
from quizapp.storage.library.tables import Deck
from quizapp.storage.upserts import put

LONGEST_TITLE = 100
MOST_QUESTIONS = 100
MOST_ATTEMPTS = 20
MOST_MINUTES = 600
MOST_POINTS = 100
LONGEST_CODE = 20
MOST_OF_A_CLASS = 300
TARGETS = (0.80, 0.85, 0.90, 0.95)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a teacher wants. title "": the deck's. attempts_allowed None: any number. target: of the sort
    STUDY; questions, attempts_allowed, feedback, minutes (for one attempt; None: no limit) and access_code
    ("": none): of the sort QUIZ."""

    title: str = ""
    opens_at: datetime
    due_at: datetime
    late_rule: LateRule = LateRule.CLOSED
    last_at: datetime | None = None
    target: float = 0.90
    questions: int = 10
    attempts_allowed: int | None = 1
    feedback: Feedback = Feedback.END
    ask_unsure: bool = True
    minutes: int | None = None
    access_code: str = ""


def create(
    session: Session,
    classroom: Classroom,
    teacher: Account,
    *,
    sort: Sort,
    deck_slug: str,
    plan: Plan,
    now: datetime,
) -> Assignment:
    """Give a class something to do. What is to be known is studied by everyone in the class from now on;
    a quiz's deck is theirs to study only if the class learns it anyhow.

    Raises Invalid for what cannot be, Missing for a deck that this teacher cannot give to this class.
    """
    deck = class_decks.choosable(session, classroom, teacher, deck_slug)
    _check(plan)
    if len(queries.of_classroom(session, classroom.id)) >= MOST_OF_A_CLASS:
        raise _not_saved(
            "deck",
            _("A class can have {most_of_a_class} assignments. Delete old ones first.").format(
                most_of_a_class=MOST_OF_A_CLASS
            ),
        )
    if sort is Sort.QUIZ and not drawable(session, deck.id):
        raise _not_saved("deck", _("This deck has no questions for a quiz yet."))
    if sort is Sort.STUDY:
        facts = queries.facts(session, [deck.id]).get(deck.id, 0)
        if not facts:
            raise _not_saved("deck", _("This deck has no published questions yet."))
        _check_pace(facts, max(plan.opens_at, now), plan.due_at)
    made = Assignment(
        classroom_id=classroom.id,
        deck_id=deck.id,
        sort=sort.value,
        created_at=now,
        **_columns(plan, deck.title),
    )
    session.add(made)
    session.flush()
    if sort is Sort.STUDY:
        class_decks.give(session, classroom, deck.id)
    return made


def edit(session: Session, assignment: Assignment, plan: Plan, *, deck_title: str) -> None:
    """Other terms. Attempts already begun keep the feedback they were begun with."""
    _check(plan)
    _lock(session, assignment)
    if assignment.sort == Sort.STUDY:
        facts = queries.facts(session, [assignment.deck_id]).get(assignment.deck_id, 0)
        _check_pace(facts, plan.opens_at, plan.due_at)
    for name, value in _columns(plan, deck_title).items():
        setattr(assignment, name, value)
    session.flush()


class Picked(NamedTuple):
    """A question picked for a quiz by hand, and what it is worth."""

    item_id: int
    points: float


def pick(session: Session, assignment: Assignment, picked: Sequence[Picked], *, shuffled: bool) -> None:
    """Let a quiz ask these questions, in this order or shuffled for each attempt; none: it draws from its
    deck. Attempts already begun keep theirs. Raises Invalid for questions or points that cannot be."""
    there = {each.item for each in drawable(session, assignment.deck_id)}
    if any(each.item_id not in there for each in picked):
        raise Invalid(_("Some of these questions are no longer in the deck. Choose again."))
    if any(not 0 < each.points <= MOST_POINTS for each in picked):
        raise Invalid(_("Give each question more than 0 and at most {most} points.").format(most=MOST_POINTS))
    if len(picked) > MOST_QUESTIONS:
        raise Invalid(_("Choose at most {most} questions.").format(most=MOST_QUESTIONS))
    session.execute(delete(AssignmentItem).where(AssignmentItem.assignment_id == assignment.id))
    for position, each in enumerate(picked, start=1):
        session.add(
            AssignmentItem(
                assignment_id=assignment.id, item_id=each.item_id, position=position, points=each.points
            )
        )
    assignment.shuffled = shuffled
    session.flush()


def remove(session: Session, assignment: Assignment) -> None:
    """Delete an assignment. Its attempts stay with the students as quizzes of their own."""
    _lock(session, assignment)
    session.execute(delete(Assignment).where(Assignment.id == assignment.id))
    session.expunge(assignment)


def take_deck_back(session: Session, deck: Deck, owner: Account, *, classroom_id: int, now: datetime) -> None:
    """Take the deck from a class; its students keep what they have seen, and what they have still to do on
    it is over. Raises Missing where the class does not learn it."""
    given = ClassroomDeck.deck_id == deck.id, ClassroomDeck.classroom_id == classroom_id
    if session.execute(delete(ClassroomDeck).where(*given)).rowcount != 1:  # type: ignore[attr-defined]
        raise Missing(_("This class doesn’t study this deck."))
    end(session, classroom_id=classroom_id, deck_id=deck.id, now=now)
    record(session, owner, Action.DECK_TAKEN, (deck, session.get_one(Classroom, classroom_id)), now=now)


def end(session: Session, *, classroom_id: int, deck_id: int, now: datetime) -> int:
    """End what a class has still to do on a deck; how many assignments. What was done until now counts;
    what has not begun yet is deleted."""
    of_deck = Assignment.classroom_id == classroom_id, Assignment.deck_id == deck_id
    found = session.scalars(select(Assignment).where(*of_deck, conditions.still_open(now))).all()
    for assignment in found:
        if assignment.opens_at >= now:
            session.delete(assignment)
            continue
        assignment.due_at, assignment.late_rule = min(assignment.due_at, now), LateRule.CLOSED.value
        assignment.last_at = None
        extensions = AssignmentExtension.assignment_id == assignment.id
        session.execute(delete(AssignmentExtension).where(extensions, AssignmentExtension.due_at > now))
    session.flush()
    return len(found)


def extend(
    session: Session, assignment: Assignment, *, enrolment_id: int, due_at: datetime, now: datetime
) -> Enrolment:
    """Give a student of the class their own due moment, which holds from now on, also in an attempt that
    is open. Raises Invalid where it is no later than the class's."""
    _lock(session, assignment)
    student = _student(session, assignment, enrolment_id)
    if due_at <= assignment.due_at:
        raise Invalid(
            _("Nothing was changed."), (Problem("date", _("Choose a time after the due date of the class.")),)
        )
    values = {"assignment_id": assignment.id, "enrolment_id": student.id, "due_at": due_at, "granted_at": now}
    put(session, AssignmentExtension, values)
    return student


def withdraw_extension(session: Session, assignment: Assignment, *, enrolment_id: int) -> Enrolment:
    """Let the class's due moment hold for a student again."""
    student = _student(session, assignment, enrolment_id)
    session.execute(
        delete(AssignmentExtension).where(
            AssignmentExtension.assignment_id == assignment.id,
            AssignmentExtension.enrolment_id == student.id,
        )
    )
    return student


def _lock(session: Session, assignment: Assignment) -> None:
    """Nobody else changes or deletes it meanwhile. Raises Missing where somebody just has deleted it."""
    query = select(Assignment.id).where(Assignment.id == assignment.id).with_for_update()
    if session.scalar(query) is None:
        raise Missing(_("This assignment has just been deleted."))


def _student(session: Session, assignment: Assignment, enrolment_id: int) -> Enrolment:
    query = select(Enrolment).where(
        Enrolment.id == enrolment_id,
        Enrolment.classroom_id == assignment.classroom_id,
        Enrolment.removed_at.is_(None),
    )
    found = session.scalar(query)
    if found is None:
        raise Missing(_("Student not found."))
    return found


def _columns(plan: Plan, deck_title: str) -> dict[str, object]:
    return {
        "title": " ".join(plan.title.split()) or deck_title[:LONGEST_TITLE],
        "opens_at": plan.opens_at,
        "due_at": plan.due_at,
        "late_rule": plan.late_rule.value,
        "last_at": plan.last_at if plan.late_rule is LateRule.LATE else None,
        "target": plan.target,
        "questions": plan.questions,
        "attempts_allowed": plan.attempts_allowed,
        "feedback": plan.feedback.value,
        "ask_unsure": plan.ask_unsure,
        "minutes": plan.minutes,
        "access_code": " ".join(plan.access_code.split()),
    }


def _check(plan: Plan) -> None:
    problems = []
    title = " ".join(plan.title.split())
    if len(title) > LONGEST_TITLE:
        problems.append(
            Problem(
                "title",
                _("Shorten the title to {longest_title} characters.").format(longest_title=LONGEST_TITLE),
            )
        )
    elif not title.isprintable():
        problems.append(Problem("title", _("The title contains invisible characters. Type it again.")))
    if plan.due_at <= plan.opens_at:
        problems.append(Problem("due_date", _("Choose a due date after the opening date.")))
    if plan.late_rule is LateRule.LATE and plan.last_at is not None and plan.last_at <= plan.due_at:
        problems.append(Problem("last_date", _("Choose a last date after the due date, or leave it empty.")))
    if plan.target not in TARGETS:
        problems.append(Problem("target", _("Choose one of the levels offered.")))
    if not 1 <= plan.questions <= MOST_QUESTIONS:
        problems.append(
            Problem(
                "questions", _("Ask 1 to {most_questions} questions.").format(most_questions=MOST_QUESTIONS)
            )
        )
    if plan.attempts_allowed is not None and not 1 <= plan.attempts_allowed <= MOST_ATTEMPTS:
        problems.append(
            Problem(
                "attempts",
                _("Allow 1 to {most_attempts} attempts, or any number.").format(most_attempts=MOST_ATTEMPTS),
            )
        )
    problems += _of_attempts(plan)
    if problems:
        raise Invalid(_("The assignment hasn’t been saved yet."), tuple(problems))


def _of_attempts(plan: Plan) -> list[Problem]:
    """What cannot be of a quiz's time limit and access code."""
    problems = []
    if plan.minutes is not None and not 1 <= plan.minutes <= MOST_MINUTES:
        problems.append(
            Problem("minutes", _("Give 1 to {most} minutes, or no limit.").format(most=MOST_MINUTES))
        )
    if complaint := unstorable(plan.access_code, LONGEST_CODE):
        problems.append(Problem("access_code", complaint))
    return problems


def _check_pace(facts: int, begins: datetime, due_at: datetime) -> None:
    """Raises Invalid where a student would have to learn more in a day than can be asked of anyone."""
    days = ceil((due_at - STUDYING - begins) / timedelta(days=1))
    wanted = pace(facts, 0, days)
    if not wanted.feasible:
        raise _not_saved(
            "due_date",
            _(
                "This deck has {facts} facts. By then that’s {share} new ones a day, and the most is {most}. "
                "Choose a later date or a shorter deck."
            ).format(facts=facts, share=wanted.share, most=MOST_A_DAY),
        )


def _not_saved(field: str, message: str) -> Invalid:
    return Invalid(_("The assignment hasn’t been saved yet."), (Problem(field, message),))
