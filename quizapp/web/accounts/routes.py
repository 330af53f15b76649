"""Signing up, in and out, and the one-time link of the first teacher.

Passwords are hashed between transactions: hashing takes a twentieth of a second, in which no one
else should wait for the database.
"""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, request, url_for
from sqlalchemy.exc import IntegrityError

from quizapp.domain.accounts.budgets import SIGN_UPS
from quizapp.domain.errors import Invalid
from quizapp.domain.language.translation import _
from quizapp.services.accounts import accounts, email_addresses
from quizapp.storage.accounts.tables import Account
from quizapp.storage.study import step as queries
from quizapp.web.accounts import password_hashing, sign_in_steps
from quizapp.web.accounts.forms import NewPasswordForm, SignInForm, SignUpForm
from quizapp.web.accounts.pages import NewPasswordPage, SignInPage, SignUpPage
from quizapp.web.frame import access, sign_in
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.http import sign_in_origin
from quizapp.web.frame.page import Answer

blueprint = Blueprint("accounts", __name__)


@blueprint.route("/sign-in", endpoint="sign_in", methods=["GET", "POST"])
def sign_in_page() -> Answer:
    form = SignInForm()
    target = sign_in_steps.target()
    if form.validate_on_submit():
        with password_hashing.one_enters():
            problem, account = sign_in_steps.by_password(str(form.name.data), str(form.password.data))
        if account is not None:
            return redirect(sign_in_steps.enter(account, target), 303)
        form.form_errors.append(problem)
    return SignInPage(form=form, **sign_in_steps.sign_in_addresses(target))


@blueprint.route("/sign-up", methods=["GET", "POST"])
def sign_up() -> Answer:
    form = sign_up_form()
    guest = sign_in.current_account()
    if guest is not None and guest.has_password:
        return redirect(url_for("home.index"), 303)
    answered = queries.count_answers(session(), guest.id) if guest is not None else 0
    if form.validate_on_submit() and _sign_up(form, role="student"):
        flash(
            _("Your account has been created. Your progress is saved.{form}").format(form=_mail_words(form)),
            "right",
        )
        return redirect(sign_in_steps.onward(), 303)
    wished = sign_in_steps.sign_in_addresses(sign_in_steps.target())
    if guest is not None and guest.name and not form.is_submitted():
        form.name.data = guest.name
    return SignUpPage(
        form=form,
        action=url_for("accounts.sign_up", next=wished["wished"] or None),
        sign_in=wished["action"],
        answered=answered,
        provider_action=wished["provider_action"],
        provider=wished["provider"],
    )


@blueprint.post("/sign-out")
def sign_out() -> Answer:
    leaving = sign_in.current_account()
    sign_in.end()
    if leaving is not None:
        words = _("You’re signed out.")
        if not leaving.has_password and leaving.name:
            words = _(
                "{name} has left this device. To come back, {name} needs a sign-in link from the teacher."
            ).format(name=leaving.name)
        flash(words, "info")
    response = redirect(url_for("home.index"), 303)
    response.headers["Clear-Site-Data"] = '"storage"'  # texts that were kept while they were written
    return response


@blueprint.route("/setup/<token>", methods=["GET", "POST"])
def setup(token: str) -> Answer:
    """The one-time link that makes a teacher's account."""
    link = accounts.open_setup_link(session(), token, now=now())
    if link.account_id is not None:
        return _reset(token, link.account_id)
    form = sign_up_form()
    if form.validate_on_submit() and _sign_up(form, role=link.role, token=token):
        flash(
            _("Your account has been created. You can now add decks and questions.{form}").format(
                form=_mail_words(form)
            ),
            "right",
        )
        return redirect(url_for("home.index"), 303)
    return SignUpPage(
        form=form,
        action=url_for("accounts.setup", token=token),
        sign_in=url_for("accounts.sign_in"),
        invited=link.role,
    )


def _sign_up(form: SignUpForm, *, role: str, token: str = "") -> bool:
    with password_hashing.one_enters():
        return _one_sign_up(form, role=role, token=token)


def _one_sign_up(form: SignUpForm, *, role: str, token: str) -> bool:
    name, password = str(form.name.data), str(form.password.data)
    try:
        email = email_addresses.read(str(form.email.data)) if form.email and form.email.data else ""
        shown = accounts.check_new_name(session(), name, password)
        sign_in_origin.spend(_("sign up"), SIGN_UPS)
        password_hash = password_hashing.hash_password(password)
        if token:
            link = accounts.open_setup_link(session(), token, now=now())
            accounts.use_setup_link(session(), link, now=now())
        account = accounts.sign_up(
            session(),
            None if token else sign_in.current_account(),
            name=shown,
            password_hash=password_hash,
            role=role,
            zone=accounts.known_zone(request.form.get("zone", ""), access.settings().zone),
            now=now(),
        )
        if email:
            email_addresses.claim(session(), account, email, now=now())
            g.mail_ordered = True
    except Invalid as error:
        for problem in error.problems:
            getattr(form, problem.field).errors = [problem.message]
        return False
    except IntegrityError:  # the same name, a moment earlier
        session().rollback()
        form.name.errors = [_("That name has just been taken. Choose another name.")]
        return False
    sign_in_steps.finish(account)
    return True


def sign_up_form() -> SignUpForm:
    """Asks for an e-mail address only where mail can be sent."""
    form = SignUpForm()
    if not access.settings().smtp_host:
        del form.email
    return form


def _mail_words(form: SignUpForm) -> str:
    """The same whether the address is someone's already or not."""
    return (
        _(" We’ve sent an e-mail to {data}.").format(data=form.email.data)
        if form.email and form.email.data
        else ""
    )


def _reset(token: str, account_id: int) -> Answer:
    """A new password for the account that the link is for."""
    form, account = NewPasswordForm(), session().get_one(Account, account_id)
    if form.validate_on_submit():
        wrong = accounts.password_problem(account.name or "", str(form.password.data))
        if not wrong:
            password_hash = password_hashing.hash_password(str(form.password.data))
            link = accounts.open_setup_link(session(), token, now=now())
            accounts.use_setup_link(session(), link, now=now())
            accounts.change_password(session(), account, password_hash)
            where = sign_in_steps.enter(account, url_for("home.index"))
            flash(_("Your new password has been saved."), "right")
            return redirect(where, 303)
        form.password.errors = [wrong]
    return NewPasswordPage(form=form, action=url_for("accounts.setup", token=token), name=account.name or "")
