"""The page of how a learner studies one deck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import FormPage


@dataclass(frozen=True, kw_only=True)
class PlanPage(FormPage):
    """One deck. state: new (never studied), studied, paused or left; learnt: its questions answered so
    far; last: what was done last, in words; undo: its id, "" for none; preview: what the target filled in
    would do."""

    template: ClassVar[str] = "study/plan/index.html"
    slug: str
    name: str
    state: str
    learnt: int
    last: str
    undo: str
    usual: int  # percent: the target of all decks
    preview: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return _("How you study {deck}").format(deck=self.name)
