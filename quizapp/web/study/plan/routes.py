"""Pausing, leaving and restarting a deck, taking that back, and a target recall of its own."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.errors import Invalid
from quizapp.domain.language.translation import _, marked, ngettext
from quizapp.domain.study.deck_log import Did
from quizapp.services.study import decks, preferences
from quizapp.storage.library.tables import Deck
from quizapp.storage.study import decks as queries
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.library.building import day_words
from quizapp.web.study.plan.forms import TargetForm
from quizapp.web.study.plan.pages import PlanPage
from quizapp.web.study.progress.building import preview_words

blueprint = Blueprint("plan", __name__, url_prefix="/study/decks")

LAST = {
    Did.PAUSE: marked("Paused on {day}."),
    Did.LEAVE: marked("Left on {day}."),
    Did.RESTART: marked("Restarted on {day}."),
    Did.BEGIN: marked("Taken up again on {day}."),
}


@blueprint.get("/<slug>")
def index(slug: str) -> Answer:
    deck = access.deck(slug)
    return _page(deck, TargetForm.of(_target(deck)))


@blueprint.post("/<slug>")
def change(slug: str) -> Answer:
    """Pause, go on, leave, restart, or take the last of these back."""
    deck, what = access.deck(slug), request.form.get("what", "")
    flash(*_done(deck, what))
    return redirect(url_for("plan.index", slug=deck.slug), 303)


@blueprint.post("/<slug>/target")
def target(slug: str) -> Answer:
    """Set the deck's own target recall, or show what it would change."""
    deck, account, site = access.deck(slug), access.account(), access.settings()
    form = TargetForm.of(_target(deck))
    if not form.validate_on_submit():
        return _page(deck, form)
    if "preview" in request.form:
        found = preferences.preview_target(session(), account, deck.id, form.wanted(), site, now=now())
        return _page(deck, form, preview_words(found))
    try:
        moved = preferences.set_target(session(), account, deck.id, form.wanted(), site, now=now())
    except Invalid as error:
        form.refuse(error)
        return _page(deck, form)
    flash(_("Saved. The reviews of this deck have been rescheduled.") if moved else _("Saved."), "success")
    return redirect(url_for("plan.index", slug=deck.slug), 303)


def _done(deck: Deck, what: str) -> tuple[str, str]:
    """Do what was asked for; the words for it, and their category."""
    account, at = access.account(), now()
    if what == Did.PAUSE and decks.pause(session(), account.id, deck.id, now=at):
        return _("{deck} rests: nothing of it is asked until you go on.").format(deck=deck.title), "success"
    if what == Did.BEGIN and decks.resume(session(), account.id, deck.id, now=at):
        return _("{deck} goes on.").format(deck=deck.title), "success"
    if what == Did.LEAVE and decks.leave(session(), account.id, deck.id, now=at):
        return _("You’ve left {deck}. What you know of it is kept.").format(deck=deck.title), "success"
    if what == Did.RESTART and (
        count := decks.restart(session(), account, deck.id, access.settings(), now=at)
    ):
        words = ngettext("{count} question is new again.", "{count} questions are new again.", count)
        return words.format(count=count), "success"
    if what == Did.UNDO and _undone(deck):
        return _("Undone."), "success"
    return _("Nothing was changed."), "info"


def _undone(deck: Deck) -> bool:
    try:
        deed = UUID(request.form.get("deed", ""))
    except ValueError:
        return False
    return decks.undo(session(), access.account(), deck.id, deed, access.settings(), now=now())


def _target(deck: Deck) -> float | None:
    plan = queries.own_plan(session(), access.account().id, deck.id)
    return plan.target if plan is not None else None


def _page(deck: Deck, form: TargetForm, preview: tuple[str, ...] = ()) -> PlanPage:
    learner = access.learner()
    plan = queries.own_plan(session(), learner.id, deck.id)
    last = decks.newest(session(), learner.id, deck.id)
    state = "new"
    if plan is not None:
        state = "left" if plan.left_at else "paused" if plan.paused_at else "studied"
    today = learner.today(now())
    return PlanPage(
        form=form,
        slug=deck.slug,
        name=deck.title,
        state=state,
        learnt=len(queries.learnt_items(session(), learner.id, deck.id)),
        last=_(LAST[Did(last.what)]).format(day=day_words(learner.today(last.at), today)) if last else "",
        undo=str(last.id) if last else "",
        usual=round(100 * learner.parameters.retention),
        preview=preview,
    )
