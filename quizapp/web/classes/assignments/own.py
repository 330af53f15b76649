"""What is due for a student: lists for the start page and the classes, and the page of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from quizapp.domain.classes.attempts import is_late, may_begin
from quizapp.domain.classes.states import OVER, Status
from quizapp.domain.language.text import percent
from quizapp.domain.language.translation import _
from quizapp.domain.quizzes.showing import result_shown
from quizapp.services.classes import progress
from quizapp.services.classes.progress import Standpoint
from quizapp.services.study import next_question
from quizapp.services.study.dates.goals import GoalToday
from quizapp.services.study.dates.own_dates import looking_ahead
from quizapp.services.study.learner import Learner
from quizapp.storage.classes import assigned_students
from quizapp.storage.classes import assignments as queries
from quizapp.storage.classes.assigned_students import AttemptSums
from quizapp.storage.classes.assignments import OwnAssignment
from quizapp.web.classes.assignments import words
from quizapp.web.classes.assignments.pages import AttemptLine, DueRow, OwnAssignmentPage
from quizapp.web.frame.clock import fresh_id
from quizapp.web.frame.parts.pace import pace_words

LOOKED_BACK = timedelta(days=7)  # what was due before is told on no list


def due_rows(
    session: Session, learner_id: int, *, now: datetime, unfinished: bool = False
) -> tuple[DueRow, ...]:
    """What is due for a learner, the next first, and what was due in the last days. unfinished: without
    what is done."""
    rows = queries.of_learner(session, learner_id, now - LOOKED_BACK)
    stands = progress.of_learner(session, rows, learner_id, now=now, as_told=True)
    found = [
        _due_row(row, stands[row.assignment.id], now)
        for row in sorted(rows, key=lambda row: (stands[row.assignment.id].terms.due_at, row.assignment.id))
        if not (unfinished and stands[row.assignment.id].status in {Status.DONE, Status.LATE})
    ]
    return tuple(sorted(found, key=lambda each: each.over))


def _due_row(row: OwnAssignment, stand: Standpoint, now: datetime) -> DueRow:
    zone = ZoneInfo(row.classroom.zone)
    result = ""
    if stand.progress is not None:
        result = _("{known} of {facts} known").format(known=stand.progress.known, facts=stand.progress.facts)
    return DueRow(
        id=row.assignment.id,
        classroom_id=row.classroom.id,
        title=row.assignment.title,
        classroom_name=row.classroom.name,
        sort=row.assignment.sort,
        due=words.moment(stand.terms.due_at, zone, now),
        words=words.status_words(stand, zone, now),
        tone=words.TONES.get(stand.status, ""),
        result=result,
        over=stand.status in OVER,
    )


def own_page(session: Session, found: OwnAssignment, learner: Learner, *, now: datetime) -> OwnAssignmentPage:
    """An assignment for one student of the class."""
    assignment, zone = found.assignment, ZoneInfo(found.classroom.zone)
    stand = progress.of_learner(session, [found], learner.id, now=now, as_told=True)[assignment.id]
    rows = assigned_students.attempts(session, [assignment.id], learner.id)
    due_at = stand.terms.due_at
    there = words.moment(due_at, learner.zone, now)
    same_clock = due_at.astimezone(zone).utcoffset() == due_at.astimezone(learner.zone).utcoffset()
    resumable = next((str(row.id) for row in rows if row.finished_at is None), "")
    takes = stand.terms.takes(now)
    waiting = next_question.waiting(session, learner, now=now, deck_id=assignment.deck_id)
    goal = next((goal for goal in waiting.goals if goal.assignment_id == assignment.id), None)
    return OwnAssignmentPage(
        id=assignment.id,
        name=assignment.title,
        sort=assignment.sort,
        classroom_name=found.classroom.name,
        deck_slug=found.deck_slug,
        deck_title=found.deck_title,
        tone=words.TONES.get(stand.status, ""),
        words=words.status_words(stand, zone, now),
        due=words.moment(due_at, zone, now),
        own_clock="" if same_clock else f"{there.clock} ({there.zone})",
        rules=words.rules(assignment, stand.terms, zone, now, asked=queries.asked(session, assignment)),
        pace=pace_words(goal) if goal else "",
        expected=_expected(session, learner, goal, now) if goal else "",
        known=stand.progress.known if stand.progress else 0,
        facts=stand.progress.facts if stand.progress else 0,
        takes=takes,
        attempt=str(fresh_id()),
        may_begin=takes and may_begin(stand.attempts, assignment.attempts_allowed),
        coded=bool(assignment.access_code),
        resumable=resumable,
        attempts=_attempts(rows, stand),
    )


def _expected(session: Session, learner: Learner, goal: GoalToday, now: datetime) -> str:
    """Recall on the day if the plan is followed, in words."""
    found = looking_ahead(session, learner, [goal], learner.today(now))
    return percent(found.recall)


def _attempts(rows: Sequence[AttemptSums], stand: Standpoint) -> tuple[AttemptLine, ...]:
    return tuple(
        AttemptLine(
            id=str(row.id),
            number=row.number,
            finished=row.finished_at is not None,
            result=words.points(attempt) if result_shown(row) else "",
            late=is_late(attempt, stand.terms.due_at),
        )
        for row, attempt in zip(rows, stand.attempts, strict=True)
    )
