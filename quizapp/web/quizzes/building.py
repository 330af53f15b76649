"""Building the quiz pages from an attempt's rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from quizapp.domain.kinds import decode_grade, decode_response, kind_of
from quizapp.domain.kinds.base import Format, Prompt
from quizapp.domain.kinds.responses import in_words
from quizapp.domain.quizzes.scoring import result
from quizapp.services.citing import evidence_views
from quizapp.services.quizzes import review_id
from quizapp.web.quizzes.pages import (
    OverviewPage,
    OverviewRow,
    QuizFeedbackPage,
    QuizQuestionPage,
    ResultPage,
    ResultRow,
)
from quizapp.web.study.pages import Progress


def prompt_of(row: Any) -> Prompt:
    """A question as this attempt shows it, the same each time."""
    question = row.AttemptQuestion
    seed = review_id(question.attempt_id, question.position).hex
    return kind_of(row.content).prompt(row.content, Format(question.format), seed)


def progress_of(rows: Any) -> Progress:
    answered = sum(row.AttemptQuestion.answered_at is not None for row in rows)
    return Progress(answered, len(rows) - answered)


def next_open(rows: Any, after: int = 0) -> int:
    """The first unanswered position behind `after`, else the first of all; 0 when all are answered."""
    open_positions = [row.AttemptQuestion.position for row in rows if row.AttemptQuestion.answered_at is None]
    behind = [position for position in open_positions if position > after]
    return int((behind or open_positions or [0])[0])


def question_page(found: Any, rows: Any, row: Any, *, served: str, problem: str = "") -> QuizQuestionPage:
    prompt, question = prompt_of(row), row.AttemptQuestion
    return QuizQuestionPage(
        attempt=str(question.attempt_id),
        position=question.position,
        deck_title=found.deck_title,
        prompt=prompt,
        progress=progress_of(rows),
        served=served,
        at_end=found.Attempt.feedback == "end",
        given=in_words(decode_response(question.response)) if question.response else (),
        problem=problem,
    )


def feedback_page(session: Session, found: Any, rows: Any, row: Any) -> QuizFeedbackPage:
    question = row.AttemptQuestion
    return QuizFeedbackPage(
        attempt=str(question.attempt_id),
        position=question.position,
        deck_title=found.deck_title,
        prompt=prompt_of(row),
        response=decode_response(question.response),
        grade=decode_grade(question.grade),
        outline=kind_of(row.content).outline(row.content),
        rationale=row.content.rationale,
        passages=evidence_views(session, question.version_id),
        progress=progress_of(rows),
        next=0 if found.Attempt.finished_at else next_open(rows, question.position),
        finished=found.Attempt.finished_at is not None,
    )


def overview_page(found: Any, rows: Any) -> OverviewPage:
    return OverviewPage(
        attempt=str(found.Attempt.id),
        deck_title=found.deck_title,
        rows=tuple(
            OverviewRow(
                position=row.AttemptQuestion.position,
                headline=kind_of(row.content).headline(row.content),
                answered=row.AttemptQuestion.answered_at is not None,
            )
            for row in rows
        ),
    )


def result_page(found: Any, rows: Any, *, waiting: int) -> ResultPage:
    return ResultPage(
        attempt=str(found.Attempt.id),
        deck_title=found.deck_title,
        deck_slug=found.deck_slug,
        result=result([row.AttemptQuestion.score for row in rows]),
        waiting=waiting,
        rows=tuple(
            ResultRow(
                position=row.AttemptQuestion.position,
                headline=kind_of(row.content).headline(row.content),
                answered=row.AttemptQuestion.answered_at is not None,
                score=row.AttemptQuestion.score or 0.0,
            )
            for row in rows
        ),
    )
