"""The start page: what waits today and one obvious button."""

from __future__ import annotations

from flask import Blueprint

from quizapp.services.study import next_question
from quizapp.storage.classes import classrooms
from quizapp.storage.corrections import reports
from quizapp.storage.library import decks
from quizapp.storage.quizzes import attempts
from quizapp.storage.study import due as queries
from quizapp.web.classes.assignments.own import due_rows
from quizapp.web.corrections.regrading.building import notices
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.pace import backlog_words, pace_lines
from quizapp.web.frame.sign_in import current_account
from quizapp.web.library.building import day_words
from quizapp.web.site.pages import DeckRow, HomePage, OpenQuiz
from quizapp.web.site.teaching import teaching

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def index() -> Answer:
    if current_account() is None:
        return HomePage(decks=_decks(None, 0, 0), newcomer=True)
    learner, at = access.learner(), now()
    today = learner.today(at)
    waiting = next_question.waiting(session(), learner, now=at)
    classes = tuple(row.name for row in classrooms.classes_attended(session(), learner.id))
    teacher = access.account() if access.account().is_teacher else None
    return HomePage(
        decks=_decks(learner.id, today, waiting.new, studied=teacher is not None),
        teaching=None if teacher is None else teaching(session(), teacher, now=at),
        due=waiting.due,
        new=waiting.new,
        minutes=waiting.minutes,
        answered_today=waiting.answered,
        zone=learner.zone.key,
        backlog=backlog_words(waiting.backlog),
        paces=pace_lines(waiting.goals),
        tomorrow=0 if waiting.left else queries.count_due(session(), learner.id, today + 1),
        quizzes=tuple(
            OpenQuiz(
                id=str(row.id),
                deck_title=row.deck_title,
                begun=day_words(learner.today(row.started_at), today),
                answered=row.answered,
                questions=row.questions,
            )
            for row in attempts.open_attempts(session(), learner.id)
        ),
        settled=reports.unread(session(), learner.id),
        classes=classes,
        assignments=due_rows(session(), learner.id, now=at, unfinished=True) if classes else (),
        told=notices(session(), learner.id),
    )


def _decks(
    learner_id: int | None, today: int, new_left: int, *, studied: bool = False
) -> tuple[DeckRow, ...]:
    """The article decks; a learner's own first. New items are offered within the day's limit. studied:
    without those that one could begin."""
    due = queries.due_by_deck(session(), learner_id, today) if learner_id is not None else {}
    rows = [row for row in decks.deck_rows(session(), learner_id, today) if row.theme_tag is None]
    rows.sort(key=lambda row: (row.studied is None, row.studied or 0))
    return tuple(
        DeckRow(
            slug=row.slug,
            title=row.title,
            summary=row.summary,
            due=due.get(row.id, 0),
            new=min(new_left, row.total - row.met) if row.studied is not None else 0,
            known=row.known,
            total=row.total,
        )
        for row in rows
        if row.total and (row.studied is not None or not studied)
    )
