"""A quiz on its teacher's desk: questions picked by hand, a preview that leaves no trace, and paper."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.audit.actions import Action
from quizapp.domain.classes.terms import Sort
from quizapp.domain.errors import Invalid, Missing
from quizapp.domain.language.translation import _, ngettext
from quizapp.domain.library.kinds.responses import read_response
from quizapp.services.classes import assignments
from quizapp.services.classes.assignments import Picked
from quizapp.storage.classes.assignments import TaughtAssignment
from quizapp.web.classes.assignments.doors import taught_assignment
from quizapp.web.classes.papers import building
from quizapp.web.frame.audit_entry import note
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.whole_numbers import whole

blueprint = Blueprint("papers", __name__)


def _quiz(assignment_id: int) -> TaughtAssignment:
    found = taught_assignment(assignment_id)
    if found.assignment.sort != Sort.QUIZ:
        raise Missing(_("This assignment isn’t a quiz."))
    return found


@blueprint.route("/classes/assignments/<int:assignment_id>/questions", methods=["GET", "POST"])
def pick(assignment_id: int) -> Answer:
    """Choose a quiz's questions by hand; none chosen: they are drawn."""
    found = _quiz(assignment_id)
    if request.method != "POST":
        return building.pick_page(session(), found)
    try:
        picked = [Picked(item, _points(item)) for item in request.form.getlist("item", type=whole)]
        shuffled = request.form.get("order") != "fixed"
        assignments.pick(session(), found.assignment, picked, shuffled=shuffled)
    except Invalid as error:
        return building.pick_page(session(), found, problem=str(error))
    note(Action.ASSIGNMENT_CHANGED, found.assignment)
    words = ngettext("{count} question chosen.", "{count} questions chosen.", len(picked))
    flash(words if picked else _("Questions are drawn from the deck for each attempt."), "success")
    return redirect(url_for("assignments.assignment", assignment_id=assignment_id), 303)


def _points(item: int) -> float:
    try:
        return float(request.form.get(f"points-{item}", "1").replace(",", "."))
    except ValueError:
        raise Invalid(_("Give points as numbers, such as 2 or 0.5.")) from None


@blueprint.route("/classes/assignments/<int:assignment_id>/preview/<int:position>", methods=["GET", "POST"])
def preview(assignment_id: int, position: int) -> Answer:
    """A question as a student gets it. Answering shows what comes of it and stores nothing."""
    found = _quiz(assignment_id)
    questions = building.trial(session(), found)
    if not 1 <= position <= len(questions):
        raise Missing(_("Question not found in this quiz."))
    if request.method != "POST":
        return building.trial_page(found, questions, position)
    try:
        response = read_response(questions[position - 1][1], request.form.to_dict(flat=False))
    except Invalid as error:
        problem = error.problems[0].message if error.problems else str(error)
        return building.trial_page(found, questions, position, problem=problem)
    if response is None:
        problem = _("Choose or type an answer first.")
        return building.trial_page(found, questions, position, problem=problem)
    return building.trial_page(found, questions, position, response=response)


@blueprint.get("/classes/assignments/<int:assignment_id>/paper")
def paper(assignment_id: int) -> Answer:
    return building.paper_page(session(), _quiz(assignment_id))


@blueprint.get("/classes/assignments/<int:assignment_id>/share")
def share(assignment_id: int) -> Answer:
    """The link of an assignment, to copy, scan or post."""
    return building.share_page(taught_assignment(assignment_id), now=now())
