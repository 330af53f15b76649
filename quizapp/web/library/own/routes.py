"""A learner's own decks and cards: private, unless they share them with a class."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.errors import Invalid
from quizapp.domain.language.markup import plain
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.sharing import Act
from quizapp.services.library import editor, own_cards
from quizapp.services.study import decks as study_decks
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library import own_decks as queries
from quizapp.storage.library.own_decks import OwnDeck
from quizapp.storage.library.tables import Deck, Item
from quizapp.web.frame import access
from quizapp.web.frame.clock import fresh_id, now
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.library.own.forms import CardForm
from quizapp.web.library.own.pages import CardFormPage, OwnCardEntry, OwnDeckEntry, OwnDeckPage, OwnDecksPage

blueprint = Blueprint("own", __name__, url_prefix="/own")

LONGEST_QUOTE = 1_000  # characters taken over from an article


@blueprint.get("/")
def decks() -> Answer:
    own = queries.of(session(), access.account().id)
    return OwnDecksPage(
        decks=tuple(OwnDeckEntry(slug=deck.slug, title=deck.title, cards=deck.cards) for deck in own)
    )


@blueprint.get("/decks/<slug>")
def deck(slug: str) -> Answer:
    found = access.deck(slug, Act.OWN)
    return OwnDeckPage(
        slug=found.slug,
        heading=found.title,
        cards=tuple(
            OwnCardEntry(
                id=row.id,
                headline=plain(kind_of(row.content).headline(row.content)),
                answers=kind_of(row.content).outline(row.content).keys,
                editable=own_cards.card_of(row.content) is not None,
            )
            for row in queries.cards(session(), found.id)
        ),
    )


@blueprint.post("/decks/<slug>/title")
def rename(slug: str) -> Answer:
    found = access.deck(slug, Act.OWN)
    title = request.form.get("title", "")
    try:
        editor.rename_deck(session(), found, title=title, summary=found.summary)
    except Invalid as error:
        flash(error.problems[0].message, "warning")
    else:
        flash(_("Saved."), "success")
    return redirect(url_for("own.deck", slug=slug), 303)


@blueprint.route("/cards/new", methods=["GET", "POST"])
def new_card() -> Answer:
    """A card, into a deck of one's own or a new one; with a quotation where it is made from a passage."""
    owner, form = access.account(), CardForm(deck=request.args.get("deck", ""))
    own = queries.of(session(), owner.id)
    form.offer(own)
    if not form.is_submitted():
        _begin(form, own)
    elif form.validate():
        try:
            found = _write(form, owner)
        except Invalid as error:
            form.refuse(error)
        else:
            flash(_("The card is in “{deck}”. You’ll be asked it soon.").format(deck=found.title), "success")
            return redirect(url_for("own.deck", slug=found.slug), 303)
    return CardFormPage(form=form, item=None, quote=form.quote.data or "", has_decks=bool(own))


def _begin(form: CardForm, own: Sequence[OwnDeck]) -> None:
    """Fill in a form that is opened: the deck last made, where none is asked for, and the quotation."""
    form.ticket.data, form.title.data = str(fresh_id()), _("My cards")
    form.quote.data = " ".join(request.args.get("quote", "").split())[:LONGEST_QUOTE]
    if not request.args.get("deck") and own:
        form.deck.data = own[-1].slug


def _write(form: CardForm, owner: Account) -> Deck:
    """Store the card, and study its deck from now on. Raises Invalid where it can't be asked."""
    found = own_cards.deck_for(
        session(), owner, slug=form.deck.data or "", title=form.title.data or "", now=now()
    )
    own_cards.write(session(), owner, found, f"own-{owner.id}-{form.ticket.data}"[:120], form.card, now=now())
    study_decks.begin(session(), owner, found.slug, now=now())
    return found


@blueprint.route("/cards/<int:item_id>", methods=["GET", "POST"])
def card(item_id: int) -> Answer:
    item = _own(item_id)
    assert item.version is not None
    written = own_cards.card_of(item.version.content)
    if written is None:
        flash(_("This question can’t be changed here."), "warning")
        return redirect(url_for("own.deck", slug=item.deck.slug), 303)
    form = CardForm(
        question=written.question,
        answer=written.answer,
        quote=written.quote,
        way="typed" if written.typed else "turned",
    )
    form.offer(())
    if form.validate_on_submit():
        try:
            own_cards.rewrite(session(), access.account(), item, form.card, now=now())
        except Invalid as error:
            form.refuse(error)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("own.deck", slug=item.deck.slug), 303)
    return CardFormPage(form=form, item=item.id, quote=form.quote.data or "", deck_slug=item.deck.slug)


@blueprint.post("/cards/<int:item_id>/remove")
def remove_card(item_id: int) -> Answer:
    item = _own(item_id)
    own_cards.remove(session(), access.account(), item)
    flash(_("You won’t be asked this card again."), "success")
    return redirect(url_for("own.deck", slug=item.deck.slug), 303)


def _own(item_id: int) -> Item:
    """A card in a deck of one's own."""
    item = access.own_item(item_id)
    access.deck(item.deck.slug, Act.OWN)
    return item
