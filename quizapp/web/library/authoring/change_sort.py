"""What sort of change a save or a restore is: asked where it matters, and what follows from the answer."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from quizapp.domain.language.translation import _
from quizapp.domain.library.changes import CHANGES, Change
from quizapp.domain.library.kinds.base import Content
from quizapp.services.corrections import regrades
from quizapp.storage.accounts.tables import Account
from quizapp.storage.corrections import regrades as queries
from quizapp.storage.library.tables import Item
from quizapp.web.frame.clock import now
from quizapp.web.frame.parts.offers import offered


def decided(session: Session, item: Item, content: Content, form: Mapping[str, str]) -> Change | None:
    """The sort of change that the form names; `wording` where no one can notice; None: ask."""
    assert item.version is not None
    if content == item.version.content or not queries.has_answers(session, item.id):
        return "wording"
    return next((each for each in CHANGES if each == form.get("change")), None)


def carried(session: Session, item: Item, change: Change, author: Account) -> Response:
    """Where a saved change leads: a changed key to its dry run; a changed meaning is put to work."""
    if change == "meaning":
        assert item.version is not None
        regrades.order(session, item, item.version, change, author=author, now=now())
        offered().carry_on_regrades()
        flash(
            _(
                "Saved. Students who have seen the question will see what changed and be asked once "
                "more soon."
            ),
            "success",
        )
        return redirect(url_for("authoring.deck", slug=item.deck.slug, _anchor=f"item-{item.id}"), 303)
    flash(_("Saved. Past answers haven’t changed yet; see below what would change."), "success")
    return redirect(url_for("regrading.dry_run", item_id=item.id), 303)
