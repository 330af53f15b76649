"""What a right password is, and what follows it: signed in, or asked for the second factor first."""

from __future__ import annotations

from flask import flash, g, request, url_for
from flask import session as form_session

from quizapp.domain.audit.actions import Action
from quizapp.domain.language.translation import _, marked
from quizapp.services.accounts import challenges, email_addresses, second_factor
from quizapp.services.audit import log
from quizapp.services.privacy import guest_merge
from quizapp.storage.accounts.tables import Account
from quizapp.web.accounts import password_hashing
from quizapp.web.frame import access, sign_in, wished
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.http import sign_in_origin
from quizapp.web.frame.links import within_site

# What the browser's signed session calls what is kept until someone is signed in.
WAITING, SHARED, CONNECTING = "second_step", "shared", "connecting"
WRONG = marked("Wrong name or password.")
DISABLED = marked("This account has been disabled. Ask whoever looks after accounts here to enable it.")


def by_password(name: str, password: str) -> tuple[str, Account | None]:
    """What was wrong, in words, or whose name and password these are."""
    account = email_addresses.by_login(session(), name)
    attempt, wait = sign_in_origin.begin(account, name)
    if wait:
        return wait, None
    right = password_hashing.matches(None if account is None else account.password_hash, password)
    account = email_addresses.by_login(session(), name) if right else None
    if account is None:
        return _(WRONG), None
    if account.disabled_at is not None:
        return _(DISABLED), None
    sign_in_origin.succeed(attempt)
    return "", account


def enter(account: Account, target: str, *, shared: bool = False) -> str:
    """Sign in, or begin the second step; where to go then. shared: several people use this device."""
    target = onward(target)
    form_session[SHARED] = shared or "shared" in request.form
    if not second_factor.has_any(session(), account):
        finish(account)
        return target
    token = challenges.make(session(), "second", account, now=now())[0]
    form_session[WAITING] = [token, target]
    return url_for("factors.second")


def target() -> str:
    """Where to go after signing in: a path within this site, never another host."""
    return within_site(request.args.get("next", "")) or url_for("home.index")


def onward(target: str = "") -> str:
    """Where someone goes who has just come in: where the form says, else to the page that they wanted
    before, else to the start page."""
    wanted, home = wished.take(), url_for("home.index")
    return target if target not in {"", home} else wanted or home


def sign_in_addresses(target: str) -> dict[str, str]:
    """Where the forms of the sign-in page post to, and `wished`, the page that one lands on afterwards; ""
    for the start page."""
    wished = target if target != url_for("home.index") else None
    return {
        "action": url_for("accounts.sign_in", next=wished),
        "passkey_action": url_for("passkeys.sign_in", next=wished),
        "provider_action": url_for("provider.begin", next=wished),
        "provider": access.settings().provider_name,
        "wished": wished or "",
    }


def waiting() -> tuple[Account, str] | None:
    """Who has given the password and has still to give the second factor, and where they want to go."""
    token, target = form_session.get(WAITING) or ("", "")
    step = challenges.look(session(), "second", token, now=now()) if token else None
    account = session().get(Account, step.account_id) if step is not None else None
    return (account, target) if account is not None and account.disabled_at is None else None


def leave_step() -> bool:
    """End the second step; False where it is over already."""
    token = (form_session.pop(WAITING, None) or ("", ""))[0]
    return challenges.take(session(), "second", token, now=now()) is not None


def finish(account: Account) -> None:
    """Sign in; what a guest did in this browser joins the account."""
    guest, merged = sign_in.current_account(), 0
    if guest is not None and guest.is_guest:
        merged = guest_merge.merge_guest(session(), guest, account, access.settings())
    _connect(account)
    sign_in.start(account, shared=form_session.get(SHARED, False) or "shared" in request.form)
    if merged:
        flash(_("What you answered here before you signed in is in your account now."), "info")


def connect_at_the_end(account: Account, address: str) -> None:
    """Once the account is signed in to, the provider's address becomes its own."""
    form_session[CONNECTING] = [account.id, address]


def _connect(account: Account) -> None:
    account_id, address = form_session.pop(CONNECTING, None) or (0, "")
    if account_id == account.id and email_addresses.vouch(session(), account, address, now=now()):
        log.record(session(), account, Action.ACCOUNT_CONNECTED, account, now=now())
        g.mail_ordered = True
