"""How assignments stand: with each student of a class for its teacher, and with one learner for themselves.

Both are counted the same way, from attempts and cards; as many queries for 200 students as for two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from quizapp.domain.classes.attempts import Attempted
from quizapp.domain.classes.progress import Progress, Remembered, progress
from quizapp.domain.classes.states import Status, quiz_status, study_status
from quizapp.domain.classes.terms import Sort, Terms
from quizapp.domain.quizzes.showing import result_shown
from quizapp.domain.study.scheduling.day import study_day
from quizapp.domain.study.scheduling.parameters import Parameters, weights_of
from quizapp.services.quizzes.attempts import terms_of
from quizapp.services.study.folding import event_of
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes import assigned_students
from quizapp.storage.classes import assignments as queries
from quizapp.storage.classes import remembered as memories
from quizapp.storage.classes.assigned_students import AssignedStudent
from quizapp.storage.classes.assignments import OwnAssignment
from quizapp.storage.classes.remembered import StudentCard
from quizapp.storage.classes.tables import Assignment, Classroom
from quizapp.storage.study.history import LogEvent


@dataclass(frozen=True, kw_only=True)
class Standpoint:
    """How an assignment stands with a student. attempts and counts: of a quiz; progress: of a deck to know;
    active_at: when they last did anything for it."""

    terms: Terms
    status: Status
    attempts: tuple[Attempted, ...] = ()
    counts: Attempted | None = None
    progress: Progress | None = None
    active_at: datetime | None = None

    @property
    def share(self) -> float | None:
        """What the student has got so far, in [0, 1]; None where there is nothing to tell."""
        got = self.progress or self.counts
        return None if got is None else got.share


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Someone's assignment to be looked at. key: whatever tells it from the others. weights: by which their
    cards are scheduled."""

    key: int
    assignment: Assignment
    zone: ZoneInfo
    learner_id: int
    weights: str
    terms: Terms


def of_students(
    session: Session, assignment: Assignment, classroom: Classroom, *, now: datetime
) -> list[tuple[AssignedStudent, Standpoint]]:
    """Every student of the class by name, each with how the assignment stands."""
    students = assigned_students.students(session, assignment)
    zone = ZoneInfo(classroom.zone)
    asked = [
        Asked(
            key=row.id,
            assignment=assignment,
            zone=zone,
            learner_id=row.learner_id,
            weights=row.weights,
            terms=terms_of(assignment, row.own_due_at),
        )
        for row in students
    ]
    found = standpoints(session, asked, now=now)
    return [(row, found[row.id]) for row in students]


def of_learner(
    session: Session, rows: Sequence[OwnAssignment], learner_id: int, *, now: datetime, as_told: bool = False
) -> dict[int, Standpoint]:
    """How each of a learner's assignments stands, by its id; `rows` as `queries.of_learner` gives them.

    as_told: for the learner, who isn't told which of their attempts is the best while results are hidden.
    """
    weights = session.get_one(Account, learner_id).weights
    asked = [
        Asked(
            key=row.assignment.id,
            assignment=row.assignment,
            zone=ZoneInfo(row.classroom.zone),
            learner_id=learner_id,
            weights=weights,
            terms=terms_of(row.assignment, row.own_due_at),
        )
        for row in rows
    ]
    return standpoints(session, asked, now=now, as_told=as_told)


def standpoints(
    session: Session, asked: Sequence[Asked], *, now: datetime, as_told: bool = False
) -> dict[int, Standpoint]:
    """How each stands, by its key."""
    quizzes = [each for each in asked if each.assignment.sort == Sort.QUIZ]
    decks = [each for each in asked if each.assignment.sort == Sort.STUDY]
    return {**_of_quizzes(session, quizzes, now, as_told), **_of_decks(session, decks, now)}


def _of_quizzes(
    session: Session, asked: Sequence[Asked], now: datetime, as_told: bool
) -> dict[int, Standpoint]:
    if not asked:
        return {}
    ids, who = sorted({each.assignment.id for each in asked}), {each.learner_id for each in asked}
    rows = assigned_students.attempts(session, ids, next(iter(who)) if len(who) == 1 else None)
    attempts: dict[tuple[int, int], list[Attempted]] = defaultdict(list)
    for row in rows:
        points = row.points if result_shown(row) or not as_told else 0.0
        attempts[row.assignment_id, row.learner_id].append(
            Attempted(
                points,
                row.questions,
                row.answered,
                row.started_at,
                row.last_at,
                row.finished_at or (row.ends_at if row.ends_at is not None and row.ends_at < now else None),
                row.possible,
                str(row.id),
            )
        )
    found = {}
    for each in asked:
        mine = tuple(attempts[each.assignment.id, each.learner_id])
        status, counts = quiz_status(each.terms, mine, now)
        found[each.key] = Standpoint(
            terms=each.terms,
            status=status,
            attempts=mine,
            counts=counts,
            active_at=max((attempt.active_at for attempt in mine), default=None),
        )
    return found


def _of_decks(session: Session, asked: Sequence[Asked], now: datetime) -> dict[int, Standpoint]:
    if not asked:
        return {}
    decks = sorted({each.assignment.deck_id for each in asked})
    learners = sorted({each.learner_id for each in asked})
    facts = queries.facts(session, decks)
    cards: dict[tuple[int, int], list[StudentCard]] = defaultdict(list)
    for row in memories.remembered(session, decks, learners):
        cards[row.deck_id, row.learner_id].append(row)
    logs = _logs(session, asked, decks, learners, now)
    found = {}
    for each in asked:
        mine = cards[each.assignment.deck_id, each.learner_id]
        count = facts.get(each.assignment.deck_id, 0)
        by = Parameters(weights=weights_of(each.weights))
        in_time = _progress(each, mine, by, logs, count, min(now, each.terms.due_at))
        at_last = _progress(each, mine, by, logs, count, min(now, each.terms.closes_at or now))
        found[each.key] = Standpoint(
            terms=each.terms,
            status=study_status(each.terms, in_time, at_last, now),
            progress=at_last,
            active_at=max((row.last_at for row in mine), default=None),
        )
    return found


def _logs(
    session: Session, asked: Sequence[Asked], decks: list[int], learners: list[int], now: datetime
) -> dict[tuple[int, int], list[LogEvent]]:
    """The logs of the cards that were answered after something was due, by (learner, item); else none are
    needed."""
    first_due = min(each.terms.due_at for each in asked)
    if now <= first_due:
        return {}
    rows = memories.logs(session, decks, learners, first_due)
    return {
        key: [row.event for row in log]
        for key, log in groupby(rows, key=lambda row: (row.learner_id, row.item_id))
    }


def _progress(
    asked: Asked,
    cards: Iterable[StudentCard],
    parameters: Parameters,
    logs: Mapping[tuple[int, int], Sequence[LogEvent]],
    facts: int,
    until: datetime,
) -> Progress:
    """By what was answered until a moment: a card answered since is folded again from its log up to it."""
    memories = []
    for card in cards:
        if card.last_at <= until:
            memory = card.stability, card.fast, card.difficulty
            memories.append(Remembered(card.fact_id, memory, card.last_day, card.learning))
            continue
        log = logs.get((card.learner_id, card.item_id), ())
        state = parameters.replay(event_of(row) for row in log if row.at <= until or row.voids)
        if state is not None:
            memories.append(Remembered(card.fact_id, state.memory, state.last_day, state.learning))
    return progress(
        memories,
        facts,
        weights=parameters.weights,
        target=asked.assignment.target,
        due_day=study_day(asked.terms.due_at, asked.zone),
    )
