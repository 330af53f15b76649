"""Results, for teachers: answers one by one, marks by hand, attempts reset, a student, a gradebook."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.classes.gradebook import Rule
from quizapp.domain.errors import Conflict, Invalid, Missing
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds import decode_response
from quizapp.services.classes import marking
from quizapp.services.corrections import claims
from quizapp.storage.classes.results import TaughtAttempt
from quizapp.storage.quizzes import attempts as attempt_queries
from quizapp.storage.quizzes.tables import AttemptQuestion
from quizapp.web.classes.assignments.doors import taught_assignment
from quizapp.web.classes.results import building
from quizapp.web.classes.results.doors import taught_answer, taught_attempt
from quizapp.web.corrections.regrading.background import wake_after_this_request
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.tables import table_file
from quizapp.web.frame.parts.whole_numbers import whole

blueprint = Blueprint("results", __name__)


@blueprint.get("/classes/assignments/<int:assignment_id>/answers")
def answers(assignment_id: int) -> Answer:
    return building.grid_page(session(), taught_assignment(assignment_id), access.account().id, now=now())


@blueprint.get("/classes/attempts/<uuid:taken>")
def attempt(taken: UUID) -> Answer:
    return building.attempt_page(session(), taught_attempt(taken), access.account().id, now=now())


@blueprint.post("/classes/attempts/<uuid:taken>/<int:position>/mark")
def mark(taken: UUID, position: int) -> Answer:
    """Give an answer its mark by hand, in points; an empty one is the mark by the key again."""
    found = taught_attempt(taken)
    question, reason = _question(found, position), request.form.get("reason", "")
    try:
        score = _share(request.form.get("points", ""), question.points)
        marking.mark(session(), found, question, score, reason=reason, by=access.account(), now=now())
    except (Conflict, Invalid) as error:
        flash(str(error), "warning")
    else:
        flash(_("Mark saved. {name} sees it with your reason.").format(name=found.student), "success")
    return _back(taken, position)


def _share(text: str, points: float) -> float | None:
    """The share of a question's points that was typed; None for nothing. Raises Invalid for no number."""
    text = text.strip().replace(",", ".")
    if not text:
        return None
    try:
        return float(text) / points
    except ValueError:
        raise Invalid(_("Give the mark as a number, such as 0.5.")) from None


@blueprint.post("/classes/attempts/<uuid:taken>/<int:position>/accept")
def accept(taken: UUID, position: int) -> Answer:
    """Let an answer count for everyone who gave it."""
    question = _question(taught_attempt(taken), position)
    return _accept(question.item_id, question.response) or _back(taken, position)


@blueprint.post("/classes/attempts/<uuid:taken>/reset")
def reset(taken: UUID) -> Answer:
    found, reason = taught_attempt(taken), request.form.get("reason", "")
    try:
        marking.reset(session(), found, reason=reason, by=access.account(), now=now())
    except (Conflict, Invalid) as error:
        flash(str(error), "warning")
    else:
        flash(_("Reset. {name} can start another attempt.").format(name=found.student), "success")
    return _back(taken)


@blueprint.get("/classes/students/<int:enrolment_id>")
def student(enrolment_id: int) -> Answer:
    place, classroom = access.taught_enrolment(enrolment_id)
    return building.student_page(session(), place, classroom, access.account().id, now=now())


@blueprint.get("/classes/answers/<uuid:given>")
def answer(given: UUID) -> Answer:
    return building.answer_page(session(), taught_answer(given), access.account().id, now=now())


@blueprint.post("/classes/answers/<uuid:given>/accept")
def accept_studied(given: UUID) -> Answer:
    """Let an answer given in study count for everyone who gave it."""
    row = taught_answer(given).answer
    return _accept(row.item_id, row.response) or redirect(url_for("results.answer", given=given), 303)


@blueprint.get("/classes/<int:classroom_id>/grades")
def gradebook(classroom_id: int) -> Answer:
    return building.gradebook_page(session(), access.taught_classroom(classroom_id), _rule(), now=now())


@blueprint.get("/classes/<int:classroom_id>/grades.<any(csv, xlsx):form>")
def gradebook_file(classroom_id: int, form: str) -> Answer:
    found = access.taught_classroom(classroom_id)
    heads, rows = building.gradebook_table(building.gradebook_page(session(), found, _rule(), now=now()))
    return table_file(f"grades-{classroom_id}", form, heads, rows)


def _rule() -> Rule:
    wanted = request.args.get("rule", "")
    return Rule(wanted) if wanted in set(Rule) else Rule.BEST


def _question(found: TaughtAttempt, position: int) -> AttemptQuestion:
    rows = attempt_queries.questions(session(), found.attempt.id)
    row = next((row.attempt_question for row in rows if row.attempt_question.position == position), None)
    if row is None:
        raise Missing(_("Question not found in this quiz."))
    return row


def _accept(item_id: int, response: str) -> Answer | None:
    """To the regrade that follows; None where the answer was not accepted, which is said."""
    item, base = access.own_item(item_id), request.form.get("base", type=whole)
    if not response:
        flash(_("No answer to accept."), "warning")
        return None
    try:
        made = claims.accept_answer(
            session(), item, decode_response(response), base=base, author=access.account(), now=now()
        )
    except (Conflict, Invalid) as error:
        flash(str(error), "warning")
        return None
    wake_after_this_request()
    flash(_("Accepted. Everyone who gave this answer is regraded and told."), "success")
    return redirect(url_for("regrading.regrade", regrade_id=made.id), 303)


def _back(taken: UUID, position: int = 0) -> Answer:
    anchor = f"question-{position}" if position else None
    return redirect(url_for("results.attempt", taken=taken, _anchor=anchor), 303)
