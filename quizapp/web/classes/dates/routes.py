"""A class's dates: an exam that everyone in it learns for."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.audit.actions import Action
from quizapp.domain.classes.wording import zone_words
from quizapp.domain.errors import Invalid
from quizapp.domain.language.translation import _
from quizapp.services.study.dates import own_dates
from quizapp.storage.classes import classrooms
from quizapp.storage.study import goals as queries
from quizapp.web.classes.dates.pages import ClassDatesPage
from quizapp.web.frame import access
from quizapp.web.frame.audit_entry import note
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.study.goals.building import class_lines
from quizapp.web.study.goals.forms import goal_form

blueprint = Blueprint("dates", __name__)


@blueprint.route("/classes/<int:classroom_id>/dates", methods=["GET", "POST"])
def index(classroom_id: int) -> Answer:
    found, at = access.taught_classroom(classroom_id), now()
    zone = ZoneInfo(found.zone)
    decks = classrooms.class_decks(session(), [found.id])
    form = goal_form(decks)
    if form.validate_on_submit():
        try:
            wish = form.wish(zone, decks)
            own_dates.create(session(), wish, classroom_id=found.id, now=at)
        except Invalid as error:
            form.refuse(error)
        else:
            note(Action.DATE_SET, found)
            flash(_("Saved. Everyone in the class learns towards it from now on."), "success")
            return redirect(url_for("dates.index", classroom_id=found.id), 303)
    return ClassDatesPage(
        form=form,
        classroom_id=found.id,
        classroom_name=found.name,
        dates=class_lines(queries.dates_of(session(), None, found.id, at), zone, at),
        zone=zone_words(zone),
    )


@blueprint.post("/classes/<int:classroom_id>/dates/remove")
def remove(classroom_id: int) -> Answer:
    found = access.taught_classroom(classroom_id)
    if own_dates.remove(session(), request.form.get("date", 0, type=access.row_id), classroom_id=found.id):
        note(Action.DATE_REMOVED, found)
        flash(_("Removed. What students have learnt stays."), "success")
    else:
        flash(_("That date no longer exists."), "warning")
    return redirect(url_for("dates.index", classroom_id=found.id), 303)
