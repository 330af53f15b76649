"""One's own account: browsers signed in, the password, everything held about one, erasing it."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, after_this_request, flash, redirect, request, url_for

from quizapp.domain.language.moments import day_words
from quizapp.services.accounts import accounts, email_addresses
from quizapp.services.privacy import erasure, personal_data
from quizapp.storage.accounts.tables import Account
from quizapp.storage.engine import forget_deleted
from quizapp.storage.migrating import drop_copies
from quizapp.storage.study import step as queries
from quizapp.web.accounts import password_hashing
from quizapp.web.frame import access, sign_in
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import db, session
from quizapp.web.frame.page import Answer
from quizapp.web.privacy.forms import EraseForm, PasswordForm
from quizapp.web.privacy.pages import AccountPage, BrowserRow, ErasePage

blueprint = Blueprint("personal", __name__, url_prefix="/account")

SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "a Mac"),
    ("CrOS", "a Chromebook"),
    ("Linux", "Linux"),
)
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


@blueprint.get("/")
def account() -> Answer:
    return _page(PasswordForm())


@blueprint.post("/password")
def password() -> Answer:
    form, who = PasswordForm(), access.account()
    if not form.validate_on_submit() or not who.has_password or not _change_password(form, who):
        return _page(form)
    flash("Password changed. All other browsers have been signed out.", "right")
    return redirect(url_for("personal.account"), 303)


def _change_password(form: PasswordForm, who: Account) -> bool:
    """Whether it could be; else the form tells why not."""
    wanted = str(form.password.data)
    if not form.fits():
        return False
    if wrong := accounts.password_problem(who.name or "", wanted):
        form.password.errors = [wrong]
        return False
    new_hash = password_hashing.hash_password(wanted)
    accounts.change_password(session(), who, new_hash)
    sign_in.start(who)
    return True


@blueprint.post("/sign-out")
def sign_out_one() -> Answer:
    ended = accounts.end_sign_in(session(), access.account(), request.form.get("browser", ""))
    flash("That browser has been signed out." if ended else "That browser was already signed out.", "success")
    return redirect(url_for("personal.account"), 303)


@blueprint.post("/sign-out-everywhere")
def sign_out_everywhere() -> Answer:
    accounts.sign_out_everywhere(session(), access.account())
    sign_in.end()
    return redirect(url_for("home.index"), 303)


@blueprint.get("/data.zip")
def download() -> Answer:
    packed = personal_data.export_zip(session(), access.account())
    response = Response(packed, mimetype="application/zip")
    response.headers["Content-Disposition"] = f"attachment; filename=quizapp-{now():%Y-%m-%d}.zip"
    return response


@blueprint.route("/erase", methods=["GET", "POST"])
def erase() -> Answer:
    form, who = EraseForm(), access.account()
    if form.validate_on_submit():
        erasure.erase(session(), who, now=now())
        sign_in.end()
        after_this_request(_forget)
        flash("Your account and everything in it has been erased.", "right")
        return redirect(url_for("home.index"), 303)
    answers = queries.count_answers(session(), who.id)
    return ErasePage(form=form, answers=answers, teacher=who.is_teacher)


def _forget(response: Response) -> Response:
    """After the commit, so that the log holds nothing of it either."""
    if response.status_code < 400:
        forget_deleted(db.engine)
        drop_copies(access.settings().sqlalchemy_url)
    return response


def _page(form: PasswordForm) -> AccountPage:
    who = access.account()
    email, zone = email_addresses.of_account(session(), who), ZoneInfo(who.zone)
    return AccountPage(
        name=who.name or "",
        guest=not who.has_password,
        teacher=who.is_teacher,
        browsers=tuple(
            BrowserRow(
                name=browser_name(row.browser),
                handle=row.handle,
                since=day_words(row.created_at, zone),
                seen=seen_in_words(row.last_seen_at or row.created_at, now(), zone),
                here=accounts.is_token(row, sign_in.present_token()),
            )
            for row in accounts.sign_ins(session(), who)
        ),
        form=form,
        own_models=access.settings().own_models,
        provider=access.settings().provider_name if who.has_no_password_yet else "",
        mails=bool(access.settings().smtp_host),
        email=email.address if email is not None else "",
        email_confirmed=email is not None and email.verified_at is not None,
    )


def seen_in_words(seen: datetime, moment: datetime, zone: tzinfo) -> str:
    """When a browser last stored something; it is known to the hour."""
    ago = moment - seen
    if ago < timedelta(hours=2):
        return "within two hours"
    return (
        f"{ago // timedelta(hours=1)} hours ago" if ago < timedelta(days=2) else f"on {day_words(seen, zone)}"
    )


def browser_name(user_agent: str) -> str:
    """What a person calls it: “Firefox on Windows”; “a browser” where it does not tell."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "a browser")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser
