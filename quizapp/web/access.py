"""The only doors to pages and owned objects. Whoever may not see something gets 404."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for

from quizapp.domain.errors import Missing
from quizapp.storage.accounts import Account
from quizapp.web.page import Viewer
from quizapp.web.rights import RIGHTS, Right
from quizapp.web.sign_in import current_account


def guard() -> Any:
    """Before every request: the endpoint's right, or 404 (a page that a visitor could sign in for
    sends them to do so)."""
    endpoint = request.endpoint
    if endpoint is None:
        return None  # no such page: Flask's own 404 or 405 follows
    right = RIGHTS.get(endpoint)
    if right is None:
        raise Missing("There is no such page.")
    if right is Right.ANYONE:
        return None
    account = current_account()
    if account is None:
        if request.method in {"GET", "HEAD"}:
            home = "home.index" if right is Right.LEARNER else "accounts.sign_in"
            return redirect(url_for(home), 303)
        raise Missing("You are not signed in here any more. Sign in and try again; nothing was stored.")
    if right is Right.TEACHER and not account.is_teacher:
        raise Missing("There is no such page.")
    return None


def learner() -> Account:
    """Whoever studies: a guest or a signed-in account."""
    account = current_account()
    if account is None:
        raise Missing("There is no such page.")
    return account


def viewer() -> Viewer:
    """The frame's view of who looks."""
    account = current_account()
    if account is None:
        return Viewer()
    return Viewer(
        name=account.name or "",
        signed_in=not account.is_guest,
        guest=account.is_guest,
        teacher=account.is_teacher,
    )
