"""To the provider and back. What is kept on the way lies in the browser's signed session.

The provider sends people back by a link, and a link stores nothing here: the page it leads to sends a form.
"""

from __future__ import annotations

import secrets
from typing import NamedTuple

from flask import Blueprint, flash, redirect, request, url_for
from flask import session as form_session
from sqlalchemy.exc import IntegrityError

from quizapp.domain.accounts.budgets import PROVIDER_STEPS, SIGN_UPS
from quizapp.domain.accounts.identity import Identity
from quizapp.domain.audit.actions import Action
from quizapp.domain.errors import Invalid
from quizapp.domain.language.translation import _
from quizapp.services.accounts import accounts, administration, email_addresses
from quizapp.services.accounts.provider import Step
from quizapp.services.audit import log
from quizapp.storage.accounts.tables import Account
from quizapp.storage.study import step as queries
from quizapp.web.accounts import password_hashing, sign_in_steps
from quizapp.web.accounts.forms import SignInForm
from quizapp.web.accounts.pages import SignInPage
from quizapp.web.accounts.provider import asking
from quizapp.web.accounts.provider.asking import NotNow
from quizapp.web.accounts.provider.forms import NewcomerForm
from quizapp.web.accounts.provider.pages import BackPage, NewcomerPage, OnTheWayPage
from quizapp.web.frame import access, sign_in
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.http import sign_in_origin
from quizapp.web.frame.links import absolute
from quizapp.web.frame.page import Answer

blueprint = Blueprint("provider", __name__, url_prefix="/sign-in/provider")

BEGUN, ARRIVED = "provider_begun", "provider_arrived"  # what the browser's signed session calls them
LIVES = 600  # seconds that either is good for


class Begun(NamedTuple):
    """A sign-in on its way. password: whoever comes back wants to choose a password, not to sign in."""

    at: int
    secret: str
    target: str
    shared: bool
    password: bool


class Arrived(NamedTuple):
    """Whom no account here belongs to yet."""

    at: int
    identity: Identity
    target: str
    shared: bool


@blueprint.post("")
def begin() -> Answer:
    provider, secret = asking.provider(), secrets.token_urlsafe(32)
    sign_in_origin.spend("provider", PROVIDER_STEPS)
    wants_password = "choose_password" in request.form
    begun = Begun(_moment(), secret, sign_in_steps.target(), "shared" in request.form, wants_password)
    try:
        address = asking.asked(lambda: provider.address(Step.of(secret), _back(), again=wants_password))
    except NotNow as error:
        return _refused(str(error), begun.target)
    form_session[BEGUN] = list(begun)
    return OnTheWayPage(name=asking.name(), address=address)


@blueprint.get("/back")
def back() -> Answer:
    asking.provider()
    code, state = request.args.get("code", ""), request.args.get("state", "")
    if not (code and state):
        words = _("You weren’t signed in: {name} said no, or you stopped there.")
        flash(words.format(name=asking.name()), "warning")
        return redirect(url_for("accounts.sign_in"), 303)
    return BackPage(name=asking.name(), code=code, state=state)


@blueprint.post("/back")
def enter() -> Answer:
    provider, begun = asking.provider(), _begun()
    if begun is None:
        return _stale()
    try:
        found = asking.asked(
            lambda: provider.who(
                request.form.get("code", ""), Step.of(begun.secret), _back(), now=now().timestamp()
            )
        )
        return _arrived(found._replace(address=email_addresses.read(found.address)), begun)
    except NotNow as error:
        return _refused(str(error), begun.target)
    except Invalid:
        words = _("{name} doesn’t say that your e-mail address is verified, so it can’t lead to an account.")
        return _refused(words.format(name=asking.name()), begun.target)


def _arrived(found: Identity, begun: Begun) -> Answer:
    """On with whoever has come back, whose address is verified."""
    account = email_addresses.owner_of(session(), found.address)
    if begun.password:
        return _choose_password(account)
    if account is None:
        form_session[ARRIVED] = list(Arrived(_moment(), found, begun.target, begun.shared))
        return redirect(url_for("provider.join"), 303)
    if account.disabled_at is not None:
        return _refused(_(sign_in_steps.DISABLED), begun.target)
    _follow(account, found.role)
    return redirect(sign_in_steps.enter(account, begun.target, shared=begun.shared), 303)


def _choose_password(account: Account | None) -> Answer:
    """A one-time link, for whoever is signed in here and has just shown so once more."""
    if account is None or account != sign_in.current_account():
        flash(
            _("That was another account at {name}. Nothing was changed.").format(name=asking.name()),
            "warning",
        )
        return redirect(url_for("home.index"), 303)
    token = accounts.make_reset_link(session(), account, now=now())
    return redirect(url_for("accounts.setup", token=token), 303)


# --- for the first time ------------------------------------------------------------------------------


@blueprint.route("/new", methods=["GET", "POST"])
def join() -> Answer:
    asking.provider()
    arrived, form = _waiting(), NewcomerForm()
    if arrived is None:
        return _stale()
    if access.settings().oidc_new_accounts and form.validate_on_submit() and _made(form, arrived):
        flash(_("Your account has been created. Your progress is saved."), "right")
        return redirect(sign_in_steps.onward(arrived.target), 303)
    if not form.is_submitted():
        form.name.data = arrived.identity.name[: accounts.NAME_LONGEST]
    return _newcomer(arrived, form, SignInForm(formdata=None, prefix="own-"))


@blueprint.post("/connect")
def connect() -> Answer:
    asking.provider()
    arrived, form = _waiting(), SignInForm(prefix="own-")
    if arrived is None:
        return _stale()
    if form.validate_on_submit():
        with password_hashing.one_enters():
            problem, account = sign_in_steps.by_password(str(form.name.data), str(form.password.data))
        if account is not None:
            sign_in_steps.connect_at_the_end(account, arrived.identity.address)
            _follow(account, arrived.identity.role)
            return redirect(sign_in_steps.enter(account, arrived.target, shared=arrived.shared), 303)
        form.form_errors.append(problem)
    return _newcomer(arrived, NewcomerForm(formdata=None, name=arrived.identity.name), form)


def _made(form: NewcomerForm, arrived: Arrived) -> bool:
    """Whether the account could be made; else the form tells why not. A guest's work comes along."""
    found, current = arrived.identity, sign_in.current_account()
    try:
        name = accounts.check_new_name(session(), str(form.name.data), None)
        session().rollback()
        sign_in_origin.spend(_("sign up"), SIGN_UPS)
        account = accounts.sign_up(
            session(), current, name=name, password_hash="", role=found.role or "student",
            zone=accounts.known_zone(request.form.get("zone", ""), access.settings().zone), now=now(),
        )  # fmt: skip
    except Invalid as error:
        form.name.errors = [problem.message for problem in error.problems]
        return False
    except IntegrityError:  # the same name, a moment earlier
        session().rollback()
        form.name.errors = [_("That name has just been taken. Choose another name.")]
        return False
    if not email_addresses.vouch(session(), account, found.address, now=now()):
        raise Invalid(_("An account with this address has just been made. Sign in again."))
    log.record(session(), account, Action.ACCOUNT_FROM_PROVIDER, account, {"role": account.role}, now=now())
    form_session[sign_in_steps.SHARED] = arrived.shared
    sign_in_steps.finish(account)
    return True


def _newcomer(arrived: Arrived, form: NewcomerForm, own: SignInForm) -> NewcomerPage:
    current = sign_in.current_account()
    is_guest = current is not None and not current.has_password
    return NewcomerPage(
        form=form,
        own=own,
        provider=asking.name(),
        address=arrived.identity.address,
        open=access.settings().oidc_new_accounts,
        answered=queries.count_answers(session(), current.id) if current is not None and is_guest else 0,
    )


# --- between them ------------------------------------------------------------------------------------


def _follow(account: Account, role: str | None) -> None:
    """The provider's claim decides on the role, where the settings say so."""
    before = account.role
    if administration.follow(session(), account, role):
        detail = {"before": before, "after": account.role}
        log.record(session(), account, Action.ROLE_FROM_PROVIDER, account, detail, now=now())


def _begun() -> Begun | None:
    """The sign-in that this browser has begun, which is over with this; None where what came back is not
    its answer, or comes too late."""
    kept = form_session.pop(BEGUN, None)
    begun = Begun(*kept) if kept else None
    if begun is None or _moment() > begun.at + LIVES:
        return None
    state = request.form.get("state", "")
    return begun if secrets.compare_digest(state.encode(), Step.of(begun.secret).state.encode()) else None


def _waiting() -> Arrived | None:
    kept = form_session.get(ARRIVED)
    if not kept or _moment() > kept[0] + LIVES:
        return None
    at, identity, target, shared = kept
    return Arrived(at, Identity(*identity), target, shared)


def _stale() -> Answer:
    """Whoever goes back to a step that is over; they may be signed in since."""
    current = sign_in.current_account()
    if current is None or not current.has_password:
        flash(_("That took too long, or was begun in another window. Sign in again."), "warning")
        return redirect(url_for("accounts.sign_in"), 303)
    return redirect(url_for("home.index"), 303)


def _refused(words: str, target: str) -> SignInPage:
    form = SignInForm(formdata=None)
    form.form_errors.append(words)
    return SignInPage(form=form, **sign_in_steps.sign_in_addresses(target))


def _back() -> str:
    return absolute("provider.back")


def _moment() -> int:
    return int(now().timestamp())
