"""That a hint was asked for, remembered by the browser: loading the question again does not undo it.

Asking writes nothing to the database (ADR 3), so this is in the signed form cookie. An answer's id
follows from the card's state, so it means this asking of the question and no later one.
"""

from __future__ import annotations

from uuid import UUID

from flask import session

KEPT = 8  # the newest; a question is answered soon after its hint


def note(review: UUID) -> None:
    """A hint has been given for the answer that will have this id."""
    before = [each for each in session.get("hinted", ()) if each != review.hex]
    session["hinted"] = [*before, review.hex][-KEPT:]


def was_given(review: UUID) -> bool:
    """Whether a hint has been given here for the answer that will have this id."""
    return review.hex in session.get("hinted", ())
