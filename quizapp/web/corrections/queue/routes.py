"""The queue in the browser, and settling reports."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.errors import Conflict, Invalid
from quizapp.domain.language.translation import _, marked
from quizapp.services.corrections import analysis
from quizapp.services.corrections import reports as reporting
from quizapp.services.library import changed_evidence
from quizapp.web.corrections.queue import building, doors
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.queue_return import back
from quizapp.web.frame.parts.whole_numbers import whole

blueprint = Blueprint("queue", __name__, url_prefix="/teach/queue")

SETTLED = {
    "kept": marked("The question now uses the new sentence."),
    "dismissed": marked("The question stays as it is."),
    "retired": marked("Question archived. Its history is kept."),
}


@blueprint.get("/")
def index() -> Answer:
    return building.queue_page(
        session(),
        access.account(),
        deck=request.args.get("deck", ""),
        sort=request.args.get("sort", ""),
        number=request.args.get("page", 1, type=whole),
        now=now(),
    )


@blueprint.get("/reports/<int:item_id>")
def reports(item_id: int) -> Answer:
    return building.reports_page(session(), access.account(), doors.item(item_id))


@blueprint.post("/reports/<int:item_id>")
def settle(item_id: int) -> Answer:
    """Settle the reports that the page showed; those that came in the meantime stay open."""
    item, teacher = doors.item(item_id), access.account()
    outcome, reply = request.form.get("outcome", ""), request.form.get("reply", "")
    shown = request.form.getlist("report", type=access.row_id)
    try:
        count = reporting.settle(session(), item, shown, outcome=outcome, reply=reply, by=teacher, now=now())
    except Invalid as error:
        return building.reports_page(
            session(), teacher, item, outcome=outcome, reply=reply, errors=error.problems
        )
    except Conflict as error:
        flash(str(error), "warning")
    else:
        told = (
            _("The student is told.")
            if count == 1
            else _("All {count} students are told.").format(count=count)
        )
        flash(_("Report closed. {told}").format(told=told), "success")
    return back()


@blueprint.post("/suspicions/<int:item_id>")
def put_aside(item_id: int) -> Answer:
    """The figures were looked at and nothing is wrong: silence until more answers are there."""
    item = doors.item(item_id)
    analysis.set_aside(session(), item, by=access.account(), now=now())
    flash(_("Dismissed. We’ll flag it again if enough new answers point the same way."), "success")
    if request.form.get("from") == "figures":
        target = url_for("analysis.figures", slug=item.deck.slug, _anchor=f"item-{item.id}")
        return redirect(target, 303)
    return back()


@blueprint.post("/sources/<int:anchor_id>")
def settle_source(anchor_id: int) -> Answer:
    """What a teacher says of a question whose sentence has changed."""
    anchor, item = doors.changed_evidence(anchor_id)
    outcome = request.form.get("outcome", "")
    try:
        changed_evidence.settle(session(), anchor, item, outcome, by=access.account(), now=now())
    except (Invalid, Conflict) as error:
        flash(str(error), "warning")
    else:
        flash(SETTLED[outcome], "success")
    return back()
