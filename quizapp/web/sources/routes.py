"""A teacher's articles: bringing them, correcting what was read, and asking about a passage."""

from __future__ import annotations

import re

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.audit.actions import Action
from quizapp.domain.errors import Conflict, Invalid
from quizapp.domain.language.translation import _, ngettext
from quizapp.domain.library.kinds import kind_named
from quizapp.domain.sources.articles.blocks import Block, edited
from quizapp.services.library.editor import NEW_DECK
from quizapp.services.sources import articles
from quizapp.storage.library.changed_evidence import count_of_source
from quizapp.storage.sources.tables import Source
from quizapp.web.frame import access
from quizapp.web.frame.audit_entry import note
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.choices import chosen
from quizapp.web.frame.parts.offers import offered
from quizapp.web.frame.parts.whole_numbers import whole
from quizapp.web.sources import building, doors
from quizapp.web.sources.forms import AddForm, ArticleForm, stored
from quizapp.web.sources.intake import Refused, bring

blueprint = Blueprint("articles", __name__, url_prefix="/teach/articles")

PLACE = re.compile(r"[1-9]\d{0,5}\.[1-9]\d{0,5}")


@blueprint.get("/")
def index() -> Answer:
    teacher = access.account()
    return building.articles_page(session(), teacher, queued=offered().queue_count(session(), teacher))


# --- bringing an article ---------------------------------------------------------------------------


@blueprint.route("/add", methods=["GET", "POST"])
def add() -> Answer:
    return _brought(None)


@blueprint.post("/add/save")
def save() -> Answer:
    return _saved(None)


@blueprint.route("/<article>/new-text", methods=["GET", "POST"])
def new_text(article: str) -> Answer:
    return _brought(doors.own_source(article))


@blueprint.post("/<article>/save")
def save_text(article: str) -> Answer:
    return _saved(doors.own_source(article))


def _brought(source: Source | None) -> Answer:
    form, settings = AddForm(), access.settings()
    if request.method != "POST":
        form.link.data = source.address if source is not None else ""
        return building.add_page(form, settings, source)
    session().rollback()  # no writer waits while a file is read or a page is fetched
    try:
        found, address = bring(form, settings)
    except Refused as error:
        form.refuse(error.field, str(error))
        return building.add_page(form, settings, source, refused=True, busy=error.busy)
    article = ArticleForm.of(found, address or (source.address if source is not None else ""))
    if source is not None:
        article.title.data = source.title
    return building.correction_page(article, found.blocks, source)


def _saved(source: Source | None) -> Answer:
    form = ArticleForm()
    blocks = form.chosen(request.form.getlist("keep"))
    if "edited" in request.form:
        blocks = list(edited(blocks, form.edited.data or ""))
        form.hold(blocks)
    if (then := request.form.get("then")) in {"edit", "show"}:
        form.open_for_editing(blocks)
        return building.correction_page(form, blocks, source, editing=then == "edit")
    try:
        found = _store(source, form, blocks)
    except Invalid as error:
        form.refuse(error)
        return building.correction_page(form, blocks, source, refused=True)
    if source is None:
        if then == "draft":
            flash(_("Article saved."), "success")
            return redirect(url_for("drafts.index", article=found.slug), 303)
        flash(_("Article saved. Choose a sentence to ask about it."), "success")
        return redirect(url_for("articles.read", article=found.slug), 303)
    return _led_on(found)


def _led_on(source: Source) -> Answer:
    """From a new text to the questions whose sentence is another one now, where there are any."""
    changed = count_of_source(session(), source.id, access.account())
    if not changed:
        flash(_("The new text is saved. Every question still matches its sentence."), "success")
        return redirect(url_for("articles.read", article=source.slug), 303)
    flash(
        ngettext(
            "The new text is saved. One question is based on a sentence that has changed or is gone. "
            "Review it here.",
            "The new text is saved. {count} questions are based on sentences that have changed or are gone. "
            "Review them here.",
            changed,
        ),
        "info",
    )
    return redirect(url_for("queue.index", sort="sources"), 303)


def _store(source: Source | None, form: ArticleForm, blocks: list[Block]) -> Source:
    teacher = access.account()
    if source is not None:
        articles.describe(session(), source, form.about)
        articles.revise(session(), source, teacher, stored(blocks), now=now())
        return source
    sent_before = articles.same_text(session(), teacher, stored(blocks))
    return sent_before or articles.add(session(), teacher, form.about, stored(blocks), now=now())


# --- reading it and asking about it ----------------------------------------------------------------


@blueprint.get("/<article>")
def read(article: str) -> Answer:
    return building.article_page(
        session(),
        access.account(),
        doors.readable_source(article),
        deck=request.args.get("deck", ""),
        ticked=request.args.getlist("at"),
    )


@blueprint.post("/<article>/strike")
def strike(article: str) -> Answer:
    source, number = doors.own_source(article), request.form.get("paragraph", 0, type=whole)
    if chosen("kept", "1", "0") == "1":
        articles.restore(session(), source, number)
    else:
        articles.strike(session(), source, number)
    return redirect(url_for("articles.read", article=article, _anchor=f"p{number}"), 303)


@blueprint.post("/<article>/delete")
def delete(article: str) -> Answer:
    """Delete an article that no question is based on; of any other, take its text off the site."""
    source = doors.own_source(article)
    if request.form.get("what") == "text":
        articles.forget_text(session(), source)
        note(Action.ARTICLE_TEXT_REMOVED, access.account())
        flash(_("The text is off this site. Questions keep the sentences they quote."), "success")
        return redirect(url_for("articles.read", article=article), 303)
    try:
        articles.remove(session(), source)
    except Conflict as error:
        flash(str(error), "warning")
        return redirect(url_for("articles.read", article=article), 303)
    note(Action.ARTICLE_DELETED, access.account())
    flash(_("Article deleted."), "success")
    return redirect(url_for("articles.index"), 303)


@blueprint.post("/<article>/ask")
def ask(article: str) -> Answer:
    """Open the editor with the chosen sentences as evidence; the deck is made when a question is saved."""
    doors.readable_source(article)
    kind = kind_named(request.form.get("kind", ""))
    places = [place for place in request.form.getlist("at") if PLACE.fullmatch(place)]
    if not places:
        flash(_("Choose a sentence first: click on it, then choose how to ask."), "warning")
        return redirect(url_for("articles.read", article=article), 303)
    slug = request.form.get("deck", "")
    deck = access.edited_deck(slug).slug if slug else NEW_DECK
    target = url_for("authoring.new_item", slug=deck, kind=kind.name, source=article, at=places[:12])
    return redirect(target, 303)
