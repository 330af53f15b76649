"""Passkeys: options for the browser as JSON, and forms with what the device answered."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask import session as form_session

from quizapp.domain.accounts.budgets import PASSKEY_STEPS
from quizapp.domain.errors import Invalid
from quizapp.domain.language.translation import _, marked
from quizapp.services.accounts import passkeys
from quizapp.services.accounts.passkeys import Site
from quizapp.web.accounts import sign_in_steps
from quizapp.web.accounts.forms import SignInForm
from quizapp.web.accounts.pages import SignInPage
from quizapp.web.accounts.passkeys.forms import AnswerForm, PasskeyForm, RemoveForm
from quizapp.web.accounts.second_factor.building import factors_page
from quizapp.web.accounts.second_factor.forms import PresentForm
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.http import sign_in_origin
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.whole_numbers import whole

blueprint = Blueprint("passkeys", __name__)

MAKING, SIGNING_IN = "making_passkey", "passkey_sign_in"
NOT_RIGHT = marked(
    "This passkey doesn’t belong to an account here. Try again, or use your name and password."
)


@blueprint.post("/account/passkeys/options")
def making_options() -> Answer:
    token, options = passkeys.begin(session(), access.account(), _site(), now=now())
    form_session[MAKING] = token
    return Response(options, mimetype="application/json")


@blueprint.post("/account/passkeys")
def add() -> Answer:
    form, token = PasskeyForm(), form_session.pop(MAKING, "")
    if not form.is_confirmed():
        return factors_page(PresentForm(), form)
    answer, name = str(form.credential.data), form.name.data or ""
    try:
        passkeys.add(session(), access.account(), _site(), token, answer, name=name, now=now())
    except Invalid as error:
        form.form_errors.append(error.problems[0].message)
        return factors_page(PresentForm(), form)
    flash(_("Passkey added. You can now sign in with it."), "right")
    return redirect(url_for("factors.overview"), 303)


@blueprint.post("/account/passkeys/remove")
def remove() -> Answer:
    form = RemoveForm()
    if not form.is_confirmed():
        return factors_page(PresentForm(), PasskeyForm(formdata=None), form)
    passkey_id = request.form.get("passkey", 0, type=whole)
    gone = passkeys.remove(session(), access.account(), passkey_id)
    flash(_("Passkey removed.") if gone else _("The passkey had already been removed."), "success")
    return redirect(url_for("factors.overview"), 303)


@blueprint.post("/passkey/options")
def options() -> Answer:
    sign_in_origin.spend("passkey", PASSKEY_STEPS)
    token, wanted = passkeys.begin_sign_in(session(), _site(), now=now())
    form_session[SIGNING_IN] = token
    return Response(wanted, mimetype="application/json")


@blueprint.post("/passkey")
def sign_in() -> Answer:
    form, token, target = AnswerForm(), form_session.pop(SIGNING_IN, ""), sign_in_steps.target()
    account = None
    if form.validate_on_submit():
        account = passkeys.sign_in(session(), _site(), token, str(form.credential.data), now=now())
    if account is not None:
        sign_in_steps.finish(account)
        return redirect(target, 303)
    empty = SignInForm(formdata=None)
    empty.form_errors.append(_(NOT_RIGHT))
    return SignInPage(form=empty, **sign_in_steps.sign_in_addresses(target))


def _site() -> Site:
    """By the setting where it is set, else as the browser reached the site."""
    address = urlsplit(access.settings().site_url or request.host_url)
    return Site(host=address.hostname or "", origin=f"{address.scheme}://{address.netloc}")
