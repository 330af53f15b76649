"""Who tries to sign in, and from where, as digests that only this server can make.

A browser that has been signed in to an account carries a signed note of that (OWASP's “device cookie”):
what others get wrong elsewhere does not keep it waiting.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from ipaddress import IPv6Address, ip_address, ip_network

from flask import Response, current_app, g, request
from flask import session as form_session
from itsdangerous import BadSignature, URLSafeSerializer

from quizapp.domain.accounts.budgets import Budget
from quizapp.domain.accounts.names import name_key
from quizapp.domain.accounts.sign_in_delay import in_words
from quizapp.domain.errors import TooMany
from quizapp.services.accounts import failed_sign_ins, rate_limits
from quizapp.services.accounts.failed_sign_ins import Attempt
from quizapp.storage.accounts.tables import Account
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session

YEAR = 365 * 24 * 3600
MOST_KNOWN = 8  # accounts that a browser is known to; a family shares one


def begin(account: Account | None, name: str = "", *, second: bool = False) -> tuple[Attempt, str]:
    """Note an attempt on the account, or on a name that no one has, and commit. Returns it, and in words
    why it has to wait; "" where it may go on."""
    attempt = _attempt(account, name, second=second)
    ready = failed_sign_ins.begin(session(), attempt, now=now())
    session().commit()
    wait = "" if ready is None else f"Too many attempts. Wait {in_words(ready, now())}, then try again."
    return attempt, wait


def succeed(attempt: Attempt) -> None:
    """The attempt was right."""
    failed_sign_ins.succeed(session(), attempt)


def spend(what: str, budget: Budget) -> None:
    """Do something that the site takes only so often from one address, and commit that it is done; raises
    TooMany where it was done too often."""
    if not rate_limits.spend(session(), digest(what, origin()), budget, now=now()):
        raise TooMany(
            "So many came from your network in the last minutes that this one has to wait. Nothing was "
            f"stored: go back, and try again in {budget.minutes} minutes."
        )
    session().commit()


def _attempt(account: Account | None, name: str, *, second: bool) -> Attempt:
    door = "second" if second else "password"
    who = digest(door, f"account {account.id}" if account is not None else f"name {name_key(name)}")
    is_known = account is not None and account.id in _note()[1]
    address = digest("address", origin(), _line(account, name))
    return Attempt(
        who=who,
        place=digest("place", who, origin(), browser()),
        area=digest("area", who, origin()),
        address=address,
        browser=digest("browser", origin(), browser()),
        known=is_known,
        second=second,
    )


def _line(account: Account | None, name: str) -> str:
    """Which line at an address an attempt is in: anyone who types names that no one has, or e-mail
    addresses, keeps no one waiting who types a name. (That a name is taken, signing up tells too.)"""
    return "mail" if "@" in name else "no such name" if account is None and name else "name"


def origin() -> str:
    """Where the request comes from: a browser that has been signed in before is by itself, by the account
    it was signed in to first, so that cookies thrown away make no new one; else the network address."""
    _, known = _note()
    return f"account {known[0]}" if known else address()


def browser() -> str:
    """Which browser it is, as far as it tells: anyone who throws cookies away is a new one each time."""
    return "" if is_established() else str(form_session.get("csrf_token", ""))


def is_established() -> bool:
    """Whether someone with a password has been signed in here before."""
    return bool(_note()[1])


def address() -> str:
    """The client's address; of IPv6 the network, in which a client may have as many as it likes."""
    try:
        found = ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    if isinstance(found, IPv6Address) and mapped is None:
        return str(ip_network(f"{found}/64", strict=False))
    return str(mapped or found)


def digest(*parts: str) -> str:
    """A keyed digest of these words."""
    key, text = current_app.config["SECRET_KEY"], "\n".join(parts)
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:32]


# --- the note of known browsers ----------------------------------------------------------------------


def remember(account: Account) -> None:
    """This browser has been signed in to the account."""
    nonce, known = _note()
    if account.id not in known:
        known = [*known, account.id][-MOST_KNOWN:]
        g.new_note = _serializer().dumps([nonce or secrets.token_urlsafe(12), known])


def send_note(response: Response) -> Response:
    """After the request: set the note if it is new."""
    note = g.pop("new_note", None)
    if note is not None and response.status_code < 400:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(_cookie_name(), note, max_age=YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


def _note() -> tuple[str, list[int]]:
    try:
        nonce, known = _serializer().loads(request.cookies.get(_cookie_name(), ""))
    except (BadSignature, ValueError, TypeError):
        return "", []
    return nonce, known


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="known browser")


def _cookie_name() -> str:
    return "__Host-quizapp_known" if current_app.config["SESSION_COOKIE_SECURE"] else "quizapp_known"
