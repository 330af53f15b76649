"""Sharing a deck with colleagues and everyone, taking it from a class, copying it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.audit.actions import Action
from quizapp.domain.errors import Invalid, Malformed
from quizapp.domain.language.translation import _
from quizapp.services.classes import assignments
from quizapp.services.library import copies, sharing
from quizapp.web.frame import access
from quizapp.web.frame.audit_entry import note
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.library.sharing import building
from quizapp.web.library.sharing.forms import ShareForm

blueprint = Blueprint("sharing", __name__, url_prefix="/teach/decks")


@blueprint.route("/<slug>/sharing", methods=["GET", "POST"])
def deck(slug: str) -> Answer:
    found, form = access.own_deck(slug), ShareForm()
    if form.validate_on_submit():
        edit, name = form.way.data == "edit", str(form.name.data)
        try:
            added = sharing.share(session(), found, access.account(), name=name, can_edit=edit, now=now())
        except Invalid as error:
            form.refuse(error)
        else:
            return _saved(
                slug,
                (_("{name} can now edit this deck.") if edit else _("{name} can now view this deck.")).format(
                    name=added.name
                ),
            )
    return building.sharing_page(session(), found, form)


@blueprint.post("/<slug>/public")
def set_public(slug: str) -> Answer:
    found, public = access.own_deck(slug), _one_of(("0", "1"), "public") == "1"
    sharing.set_public(session(), found, access.account(), public=public, now=now())
    return _saved(
        slug, _("Everyone on this site can study the deck.") if public else _("The deck is private.")
    )


@blueprint.post("/<slug>/department")
def set_department(slug: str) -> Answer:
    found, department = access.own_deck(slug), _one_of(("0", "1"), "department") == "1"
    sharing.set_department(session(), found, access.account(), department=department, now=now())
    return _saved(
        slug,
        _("Every teacher here finds the deck in the shared bank.")
        if department
        else _("The deck is out of the shared bank. Copies that others have made stay theirs."),
    )


@blueprint.post("/<slug>/unshare")
def unshare(slug: str) -> Answer:
    found, who = access.own_deck(slug), _number("teacher")
    sharing.unshare(session(), found, access.account(), account_id=who, now=now())
    return _saved(slug, _("They can no longer see this deck. They keep any copies they made."))


@blueprint.post("/<slug>/withdraw")
def withdraw(slug: str) -> Answer:
    found, where = access.own_deck(slug), _number("class")
    assignments.take_deck_back(session(), found, access.account(), classroom_id=where, now=now())
    return _saved(
        slug,
        _(
            "The class no longer studies this deck. Its students keep the questions they’ve seen; open "
            "assignments on it have ended."
        ),
    )


@blueprint.post("/<slug>/copy")
def copy(slug: str) -> Answer:
    found = access.taught_deck(slug)
    made = copies.copy_deck(session(), found, access.account(), now=now())
    note(Action.DECK_COPIED, made)
    flash(_("Copied. This deck is yours: private, and you can edit it."), "success")
    return redirect(url_for("authoring.deck", slug=made.slug), 303)


def _one_of(values: tuple[str, ...], field: str) -> str:
    found = request.form.get(field, "")
    if found not in values:
        raise Malformed(_("This form is incomplete. Open the page again; nothing was changed."))
    return found


def _number(field: str) -> int:
    try:
        return access.row_id(request.form.get(field, ""))
    except ValueError:
        raise Malformed(_("This form is incomplete. Open the page again; nothing was changed.")) from None


def _saved(slug: str, words: str) -> Answer:
    flash(words, "success")
    return redirect(url_for("sharing.deck", slug=slug), 303)
