"""The pages of classes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from wtforms import Form

from quizapp.domain.classes.figures import Range
from quizapp.domain.language.translation import _, marked
from quizapp.web.classes.assignments.pages import DueRow, GivenRow
from quizapp.web.frame.page import FormPage, Page
from quizapp.web.frame.parts.qr import QrCode, qr_code

JOINED_LATELY = {
    "10": marked("in the last 10 minutes"),
    "60": marked("in the last hour"),
    "1440": marked("in the last day"),
}


@dataclass(frozen=True)
class ClassRow:
    """A class in a list. own_name: of the student who looks; decks: (slug, title); due: what is due; sharable
    and shared: (slug, title) of the student's own decks that they may share with it, or have shared."""

    id: int
    name: str
    students: int = 0
    joining_open: bool = False
    archived: bool = False
    own_name: str = ""
    decks: tuple[tuple[str, str], ...] = ()
    due: tuple[DueRow, ...] = ()
    sharable: tuple[tuple[str, str], ...] = ()
    shared: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class ClassesPage(Page):
    """The classes one teaches, those dismissed, and those one is in as a student."""

    template: ClassVar[str] = "classes/index.html"
    taught: tuple[ClassRow, ...]
    archived: tuple[ClassRow, ...]
    attended: tuple[ClassRow, ...]
    teacher: bool

    @property
    def title(self) -> str:
        return _("Classes")


@dataclass(frozen=True, kw_only=True)
class ClassroomFormPage(FormPage):
    """Making a class, or changing its name and time zone. id None: a new one."""

    template: ClassVar[str] = "classes/form.html"
    id: int | None = None
    archived: bool = False

    @property
    def title(self) -> str:
        return _("New class") if self.id is None else _("Settings of the class")


@dataclass(frozen=True)
class StudentRow:
    """A student as the teacher sees them. right: a share in words, "" without answers; idle: has not
    studied for a week."""

    id: int
    name: str
    last_studied: str
    answers: int
    right: str
    known: int
    idle: bool


@dataclass(frozen=True)
class DeckChoice:
    """A deck of the class, or one to choose. own: the teacher's."""

    slug: str
    title: str
    questions: int
    summary: str = ""
    own: bool = False
    chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class ClassroomPage(Page):
    """A class: its students and how they are getting on. facts: in its decks; middle: what the middle half
    of the class knows of them."""

    template: ClassVar[str] = "classes/classroom.html"
    id: int
    name: str
    archived: bool
    joining_open: bool
    code: str
    zone: str
    decks: tuple[DeckChoice, ...]
    students: tuple[StudentRow, ...]
    teachers: tuple[str, ...]
    facts: int
    assignments: tuple[GivenRow, ...]
    studied: int
    middle: Range | None

    @property
    def title(self) -> str:
        return self.name


@dataclass(frozen=True, kw_only=True)
class CodePage(Page):
    """The join code, large enough for a projector. address: of the join page without the code."""

    template: ClassVar[str] = "classes/code.html"
    id: int
    name: str
    code: str
    joining_open: bool
    until: str  # by the class's clock, "" for until someone closes it
    archived: bool
    address: str
    full_address: str
    names: tuple[str, ...]

    @property
    def title(self) -> str:
        return _("Join {name}").format(name=self.name)

    @cached_property
    def qr(self) -> QrCode:
        """The join page with the code filled in."""
        return qr_code(self.full_address)


@dataclass(frozen=True, kw_only=True)
class DecksPage(Page):
    """Choosing what a class learns."""

    template: ClassVar[str] = "classes/decks.html"
    id: int
    name: str
    decks: tuple[DeckChoice, ...]
    problem: str = ""

    @property
    def status(self) -> int:
        return 422 if self.problem else 200

    @property
    def title(self) -> str:
        return _("Decks of {name}").format(name=self.name)


@dataclass(frozen=True)
class PersonRow:
    """Someone in a class. id: of a teacher's account or of a student's place; fixed: cannot be removed;
    linkable: may be given a link that signs in; resettable: one to choose a new password with; unused: has
    never signed in."""

    id: int
    name: str
    fixed: bool = False
    linkable: bool = False
    resettable: bool = False
    unused: bool = False


@dataclass(frozen=True)
class ImportRow:
    """A roster that was added lately and can be undone."""

    id: str
    students: int
    at: str


@dataclass(frozen=True, kw_only=True)
class PeoplePage(FormPage):
    """Who is in a class: students, teachers, and those removed."""

    template: ClassVar[str] = "classes/people.html"
    joined_lately: ClassVar[dict[str, str]] = JOINED_LATELY
    id: int
    name: str
    teachers: tuple[PersonRow, ...]
    students: tuple[PersonRow, ...]
    removed: tuple[PersonRow, ...]
    imports: tuple[ImportRow, ...]

    @property
    def title(self) -> str:
        return _("People in {name}").format(name=self.name)

    @property
    def linkable(self) -> bool:
        """Whether any student may be given a link."""
        return any(student.linkable for student in self.students)


@dataclass(frozen=True, kw_only=True)
class RosterPreview:
    """What a roster was read as. there: who is in the class already; left_out: (line, text, why); columns:
    (number from 0, words); first, last: the columns of the names (last None: `first` holds whole names)."""

    names: tuple[str, ...]
    there: tuple[str, ...]
    left_out: tuple[tuple[int, str, str], ...]
    columns: tuple[tuple[int, str], ...]
    heading: bool
    first: int
    last: int | None


@dataclass(frozen=True, kw_only=True)
class RosterPage(FormPage):
    """Adding students by a list of names, which is shown as it was read before anything is stored."""

    template: ClassVar[str] = "classes/roster.html"
    id: int
    name: str
    preview: RosterPreview | None = None

    @property
    def title(self) -> str:
        return _("Add students to {name}").format(name=self.name)


@dataclass(frozen=True)
class LinkCard:
    """A student's one-time link, to be cut out."""

    name: str
    address: str
    code: str = ""

    @cached_property
    def qr(self) -> QrCode:
        """The link, for a phone's camera."""
        return qr_code(self.address)


@dataclass(frozen=True, kw_only=True)
class SheetPage(Page):
    """One-time links to print; they are shown this once. for_password: with which a student chooses a new
    password."""

    template: ClassVar[str] = "classes/sheet.html"
    id: int
    name: str
    cards: tuple[LinkCard, ...]
    days: int
    for_password: bool = False
    join_address: str = ""
    until: str = ""

    @property
    def title(self) -> str:
        return (
            _("A link for a new password")
            if self.for_password
            else _("Sign-in links for {name}").format(name=self.name)
        )


@dataclass(frozen=True, kw_only=True)
class JoinPage(Page):
    """Joining a class. signed_in_as: the name of a student who need not type one; throttled: so many wrong
    codes came in that no one's is looked at for a moment."""

    template: ClassVar[str] = "classes/join.html"
    form: Form
    signed_in_as: str
    action: str
    sign_in: str  # where those sign in first who have an account; back here with the code
    throttled: bool = False

    @property
    def status(self) -> int:
        return 429 if self.throttled else 422 if self.form.errors else 200

    @property
    def title(self) -> str:
        return _("Join a class")


@dataclass(frozen=True, kw_only=True)
class EnterPage(Page):
    """Asks before a one-time link is used up: some programs open every link they see."""

    template: ClassVar[str] = "classes/enter.html"
    name: str
    action: str

    @property
    def title(self) -> str:
        return _("Sign in")
