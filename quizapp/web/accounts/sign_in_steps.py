"""What follows a right password: signed in, or asked for the second factor first."""

from __future__ import annotations

import re

from flask import request, url_for
from flask import session as form_session

from quizapp.services.accounts import challenges, second_factor
from quizapp.services.privacy import guest_merge
from quizapp.storage.accounts.tables import Account
from quizapp.web.frame import access, sign_in, wished
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session

SEGMENT = r"(?!\.+(?:[/?]|$))[A-Za-z0-9_\-~.]+"  # no dots alone: they climb
WITHIN_SITE = re.compile(rf"/(?:{SEGMENT}/)*(?:{SEGMENT})?(?:\?[A-Za-z0-9_\-=&%.]*)?")
WAITING = "second_step"  # what the browser's signed session calls the step


def enter(account: Account, target: str) -> str:
    """Sign in, or begin the second step; where to go then."""
    target = onward(target)
    if not second_factor.has_any(session(), account):
        finish(account)
        return target
    token, _ = challenges.make(session(), "second", account, now=now())
    form_session[WAITING] = [token, target]
    return url_for("factors.second")


def target() -> str:
    """Where to go after signing in: a path within this site, never another host."""
    wanted = request.args.get("next", "")
    return wanted if WITHIN_SITE.fullmatch(wanted) else url_for("home.index")


def onward(target: str = "") -> str:
    """Where somebody goes who has just come in: where the form says, else to the page that they wanted
    before, else to the start page."""
    wanted, home = wished.take(), url_for("home.index")
    return target if target not in {"", home} else wanted or home


def sign_in_addresses(target: str) -> dict[str, str]:
    """Where the forms of the sign-in page post to, so that one lands there afterwards."""
    wished = target if target != url_for("home.index") else None
    return {
        "action": url_for("accounts.sign_in", next=wished),
        "passkey_action": url_for("passkeys.sign_in", next=wished),
    }


def waiting() -> tuple[Account, str] | None:
    """Who has given the password and has still to give the second factor, and where they want to go."""
    token, target = form_session.get(WAITING) or ("", "")
    step = challenges.look(session(), "second", token, now=now()) if token else None
    account = session().get(Account, step.account_id) if step is not None else None
    return (account, target) if account is not None and account.disabled_at is None else None


def leave_step() -> bool:
    """End the second step; False where it is over already."""
    token, _ = form_session.pop(WAITING, None) or ("", "")
    return challenges.take(session(), "second", token, now=now()) is not None


def finish(account: Account) -> None:
    """Sign in; what a guest did in this browser joins the account."""
    guest = sign_in.current_account()
    if guest is not None and guest.is_guest:
        guest_merge.merge_guest(session(), guest, account, access.settings())
    sign_in.start(account)
