"""Pages of the decks and cards that a learner writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import FormPage, Page


@dataclass(frozen=True, kw_only=True)
class OwnDeckEntry:
    """A deck in the list; cards: how many."""

    slug: str
    title: str
    cards: int


@dataclass(frozen=True, kw_only=True)
class OwnDecksPage(Page):
    """The decks of one's own."""

    template: ClassVar[str] = "library/own/decks.html"
    decks: tuple[OwnDeckEntry, ...]

    @property
    def title(self) -> str:
        return _("Your own decks")


@dataclass(frozen=True, kw_only=True)
class OwnCardEntry:
    """A card in its deck; answers in Markdown. editable: the plain form can change it."""

    id: int
    headline: str
    answers: tuple[str, ...]
    editable: bool


@dataclass(frozen=True, kw_only=True)
class OwnDeckPage(Page):
    """A deck of one's own with its cards."""

    template: ClassVar[str] = "library/own/deck.html"
    slug: str
    heading: str
    cards: tuple[OwnCardEntry, ...]

    @property
    def title(self) -> str:
        return self.heading


@dataclass(frozen=True, kw_only=True)
class CardFormPage(FormPage):
    """A new card (item: None) or another wording of one; source: the article that it is made from."""

    template: ClassVar[str] = "library/own/card.html"
    item: int | None
    quote: str = ""
    deck_slug: str = ""
    has_decks: bool = False

    @property
    def title(self) -> str:
        return _("New card") if self.item is None else _("Change the card")
