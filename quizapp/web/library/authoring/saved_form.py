"""A saved form has arrived: the page after it tells the browser, which keeps the text until then."""

from __future__ import annotations

from flask import flash, request

SAVED_TEXT = "saved-text"  # a category of notices that is no notice


def note_arrival() -> None:
    """The text that was written at this address is stored, once the request's transaction is."""
    flash(request.script_root + request.path, SAVED_TEXT)
