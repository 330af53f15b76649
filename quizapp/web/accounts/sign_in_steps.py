"""What follows a right password: signed in, or asked for the second factor first."""

from __future__ import annotations

from flask import flash, request, url_for
from flask import session as form_session

from quizapp.domain.language.translation import _
from quizapp.services.accounts import challenges, second_factor
from quizapp.services.privacy import guest_merge
from quizapp.storage.accounts.tables import Account
from quizapp.web.frame import access, sign_in, wished
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.links import within_site

WAITING = "second_step"  # what the browser's signed session calls the step


def enter(account: Account, target: str) -> str:
    """Sign in, or begin the second step; where to go then."""
    target = onward(target)
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
    sign_in.start(account, shared="shared" in request.form)
    if merged:
        flash(_("What you answered here before you signed in is in your account now."), "info")
