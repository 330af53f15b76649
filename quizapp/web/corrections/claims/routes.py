"""Claiming to have been right, and deciding it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.errors import Conflict, Invalid, Missing
from quizapp.domain.language.translation import _
from quizapp.services.corrections import claims
from quizapp.services.quizzes.attempts import review_id
from quizapp.storage.corrections.reports import asked_in_quiz
from quizapp.web.corrections.claims import building
from quizapp.web.corrections.queue import doors
from quizapp.web.corrections.regrading.background import wake_after_this_request
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.queue_return import back
from quizapp.web.frame.parts.whole_numbers import whole

blueprint = Blueprint("claims", __name__)


@blueprint.post("/claims/study/<uuid:review>")
def from_study(review: UUID) -> Answer:
    """Claim an answer of one's own log."""
    _claim(review)
    left, deck = request.form.get("left", type=whole), request.form.get("deck") or None
    return redirect(url_for("study.feedback", review=review, left=left, deck=deck), 303)


@blueprint.post("/claims/quiz/<uuid:attempt>/<int:position>")
def from_quiz(attempt: UUID, position: int) -> Answer:
    """Claim an answer of one's own quiz, once it has been shown (only then it is in the log)."""
    found = access.attempt(attempt).attempt
    if asked_in_quiz(session(), attempt, position) is None:
        raise Missing(_("Question not found in this quiz."))
    try:
        _claim(review_id(found.id, position))
    except Missing:
        flash(_("You can only do this after you’ve seen the answer. Nothing was sent."), "warning")
    return redirect(url_for("quizzes.question", attempt=attempt, position=position), 303)


def _claim(review: UUID) -> None:
    try:
        claims.claim(session(), access.learner(), review, reason=request.form.get("reason", ""), now=now())
    except (Conflict, Invalid) as error:
        flash(str(error), "warning")
    else:
        flash(_("Sent without your name. If it’s accepted, your answer counts as correct."), "success")


@blueprint.get("/teach/claims/<int:item_id>")
def group(item_id: int) -> Answer:
    return building.group_page(session(), doors.item(item_id), request.args.get("answer", ""))


@blueprint.post("/teach/claims/<int:item_id>/accept")
def accept(item_id: int) -> Answer:
    """Let the answer count for all who gave it, and grade them again."""
    item, form, base = (
        doors.item(item_id),
        request.form.get("answer", ""),
        request.form.get("base", type=whole),
    )
    try:
        made = claims.accept(session(), item, form, base=base, author=access.account(), now=now())
    except (Conflict, Invalid) as error:
        flash(str(error), "warning")
        return redirect(url_for("claims.group", item_id=item_id, answer=form), 303)
    wake_after_this_request()
    flash(_("Accepted. Everyone who gave this answer is regraded and told."), "success")
    return redirect(url_for("regrading.regrade", regrade_id=made.id), 303)


@blueprint.post("/teach/claims/<int:item_id>/decline")
def decline(item_id: int) -> Answer:
    """Let the answer stay wrong, with a word to those who claimed it."""
    item, form, reply = doors.item(item_id), request.form.get("answer", ""), request.form.get("reply", "")
    try:
        declined = claims.decline(session(), item, form, reply=reply, author=access.account(), now=now())
    except Invalid as error:
        return building.group_page(session(), item, form, reply=reply, error=str(error))
    if declined.regrade is not None:
        wake_after_this_request()
    flash(_declined(declined), "info")
    return back()


def _declined(declined: claims.Declined) -> str:
    count = declined.students
    if not count:
        return _("These claims have already been decided.")
    told = (
        _("The student is told.") if count == 1 else _("All {count} students are told.").format(count=count)
    )
    if declined.regrade is not None:
        return _("It’s now one of the question’s wrong answers. {told}").format(told=told)
    return _("The grade stays as it is. {told}").format(told=told)
