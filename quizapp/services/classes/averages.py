"""What a class got on average stays when someone is erased: before they go, their part of it is kept
without them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.services.classes import progress
from quizapp.storage.classes import assigned_answers
from quizapp.storage.classes import assignments as queries
from quizapp.storage.classes.tables import ErasedAnswers, ErasedResult
from quizapp.storage.upserts import add_up_all


def keep(session: Session, learner_id: int, *, now: datetime) -> None:
    """Keep what a learner got and answered in each assignment of the classes they are in, as figures that
    name no one."""
    rows = queries.ever_given(session, learner_id)
    found = progress.of_learner(session, rows, learner_id, now=now)
    for row in rows:
        assignment = row.assignment
        if (share := found[assignment.id].share) is not None:
            session.add(ErasedResult(assignment_id=assignment.id, share=share))
        answers = assigned_answers.answers(session, assignment, learner_id)
        add_up_all(
            session,
            ErasedAnswers,
            ("assignment_id", "version_id", "score"),
            [
                {
                    "assignment_id": assignment.id,
                    "version_id": each.version_id,
                    "score": each.score,
                    "times": each.times,
                }
                for each in answers
            ],
        )
    session.flush()
