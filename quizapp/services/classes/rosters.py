"""Students added to a class by a list of names, and taken out again if they never came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, exists, select
from sqlalchemy.orm import Session

from quizapp.domain.accounts.names import name_key
from quizapp.domain.errors import Conflict, Invalid, Problem
from quizapp.domain.language.translation import _
from quizapp.services.classes import classrooms, enrolments
from quizapp.storage.accounts.tables import Account, SignIn
from quizapp.storage.classes.tables import Classroom, Enrolment, SignInLink
from quizapp.storage.quizzes.tables import Attempt
from quizapp.storage.study.tables import Review


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
    if teachers := [name for name in wanted if name_key(name) in enrolments.teacher_keys(session, classroom)]:
        words = _("{name} is the name of a teacher of this class. Take it out of the list.")
        raise Invalid(_("No one has been added yet."), (Problem("names", words.format(name=teachers[0])),))
    fresh = [name for name in wanted if name_key(name) not in taken]
    if len(taken) + len(fresh) > enrolments.MOST_STUDENTS:
        problem = Problem(
            "names",
            _("A class can have at most {most_students} students.").format(
                most_students=enrolments.MOST_STUDENTS
            ),
        )
        raise Invalid(_("No one has been added yet."), (problem,))
    for name in fresh:
        account = enrolments.new_account(session, name, zone=classroom.zone, now=now)
        enrolments.enrol(session, classroom, account, name, founding=True, import_id=import_id, now=now)
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
