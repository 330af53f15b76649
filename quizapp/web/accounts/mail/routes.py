"""A forgotten password, the account's address, and confirming it."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, g, redirect, request, url_for

from quizapp.domain.errors import Invalid, Missing
from quizapp.domain.language.translation import _
from quizapp.services.accounts import email_addresses, outbox
from quizapp.web.accounts.mail.forms import AddressForm, ForgotForm
from quizapp.web.accounts.mail.pages import AddressPage, ConfirmPage, ForgotPage
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.links import unsign
from quizapp.web.frame.page import Answer

blueprint = Blueprint("mail", __name__)


@blueprint.route("/forgot", methods=["GET", "POST"])
def forgot() -> Answer:
    form, mails = ForgotForm(), bool(access.settings().smtp_host)
    asked = mails and form.validate_on_submit()
    if asked:
        outbox.order(session(), "reset", str(form.name.data), now=now())
        g.mail_ordered = True
    return ForgotPage(form=form, mails=mails, asked=asked)


@blueprint.route("/account/email", methods=["GET", "POST"])
def address() -> Answer:
    who = access.account()
    possible = bool(access.settings().smtp_host) and who.has_password
    row = email_addresses.of_account(session(), who)
    form = AddressForm(email=row.address if row is not None else "")
    if possible and form.validate_on_submit() and _change(form):
        return redirect(url_for("personal.account"), 303)
    state = "" if row is None else "verified" if row.verified_at is not None else "unverified"
    stored = row.address if row is not None else ""
    return AddressPage(form=form, address=stored, state=state, possible=possible)


def _change(form: AddressForm) -> bool:
    """Whether the address could be changed; else the form tells why not."""
    if not form.fits():
        return False
    who = access.account()
    typed = (form.email.data or "").strip()
    if not typed:
        email_addresses.remove(session(), who, now=now())
        flash(_("The e-mail address has been removed from your account."), "success")
        return True
    try:
        email_addresses.claim(session(), who, email_addresses.read(typed), now=now())
    except Invalid as error:
        form.email.errors = [error.problems[0].message]
        return False
    g.mail_ordered = True
    flash(
        _("We’ve sent an e-mail to {typed}. Open the link in it to confirm the address.").format(typed=typed),
        "success",
    )
    return True


@blueprint.route("/confirm-email/<signed>", methods=["GET", "POST"])
def confirm(signed: str) -> Answer:
    account_id, key = unsign(signed)
    if request.method != "POST":
        return ConfirmPage(action=url_for("mail.confirm", signed=signed), address=key)
    if not email_addresses.verify(session(), account_id, key, now=now()):
        raise Missing(_("This address no longer needs confirming."))
    flash(_("Your e-mail address is confirmed."), "right")
    return redirect(url_for("home.index"), 303)


@blueprint.after_app_request
def wake_the_postman(response: Answer) -> Answer:
    """After the commit."""
    postman = current_app.extensions.get("postman")
    if g.pop("mail_ordered", False) and postman is not None:
        postman.wake()
    return response
