"""A learner's figures besides days: first answers by format, and predictions beside what came of them."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from quizapp.domain.study.scheduling.evidence import Evidence, credit, known_share, likely_right
from quizapp.storage.study.history import AnswerFigures, FullEvent, RollupEvent, opening_answers, predicted
from quizapp.storage.study.step import first_answers
from quizapp.storage.study.tables import LearnerCalibration, LearnerFirst
from quizapp.storage.upserts import add_up

MILLION = 1_000_000
ENOUGH = 200  # first answers in a format, below which their share says little
TENTHS = tuple(tenth / 10 for tenth in range(1, 10))  # compared, as n * 10 would round

Answered = AnswerFigures | RollupEvent | FullEvent


def known_shares(session: Session) -> dict[str, float]:
    """By format, the share of the site's first answers known, chance removed; where there are enough."""
    return {
        row.format: known_share(row.answers, row.right / MILLION, row.guessed / MILLION)
        for row in first_answers(session)
        if row.answers >= ENOUGH
    }


def first_figures(learner_id: int, review: Answered) -> tuple[dict[str, Any], dict[str, int]]:
    """What a first answer adds to the learner's first answers, and to which row."""
    keys = {"learner_id": learner_id, "format": review.format}
    return keys, {"answers": 1, "right": _credit(review), "guessed": round(review.guess * MILLION)}


def calibration_figures(learner_id: int, review: Answered) -> tuple[dict[str, Any], dict[str, int]]:
    """What a predicted answer adds to the learner's calibration, and to which bin: the tenth, 0 to 9, into
    which its probability of being right falls."""
    assert review.expected is not None
    likely = likely_right(review.expected, review.guess)
    keys = {"learner_id": learner_id, "bin": bisect_right(TENTHS, likely)}
    return keys, {"reviews": 1, "expected": round(likely * MILLION), "right": _credit(review)}


def _credit(review: Answered) -> int:
    evidence = Evidence(review.score, review.chance, review.rating, review.hinted)
    return round(credit(evidence, review.guess) * MILLION)


def add(session: Session, learner_id: int, values: dict[str, Any], *, first: bool) -> None:
    """Add an answer to the learner's first answers and calibration."""
    review = AnswerFigures(**{name: values[name] for name in AnswerFigures._fields})
    if first:
        add_up(session, LearnerFirst, *first_figures(learner_id, review))
    if review.expected is not None:
        add_up(session, LearnerCalibration, *calibration_figures(learner_id, review))


def recount(session: Session, learner_id: int) -> None:
    """Count a learner's first answers and calibration again."""
    for entity in (LearnerFirst, LearnerCalibration):
        session.execute(delete(entity).where(entity.learner_id == learner_id))
    for row in opening_answers(session, learner_id):
        add_up(session, LearnerFirst, *first_figures(learner_id, row))
    for row in predicted(session, learner_id):
        add_up(session, LearnerCalibration, *calibration_figures(learner_id, row))
