"""What a day of study came to, counted from the log, and how the week stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from quizapp.services.study.learner import Learner
from quizapp.storage.study import met
from quizapp.storage.study.met import AnsweredToday
from quizapp.storage.study.progress import studied_days


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """A day's answers in one deck or in all. questions: different ones; kept: those whose last answer was
    right; missed: the first answers that were not, in the order in which they came."""

    answers: int
    questions: int
    kept: int
    missed: tuple[AnsweredToday, ...]
    minutes: int


def of_day(session: Session, learner: Learner, day: int, deck_id: int | None = None) -> Sitting:
    """What a study day came to so far."""
    rows = met.answers_of_day(session, learner.id, day, deck_id)
    last = {row.item_id: row for row in rows}
    missed: dict[int, AnsweredToday] = {}
    for row in rows:
        if row.score < 1:
            missed.setdefault(row.item_id, row)
    return Sitting(
        answers=len(rows),
        questions=len(last),
        kept=sum(row.score >= 1 for row in last.values()),
        missed=tuple(missed.values()),
        minutes=round(sum(row.duration_ms for row in rows) / 60_000),
    )


def week(session: Session, learner: Learner, today: int) -> tuple[int, int] | None:
    """Days studied since Monday, and days aimed at; None for a learner without such an aim."""
    if not learner.week_goal:
        return None
    monday = today - date.fromordinal(today).weekday()
    return len(studied_days(session, learner.id, monday, today)), learner.week_goal
