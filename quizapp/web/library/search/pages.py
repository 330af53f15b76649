"""The page of the search over all questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import Page
from quizapp.web.library.authoring.filters import Filter


@dataclass(frozen=True, kw_only=True)
class FoundRow:
    """A question. keys: its answer; share: how it does, "" while too few have answered."""

    id: int
    headline: str
    kind: str
    state: str
    keys: str
    tags: tuple[str, ...]
    deck_slug: str
    deck_title: str
    editable: bool
    share: str
    changed: str


@dataclass(frozen=True, kw_only=True)
class SearchPage(Page):
    """All questions, filtered. deck: the address of the one looked in; bank: in others' decks, too; stat:
    hard or unused, "" for any; number: of the page, from 1."""

    template: ClassVar[str] = "library/search/index.html"
    rows: tuple[FoundRow, ...]
    filter: Filter
    deck: str
    decks: tuple[tuple[str, str], ...]
    bank: bool
    stat: str
    targets: tuple[tuple[str, str], ...]
    number: int
    more: bool
    queued: int

    @property
    def address(self) -> dict[str, str]:
        """The part of the address that leads to the same list."""
        more = {"deck": self.deck, "bank": "1" if self.bank else "", "stat": self.stat}
        return self.filter.address | {name: value for name, value in more.items() if value}

    @property
    def title(self) -> str:
        return _("Questions")
