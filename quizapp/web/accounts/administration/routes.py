"""All accounts: finding them, their roles, blocking them, one-time links."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.audit.actions import Action
from quizapp.domain.errors import Malformed
from quizapp.domain.language.translation import _, marked
from quizapp.services.accounts import accounts as account_services
from quizapp.services.accounts import administration
from quizapp.web.accounts.administration import building
from quizapp.web.accounts.administration.doors import named_account
from quizapp.web.accounts.administration.pages import InvitationsPage, OneTimeLinkPage
from quizapp.web.frame import access
from quizapp.web.frame.audit_entry import note
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.links import absolute
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.choices import chosen

blueprint = Blueprint("administration", __name__, url_prefix="/admin")

MOST_LINKS, MOST_LETTERS = 100, 80

BECOMES = {
    "student": marked("{name} is a student from their next sign-in on."),
    "teacher": marked("{name} is a teacher from their next sign-in on."),
    "admin": marked("{name} is an admin from their next sign-in on."),
}


@blueprint.get("/accounts")
def accounts() -> Answer:
    asked = request.args
    return building.accounts_page(
        session(),
        wanted=asked.get("q", ""),
        role=asked.get("role", ""),
        number=asked.get("page", "1"),
        database=access.settings().sqlalchemy_url,
        zone=ZoneInfo(access.account().zone),
    )


@blueprint.post("/invite")
def invite() -> Answer:
    role, names = request.form.get("role", ""), _names()
    if role not in administration.GIVEN_ROLES:
        raise Malformed(_("Choose a role: student, teacher or admin."))
    tokens = [account_services.make_setup_link(session(), role=role, now=now()) for _name in names or [""]]
    for _token in tokens:
        note(Action.ACCOUNT_INVITED, (), role=role)
    days = account_services.LINK_LIVES.days
    if not names:
        what = _("A link that makes a new {role}’s account").format(role=role)
        return _link_page(what, tokens[0], days=days)
    addresses = [absolute("accounts.setup", token=token) for token in tokens]
    return InvitationsPage(links=tuple(zip(names, addresses, strict=True)), role=role, days=days)


def _names() -> list[str]:
    """For whom links are wanted, one a line; none: for one person, whoever it is."""
    lines = (" ".join(line.split()) for line in request.form.get("names", "").splitlines())
    names = [name[:MOST_LETTERS] for name in lines if name]
    if len(names) > MOST_LINKS:
        raise Malformed(_("At most {most} names at once.").format(most=MOST_LINKS))
    return names


@blueprint.get("/accounts/<int:account_id>")
def account(account_id: int) -> Answer:
    return building.account_page(session(), named_account(account_id), access.account())


@blueprint.post("/accounts/<int:account_id>/role")
def set_role(account_id: int) -> Answer:
    found, role = named_account(account_id), request.form.get("role", "")
    before = found.role
    changed = administration.set_role(session(), access.account(), found, role=role)
    if changed:
        note(Action.ROLE_CHANGED, found, before=before, after=role)
    words = _(BECOMES[role]).format(name=found.name)
    return _back(account_id, words if changed else _("Nothing has changed."))


@blueprint.post("/accounts/<int:account_id>/disabled")
def set_disabled(account_id: int) -> Answer:
    found, disabled = named_account(account_id), chosen("disabled", "1", "0") == "1"
    administration.set_disabled(session(), access.account(), found, disabled=disabled, now=now())
    note(Action.ACCOUNT_DISABLED if disabled else Action.ACCOUNT_ENABLED, found)
    return _back(account_id, f"{found.name} {_('is blocked') if disabled else _('can sign in again')}.")


@blueprint.post("/accounts/<int:account_id>/sign-out")
def sign_out(account_id: int) -> Answer:
    found = named_account(account_id)
    administration.sign_out(session(), found)
    note(Action.ACCOUNT_SIGNED_OUT, found)
    return _back(account_id, _("{name} has been signed out everywhere.").format(name=found.name))


@blueprint.post("/accounts/<int:account_id>/second-factor/remove")
def remove_factors(account_id: int) -> Answer:
    found = named_account(account_id)
    administration.remove_factors(session(), found)
    note(Action.SECOND_FACTOR_RESET, found)
    return _back(account_id, _("{name} now signs in with a password only.").format(name=found.name))


@blueprint.post("/accounts/<int:account_id>/reset")
def reset(account_id: int) -> Answer:
    found = named_account(account_id)
    token = administration.make_reset_link(session(), found, now=now())
    note(Action.PASSWORD_LINK_MADE, found)
    return _link_page(
        _("A new password for {name}").format(name=found.name), token, days=account_services.RESET_LIVES.days
    )


def _link_page(what: str, token: str, *, days: int) -> OneTimeLinkPage:
    address = absolute("accounts.setup", token=token)
    return OneTimeLinkPage(what=what, address=address, days=days)


def _back(account_id: int, words: str) -> Answer:
    flash(words, "success")
    return redirect(url_for("administration.account", account_id=account_id), 303)
