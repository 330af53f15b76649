"""An answer that grading is not sure of: the learner sees the key and says whether theirs is the same.

Nothing is stored before that. The form sends the answer again with what was said, one word for each part
in question, so that a double click or a second tab decides once.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from flask import request

from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Format, Response
from quizapp.domain.library.kinds.responses import form_fields
from quizapp.services.library.citations import evidence_views
from quizapp.services.study import answer_log, counting_keys
from quizapp.services.study.learner import Learner
from quizapp.services.study.next_question import Question
from quizapp.storage.classes import conditions
from quizapp.storage.study import step as queries
from quizapp.storage.study.step import AskedItem
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.study import hints
from quizapp.web.study.pages import DecidingPage, Progress
from quizapp.web.study.served_note import Serving

FIELD, SAME, DIFFERENT = "same", "yes", "no"


def said() -> tuple[bool, ...]:
    """What the learner has said so far, part by part."""
    return tuple(each == SAME for each in request.form.getlist(FIELD))


def seen_key(review: UUID) -> bool:
    """Whether the answer that will have this id is a second try: the key was shown, and nothing was said."""
    return not said() and hints.was_given(_shown(review))


def page(
    learner: Learner, serving: Serving, shown: Question, row: AskedItem, response: Response
) -> DecidingPage | None:
    """The page that asks about the next part in question; None where none is, or it was answered before."""
    graded = counting_keys.grade(session(), row, Format(serving.format), response)
    parts, decided = graded.grade.undecided, said()
    review = answer_log.review_id(learner.id, serving.item_id, serving.events)
    if len(decided) >= len(parts) or answer_log.recorded(session(), learner, review) is not None:
        return None
    if conditions.asking_is_off(session(), learner.id, row.deck_id, now()):
        return None
    hints.note(_shown(review))
    part = parts[len(decided)]
    figures = queries.day_figures(session(), learner.id, learner.today(now()))
    return DecidingPage(
        headline=kind_of(graded.content).headline(graded.content),
        given=part.given,
        key=part.key,
        rationale=graded.content.rationale,
        passages=evidence_views(session(), graded.graded_by or row.version_id),
        fields=(
            ("serving", request.form["serving"]),
            *((name, text) for name, texts in form_fields(shown.prompt, response).items() for text in texts),
            *((FIELD, SAME if each else DIFFERENT) for each in decided),
        ),
        progress=Progress(figures.answers if figures else 0, serving.left),
        deck_slug=serving.deck,
    )


def _shown(review: UUID) -> UUID:
    return uuid5(review, "shown")
