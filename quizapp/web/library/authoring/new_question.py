"""A question that is new: the deck it goes to, and the key of its form."""

from __future__ import annotations

import re

from flask import request

from quizapp.domain.errors import Malformed, Missing
from quizapp.domain.language.translation import _
from quizapp.services.library import editor, review
from quizapp.services.library.editor import NEW_DECK
from quizapp.storage.library import cited_sources
from quizapp.storage.library.tables import Deck, Item
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.library.authoring.forms import ItemForm
from quizapp.web.library.authoring.submission import Written

KEY = re.compile(r"t-[0-9a-f]{32}")


def deck_to_fill(slug: str) -> Deck:
    """The deck of a new question; for the address NEW_DECK one that is made when the question is saved, and
    called as the article that the question is about."""
    if slug != NEW_DECK:
        return access.edited_deck(slug)
    source = request.args.get("source", "")
    rows = cited_sources.sources_named(session(), [source], access.account().id)
    if not rows:
        raise Missing(_("Article not found."))
    return Deck(
        slug=NEW_DECK,
        title=rows[0].title[: editor.LONGEST_TITLE] or _("Questions on an article"),
        owner_id=access.account().id,
    )


def made(deck: Deck) -> Deck:
    """A deck that is stored: what was only an intention until now is made, once for one form."""
    if deck.slug != NEW_DECK:
        return deck
    there = editor.deck_of_key(session(), access.account(), key())
    if there is not None:
        return there
    return editor.create_deck(session(), access.account(), title=deck.title, summary="", now=now())


def add(deck: Deck, form: ItemForm, written: Written) -> Item:
    """Store what was written, which is sound, as a question of a deck."""
    assert written.draft is not None
    deck = made(deck)
    teacher, wish = access.account(), request.form.get("do", "")
    return editor.add_item(
        session(),
        deck,
        key(),
        written.draft,
        fact=form.about.fact.data,
        author=teacher,
        now=now(),
        state=review.first_state(session(), deck, teacher, wish).value,
    )


def key() -> str:
    """By which the same form sent twice is known. Raises Malformed where there is none."""
    sent = request.form.get("key", "")
    if not KEY.fullmatch(sent):
        raise Malformed(_("This form is incomplete. Open “New question” again; nothing was saved."))
    return sent
