"""A student's place in a class: how it is made, whichever way they come in, and what it is called."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.domain.accounts.names import name_key
from quizapp.domain.classes.names import read_name
from quizapp.domain.errors import Invalid, Problem
from quizapp.domain.language.translation import _
from quizapp.services.classes import class_decks
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Classroom, ClassroomTeacher, Enrolment

MOST_STUDENTS = 500
MOST_EXTRA_TIME = 300  # per cent


def new_account(session: Session, name: str, *, zone: str, now: datetime) -> Account:
    """A student who cannot sign in by name: it is theirs in the class, not on the site."""
    account = Account(role="student", name=name, zone=zone, created_at=now)
    session.add(account)
    session.flush()
    return account


def enrol(
    session: Session,
    classroom: Classroom,
    account: Account,
    name: str,
    *,
    founding: bool,
    ticket: UUID | None = None,
    import_id: UUID | None = None,
    now: datetime,
) -> None:
    """Give an account a place in a class under this name. founding: the account came to be by it. Raises
    Invalid where the class is full or the name is someone else's there."""
    if _size(session, classroom) >= MOST_STUDENTS:
        raise _refused(
            _("This class is full: {most_students} students. Tell your teacher.").format(
                most_students=MOST_STUDENTS
            )
        )
    if name_key(name) in teacher_keys(session, classroom, but=account.id):
        raise _refused(_("{name} is the name of a teacher here. Type your own name.").format(name=name))
    row = Enrolment(
        classroom_id=classroom.id,
        learner_id=account.id,
        name=name,
        name_key=name_key(name),
        founding=founding,
        ticket=ticket,
        import_id=import_id,
        joined_at=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError as error:
        raise _refused(
            _(
                "Someone in this class is already called {name}. Add a letter of your last name. If that’s "
                "you, ask your teacher for a sign-in link."
            ).format(name=name)
        ) from error
    class_decks.study_all(session, classroom, account.id)


def teacher_keys(session: Session, classroom: Classroom, *, but: int = 0) -> set[str]:
    """What no one else in a class may be called: anyone who read it would take them for its teacher."""
    teaching = select(ClassroomTeacher.account_id).where(ClassroomTeacher.classroom_id == classroom.id)
    names = select(Account.name_key).where(Account.id.in_(teaching), Account.id != but)
    return {key for key in session.scalars(names) if key is not None}


def _size(session: Session, classroom: Classroom) -> int:
    here = (Enrolment.classroom_id == classroom.id, Enrolment.removed_at.is_(None))
    return session.scalars(select(func.count()).select_from(Enrolment).where(*here)).one()


def _refused(message: str) -> Invalid:
    return Invalid(_("You haven’t joined yet."), (Problem("name", message),))


def rename(session: Session, enrolment: Enrolment, name: str) -> None:
    """Give a student another name in the class; what they did stays theirs. Raises Invalid where it is no
    name, or someone else's in the class."""
    shown = read_name(name)
    twin = select(Enrolment.id).where(
        Enrolment.classroom_id == enrolment.classroom_id,
        Enrolment.removed_at.is_(None),
        Enrolment.name_key == name_key(shown),
        Enrolment.id != enrolment.id,
    )
    if session.scalar(twin) is not None:
        words = _("Someone in this class is already called {name}.").format(name=shown)
        raise Invalid(_("The name was not changed."), (Problem("name", words),))
    if enrolment.founding and not enrolment.learner.has_password:
        enrolment.learner.name = shown
    enrolment.name, enrolment.name_key = shown, name_key(shown)
    session.flush()


def set_extra_time(session: Session, enrolment: Enrolment, percent: int) -> None:
    """Give a student so much more time in every timed quiz of the class. Raises Invalid for what is none."""
    if not 0 <= percent <= MOST_EXTRA_TIME:
        raise Invalid(_("Choose 0 to {most} % more time.").format(most=MOST_EXTRA_TIME))
    enrolment.extra_time = percent
    session.flush()
