"""The form of a deck's own target recall."""

from __future__ import annotations

from wtforms.validators import Optional, ValidationError

from quizapp.domain.language.translation import _, marked
from quizapp.domain.study.scheduling.parameters import LEAST_RETENTION, MOST_RETENTION
from quizapp.web.frame.parts.forms import Refusable
from quizapp.web.frame.parts.whole_numbers import WholeNumberField


class TargetForm(Refusable):
    """How likely the questions of a deck are to be remembered when they come up; empty: as in all decks."""

    target = WholeNumberField(marked("Target recall of this deck (%)"), [Optional()])

    @classmethod
    def of(cls, target: float | None) -> TargetForm:
        """The form as it was sent, or filled with what holds now."""
        return cls(data={"target": None if target is None else round(100 * target)})

    def wanted(self) -> float | None:
        return None if self.target.data is None else self.target.data / 100

    def validate_target(self, field: WholeNumberField) -> None:
        if field.data is not None and not LEAST_RETENTION <= field.data / 100 <= MOST_RETENTION:
            raise ValidationError(_("Choose a value from 80 % to 95 %."))
