"""Passwords hashed while other requests go first, with no transaction held; people enter one by one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from quizapp.services.accounts import passwords
from quizapp.web.frame.database import session
from quizapp.web.frame.http.turns import ENTERING, HASHING, aside, one_by_one


@contextmanager
def one_enters() -> Iterator[None]:
    """Sign up or in, one at a time. Ends the transaction at the door."""
    session().rollback()
    with one_by_one(ENTERING):
        yield


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
