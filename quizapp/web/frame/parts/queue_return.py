"""Back to the queue, as it was filtered when something in it was settled."""

from __future__ import annotations

from flask import redirect, request, url_for

from quizapp.web.frame.page import Answer


def back() -> Answer:
    """To the queue; its own forms say by which deck and section it was filtered."""
    deck, sort = (request.form.get(f"queue_{name}") or None for name in ("deck", "sort"))
    return redirect(url_for("queue.index", deck=deck, sort=sort), 303)
