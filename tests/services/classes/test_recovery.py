"""Which students' passwords a teacher may have chosen again, and that no other account can be taken over."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Missing
from quizapp.services.accounts import accounts, administration
from quizapp.services.classes import classrooms, joining, recovery, sign_in_links
from quizapp.storage.accounts.tables import Account, EmailAddress
from quizapp.storage.classes.tables import Classroom, Enrolment
from tests.factories import NOW
from tests.world import person


@pytest.fixture
def teacher(session: Session) -> Account:
    return person(session, "teacher", name="Ms Vera", now=NOW)


@pytest.fixture
def classroom(session: Session, teacher: Account) -> Classroom:
    made = classrooms.create(session, teacher, name="7b", zone="UTC", now=NOW)
    classrooms.set_joining(session, made, is_open=True, now=NOW)
    return made


def place(session: Session, classroom: Classroom, account: Account) -> Enrolment:
    here = (Enrolment.classroom_id == classroom.id, Enrolment.learner_id == account.id)
    return session.scalars(select(Enrolment).where(*here)).one()


@pytest.fixture
def anna(session: Session, classroom: Classroom) -> Account:
    """She joined with the code and a name, and chose a password later."""
    joined = joining.join(
        session, None, code=classroom.join_code, name="Anna", zone="", ticket=None, now=NOW
    ).account
    return accounts.sign_up(session, joined, name="Anna K", password_hash="old", now=NOW)


def test_a_student_whom_the_class_founded_gets_a_new_password(
    session: Session, classroom: Classroom, anna: Account
) -> None:
    row = place(session, classroom, anna)
    assert recovery.resettable_ids(session, classroom.id) == {row.id}
    token = recovery.make_link(session, row, now=NOW)
    assert accounts.open_setup_link(session, token, now=NOW).account_id == anna.id


def joins(session: Session, classroom: Classroom, account: Account) -> None:
    joining.join(
        session, account, code=classroom.join_code, name=account.name or "", zone="", ticket=None, now=NOW
    )


def own_account(session: Session, classroom: Classroom, _anna: Account) -> Account:
    sam = person(session, "student", name="Sam", now=NOW)
    joins(session, classroom, sam)
    return sam


def another_teacher(session: Session, classroom: Classroom, _anna: Account) -> Account:
    other = person(session, "teacher", name="Mr Bell", now=NOW)
    joins(session, classroom, other)
    return other


def an_admin(session: Session, classroom: Classroom, _anna: Account) -> Account:
    root = person(session, "admin", name="Root", now=NOW)
    joins(session, classroom, root)
    return root


def made_a_teacher_since(session: Session, _classroom: Classroom, anna: Account) -> Account:
    administration.set_role(session, person(session, "admin", name="Root", now=NOW), anna, role="teacher")
    return anna


def taken_out(session: Session, classroom: Classroom, anna: Account) -> Account:
    classrooms.set_removed(session, place(session, classroom, anna), removed=True, now=NOW)
    return anna


def left_and_taken_back(session: Session, classroom: Classroom, anna: Account) -> Account:
    classrooms.leave(session, place(session, classroom, anna), now=NOW)
    classrooms.set_removed(session, place(session, classroom, anna), removed=False, now=NOW)
    return anna


def shut_out(session: Session, _classroom: Classroom, anna: Account) -> Account:
    accounts.set_disabled(session, anna, disabled=True, now=NOW)
    return anna


def with_an_address(session: Session, _classroom: Classroom, anna: Account) -> Account:
    session.add(EmailAddress(account_id=anna.id, address="a@b.c", key="a@b.c", verified_at=NOW))
    session.flush()
    return anna


def class_put_away(session: Session, classroom: Classroom, anna: Account) -> Account:
    classrooms.set_archived(session, classroom, archived=True, now=NOW)
    return anna


def founded_elsewhere(session: Session, classroom: Classroom, _anna: Account) -> Account:
    other = classrooms.create(
        session, person(session, "teacher", name="Mr Bell", now=NOW), name="8a", zone="UTC", now=NOW
    )
    classrooms.set_joining(session, other, is_open=True, now=NOW)
    ben = joining.join(session, None, code=other.join_code, name="Ben", zone="", ticket=None, now=NOW).account
    accounts.sign_up(session, ben, name="Ben", password_hash="x", now=NOW)
    joins(session, classroom, ben)
    return ben


def without_password(session: Session, classroom: Classroom, _anna: Account) -> Account:
    """Those get links that sign in (see joining)."""
    return joining.join(
        session, None, code=classroom.join_code, name="Cleo", zone="", ticket=None, now=NOW
    ).account


@pytest.mark.parametrize(
    "who",
    [with_an_address, own_account, another_teacher, an_admin, made_a_teacher_since, taken_out, left_and_taken_back, shut_out,
     class_put_away, founded_elsewhere, without_password],
    ids=lambda who: who.__name__,
)  # fmt: skip
def test_no_other_account_can_be_taken_over(
    session: Session, classroom: Classroom, anna: Account, who: Callable[..., Account]
) -> None:
    account = who(session, classroom, anna)
    row = place(session, classroom, account)
    assert row.id not in recovery.resettable_ids(session, classroom.id)
    with pytest.raises(Missing):
        recovery.make_link(session, row, now=NOW)


def test_who_leaves_without_a_password_can_still_be_helped_when_back(
    session: Session, classroom: Classroom, anna: Account
) -> None:
    cleo = without_password(session, classroom, anna)
    row = place(session, classroom, cleo)
    classrooms.leave(session, row, now=NOW)
    classrooms.set_removed(session, row, removed=False, now=NOW)
    assert sign_in_links.make_link(session, row, now=NOW)
