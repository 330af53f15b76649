"""What teachers do with a class: make it, open and close it, share and archive it.

Anyone who calls has made sure that the class is the teacher's own (`web/frame/access.py`).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from quizapp.domain.classes import codes
from quizapp.domain.errors import Conflict, Invalid, Missing, Problem
from quizapp.domain.language.translation import _
from quizapp.services.accounts import accounts
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Classroom, ClassroomTeacher, Enrolment
from quizapp.storage.upserts import insert_once

LONGEST_NAME = 80
MOST_TEACHERS = 20
MOST_AT_ONCE = 1_000

Draw = Callable[[int], int]  # a number in [0, n), each equally likely


# --- the class -------------------------------------------------------------------------------------


def create(
    session: Session, founder: Account, *, name: str, zone: str, now: datetime, draw: Draw = secrets.randbelow
) -> Classroom:
    """A new class, closed to joining. Raises Invalid for a name or a zone that cannot be."""
    name, zone = _checked(name, zone)
    classroom = Classroom(name=name, zone=zone, join_code=_free_code(session, draw), created_at=now)
    session.add(classroom)
    session.flush()
    session.add(
        ClassroomTeacher(classroom_id=classroom.id, account_id=founder.id, founder=True, added_at=now)
    )
    session.flush()
    return classroom


def edit(
    session: Session, classroom: Classroom, *, name: str, zone: str, own_decks: bool | None = None
) -> None:
    """Another name or time zone. own_decks: whether students may share theirs (None: as it was). Raises
    Invalid as `create` does."""
    classroom.name, classroom.zone = _checked(name, zone)
    if own_decks is not None:
        classroom.own_decks = own_decks
    session.flush()


def set_archived(session: Session, classroom: Classroom, *, archived: bool, now: datetime) -> None:
    """Put a class away, which closes its code, or take it back. Its students keep all they learnt."""
    classroom.archived_at = now if archived else None
    classroom.joining_open = False
    session.flush()


def _checked(name: str, zone: str) -> tuple[str, str]:
    name, problems = " ".join(name.split()), []
    if not name:
        problems.append(Problem("name", _("Enter a name for the class.")))
    elif len(name) > LONGEST_NAME:
        problems.append(
            Problem(
                "name", _("Shorten the name to {longest_name} characters.").format(longest_name=LONGEST_NAME)
            )
        )
    elif not name.isprintable():
        problems.append(Problem("name", _("The name contains invisible characters. Type it again.")))
    if accounts.known_zone(zone, "") != zone or not zone:
        problems.append(Problem("zone", _("Choose a time zone from the list.")))
    if problems:
        raise Invalid(_("The class hasn’t been saved yet."), tuple(problems))
    return name, zone


# --- its join code ---------------------------------------------------------------------------------


JOINING_LIVES = timedelta(hours=1)  # a lesson; it can be opened again


def set_joining(session: Session, classroom: Classroom, *, is_open: bool, now: datetime) -> None:
    """Open the class to joining, for an hour, or close it. Raises Conflict for an archived class."""
    if is_open and classroom.archived_at is not None:
        raise Conflict(_("This class is archived. Restore it before students can join."))
    classroom.joining_open = is_open
    classroom.joining_until = now + JOINING_LIVES if is_open else None
    session.flush()


def is_joinable(classroom: Classroom, now: datetime) -> bool:
    """Whether students can join the class with its code now."""
    until = classroom.joining_until
    return classroom.archived_at is None and classroom.joining_open and (until is None or now < until)


def renew_code(session: Session, classroom: Classroom, *, draw: Draw = secrets.randbelow) -> None:
    """Another join code; the old one is worth nothing from now on."""
    classroom.join_code = _free_code(session, draw)
    session.flush()


def _free_code(session: Session, draw: Draw) -> str:
    """A code that no class has. (That it is taken in the meantime happens once in 34 thousand million.)"""
    while True:
        code = codes.code_of(draw(codes.SPACE))
        if session.scalar(select(Classroom.id).where(Classroom.join_code == code)) is None:
            return code


# --- its teachers ----------------------------------------------------------------------------------


def add_teacher(session: Session, classroom: Classroom, *, name: str, now: datetime) -> Account:
    """Share the class with another teacher, by the name they sign in with. Raises Invalid where no
    teacher has it."""
    found = accounts.by_name(session, name)
    if found is None or not found.is_teacher or found.disabled_at is not None:
        raise _not_shared(_("No teacher has this name. Ask which name they sign in with."))
    teaching = select(func.count()).where(ClassroomTeacher.classroom_id == classroom.id)
    if session.scalars(teaching).one() >= MOST_TEACHERS:
        raise _not_shared(
            _("A class can have at most {most_teachers} teachers.").format(most_teachers=MOST_TEACHERS)
        )
    row = {"classroom_id": classroom.id, "account_id": found.id, "founder": False, "added_at": now}
    if not insert_once(session, ClassroomTeacher, row):
        raise _not_shared(_("{name} already teaches this class.").format(name=found.name))
    return found


def remove_teacher(session: Session, classroom: Classroom, *, account_id: int) -> None:
    """Take a co-teacher off the class (or leave it oneself). Raises Missing for the founder and for
    anyone who does not teach it."""
    gone = session.execute(
        delete(ClassroomTeacher).where(
            ClassroomTeacher.classroom_id == classroom.id,
            ClassroomTeacher.account_id == account_id,
            ClassroomTeacher.founder.is_(False),
        )
    )
    if gone.rowcount != 1:  # type: ignore[attr-defined]
        raise Missing(_("No teacher with this name can be removed from this class."))


def _not_shared(message: str) -> Invalid:
    return Invalid(_("The class wasn’t shared."), (Problem("name", message),))


def give_up(session: Session, account: Account) -> None:
    """Before a teacher is erased: classes that no one else teaches go with them."""
    mine = select(ClassroomTeacher.classroom_id).where(ClassroomTeacher.account_id == account.id)
    others = select(ClassroomTeacher.classroom_id).where(ClassroomTeacher.account_id != account.id)
    session.execute(delete(Classroom).where(Classroom.id.in_(mine), Classroom.id.not_in(others)))
    session.execute(delete(ClassroomTeacher).where(ClassroomTeacher.account_id == account.id))
    session.execute(delete(Enrolment).where(Enrolment.learner_id == account.id))


# --- its students ----------------------------------------------------------------------------------


def set_removed(session: Session, enrolment: Enrolment, *, removed: bool, now: datetime) -> None:
    """Take a student out of the class, or back in. They keep their account and all they learnt."""
    if not removed and enrolment.removed_at is not None:
        same_name = select(Enrolment.id).where(
            Enrolment.classroom_id == enrolment.classroom_id,
            Enrolment.name_key == enrolment.name_key,
            Enrolment.removed_at.is_(None),
        )
        if session.scalar(same_name) is not None:
            raise Conflict(
                _("Another student in this class is now called {name}.").format(name=enrolment.name)
            )
    session.execute(
        update(Enrolment).where(Enrolment.id == enrolment.id).values(removed_at=now if removed else None)
    )
    session.expire(enrolment)


def remove_many(session: Session, classroom: Classroom, places: Collection[str], *, now: datetime) -> int:
    """Take the students with these places out of the class; how many were in it."""
    numbers = {int(place) for place in places if place.isascii() and place.isdigit() and len(place) < 16}
    return _remove(session, classroom, Enrolment.id.in_(sorted(numbers)[:MOST_AT_ONCE]), now)


def remove_joined_since(session: Session, classroom: Classroom, *, minutes: int, now: datetime) -> int:
    """Take out anyone who has joined in these last minutes; how many."""
    return _remove(session, classroom, Enrolment.joined_at > now - timedelta(minutes=minutes), now)


def _remove(session: Session, classroom: Classroom, which: ColumnElement[bool], now: datetime) -> int:
    here = (Enrolment.classroom_id == classroom.id, Enrolment.removed_at.is_(None))
    gone = session.execute(
        update(Enrolment).where(*here, which).values(removed_at=now),
        execution_options={"synchronize_session": False},
    )
    session.expire_all()
    return int(gone.rowcount)  # type: ignore[attr-defined]


def leave(session: Session, enrolment: Enrolment, *, now: datetime) -> None:
    """A student leaves the class. With a password the account is from then on theirs alone: should the
    class's teachers take them back, they cannot reset it (see recovering)."""
    if session.get_one(Account, enrolment.learner_id).has_password:
        enrolment.founding = False
        session.flush()
    set_removed(session, enrolment, removed=True, now=now)
