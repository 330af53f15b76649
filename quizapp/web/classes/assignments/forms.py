"""The forms of assignments: dates by the class's clock, which become moments here."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from wtforms import BooleanField, DateField, SelectField, StringField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from quizapp.domain.classes.moments import day_ends, ended_day, moment_of
from quizapp.domain.classes.terms import Feedback, LateRule, Sort
from quizapp.domain.language.translation import _, marked
from quizapp.services.classes.assignments import LONGEST_CODE, LONGEST_TITLE, MOST_QUESTIONS, Plan
from quizapp.storage.classes.tables import Assignment
from quizapp.web.frame.parts.forms import Refusable
from quizapp.web.frame.parts.whole_numbers import WholeNumberField

FIRST_YEAR, LAST_YEAR = 2000, 2100
TARGETS = [
    SelectChoice("0.8", "80 %"),
    SelectChoice("0.85", "85 % sure"),
    SelectChoice("0.9", "90 %"),
    SelectChoice("0.95", "95 %"),
]
ATTEMPTS = [
    SelectChoice("1", "1 attempt"),
    *(SelectChoice(str(number), f"{number} attempts") for number in (2, 3, 5, 10)),
    SelectChoice("", marked("Any number")),
]
FEEDBACK = [
    SelectChoice("end", marked("After finishing")),
    SelectChoice("now", marked("After each answer (answers are then final)")),
    SelectChoice("due", marked("After the due date, once the quiz is closed for everyone")),
]
LATE = [
    SelectChoice("closed", marked("Not accepted")),
    SelectChoice("late", marked("Accepted and marked late")),
]


class DayField(DateField):  # type: ignore[misc]
    """A date of this century; `date` and `time` controls of the browser send it."""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 the signature is WTForms'
        if self.data is not None and not FIRST_YEAR <= self.data.year <= LAST_YEAR:
            raise ValidationError(
                _("Choose a year between {first_year} and {last_year}.").format(
                    first_year=FIRST_YEAR, last_year=LAST_YEAR
                )
            )


class Settled:
    """Marks a choice that is never empty as not optional; “Any number” is sent as an empty text."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: Any, field: Any) -> None: ...


def _day(label: str, *validators: Any, description: str = "") -> Any:
    return DayField(label, [*(validators or (Optional(),))], description=description, format="%Y-%m-%d")


def _clock(label: str, description: str = "") -> Any:
    return TimeField(label, [Optional()], description=description, format=["%H:%M", "%H:%M:%S"])


def _chosen(label: str, choices: list[SelectChoice], default: str, description: str = "") -> Any:
    return SelectField(label, [Settled()], choices=choices, default=default, description=description)


class AssignmentForm(Refusable):
    """What both sorts have."""

    title = StringField(
        marked("Title"),
        [Length(max=LONGEST_TITLE)],
        description=marked("What students see. Leave empty to use the deck’s title."),
    )
    due_date = _day(marked("Due on"), InputRequired(marked("Choose a due date.")))
    due_time = _clock(marked("Due at"), marked("Leave empty for the end of the day."))
    opens_date = _day(marked("Opens on"), description=marked("Leave empty to open it now."))
    opens_time = _clock(marked("Opens at"), marked("Leave empty for the start of the day."))
    late_rule = _chosen(marked("Late work"), LATE, "closed")
    last_date = _day(marked("Late answers until"), description=marked("Leave empty for no limit."))
    last_time = _clock(marked("At"), marked("Leave empty for the end of the day."))
    ask_unsure = BooleanField(
        marked("Ask students when grading isn’t sure"),
        default=True,
        description=marked(
            "They see the correct answer and say whether theirs is the same; in a quiz it counts as "
            "wrong until you decide. Off: what isn’t clearly right counts as wrong, and no one is asked."
        ),
    )

    def plan(self, zone: ZoneInfo, now: datetime) -> Plan:
        """What was filled in, its dates as moments."""
        minute = now.replace(second=0, microsecond=0)
        opens_at = (
            minute
            if self.opens_date.data is None
            else _begins(self.opens_date.data, self.opens_time.data, zone)
        )
        last_date = self.last_date.data
        return Plan(
            title=self.title.data or "",
            opens_at=opens_at,
            due_at=_ends(self.due_date.data, self.due_time.data, zone),
            late_rule=LateRule(self.late_rule.data),
            last_at=None if last_date is None else _ends(last_date, self.last_time.data, zone),
            ask_unsure=self.ask_unsure.data,
            **self.particulars(),
        )

    def particulars(self) -> dict[str, Any]:
        """What the sort adds to the plan."""
        raise NotImplementedError


class StudyForm(AssignmentForm):
    """Study a deck by the due day."""

    target = _chosen(
        marked("How well"),
        TARGETS,
        "0.9",
        marked("A fact counts as known if the student is this likely to remember it on the due date."),
    )

    def particulars(self) -> dict[str, Any]:
        return {"target": float(self.target.data)}


class QuizForm(AssignmentForm):
    """Take a quiz until the due moment."""

    questions = WholeNumberField(
        marked("Questions"),
        [
            InputRequired(marked("Enter the number of questions.")),
            NumberRange(1, MOST_QUESTIONS, f"Ask 1 to {MOST_QUESTIONS} questions."),
        ],
        default=10,
        description=marked("Drawn again for each attempt; each fact is asked once."),
    )
    feedback = _chosen(marked("When answers are shown"), FEEDBACK, "end")
    attempts = _chosen(marked("Attempts"), ATTEMPTS, "1", marked("The best one counts."))
    minutes = WholeNumberField(
        marked("Time limit in minutes"),
        [Optional()],
        description=marked(
            "For one attempt. Students with extra time get it on top. Leave empty for no limit."
        ),
    )
    access_code = StringField(
        marked("Access code"),
        [Length(max=LONGEST_CODE)],
        description=marked("Students type it to start: say it when the quiz begins. Leave empty for none."),
    )

    def particulars(self) -> dict[str, Any]:
        allowed = self.attempts.data
        return {
            "questions": self.questions.data,
            "feedback": Feedback(self.feedback.data),
            "attempts_allowed": int(allowed) if allowed else None,
            "minutes": self.minutes.data,
            "access_code": self.access_code.data or "",
        }


class NewStudyForm(StudyForm):
    """The same, with the deck; it cannot be changed afterwards."""

    deck = SelectField(marked("Deck"), [InputRequired(marked("Choose a deck."))])


class NewQuizForm(QuizForm):
    """The same, with the deck; it cannot be changed afterwards."""

    deck = SelectField(marked("Deck"), [InputRequired(marked("Choose a deck."))])


class _InClass:
    """Which class, where the deck is settled: one of the teacher's, or (chosen "") a new one."""

    classroom = SelectField(marked("Class"), [Settled()])
    new_class = StringField(
        marked("Name of the new class"),
        [Length(max=80)],
        description=marked("If you chose a new class."),
    )


class AssignStudyForm(_InClass, StudyForm):
    """Study a deck, in a class to choose."""


class AssignQuizForm(_InClass, QuizForm):
    """Take a quiz on a deck, in a class to choose."""


class ExtensionForm(Refusable):
    """More time for one student."""

    student = SelectField(marked("Student"), [InputRequired(marked("Choose a student."))])
    date = _day(marked("Due on"), InputRequired(marked("Choose a due date for this student.")))
    time = _clock(marked("Due at"), marked("Leave empty for the end of the day."))

    def due_at(self, zone: ZoneInfo) -> datetime:
        return _ends(self.date.data, self.time.data, zone)


def new_form(sort: Sort, decks: list[tuple[str, str]], chosen: str, today: date) -> AssignmentForm:
    """A form for an assignment of this sort, due in a week; decks: (slug, title) to choose from."""
    due = today + timedelta(days=7)
    form = (NewStudyForm if sort is Sort.STUDY else NewQuizForm)(deck=chosen or None, due_date=due)
    form.deck.choices = [SelectChoice(slug, title) for slug, title in decks]
    return form


def assign_form(sort: Sort, classes: list[tuple[int, str]], today: date) -> AssignmentForm:
    """A form for an assignment of a deck, due in a week; classes: (id, name) to choose from."""
    form = (AssignStudyForm if sort is Sort.STUDY else AssignQuizForm)(due_date=today + timedelta(days=7))
    form.classroom.choices = [
        *(SelectChoice(str(id_), name) for id_, name in classes),
        SelectChoice("", _("A new class")),
    ]
    if form.classroom.data is None:
        form.classroom.data = str(classes[0][0]) if classes else ""
    return form


def edit_form(assignment: Assignment, zone: ZoneInfo) -> AssignmentForm:
    """The form of an assignment as it is."""
    due_date, due_time = _dates(assignment.due_at, zone)
    opens = assignment.opens_at.astimezone(zone)
    last_date, last_time = (None, None) if assignment.last_at is None else _dates(assignment.last_at, zone)
    given = {
        "title": assignment.title,
        "due_date": due_date,
        "due_time": due_time,
        "opens_date": opens.date(),
        "opens_time": opens.time(),
        "late_rule": assignment.late_rule,
        "last_date": last_date,
        "last_time": last_time,
        "ask_unsure": assignment.ask_unsure,
    }
    if assignment.sort == Sort.STUDY:
        return StudyForm(**given, target=f"{assignment.target:g}")
    allowed = assignment.attempts_allowed
    return QuizForm(
        **given,
        questions=assignment.questions,
        feedback=assignment.feedback,
        attempts="" if allowed is None else str(allowed),
        minutes=assignment.minutes,
        access_code=assignment.access_code,
    )


def _begins(day: date, at: time | None, zone: ZoneInfo) -> datetime:
    return moment_of(datetime.combine(day, at or time()), zone)


def _ends(day: date, at: time | None, zone: ZoneInfo) -> datetime:
    return day_ends(day, zone) if at is None else moment_of(datetime.combine(day, at), zone, ends=True)


def _dates(at: datetime, zone: ZoneInfo) -> tuple[date, time | None]:
    """The date and the time that make this moment; no time where a day ends."""
    day, there = ended_day(at, zone), at.astimezone(zone)
    return (day, None) if day is not None else (there.date(), there.time())
