"""The page of how a class is predicted, and what its answers have taught."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import Page
from quizapp.web.study.progress.pages import CalibrationView


@dataclass(frozen=True, kw_only=True)
class EaseLine:
    """A question that is easier or harder than expected. now: when it comes again after a first answer that
    was right; instead: when others do; told: by how many answers this is told."""

    headline: str
    deck_slug: str
    deck_title: str
    harder: bool
    now: str
    instead: str
    told: str


@dataclass(frozen=True, kw_only=True)
class ClassMemoryPage(Page):
    """How well a class is predicted, what was fitted to answers, and which questions are easier or harder.
    least: learners by whom a question must have been answered."""

    template: ClassVar[str] = "classes/memory/index.html"
    classroom_id: int
    classroom_name: str
    calibration: CalibrationView
    fit: tuple[str, ...]
    items: tuple[EaseLine, ...]
    least: int

    @property
    def title(self) -> str:
        return _("Predictions for {name}").format(name=self.classroom_name)
