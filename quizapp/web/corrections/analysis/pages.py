"""The page on how a deck's questions do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import Page


@dataclass(frozen=True, kw_only=True)
class OptionRow:
    """An option and who chose it: of all who chose, of the strongest third, of the weakest."""

    text: str
    right: bool
    chosen: int
    strongest: int
    weakest: int


@dataclass(frozen=True, kw_only=True)
class FiguresRow:
    """A question's figures in words; "" where nothing can be said. verdict: what the discrimination lets
    one say; thirds: how many learners are in each."""

    item_id: int
    headline: str
    answers: int
    right: str
    likely: str
    known: str
    discrimination: str
    verdict: str
    tone: str
    time: str
    recall: str
    options: tuple[OptionRow, ...]
    thirds: int
    idle: tuple[str, ...]
    reasons: tuple[str, ...]
    aside: bool
    earlier: int  # answers from before the question changed, in no figure


@dataclass(frozen=True, kw_only=True)
class FiguresPage(Page):
    """All published questions of a deck. columns: (name, heading) of what can be sorted by; answered: how
    many have any answers; editable: the teacher may change them; dismissible: and answers for them."""

    template: ClassVar[str] = "corrections/analysis/figures.html"
    slug: str
    deck_title: str
    rows: tuple[FiguresRow, ...]
    columns: tuple[tuple[str, str], ...]
    by: str
    down: bool
    needed: int
    editable: bool
    dismissible: bool

    @property
    def title(self) -> str:
        return _("Question statistics")

    @property
    def answered(self) -> int:
        return sum(row.answers > 0 for row in self.rows)
