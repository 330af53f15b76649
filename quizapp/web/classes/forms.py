"""The forms of classes: the class itself, its roster, a co-teacher, and joining."""

from __future__ import annotations

from functools import cache
from uuid import UUID
from zoneinfo import available_timezones

from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from quizapp.domain.classes.names import LONGEST
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
        "Name",
        [InputRequired("Give the class a name."), Length(max=LONGEST_NAME)],
        description="What you and your students call it: “7b Geography”.",
    )
    zone = SelectField(
        "Time zone",
        choices=zones,
        description="Days begin and end by its clock.",
        validate_choice=False,
    )


class RosterForm(Refusable):
    """Names to make students of."""

    names = TextAreaField(
        "Names",
        [InputRequired("Paste at least one name, one a line."), Length(max=MOST_PASTED)],
        description="One a line, or a table copied from a spreadsheet: its first column is taken.",
    )


class TeacherForm(Refusable):
    """A co-teacher."""

    name = StringField(
        "Name of a teacher",
        [InputRequired("Type the name of a teacher."), Length(max=200)],
        description="As they write it when they sign in here. They can do in this class what you can.",
    )


class JoinForm(Refusable):
    """A join code and a name. other: whoever is signed in on this device is somebody else."""

    code = StringField("Code of the class", [InputRequired("Type the code."), Length(max=100)])
    name = StringField(
        "Your name",
        [Length(max=200)],
        description=f"As your teacher knows you; at most {LONGEST} characters.",
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
