"""What an admin does to accounts: roles, shutting out, links; and what no one does to themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.errors import Conflict, Malformed, Missing
from quizapp.services.accounts import accounts, administration
from quizapp.storage.accounts.tables import Account
from tests.factories import NOW
from tests.world import person


@pytest.fixture
def admin(session: Session) -> Account:
    return person(session, "admin", name="Root", now=NOW)


@pytest.fixture
def ada(session: Session) -> Account:
    return person(session, "student", name="Ada", now=NOW)


def test_another_role_signs_out_everywhere(session: Session, admin: Account, ada: Account) -> None:
    token = accounts.sign_in(session, ada, now=NOW, browser="")
    assert administration.set_role(session, admin, ada, role="teacher")
    assert ada.role == "teacher"
    assert accounts.signed_in(session, token, now=NOW) is None


def test_the_same_role_changes_nothing(session: Session, admin: Account, ada: Account) -> None:
    token = accounts.sign_in(session, ada, now=NOW, browser="")
    assert not administration.set_role(session, admin, ada, role="student")
    assert accounts.signed_in(session, token, now=NOW).account is ada


@pytest.mark.parametrize("role", ["", "guest", "owner", "Admin"])
def test_only_roles_that_are_given_can_be_given(
    session: Session, admin: Account, ada: Account, role: str
) -> None:
    with pytest.raises(Malformed):
        administration.set_role(session, admin, ada, role=role)
    assert ada.role == "student"


def test_who_has_no_password_cannot_be_made_a_teacher(session: Session, admin: Account) -> None:
    pupil = Account(role="student", name="Pupil", zone="UTC", created_at=NOW)
    session.add(pupil)
    session.flush()
    with pytest.raises(Conflict, match="without a password"):
        administration.set_role(session, admin, pupil, role="teacher")
    with pytest.raises(Conflict, match="no password"):
        administration.make_reset_link(session, pupil, now=NOW)


def test_no_one_demotes_or_shuts_out_themselves(session: Session, admin: Account) -> None:
    with pytest.raises(Conflict):
        administration.set_role(session, admin, admin, role="student")
    with pytest.raises(Conflict):
        administration.set_disabled(session, admin, admin, disabled=True, now=NOW)
    assert (admin.role, admin.disabled_at) == ("admin", None)


def test_a_reset_link_signs_out_and_lives_a_day(session: Session, ada: Account) -> None:
    token = accounts.sign_in(session, ada, now=NOW, browser="")
    link = administration.make_reset_link(session, ada, now=NOW)
    assert accounts.signed_in(session, token, now=NOW) is None
    assert accounts.open_setup_link(session, link, now=NOW + accounts.RESET_LIVES).account_id == ada.id
    with pytest.raises(Missing):
        accounts.open_setup_link(session, link, now=NOW + accounts.RESET_LIVES + timedelta(seconds=1))


def test_a_fresh_reset_link_ends_the_one_before_and_a_password_ends_both(
    session: Session, ada: Account
) -> None:
    first = administration.make_reset_link(session, ada, now=NOW)
    second = administration.make_reset_link(session, ada, now=NOW)
    with pytest.raises(Missing):
        accounts.open_setup_link(session, first, now=NOW)
    accounts.change_password(session, ada, "y")
    with pytest.raises(Missing):
        accounts.open_setup_link(session, second, now=NOW)


def test_who_is_blocked_gets_no_link(session: Session, admin: Account, ada: Account) -> None:
    administration.set_disabled(session, admin, ada, disabled=True, now=NOW)
    with pytest.raises(Conflict, match="is blocked"):
        administration.make_reset_link(session, ada, now=NOW)
