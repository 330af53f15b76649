"""The browser's sign-in cookie: a random token whose SHA-256 is in the table `sign_in`."""

from __future__ import annotations

from flask import Response, current_app, g, request
from flask import session as form_session

from quizapp.services.accounts import accounts
from quizapp.storage.accounts.tables import Account
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import READING, reading, session
from quizapp.web.frame.http import sign_in_origin

YEAR = 365 * 24 * 3600


def cookie_name() -> str:
    """`__Host-` (https only, this host only) where cookies are sent by https."""
    return "__Host-quizapp" if current_app.config["SESSION_COOKIE_SECURE"] else "quizapp"


def present_token() -> str:
    """The browser's token, "" where it has none."""
    return request.cookies.get(cookie_name(), "")


def current_account() -> Account | None:
    """Who is signed in (a guest counts), read once a request."""
    if "account" not in g:
        token = present_token()
        with reading() as session_:
            found = accounts.signed_in(session_, token, now=now()) if token else None
        g.account = found.account if found is not None else None
        g.seen = (found.digest, found.last_seen) if found is not None else None
    account: Account | None = g.account
    return account


def note_seen() -> None:
    """A request that stores something tells when the browser was last here."""
    seen = g.get("seen")
    if seen is not None and request.method not in READING:
        accounts.note_seen(session(), *seen, now=now())


def start(account: Account, *, shared: bool = False) -> None:
    """Sign this browser in: a new token; the CSRF session starts afresh. shared: several people use this
    device, so the browser forgets the token when it is closed."""
    end()
    g.shared = shared
    g.new_token = accounts.sign_in(
        session(), account, now=now(), browser=request.headers.get("User-Agent", "")
    )
    g.account, g.seen = account, None
    if account.has_password:
        sign_in_origin.remember(account)
    form_session.clear()


def end() -> None:
    """Sign this browser out: its token is dead also for anyone who copied it."""
    token = present_token()
    if token:
        accounts.sign_out(session(), token)
    g.account = g.seen = None
    g.new_token = ""


def send_cookie(response: Response) -> Response:
    """After the request: set or clear the cookie if the request signed in or out."""
    token = g.pop("new_token", None)
    if token is None or response.status_code >= 400:
        return response
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    if token:
        kept = None if g.get("shared") else YEAR
        response.set_cookie(cookie_name(), token, max_age=kept, secure=secure, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(cookie_name(), secure=secure, httponly=True, samesite="Lax")
    return response
