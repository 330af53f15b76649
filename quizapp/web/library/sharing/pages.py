"""The page on which a deck's owner says who else sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import FormPage
from quizapp.web.library.sharing.forms import ShareForm


@dataclass(frozen=True, kw_only=True)
class ColleagueRow:
    """A teacher that the deck is shared with."""

    id: int
    name: str
    can_edit: bool


@dataclass(frozen=True, kw_only=True)
class ClassRow:
    """A class that learns the deck, and who made it."""

    id: int
    name: str
    founder: str
    archived: bool


@dataclass(frozen=True, kw_only=True)
class SharingPage(FormPage):
    """Who sees a deck: everyone, colleagues, classes."""

    template: ClassVar[str] = "library/sharing/deck.html"
    slug: str
    deck_title: str
    public: bool
    department: bool
    review: str
    colleagues: tuple[ColleagueRow, ...]
    classes: tuple[ClassRow, ...]
    form: ShareForm

    @property
    def title(self) -> str:
        return _("Sharing")
