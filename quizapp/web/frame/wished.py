"""The page that someone wanted before they signed in, kept until they have: however they come in."""

from __future__ import annotations

from flask import request
from flask import session as form_session

WISHED = "wished"  # what the browser's signed session calls it
LONGEST = 500  # characters; a cookie holds no more


def keep() -> None:
    """Remember the page that is asked for now, path and query."""
    address = request.full_path.rstrip("?")
    if len(address) <= LONGEST and not address.startswith("//"):
        form_session[WISHED] = address


def take() -> str:
    """The page that was wanted, once; "" for none."""
    return str(form_session.pop(WISHED, ""))
