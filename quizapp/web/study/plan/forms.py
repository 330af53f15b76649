"""The form of a deck's own target recall."""

from __future__ import annotations

from wtforms.validators import NumberRange, Optional

from quizapp.domain.language.translation import marked
from quizapp.domain.study.scheduling.parameters import LEAST_RETENTION, MOST_RETENTION
from quizapp.web.frame.parts.forms import Refusable
from quizapp.web.frame.parts.whole_numbers import WholeNumberField

LEAST, MOST = round(100 * LEAST_RETENTION), round(100 * MOST_RETENTION)


class TargetForm(Refusable):
    """How likely the questions of a deck are to be remembered when they come up; empty: as in all decks."""

    target = WholeNumberField(
        marked("Target recall of this deck (%)"),
        [Optional(), NumberRange(LEAST, MOST, f"Choose a number from {LEAST} to {MOST}.")],
    )

    @classmethod
    def of(cls, target: float | None) -> TargetForm:
        """The form as it was sent, or filled with what holds now."""
        return cls(data={"target": None if target is None else round(100 * target)})

    def wanted(self) -> float | None:
        return None if self.target.data is None else self.target.data / 100
