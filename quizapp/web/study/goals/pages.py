"""The page of a learner's dates, and that of a class's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import FormPage


class TradeRow(NamedTuple):
    """What another target comes to: minutes a day, and recall on the day, in words."""

    target: str
    minutes: str
    recall: str


@dataclass(frozen=True, kw_only=True)
class DateLine:
    """A date. id: None where it is not the learner's own to remove. secured: facts that are known on the day
    without another answer; expected: recall on the day if the plan is followed, in words."""

    id: int | None
    name: str
    when: str
    decks: str
    deck_slug: str
    pace: str = ""
    secured: int = 0
    facts: int = 0
    expected: str = ""
    trade: tuple[TradeRow, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GoalsPage(FormPage):
    """A learner's dates, and the form for another one."""

    template: ClassVar[str] = "study/goals/index.html"
    dates: tuple[DateLine, ...]
    zone: str

    @property
    def title(self) -> str:
        return _("Dates")
