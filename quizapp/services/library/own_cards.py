"""Cards that a learner writes for themselves: a question, an answer, in decks of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.domain.errors import Invalid, Problem
from quizapp.domain.language.text import unstorable
from quizapp.domain.language.translation import _, ngettext
from quizapp.domain.library.kinds import kind_of, plain_cards
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.kinds.plain_cards import PlainCard
from quizapp.domain.library.review import Step
from quizapp.services.library import editor, review
from quizapp.services.library.items import Draft
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library import own_decks
from quizapp.storage.library.tables import Deck, Item

MOST_DECKS = 50
MOST_CARDS = 2_000  # of one deck
LONGEST_ANSWER = 2_000  # characters


@dataclass(frozen=True, kw_only=True)
class Card:
    """What a learner writes. typed: answered by typing, else turned over; quote: what it is based on."""

    question: str
    answer: str
    typed: bool
    quote: str = ""


def deck_for(session: Session, owner: Account, *, slug: str, title: str, now: datetime) -> Deck:
    """The owner's deck of this name, or a new one with this title.

    Raises Invalid for a title that cannot be stored, and where there are too many decks.
    """
    own = own_decks.of(session, owner.id)
    found = next((deck.id for deck in own if slug and deck.slug == slug), None)
    if found is not None:
        return session.get_one(Deck, found)
    if len(own) >= MOST_DECKS:
        problem = Problem("title", _("You have {most} decks, the most there can be.").format(most=MOST_DECKS))
        raise Invalid(_("The card hasn’t been saved yet."), (problem,))
    return editor.create_deck(session, owner, title=title, summary="", now=now)


def write(session: Session, owner: Account, deck: Deck, key: str, card: Card, *, now: datetime) -> Item:
    """A new card at the end of a deck; the same key twice makes one. Raises Invalid, naming the fields."""
    content = content_of(card)
    if own_decks.count_cards(session, deck.id) >= MOST_CARDS:
        problem = Problem("question", _("This deck is full. Begin another one."))
        raise Invalid(_("The card hasn’t been saved yet."), (problem,))
    return editor.add_item(session, deck, key, Draft(content=content), fact="", author=owner, now=now)


def make_room(session: Session, deck: Deck, cards: int) -> None:
    """Raises Invalid where a deck of one's own has no room for so many more."""
    left = max(0, MOST_CARDS - own_decks.count_cards(session, deck.id))
    if cards > left:
        raise Invalid(
            ngettext(
                "This deck has room for {left} more card; {cards} are selected. "
                "Select fewer, or use another deck for the rest.",
                "This deck has room for {left} more cards; {cards} are selected. "
                "Select fewer, or use another deck for the rest.",
                left,
            ).format(left=left, cards=cards)
        )


def rewrite(session: Session, owner: Account, item: Item, card: Card, *, now: datetime) -> bool:
    """Another wording of a card; True if it differs. Raises Invalid as `write` does."""
    draft = Draft(content=content_of(card))
    return editor.save_item(session, item, draft, base=item.version_id, fact="", author=owner, now=now)


def remove(session: Session, owner: Account, item: Item) -> None:
    """The card is asked no more; what was answered stays in the log."""
    review.take_step(session, item, Step.RETIRE, owner)


def content_of(card: Card) -> Content:
    """The content that a card is. Raises Invalid, naming the fields."""
    question, answer, quote = card.question.strip(), card.answer.strip(), card.quote.strip()
    empty = (
        ("question", question, _("Write a question.")),
        ("answer", answer, _("Write the answer.")),
    )
    problems = [Problem(field, words) for field, text, words in empty if not text]
    for field, text in (("question", question), ("answer", answer), ("quote", quote)):
        if complaint := unstorable(text, LONGEST_ANSWER):
            problems.append(Problem(field, complaint))
    rationale = "\n".join(f"> {line}" for line in quote.splitlines()) if quote else ""
    content = plain_cards.content_of(PlainCard(question, answer, card.typed), rationale)
    if not problems:
        names = {"stem": "question", "key": "answer", "answer": "answer"}
        problems = [
            Problem(names.get(found.field, "question"), found.message)
            for found in kind_of(content).problems(content)
        ]
    if problems:
        raise Invalid(_("The card hasn’t been saved yet."), tuple(problems))
    return content


def card_of(content: Content) -> Card | None:
    """The card that a content was made from; None for one that no such form makes."""
    plain = plain_cards.card_of(content)
    if plain is None:
        return None
    quote = "\n".join(line.removeprefix("> ") for line in content.rationale.splitlines())
    return Card(question=plain.question, answer=plain.answer, typed=plain.typed, quote=quote)
