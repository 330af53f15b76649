"""The page on which a deck is removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import Page


@dataclass(frozen=True, kw_only=True)
class FormatRow:
    """A format, and how many of the deck's questions it can hold whole, with a loss, or not at all."""

    name: str
    title: str
    ending: str
    exact: int
    approximated: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class ExportPage(Page):
    """Every format that a deck can be written in."""

    template: ClassVar[str] = "exchange/exports/export.html"

    slug: str
    deck_title: str
    formats: tuple[FormatRow, ...]

    @property
    def title(self) -> str:
        return _("Export")
