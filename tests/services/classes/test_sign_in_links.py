"""Coming into a class by a one-time link."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Missing
from quizapp.services.accounts import accounts
from quizapp.services.classes import classrooms, rosters, sign_in_links
from quizapp.storage.classes.tables import Classroom, Enrolment
from tests import factories
from tests.factories import NOW
from tests.services.classes.entering import enrolment, join


@pytest.fixture
def links(session: Session, classroom: Classroom) -> dict[str, str]:
    rosters.add_roster(session, classroom, ["Bela", "Anna"], now=NOW)
    return dict(sign_in_links.make_links(session, classroom, now=NOW))


def test_a_link_signs_in_once(session: Session, links: dict[str, str]) -> None:
    assert list(links) == ["Anna", "Bela"]
    assert sign_in_links.open_link(session, links["Anna"], now=NOW).name == "Anna"
    assert sign_in_links.use_link(session, links["Anna"], now=NOW).name == "Anna"
    for use in (sign_in_links.open_link, sign_in_links.use_link):
        with pytest.raises(Missing):
            use(session, links["Anna"], now=NOW)
    assert (
        sign_in_links.use_link(
            session, links["Bela"], now=NOW + sign_in_links.LINK_LIVES - timedelta(seconds=1)
        ).name
        == "Bela"
    )


def test_a_link_runs_out(session: Session, links: dict[str, str]) -> None:
    with pytest.raises(Missing):
        sign_in_links.open_link(session, links["Anna"], now=NOW + sign_in_links.LINK_LIVES)


def test_a_fresh_link_ends_the_one_before(
    session: Session, classroom: Classroom, links: dict[str, str]
) -> None:
    fresh = dict(sign_in_links.make_links(session, classroom, now=NOW))
    with pytest.raises(Missing):
        sign_in_links.open_link(session, links["Anna"], now=NOW)
    assert sign_in_links.open_link(session, fresh["Anna"], now=NOW).name == "Anna"


def test_who_is_signed_in_somewhere_is_left_off_the_sheet(
    session: Session, classroom: Classroom, links: dict[str, str]
) -> None:
    anna = sign_in_links.use_link(session, links["Anna"], now=NOW)
    accounts.sign_in(session, anna, now=NOW, browser="phone")
    assert [name for name, _ in sign_in_links.make_links(session, classroom, now=NOW)] == ["Bela"]
    assert sign_in_links.make_link(session, enrolment(session, anna), now=NOW)  # one by one, for a lost phone


def test_no_one_makes_a_link_to_an_account_that_is_not_the_classs_own(
    session: Session, classroom: Classroom
) -> None:
    with_password = accounts.sign_up(session, None, name="Sam", password_hash="-", now=NOW)
    join(session, classroom.join_code, with_password, name="")
    elsewhere = join(session, classroom.join_code).account
    other = classrooms.create(
        session, factories.add_account(session, role="teacher"), name="8a", zone="UTC", now=NOW
    )
    classrooms.set_joining(session, other, is_open=True, now=NOW)
    join(session, other.join_code, elsewhere)
    assert sign_in_links.make_links(session, other, now=NOW) == []
    rows = session.scalars(select(Enrolment).where(Enrolment.classroom_id == other.id)).all()
    for row in (enrolment(session, with_password), *rows):
        with pytest.raises(Missing):
            sign_in_links.make_link(session, row, now=NOW)


def test_a_password_ends_links(session: Session, classroom: Classroom, links: dict[str, str]) -> None:
    anna = sign_in_links.open_link(session, links["Anna"], now=NOW)
    anna.password_hash = "-"
    session.flush()
    with pytest.raises(Missing):
        sign_in_links.use_link(session, links["Anna"], now=NOW)
    assert "Anna" not in dict(sign_in_links.make_links(session, classroom, now=NOW))
