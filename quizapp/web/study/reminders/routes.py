"""Reminders by mail, and a calendar of what is due, at an address that only its learner knows."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, make_response, redirect, request, url_for

from quizapp.domain.errors import Invalid, Missing
from quizapp.domain.language.translation import _
from quizapp.domain.study.calendar_feed import calendar
from quizapp.services.study import reminders
from quizapp.services.study.learner import learner_of
from quizapp.storage.accounts.tables import Account
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.links import absolute, signed_for, whose
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.whole_numbers import whole
from quizapp.web.study.reminders.pages import StopPage

blueprint = Blueprint("reminders", __name__)

FEED, STOP = "calendar", "stop-reminders"


@blueprint.post("/reminders/hour")
def set_hour() -> Answer:
    text = request.form.get("hour", "")
    try:
        reminders.set_hour(session(), access.account(), whole(text) if text else None, now=now())
    except (Invalid, ValueError):
        flash(_("Choose an hour from the list."), "warning")
    else:
        flash(
            _("You’ll get a mail on days when something waits.") if text else _("No more reminders."),
            "success",
        )
    return redirect(url_for("progress.settings"), 303)


@blueprint.post("/reminders/calendar")
def set_calendar() -> Answer:
    on = request.form.get("on") == "1"
    reminders.renew_calendar(session(), access.account(), on=on)
    flash(
        _("Your calendar has a new address.") if on else _("The calendar’s address leads nowhere now."),
        "success",
    )
    return redirect(url_for("progress.settings"), 303)


@blueprint.get("/calendar/<signed>.ics")
def feed(signed: str) -> Answer:
    """The calendar; anyone who has its address may read it, as calendars sign in nowhere."""
    account_id, version = whose(current_app, FEED, signed)
    account = session().get(Account, account_id)
    if account is None or account.disabled_at is not None or account.feed_version != version or version < 1:
        raise Missing(_("Page not found."))
    learner = learner_of(account, access.settings())
    found = reminders.entries(session(), learner, now=now(), url=absolute("study.question"))
    response = make_response(calendar(_("Quizapp: to review"), found, now=now()))
    response.mimetype = "text/calendar"
    return response


@blueprint.route("/reminders/stop/<signed>", methods=["GET", "POST"])
def stop(signed: str) -> Answer:
    """Ends the reminders without signing in; a mail program's own button posts here, too (RFC 8058)."""
    account_id, _version = whose(current_app, STOP, signed)
    account = session().get(Account, account_id)
    if account is None:
        raise Missing(_("Page not found."))
    if request.method == "POST":
        reminders.set_hour(session(), account, None, now=now())
    return StopPage(action=url_for("reminders.stop", signed=signed), stopped=account.remind_hour is None)


def feed_address(account: Account) -> str:
    """Where an account's calendar is read; "" where it has none."""
    if account.feed_version < 1:
        return ""
    return absolute("reminders.feed", signed=signed_for(current_app, FEED, account.id, account.feed_version))
