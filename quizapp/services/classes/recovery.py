"""A way back in that a teacher gives a student who has forgotten their password.

The rule: only where the class itself is what the account began with. All of these must hold, or a
teacher could take over what is not theirs to look after:
- the student is in a class that the teacher teaches and that goes on, and no one has taken them out;
- the account came to be by joining this class (not: an account of one's own that joined);
- it is a student's, not shut out, and has a password (without one there are sign-in links, see joining);
- no confirmed e-mail address belongs to it, by which the student can help themselves.
Whoever leaves a class of their own will with a password takes their account with them (`classrooms.leave`).
Everyone else asks an admin.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.services.accounts import accounts
from quizapp.storage.accounts.tables import Account, EmailAddress
from quizapp.storage.classes.tables import Classroom, Enrolment


def make_link(session: Session, enrolment: Enrolment, *, now: datetime) -> str:
    """The token of a one-time link with which the student chooses a new password; they are signed out
    everywhere when it is used. Raises Missing where a teacher may not make one."""
    found = session.execute(resettable(enrolment.classroom_id).where(Enrolment.id == enrolment.id)).first()
    if found is None:
        raise Missing(_("Student not found."))
    return accounts.make_reset_link(session, found[1], now=now)


def resettable(classroom_id: int) -> Select[Enrolment, Account]:
    """The students of a class whose password its teachers may have chosen again."""
    return (
        select(Enrolment, Account)
        .join(Account, Account.id == Enrolment.learner_id)
        .join(Classroom, Classroom.id == Enrolment.classroom_id)
        .where(
            Enrolment.classroom_id == classroom_id,
            Enrolment.removed_at.is_(None),
            Enrolment.founding,
            Classroom.archived_at.is_(None),
            Account.role == "student",
            Account.password_hash.is_not(None),
            Account.disabled_at.is_(None),
            Account.id.not_in(select(EmailAddress.account_id).where(EmailAddress.verified_at.is_not(None))),
        )
    )


def resettable_ids(session: Session, classroom_id: int) -> set[int]:
    """The places in the class of those students."""
    return set(session.scalars(resettable(classroom_id).with_only_columns(Enrolment.id)))
