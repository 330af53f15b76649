"""Coming into a class by its join code.

A wrong code, a closed one and one that never was are the same `Missing`. What wrong codes cost, and how
many may join at once, is counted where they come from (`domain/classes/join_limits.py`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from quizapp.domain.classes.codes import read_code
from quizapp.domain.classes.join_limits import JOINS, MORE_JOINS, Misses, too_many_misses
from quizapp.domain.classes.names import read_name
from quizapp.domain.errors import Invalid, Missing, TooMany
from quizapp.domain.language.translation import _, marked
from quizapp.services.accounts import accounts, rate_limits
from quizapp.services.classes import classrooms, enrolments
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Classroom, Enrolment

TICKET_LIVES = timedelta(minutes=10)  # a form sent twice, by a double click or the back button

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
    enrolments.enrol(session, classroom, account, shown, founding=founding, now=now)
    return Joined(account, classroom, new=True)


def _spend(session: Session, classroom: Classroom, place: Place, now: datetime) -> None:
    """One more joins this class from this address."""
    for budget in (JOINS, MORE_JOINS):
        counted = f"join {classroom.id} {budget.minutes} {place.address}"
        source = hashlib.sha256(counted.encode()).hexdigest()[:32]
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
    account = enrolments.new_account(session, name, zone=zone, now=now)
    try:
        enrolments.enrol(session, classroom, account, name, founding=True, ticket=ticket, now=now)
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
