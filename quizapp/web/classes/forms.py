"""The forms of classes: the class itself, its roster, a co-teacher, and joining."""

from __future__ import annotations

from functools import cache
from uuid import UUID
from zoneinfo import available_timezones

from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from quizapp.domain.classes.names import LONGEST
from quizapp.domain.language.translation import marked
from quizapp.services.classes.classrooms import LONGEST_NAME
from quizapp.web.frame.parts.forms import Refusable

MOST_PASTED = 100_000  # characters of a roster


@cache
def zones() -> tuple[tuple[str, str], ...]:
    """The time zones to choose from, as (name, words)."""
    names = {
        name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix/"))
    }
    return tuple((name, name.replace("_", " ")) for name in sorted({*names, "UTC"}))


class ClassroomForm(Refusable):
    """A class's name and time zone."""

    name = StringField(
        marked("Name"),
        [InputRequired(marked("Enter a name for the class.")), Length(max=LONGEST_NAME)],
        description=marked("What you and your students call it: “7b Geography”."),
    )
    zone = SelectField(
        marked("Time zone"),
        choices=zones,
        description=marked("Days start and end in this time zone."),
        validate_choice=False,
    )
    own_decks = BooleanField(
        marked("Students may share decks of their own"),
        description=marked(
            "The whole class then studies them. You see every card and can take a deck out again."
        ),
    )


class RosterForm(Refusable):
    """Names to make students of."""

    names = TextAreaField(
        marked("Names"),
        [InputRequired(marked("Paste at least one name, one per line.")), Length(max=MOST_PASTED)],
        description=marked("One per line, or a table copied from a spreadsheet or a school system."),
    )


class TeacherForm(Refusable):
    """A co-teacher."""

    name = StringField(
        marked("Name of a teacher"),
        [InputRequired(marked("Type the name of a teacher.")), Length(max=200)],
        description=marked("The name they sign in with. They get the same rights in this class as you."),
    )


class JoinForm(Refusable):
    """A join code and a name. other: anyone who is signed in on this device is someone else."""

    code = StringField(
        marked("Code of the class"), [InputRequired(marked("Type the code.")), Length(max=100)]
    )
    name = StringField(
        marked("Your name"),
        [Length(max=200)],
        description=f"The name your teacher knows you by; at most {LONGEST} characters.",
    )
    ticket = HiddenField()
    other = HiddenField()

    @property
    def ticket_id(self) -> UUID | None:
        """The id that a double click sends twice; None where it is none of ours."""
        try:
            return UUID(str(self.ticket.data))
        except ValueError:
            return None
