"""Who answered what in an assignment: a grid of its students and questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from quizapp.domain.classes.terms import Sort
from quizapp.domain.library.kinds import decode_grade
from quizapp.services.classes import progress
from quizapp.services.classes.progress import Standpoint
from quizapp.storage.classes import results as queries
from quizapp.storage.classes.assigned_students import AssignedStudent
from quizapp.storage.classes.results import AskedItem
from quizapp.storage.classes.tables import Assignment, Classroom

RIGHT, PARTLY, WRONG, UNSURE, OPEN = "right", "partly", "wrong", "unsure", "open"


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What came of a question with one student. attempt_id and position: of a quiz; review_id: of an answer
    in study. points: what was got of it, of how many; None while it is open."""

    state: str
    points: float | None
    of: float
    attempt_id: UUID | None = None
    position: int = 0
    review_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The students of an assignment by name, the questions asked, what came of each (by learner, item)."""

    students: list[tuple[AssignedStudent, Standpoint]]
    items: list[AskedItem]
    cells: dict[tuple[int, int], Answered] = field(default_factory=dict)


def state_of(score: float | None, grade: str) -> str:
    """What came of an answer, in one word."""
    if score is None:
        return OPEN
    if score >= 1:
        return RIGHT
    if grade and decode_grade(grade).undecided:
        return UNSURE
    return PARTLY if score > 0 else WRONG


def grid(
    session: Session, assignment: Assignment, classroom: Classroom, account_id: int, *, now: datetime
) -> Grid:
    """Of a quiz each student's attempt that counts, or the one that is open; of a deck to study the last
    answer to each question since it opened."""
    students = progress.of_students(session, assignment, classroom, now=now)
    cells = _of_quiz(session, students) if assignment.sort == Sort.QUIZ else _of_study(session, assignment)
    enrolled = {row.learner_id for row, _ in students}
    cells = {key: cell for key, cell in cells.items() if key[0] in enrolled}
    asked = queries.asked_items(session, sorted({item for _, item in cells}), account_id)
    return Grid(students=students, items=list(asked.values()), cells=cells)


def _of_quiz(
    session: Session, students: Sequence[tuple[AssignedStudent, Standpoint]]
) -> dict[tuple[int, int], Answered]:
    chosen = [counting for _, stand in students if (counting := _chosen(stand)) is not None]
    return {
        (row.learner_id, row.item_id): Answered(
            state=state_of(row.score, "" if row.marked else row.grade),
            points=None if row.score is None else row.score * row.points,
            of=row.points,
            attempt_id=row.attempt_id,
            position=row.position,
        )
        for row in queries.quiz_answers(session, chosen)
    }


def _chosen(stand: Standpoint) -> UUID | None:
    """The attempt to show: the one that counts, else the latest."""
    latest = stand.attempts[-1] if stand.attempts else None
    shown = stand.counts or latest
    return UUID(shown.id) if shown is not None else None


def _of_study(session: Session, assignment: Assignment) -> dict[tuple[int, int], Answered]:
    return {
        (row.learner_id, row.item_id): Answered(
            state=state_of(row.score, row.grade), points=row.score, of=1.0, review_id=row.id
        )
        for row in queries.last_answers(session, assignment)
    }
