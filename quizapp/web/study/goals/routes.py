"""A learner's own dates: an exam on any day, of any of their decks."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.classes.wording import zone_words
from quizapp.domain.errors import Invalid
from quizapp.domain.language.translation import _
from quizapp.services.study import next_question
from quizapp.services.study.dates import own_dates
from quizapp.storage.study import goals as queries
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.study.goals import building
from quizapp.web.study.goals.forms import goal_form
from quizapp.web.study.goals.pages import GoalsPage

blueprint = Blueprint("goals", __name__)


@blueprint.route("/dates/", methods=["GET", "POST"])
def index() -> Answer:
    learner, at = access.learner(), now()
    decks = queries.studied_decks(session(), learner.id)
    form = goal_form(decks)
    if form.validate_on_submit():
        try:
            wish = form.wish(learner.zone, decks)
            own_dates.create(session(), wish, learner_id=learner.id, now=at)
        except Invalid as error:
            form.refuse(error)
        else:
            flash(_("Saved. Your days are planned towards it from now on."), "success")
            return redirect(url_for("goals.index"), 303)
    waiting = next_question.waiting(session(), learner, now=at)
    own = queries.dates_of(session(), learner.id, None, at)
    return GoalsPage(
        form=form,
        dates=building.date_lines(session(), learner, waiting, own, now=at),
        zone=zone_words(learner.zone),
    )


@blueprint.post("/dates/remove")
def remove() -> Answer:
    named = request.form.get("date", 0, type=access.row_id)
    if own_dates.remove(session(), named, learner_id=access.account().id):
        flash(_("Removed. What you’ve learnt stays."), "success")
    else:
        flash(_("That date no longer exists."), "warning")
    return redirect(url_for("goals.index"), 303)
