"""Who tries to sign in, and from where, as digests that only this server can make.

A browser that has been signed in to an account carries a signed note of that (OWASP's “device cookie”):
what others get wrong elsewhere does not keep it waiting.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from ipaddress import ip_address, ip_network

from flask import Response, current_app, g, request
from itsdangerous import BadSignature, URLSafeSerializer

from quizapp.domain.accounts.waiting import in_words
from quizapp.domain.names import name_key
from quizapp.services import throttling
from quizapp.services.throttling import Attempt
from quizapp.storage.accounts import Account
from quizapp.web.clock import now
from quizapp.web.database import session

YEAR = 365 * 24 * 3600
MOST_KNOWN = 8  # accounts that a browser is known to; a family shares one


def begin(account: Account | None, name: str = "", *, second: bool = False) -> tuple[Attempt, str]:
    """Note an attempt on the account, or on a name that nobody has, and commit. Returns it, and in words
    why it has to wait; "" where it may go on."""
    attempt = _attempt(account, name, second=second)
    ready = throttling.begin(session(), attempt, now=now())
    session().commit()
    wait = "" if ready is None else f"Too many attempts. Wait {in_words(ready, now())}, then try again."
    return attempt, wait


def succeed(attempt: Attempt) -> None:
    """The attempt was right."""
    throttling.succeed(session(), attempt)


def _attempt(account: Account | None, name: str, *, second: bool) -> Attempt:
    door = "second" if second else "password"
    who = _digest(door, f"account {account.id}" if account is not None else f"name {name_key(name)}")
    address = _digest("address", _address())
    nonce, known = _note()
    if account is not None and account.id in known:
        return Attempt(who, _digest("browser", who, nonce), address, known=True, second=second)
    return Attempt(who, _digest("place", who, address), address, second=second)


def _address() -> str:
    """The client's address; of IPv6 the network, in which a client may have as many as it likes."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    return str(ip_network(f"{address}/64", strict=False) if address.version == 6 else address)


def _digest(*parts: str) -> str:
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
