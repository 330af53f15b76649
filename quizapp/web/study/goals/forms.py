"""The form of a date by which decks are to be known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from wtforms import DateField, SelectField, SelectMultipleField, StringField, TimeField, widgets
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from quizapp.domain.classes.moments import moment_of
from quizapp.domain.language.text import percent
from quizapp.domain.language.translation import marked
from quizapp.services.study.dates.own_dates import LONGEST_TITLE, TARGETS, Wish
from quizapp.web.frame.parts.forms import Refusable

MORNING = dt.time(8)


class Choice(Protocol):
    """A deck to choose."""

    @property
    def id(self) -> int: ...
    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> str: ...


class GoalForm(Refusable):
    """What is to be known, by when, and how well."""

    title = StringField(
        marked("Title"), [Length(max=LONGEST_TITLE)], description=marked("“Biology exam”, say.")
    )
    decks = SelectMultipleField(
        marked("Decks"),
        validate_choice=False,  # the view looks each up among those that may be chosen
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )
    date = DateField(marked("Date"), [InputRequired(marked("Choose a date."))], format="%Y-%m-%d")
    time = TimeField(
        marked("Time"),
        [Optional()],
        format=["%H:%M", "%H:%M:%S"],
        description=marked("Leave empty for 8 in the morning."),
    )
    target = SelectField(
        marked("How well"),
        [InputRequired(marked("Choose one of the levels offered."))],
        choices=[SelectChoice(str(target), percent(target)) for target in TARGETS],
        default="0.9",
        validate_choice=False,
        description=marked("How likely each fact is to be remembered on the day."),
    )

    def wish(self, zone: dt.tzinfo, allowed: Sequence[Choice]) -> Wish:
        """What was filled in; decks that may not be chosen count as not chosen."""
        chosen = set(self.decks.data or ())
        day: dt.date = self.date.data
        return Wish(
            title=self.title.data or "",
            deck_ids=tuple(deck.id for deck in allowed if deck.slug in chosen),
            due_at=moment_of(dt.datetime.combine(day, self.time.data or MORNING), zone),
            target=_number(self.target.data),
        )


def goal_form(decks: Sequence[Choice]) -> GoalForm:
    """The form as it was sent, or empty, with these decks to choose from."""
    form = GoalForm()
    form.decks.choices = [SelectChoice(deck.slug, deck.title) for deck in decks]
    return form


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
