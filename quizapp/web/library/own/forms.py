"""The form of a card that a learner writes."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from quizapp.domain.language.translation import _, marked
from quizapp.services.library.own_cards import Card
from quizapp.storage.library.own_decks import OwnDeck
from quizapp.web.frame.parts.forms import Refusable

NEW = ""  # the value of “a new deck”


class CardForm(Refusable):
    """Question, answer, how it is answered; and where it goes."""

    question = TextAreaField(marked("Question"), [InputRequired(marked("Write a question."))])
    answer = TextAreaField(marked("Answer"), [InputRequired(marked("Write the answer."))])
    way = RadioField(marked("How to answer it"), default="turned", validate_choice=False)
    deck = SelectField(marked("Deck"), validate_choice=False)
    title = StringField(marked("Name of the new deck"))
    quote = HiddenField()
    ticket = HiddenField()  # by which a form sent twice makes one card

    def offer(self, decks: Sequence[OwnDeck]) -> None:
        """Fill in what can be chosen."""
        self.way.choices = [
            ("turned", _("Think of it, turn the card, say whether you knew it")),
            ("typed", _("Type it, and have it checked")),
        ]
        self.deck.choices = [*((deck.slug, deck.title) for deck in decks), (NEW, _("A new deck"))]

    @property
    def card(self) -> Card:
        """What was written."""
        return Card(
            question=self.question.data or "",
            answer=self.answer.data or "",
            typed=self.way.data == "typed",
            quote=self.quote.data or "",
        )
