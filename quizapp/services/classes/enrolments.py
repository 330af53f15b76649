"""Coming into a class: by its join code, by a roster, and by a one-time link.

A wrong code, a closed one and one that never was are the same `Missing`. What wrong codes cost, and how
many may join at once, is counted where they come from (`domain/classes/join_limits.py`).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, exists, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.domain.accounts.names import name_key
from quizapp.domain.classes import codes
from quizapp.domain.classes.codes import read_code
from quizapp.domain.classes.join_limits import JOINS, MORE_JOINS, Misses, too_many_misses
from quizapp.domain.classes.names import read_name
from quizapp.domain.errors import Conflict, Invalid, Missing, Problem, TooMany
from quizapp.domain.language.translation import _, marked
from quizapp.services.accounts import accounts, rate_limits
from quizapp.services.classes import class_decks, classrooms
from quizapp.storage.accounts.tables import Account, SignIn
from quizapp.storage.classes.tables import Classroom, ClassroomTeacher, Enrolment, SignInLink
from quizapp.storage.quizzes.tables import Attempt
from quizapp.storage.study.tables import Review

MOST_STUDENTS = 500
TICKET_LIVES = timedelta(minutes=10)  # a form sent twice, by a double click or the back button
LINK_LIVES = timedelta(days=14)
MOST_EXTRA_TIME = 300  # per cent

WRONG_CODE = marked(
    "This code doesn’t open any class. Check it with your teacher, who can also open joining."
)


@dataclass(frozen=True)
class Joined:
    """Who is in which class now. new: not in it a moment ago."""

    account: Account
    classroom: Classroom
    new: bool


@dataclass(frozen=True)
class Place:
    """Digests of where someone joins from: the address, and the browser there. established: the browser
    has been signed in to an account."""

    address: str
    browser: str
    established: bool = False


# --- by code ---------------------------------------------------------------------------------------


def join(
    session: Session,
    account: Account | None,
    *,
    code: str,
    name: str,
    zone: str,
    ticket: UUID | None,
    place: Place | None = None,
    now: datetime,
) -> Joined:
    """Come into the class that is open under this code.

    No one, and a guest with all they did, becomes a student without a password; anyone who has an
    account joins with it. Raises Missing for a code that opens nothing, Invalid for the
    name, TooMany where a whole class and more has just joined from the same place.
    """
    classroom = _open_classroom(session, code, now)
    if account is None and ticket is not None and (twin := _of_ticket(session, classroom, ticket, now)):
        return Joined(twin, classroom, new=False)
    if account is not None and (row := _enrolment(session, classroom, account.id)) is not None:
        _come_back(session, row, now=now)
        return Joined(account, classroom, new=False)
    if place is not None:
        _spend(session, classroom, place, now)
    shown = read_name(name or (account.name if account is not None else None) or "")
    if account is None:
        zone = accounts.known_zone(zone, classroom.zone)
        account = _join_as_newcomer(session, classroom, shown, zone=zone, ticket=ticket, now=now)
        return Joined(account, classroom, new=True)
    founding = account.is_guest
    if account.is_guest:
        account.role, account.name = "student", shown
    _enrol(session, classroom, account, shown, founding=founding, now=now)
    return Joined(account, classroom, new=True)


def _spend(session: Session, classroom: Classroom, place: Place, now: datetime) -> None:
    """One more joins this class from this address."""
    for budget in (JOINS, MORE_JOINS):
        source = _digest(f"join {classroom.id} {budget.minutes} {place.address}")[:32]
        if not rate_limits.spend(session, source, budget, now=now):
            raise TooMany(
                _(
                    "Too many students have just joined this class from your network. Try again in "
                    "{minutes} minutes, or ask your teacher to add you by name."
                ).format(minutes=budget.minutes)
            )


def _join_as_newcomer(
    session: Session, classroom: Classroom, name: str, *, zone: str, ticket: UUID | None, now: datetime
) -> Account:
    account = _new_account(session, name, zone=zone, now=now)
    try:
        _enrol(session, classroom, account, name, founding=True, ticket=ticket, now=now)
    except Invalid:
        twin = _of_ticket(session, classroom, ticket, now) if ticket is not None else None
        if twin is None:
            raise
        session.delete(account)  # the other click was faster
        session.flush()
        return twin
    return account


def _open_classroom(session: Session, code: str, now: datetime) -> Classroom:
    query = select(Classroom).where(
        Classroom.join_code == read_code(code),
        Classroom.joining_open.is_(True),
        or_(Classroom.joining_until.is_(None), Classroom.joining_until > now),
        Classroom.archived_at.is_(None),
    )
    found = session.scalar(query)
    if found is None:
        raise Missing(_(WRONG_CODE))
    return found


def _of_ticket(session: Session, classroom: Classroom, ticket: UUID, now: datetime) -> Account | None:
    """Whom the same form made a moment ago."""
    query = select(Account).join(Enrolment, Enrolment.learner_id == Account.id)
    mine = (Enrolment.classroom_id == classroom.id, Enrolment.ticket == ticket, Enrolment.founding)
    return session.scalar(query.where(*mine, Enrolment.joined_at > now - TICKET_LIVES))


def _enrolment(session: Session, classroom: Classroom, learner_id: int) -> Enrolment | None:
    here = (Enrolment.classroom_id == classroom.id, Enrolment.learner_id == learner_id)
    return session.scalar(select(Enrolment).where(*here))


def _come_back(session: Session, enrolment: Enrolment, *, now: datetime) -> None:
    if enrolment.removed_at is not None:
        classrooms.set_removed(session, enrolment, removed=False, now=now)


def _new_account(session: Session, name: str, *, zone: str, now: datetime) -> Account:
    """A student who cannot sign in by name: it is theirs in the class, not on the site."""
    account = Account(role="student", name=name, zone=zone, created_at=now)
    session.add(account)
    session.flush()
    return account


def _enrol(
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
    if _size(session, classroom) >= MOST_STUDENTS:
        raise _refused(
            _("This class is full: {most_students} students. Tell your teacher.").format(
                most_students=MOST_STUDENTS
            )
        )
    if name_key(name) in _teacher_keys(session, classroom, but=account.id):
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


def _teacher_keys(session: Session, classroom: Classroom, *, but: int = 0) -> set[str]:
    """What no one else in a class may be called: anyone who read it would take them for its teacher."""
    teaching = select(ClassroomTeacher.account_id).where(ClassroomTeacher.classroom_id == classroom.id)
    names = select(Account.name_key).where(Account.id.in_(teaching), Account.id != but)
    return {key for key in session.scalars(names) if key is not None}


def _size(session: Session, classroom: Classroom) -> int:
    here = (Enrolment.classroom_id == classroom.id, Enrolment.removed_at.is_(None))
    return session.scalars(select(func.count()).select_from(Enrolment).where(*here)).one()


def _refused(message: str) -> Invalid:
    return Invalid(_("You haven’t joined yet."), (Problem("name", message),))


# --- wrong codes -----------------------------------------------------------------------------------


SITE = ""  # the source by which the misses of the whole site are counted


def must_wait(session: Session, place: Place, now: datetime) -> bool:
    """Whether so many wrong codes came from here that no code of theirs is looked at for a while."""
    counted = {source: rate_limits.recent(session, source, minutes=1, now=now) for source in _sources(place)}
    misses = Misses(counted[place.browser], counted[place.address], counted[SITE])
    return too_many_misses(misses, established=place.established)


def note_miss(session: Session, place: Place, now: datetime) -> None:
    """Count a wrong code."""
    for source in _sources(place):
        rate_limits.note(session, source, now=now)


def _sources(place: Place) -> tuple[str, str, str]:
    return place.browser, place.address, SITE


# --- by roster -------------------------------------------------------------------------------------


def taken_names(session: Session, classroom: Classroom, names: Iterable[str]) -> list[str]:
    """Those of these names that the class has already, or that look like one of them."""
    here = (Enrolment.classroom_id == classroom.id, Enrolment.removed_at.is_(None))
    taken = set(session.scalars(select(Enrolment.name_key).where(*here)))
    return [name for name in names if name_key(name) in taken]


def add_roster(
    session: Session,
    classroom: Classroom,
    names: Iterable[str],
    *,
    import_id: UUID | None = None,
    now: datetime,
) -> tuple[int, list[str]]:
    """Make an account for each of these names that the class does not have yet. import_id: by which it can
    be undone.

    Returns how many were made, and the names that were there already (or look like one).
    """
    here = (Enrolment.classroom_id == classroom.id, Enrolment.removed_at.is_(None))
    taken = set(session.scalars(select(Enrolment.name_key).where(*here)))
    wanted = list(names)
    if teachers := [name for name in wanted if name_key(name) in _teacher_keys(session, classroom)]:
        words = _("{name} is the name of a teacher of this class. Take it out of the list.")
        raise Invalid(_("No one has been added yet."), (Problem("names", words.format(name=teachers[0])),))
    fresh = [name for name in wanted if name_key(name) not in taken]
    if len(taken) + len(fresh) > MOST_STUDENTS:
        problem = Problem(
            "names",
            _("A class can have at most {most_students} students.").format(most_students=MOST_STUDENTS),
        )
        raise Invalid(_("No one has been added yet."), (problem,))
    for name in fresh:
        account = _new_account(session, name, zone=classroom.zone, now=now)
        _enrol(session, classroom, account, name, founding=True, import_id=import_id, now=now)
    return len(fresh), [name for name in wanted if name_key(name) in taken]


def undo_import(session: Session, classroom: Classroom, import_id: UUID, *, now: datetime) -> tuple[int, int]:
    """Take back what a roster has added: who has never signed in is deleted, the others are only removed
    of the class, since what they did is theirs. How many of either."""
    here = (Enrolment.classroom_id == classroom.id, Enrolment.import_id == import_id)
    rows = session.scalars(select(Enrolment).where(*here, Enrolment.removed_at.is_(None))).all()
    fresh = [row for row in rows if is_unused(session, row)]
    for row in rows:
        if row in fresh:
            delete_unused(session, row)
        else:
            classrooms.set_removed(session, row, removed=True, now=now)
    return len(fresh), len(rows) - len(fresh)


def is_unused(session: Session, enrolment: Enrolment) -> bool:
    """Whether a student made by this class's teachers has never signed in nor done anything."""
    return session.scalar(_unused(enrolment.classroom_id).where(Enrolment.id == enrolment.id)) is not None


def unused_ids(session: Session, classroom: Classroom) -> set[int]:
    """The places of a class that no one has ever signed in to."""
    return set(session.scalars(_unused(classroom.id).with_only_columns(Enrolment.id)))


def _unused(classroom_id: int) -> Select[Enrolment]:
    account, elsewhere = Enrolment.learner_id, Enrolment.__table__.alias("elsewhere")
    traces = (
        exists().where(SignIn.account_id == account),
        exists().where(SignInLink.account_id == account, SignInLink.used_at.is_not(None)),
        exists().where(Review.learner_id == account),
        exists().where(Attempt.learner_id == account),
        exists().where(elsewhere.c.learner_id == account, elsewhere.c.classroom_id != classroom_id),
    )
    query = select(Enrolment).join(Account, Account.id == Enrolment.learner_id)
    return query.where(
        Enrolment.classroom_id == classroom_id,
        Enrolment.founding,
        Enrolment.ticket.is_(None),
        Account.password_hash.is_(None),
        *(~trace for trace in traces),
    )


def delete_unused(session: Session, enrolment: Enrolment) -> None:
    """Delete a student who never signed in, as if they had never been added. Raises Conflict for others."""
    if not is_unused(session, enrolment):
        raise Conflict(_("They have already signed in. Remove them from the class instead."))
    session.execute(delete(Account).where(Account.id == enrolment.learner_id))
    session.expire_all()


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


# --- by link ---------------------------------------------------------------------------------------


def make_links(
    session: Session, classroom: Classroom, chosen: Collection[int] = (), *, now: datetime
) -> list[tuple[str, str]]:
    """(name, token) of fresh one-time links for these students of the class (by their places), or () for
    those who are signed in nowhere; of those who joined by this class and have no password. Links that they
    had before are worth nothing any more; those of others stay."""
    signed_in = select(SignIn.token_digest).where(SignIn.account_id == Enrolment.learner_id)
    who = Enrolment.id.in_(chosen) if chosen else ~signed_in.exists()
    query = linkable(classroom.id).where(who).order_by(Enrolment.name_key, Enrolment.id)
    return [(row.name, _make_link(session, row.learner_id, now)) for row in session.scalars(query).all()]


def make_link(session: Session, enrolment: Enrolment, *, now: datetime) -> str:
    """The token of a fresh one-time link for one student. Raises Missing where a teacher may not make one."""
    if session.scalar(linkable(enrolment.classroom_id).where(Enrolment.id == enrolment.id)) is None:
        raise Missing(_("Student not found."))
    return _make_link(session, enrolment.learner_id, now)


def linkable(classroom_id: int) -> Select[Enrolment]:
    """The students of a class whom its teachers may sign in: their account came to be by joining it, and
    no password of their own protects it yet."""
    return (
        select(Enrolment)
        .join(Account, Account.id == Enrolment.learner_id)
        .where(
            Enrolment.classroom_id == classroom_id,
            Enrolment.removed_at.is_(None),
            Enrolment.founding,
            Account.password_hash.is_(None),
        )
    )


def _make_link(session: Session, account_id: int, now: datetime) -> str:
    session.execute(delete(SignInLink).where(SignInLink.account_id == account_id))
    token = codes.card_code(secrets.randbelow)
    session.add(SignInLink(token_digest=_digest(token), account_id=account_id, created_at=now))
    session.flush()
    return token


def open_link(session: Session, token: str, *, now: datetime) -> Account:
    """Whom the link signs in, if it still can; raises Missing else."""
    query = (
        select(Account)
        .join(SignInLink, SignInLink.account_id == Account.id)
        .where(*_usable(token, now), Account.password_hash.is_(None))
    )
    account = session.scalar(query)
    if account is None:
        raise Missing(_("This link has been used or has expired. Ask your teacher for a new one."))
    return account


def use_link(session: Session, token: str, *, now: datetime) -> Account:
    """Whom the link signs in; it is used up. Raises Missing if it is so already."""
    account = open_link(session, token, now=now)
    used = session.execute(update(SignInLink).where(*_usable(token, now)).values(used_at=now))
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise Missing(_("This link has just been used."))
    return account


def _usable(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        SignInLink.token_digest == _digest(token),
        SignInLink.used_at.is_(None),
        SignInLink.created_at > now - LINK_LIVES,
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
