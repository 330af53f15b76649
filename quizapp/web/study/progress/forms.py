"""The form of a learner's settings."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, SelectMultipleField, widgets
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from quizapp.domain.errors import Invalid
from quizapp.domain.language.translation import _, marked
from quizapp.domain.study.scheduling.parameters import LEAST_RETENTION, MOST_RETENTION
from quizapp.services.study.preferences import MOST_NEW_PER_DAY, Preferences, zones
from quizapp.web.frame.parts.whole_numbers import WholeNumberField, whole

WEEKDAY_NAMES = (
    marked("Monday"),
    marked("Tuesday"),
    marked("Wednesday"),
    marked("Thursday"),
    marked("Friday"),
    marked("Saturday"),
    marked("Sunday"),
)
LEAST, MOST = round(100 * LEAST_RETENTION), round(100 * MOST_RETENTION)


class SettingsForm(FlaskForm):  # type: ignore[misc]
    """Pace, target recall, ratings and time zone."""

    new_per_day = WholeNumberField(
        marked("New questions a day"),
        [
            InputRequired(marked("Choose a number; 0 means reviews only.")),
            NumberRange(0, MOST_NEW_PER_DAY, f"Choose a number from 0 to {MOST_NEW_PER_DAY}."),
        ],
        description=marked(
            "Each comes up several times in its first weeks, so start low. 0 means reviews only."
        ),
    )
    desired_retention = WholeNumberField(
        marked("Target recall (%)"),
        [
            InputRequired(marked("Choose a number.")),
            NumberRange(LEAST, MOST, f"Choose a number from {LEAST} to {MOST}."),
        ],
        description="A question comes up when you’re this likely to remember it. Higher means "
        f"more reviews; {LEAST} to {MOST}, and 90 suits most people.",
    )
    zone = SelectField(
        marked("Time zone"),
        [InputRequired(marked("Choose a time zone."))],
        validate_choice=False,  # the service knows the zones
        description=marked("Your study day starts at 4 a.m. in this time zone."),
    )
    one_tap = SelectField(
        marked("Answer with one tap"),
        validate_choice=False,  # the service knows them
        description=marked("For questions with one option to choose. Undo takes an answer back."),
    )
    week_goal = SelectField(
        marked("Days a week"),
        validate_choice=False,
        description=marked("How often you’d like to study. Nothing is lost in a week that goes otherwise."),
    )
    easy_days = SelectMultipleField(
        marked("Easy days"),
        validate_choice=False,
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
        description=marked(
            "These days get about half as many reviews, as far as intervals allow. "
            "Holds for each question from your next answer to it."
        ),
    )
    four_ratings = BooleanField(
        marked("Rate flip cards in four steps"),
        description=marked("Again, Hard, Good and Easy instead of just Again and Good."),
    )

    @classmethod
    def of(cls, preferences: Preferences) -> SettingsForm:
        """The form as it was sent, or filled with what holds now."""
        form = cls(
            data={
                "new_per_day": preferences.new_per_day,
                "desired_retention": round(100 * preferences.desired_retention),
                "four_ratings": preferences.four_ratings,
                "zone": preferences.zone,
                "one_tap": preferences.one_tap,
                "week_goal": str(preferences.week_goal),
                "easy_days": [str(day) for day in sorted(preferences.easy_days)],
            }
        )
        names = sorted({*zones(), preferences.zone})
        form.zone.choices = [(name, name.replace("_", " ")) for name in names]
        form.week_goal.flags.required = form.one_tap.flags.required = True
        form.week_goal.choices = [("0", _("No aim")), *((str(days), str(days)) for days in range(1, 8))]
        form.easy_days.choices = [SelectChoice(str(day), _(name)) for day, name in enumerate(WEEKDAY_NAMES)]
        form.one_tap.choices = [
            ("touch", _("On a touch screen")),
            ("always", _("Always: with a click or a number key, too")),
            ("never", _("Never: I press Check")),
        ]
        return form

    def wanted(self, before: Preferences) -> Preferences:
        """What the learner wants; a target left as it was keeps its digits behind the percent."""
        same = self.desired_retention.data == round(100 * before.desired_retention)
        return Preferences(
            new_per_day=self.new_per_day.data,
            desired_retention=before.desired_retention if same else self.desired_retention.data / 100,
            four_ratings=self.four_ratings.data,
            zone=self.zone.data,
            one_tap=self.one_tap.data or before.one_tap,
            week_goal=_days(self.week_goal.data, before.week_goal),
            easy_days=frozenset(
                day for day in range(len(WEEKDAY_NAMES)) if str(day) in (self.easy_days.data or ())
            ),
        )

    def refuse(self, error: Invalid) -> None:
        """Show what the service found wrong beside the fields."""
        for problem in error.problems:
            self[problem.field].errors = [*self[problem.field].errors, problem.message]


def _days(text: str | None, before: int) -> int:
    """The days a week that were chosen; as before where the form does not say."""
    try:
        return before if text is None else whole(text)
    except ValueError:
        return before
