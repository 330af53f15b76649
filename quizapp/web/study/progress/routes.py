"""What a learner knows, what is coming, how true the predictions were; and their settings."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.errors import Invalid
from quizapp.domain.language.translation import _
from quizapp.services.accounts import email_addresses
from quizapp.services.study import next_question
from quizapp.services.study.preferences import follow_zone as set_zone
from quizapp.services.study.preferences import preferences_of, preview, set_preferences
from quizapp.storage.study import memory_sets
from quizapp.storage.study import progress as queries
from quizapp.storage.study import step as study_queries
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.pace import pace_lines
from quizapp.web.study.progress import building
from quizapp.web.study.progress.forms import SettingsForm
from quizapp.web.study.progress.pages import ProgressPage, SettingsPage
from quizapp.web.study.reminders.routes import feed_address

blueprint = Blueprint("progress", __name__)


@blueprint.get("/progress/")
def index() -> Answer:
    learner, at = access.learner(), now()
    who, today = learner.id, learner.today(at)
    rows = queries.deck_knowledge(session(), who, today, learner.parameters.weights)
    waits = next_question.waiting(session(), learner, now=at)
    due = queries.due_by_day(session(), who, today + 1, today + building.FORECAST_DAYS)
    days = queries.studied_days(session(), who, building.first_calendar_day(today), today)
    return ProgressPage(
        begun=any(row.known + row.due + row.learning for row in rows),
        waiting=waits.due,
        knowledge=building.knowledge(rows, queries.deck_totals(session())),
        forecast=building.coming(waits.due, due, today),
        calibration=building.truth(study_queries.calibration(session(), who)),
        fitted=building.fitted_words(memory_sets.held_by(session(), access.account())),
        calendar=building.calendar(days, today),
        fading=building.fading(
            queries.weakest(session(), who, today, learner.parameters.weights), learner, today
        ),
        paces=pace_lines(waits.goals),
        preferences=building.preference_words(preferences_of(access.account(), access.settings())),
    )


@blueprint.route("/settings", methods=["GET", "POST"])
def settings() -> Answer:
    account, site = access.account(), access.settings()
    before = preferences_of(account, site)
    form = SettingsForm.of(before)
    if form.validate_on_submit() and "preview" in request.form:
        found = preview(session(), account, form.wanted(before), site, now=now())
        return _settings_page(form, building.preview_words(found))
    if form.validate_on_submit():
        try:
            moved = set_preferences(session(), account, form.wanted(before), site, now=now())
        except Invalid as error:
            form.refuse(error)
        else:
            flash(_("Saved. Your reviews have been rescheduled.") if moved else _("Saved."), "success")
            return redirect(url_for("progress.index"), 303)
    return _settings_page(form)


def _settings_page(form: SettingsForm, preview: tuple[str, ...] = ()) -> SettingsPage:
    account, mails = access.account(), bool(access.settings().smtp_host)
    address = email_addresses.of_account(session(), account) if mails else None
    confirmed = address is not None and address.verified_at is not None
    return SettingsPage(
        form=form,
        feed=feed_address(account),
        mail="" if not mails else "ok" if confirmed else "none",
        remind_hour=account.remind_hour,
        preview=preview,
    )


@blueprint.post("/settings/zone")
def follow_zone() -> Answer:
    """Let the study day follow the zone of the device at hand."""
    if set_zone(session(), access.account(), request.form.get("zone", "")):
        flash(_("Your study day now starts at 4 a.m. where this device is."), "success")
    return redirect(url_for("home.index"), 303)
