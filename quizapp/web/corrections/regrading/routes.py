"""A changed key in the browser: dry run, grading again, progress, undo, and what students were told."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.language.translation import _
from quizapp.services.corrections import claims, regrades
from quizapp.storage.corrections import regrades as queries
from quizapp.web.corrections.queue.doors import item as item_door
from quizapp.web.corrections.regrading import building, doors
from quizapp.web.corrections.regrading.background import wake_after_this_request
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.whole_numbers import whole

blueprint = Blueprint("regrading", __name__)


@blueprint.get("/teach/items/<int:item_id>/past-answers")
def dry_run(item_id: int) -> Answer:
    """What the present key would change; its regrade, where one was ordered."""
    item = item_door(item_id)
    there = queries.in_force(session(), item.id, item.version_id or 0)
    if there is not None:
        return redirect(url_for("regrading.regrade", regrade_id=there.id), 303)
    return building.dry_run_page(session(), item)


@blueprint.post("/teach/items/<int:item_id>/past-answers")
def order(item_id: int) -> Answer:
    """Grade past answers again by the key that the page showed."""
    item = item_door(item_id)
    if item.version is None or request.form.get("version", type=whole) != item.version_id:
        flash(
            _("The question has been edited again in the meantime. Check what would change now."), "warning"
        )
        return redirect(url_for("regrading.dry_run", item_id=item_id), 303)
    made = regrades.order(session(), item, item.version, "key", author=access.account(), now=now())
    wake_after_this_request()
    return redirect(url_for("regrading.regrade", regrade_id=made.id), 303)


@blueprint.get("/teach/regrades/<int:regrade_id>")
def regrade(regrade_id: int) -> Answer:
    """How far it has come. Looking changes nothing, but a regrade that a stop interrupted goes on."""
    found = doors.own_regrade(regrade_id)
    if found.regrade.finished_at is None:
        wake_after_this_request()
    return building.regrade_page(session(), found)


@blueprint.post("/teach/regrades/<int:regrade_id>/undo")
def undo(regrade_id: int) -> Answer:
    found = doors.own_regrade(regrade_id).regrade
    claims.take_back(session(), found, author=access.account(), now=now())
    wake_after_this_request()
    return redirect(url_for("regrading.regrade", regrade_id=regrade_id), 303)


@blueprint.post("/notices/dismiss")
def dismiss() -> Answer:
    """A student has read what they were told."""
    claims.dismiss(session(), access.account().id, now=now())
    return redirect(url_for("home.index"), 303)
