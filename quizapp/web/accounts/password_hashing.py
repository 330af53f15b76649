"""Passwords hashed while other requests go first, and with no transaction held."""

from __future__ import annotations

from quizapp.services.accounts import passwords
from quizapp.web.frame.database import session
from quizapp.web.frame.http.turns import HASHING, aside


def hash_password(password: str) -> str:
    """What is stored of a password. Ends the transaction: nothing before it is kept."""
    session().rollback()
    with aside(HASHING):
        return passwords.hash_password(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password fits; takes as long where there is none. Ends the transaction."""
    session().rollback()
    with aside(HASHING):
        return passwords.matches(password_hash, password)
