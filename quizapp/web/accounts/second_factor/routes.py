"""The second factor: an app's codes, recovery codes, and the step that asks for them."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for

from quizapp.domain.errors import Conflict, Missing
from quizapp.domain.language.translation import _
from quizapp.services.accounts import passkeys, second_factor
from quizapp.storage.accounts.tables import Account
from quizapp.web.accounts import sign_in_steps
from quizapp.web.accounts.passkeys.forms import PasskeyForm
from quizapp.web.accounts.second_factor.building import factors_page
from quizapp.web.accounts.second_factor.forms import CodeForm, PresentForm
from quizapp.web.accounts.second_factor.pages import AppPage, FactorsPage, RecoveryCodesPage, SecondPage
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.http import sign_in_origin
from quizapp.web.frame.page import Answer
from quizapp.web.frame.site_key import sealer

blueprint = Blueprint("factors", __name__)


@blueprint.get("/account/second-factor")
def overview() -> Answer:
    return _overview(PresentForm())


def _overview(form: PresentForm) -> FactorsPage:
    return factors_page(form, PasskeyForm(formdata=None))


# --- an app ----------------------------------------------------------------------------------------


@blueprint.post("/account/second-factor/app/new")
def begin_app() -> Answer:
    form = PresentForm()
    if not form.is_confirmed():
        return _overview(form)
    second_factor.begin_app(session(), access.account(), sealer("codes"), now=now())
    return redirect(url_for("factors.app"), 303)


@blueprint.route("/account/second-factor/app", methods=["GET", "POST"])
def app() -> Answer:
    form, who = CodeForm(), access.account()
    found = second_factor.code_app(session(), who)
    if found is None or found.confirmed_at is not None:
        return redirect(url_for("factors.overview"), 303)
    if form.validate_on_submit():
        codes = second_factor.confirm_app(session(), who, str(form.code.data), sealer("codes"), now=now())
        if codes is not None:
            return RecoveryCodesPage(codes=tuple(codes))
        form.code.errors = [_("That isn’t the app’s current code. Wait for the next one.")]
    secret = second_factor.secret_of(found, sealer("codes"))
    return AppPage(form=form, address=second_factor.app_address(secret, who), secret=secret)


@blueprint.post("/account/second-factor/codes")
def codes() -> Answer:
    form, who = PresentForm(), access.account()
    if not form.is_confirmed():
        return _overview(form)
    found = second_factor.code_app(session(), who)
    if found is None or found.confirmed_at is None:
        raise Conflict(_("Recovery codes need an authenticator app. Set one up first; nothing was changed."))
    return RecoveryCodesPage(codes=tuple(second_factor.new_recovery_codes(session(), who)))


@blueprint.post("/account/second-factor/app/remove")
def remove_app() -> Answer:
    form = PresentForm()
    if not form.is_confirmed():
        return _overview(form)
    second_factor.remove_app(session(), access.account())
    flash(_("The app and its recovery codes have been removed."), "success")
    return redirect(url_for("factors.overview"), 303)


# --- being asked -------------------------------------------------------------------------------------


@blueprint.route("/sign-in/second", methods=["GET", "POST"])
def second() -> Answer:
    waiting = sign_in_steps.waiting()
    if waiting is None:
        return redirect(url_for("accounts.sign_in"), 303)
    (account, target), form = waiting, CodeForm()
    if form.validate_on_submit():
        problem = _second(account, str(form.code.data))
        if not problem:
            return redirect(target, 303)
        form.code.errors = [problem]
    found = second_factor.code_app(session(), account)
    return SecondPage(
        form=form,
        app=found is not None and found.confirmed_at is not None,
        passkey=bool(passkeys.of_account(session(), account)),
        passkey_action=url_for("passkeys.sign_in", next=target),
    )


def _second(account: Account, code: str) -> str:
    """Sign in with the second factor; what was wrong, in words, or "" when all is well."""
    attempt, wait = sign_in_origin.begin(account, second=True)
    if wait:
        return wait
    if not second_factor.use(session(), account, code, sealer("codes"), now=now()):
        return _("Wrong code, or already used. Wait for the next one, or use a recovery code.")
    if not sign_in_steps.leave_step():
        raise Missing(_("This step has expired. Sign in again."))
    sign_in_origin.succeed(attempt)
    sign_in_steps.finish(account)
    return ""
