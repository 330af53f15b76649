"""The pages of an import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds.base import Outline, Prompt
from quizapp.web.frame.page import Page


@dataclass(frozen=True, kw_only=True)
class BringPage(Page):
    """Choosing a file or pasting a list."""

    template: ClassVar[str] = "exchange/imports/bring.html"

    slug: str
    home: str  # the address of the deck's page
    own: bool  # a learner's deck
    deck_title: str
    form: Any
    accepted: str
    formats: tuple[str, ...]
    refused: bool = False
    busy: bool = False

    @property
    def status(self) -> int:
        if self.busy:
            return 503
        return 422 if self.refused else 200

    @property
    def title(self) -> str:
        return _("Import questions")


@dataclass(frozen=True, kw_only=True)
class EntryRow:
    """A question of the file. prompt: as students see it first; None where it was refused."""

    number: int
    place: str
    headline: str
    outcome: str
    notes: tuple[str, ...]
    kind: str = ""
    known: str = ""  # what it does to the deck: new, changed, unchanged
    prompt: Prompt | None = None
    outline: Outline | None = None
    rationale: str = ""


@dataclass(frozen=True, kw_only=True)
class PreviewPage(Page):
    """What would come. rest: how many are behind those that are shown; columns: what each holds."""

    template: ClassVar[str] = "exchange/imports/preview.html"

    key: str
    home: str
    own: bool
    deck_title: str
    name: str
    format: str
    exact: int
    approximated: int
    refused: int
    rows: tuple[EntryRow, ...]
    rest: int
    halted: str = ""
    table: Any = None
    separator: str = ""
    columns: tuple[str, ...] = ()
    column_words: tuple[tuple[str, str], ...] = ()
    samples: tuple[str, ...] = ()
    reviews: int = 0  # that the file holds of someone's past

    @property
    def coming(self) -> int:
        return self.exact + self.approximated

    @property
    def title(self) -> str:
        return _("Check the import")
