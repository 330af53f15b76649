"""Coming into a class by its code; and what wrong codes cost."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.accounts.names import name_key
from quizapp.domain.classes import join_limits
from quizapp.domain.errors import Invalid, Missing, TooMany
from quizapp.services.accounts import accounts
from quizapp.services.classes import classrooms, enrolments, joining, rosters
from quizapp.storage.accounts.tables import RecentCount
from quizapp.storage.classes.tables import Classroom, Enrolment
from tests import factories
from tests.factories import NOW
from tests.services.classes.entering import count, enrolment, join

TICKET = UUID("00000000-0000-4000-8000-00000000000a")


# --- by code ---------------------------------------------------------------------------------------


def test_a_newcomer_needs_only_a_name(session: Session, classroom: Classroom) -> None:
    joined = join(session, classroom.join_code.lower(), zone="America/Lima")
    assert joined.new
    assert (joined.account.role, joined.account.name, joined.account.zone) == (
        "student",
        "Anna",
        "America/Lima",
    )
    assert joined.account.password_hash is None
    assert enrolment(session, joined.account).founding


def test_the_zone_of_one_who_tells_none_is_the_classs(session: Session, classroom: Classroom) -> None:
    assert join(session, classroom.join_code).account.zone == "Europe/Madrid"


def test_a_name_in_a_class_takes_no_ones_name_on_the_site(session: Session, classroom: Classroom) -> None:
    anna = accounts.sign_up(session, None, name="Anna", password_hash="-", now=NOW)
    joined = join(session, classroom.join_code)
    assert joined.account.id != anna.id
    assert accounts.by_name(session, "Anna") is anna


def test_a_guest_keeps_what_they_did(session: Session, classroom: Classroom) -> None:
    guest = accounts.create_guest(session, zone="UTC", now=NOW)
    joined = join(session, classroom.join_code, guest)
    assert joined.account is guest
    assert (guest.role, guest.name) == ("student", "Anna")
    assert enrolment(session, guest).founding


def test_anyone_who_has_an_account_joins_with_it_and_stays_their_own(
    session: Session, classroom: Classroom
) -> None:
    sam = accounts.sign_up(session, None, name="Sam", password_hash="-", now=NOW)
    assert join(session, classroom.join_code, sam, name="").new
    assert enrolment(session, sam).name == "Sam"
    assert not enrolment(session, sam).founding
    assert not join(session, classroom.join_code, sam, name="Another").new
    assert enrolment(session, sam).name == "Sam"


def test_a_name_is_taken_once_in_a_class_also_by_one_that_looks_like_it(
    session: Session, classroom: Classroom
) -> None:
    join(session, classroom.join_code)
    before = count(session, Enrolment)
    for name in ("Anna", "anna ", "Аnna"):  # the last begins in Cyrillic
        with pytest.raises(Invalid) as refused:
            join(session, classroom.join_code, name=name)
        assert "already" in refused.value.problems[0].message
    assert count(session, Enrolment) == before


@pytest.mark.parametrize("name", ["Ms Vera", "ms. vera", "Мѕ Vеrа", "Ms\u200bVera"])
def test_no_one_passes_for_the_teacher(session: Session, name: str) -> None:
    teacher = factories.add_account(session, role="teacher", name="Ms Vera", name_key=name_key("Ms Vera"))
    made = classrooms.create(session, teacher, name="7c", zone="UTC", now=NOW)
    classrooms.set_joining(session, made, is_open=True, now=NOW)
    for shown in (name, f" {name} "):
        with pytest.raises(Invalid):
            join(session, made.join_code, name=shown)
        with pytest.raises(Invalid):
            rosters.add_roster(session, made, ["Bela", shown], now=NOW)
    assert count(session, Enrolment) == 0
    assert join(session, made.join_code, name="Vera").new
    assert join(session, made.join_code, teacher, name="").account is teacher, "a teacher may try it"


def test_wrong_closed_archived_renewed_and_odd_codes_are_told_the_same(
    session: Session, classroom: Classroom
) -> None:
    code = classroom.join_code
    messages = set()

    def refused(text: str) -> None:
        with pytest.raises(Missing) as error:
            join(session, text)
        messages.add(str(error.value))

    for text in ("2222222", "", "x" * 500, "\0", "ABC"):
        refused(text)
    classrooms.set_joining(session, classroom, is_open=False, now=NOW)
    refused(code)
    classrooms.set_archived(session, classroom, archived=True, now=NOW)
    refused(code)
    assert len(messages) == 1


def test_a_form_sent_twice_makes_one_account(session: Session, classroom: Classroom) -> None:
    first = join(session, classroom.join_code, ticket=TICKET)
    again = join(session, classroom.join_code, ticket=TICKET, now=NOW + timedelta(seconds=2))
    assert (again.account.id, again.new) == (first.account.id, False)
    with pytest.raises(Invalid):  # found at the end of the lesson, it opens nothing
        join(session, classroom.join_code, ticket=TICKET, now=NOW + timedelta(minutes=59))


def test_one_who_was_removed_may_come_back_while_the_class_is_open(
    session: Session, classroom: Classroom
) -> None:
    joined = join(session, classroom.join_code)
    row = enrolment(session, joined.account)
    classrooms.set_removed(session, row, removed=True, now=NOW)
    join(session, classroom.join_code, joined.account)
    assert enrolment(session, joined.account).removed_at is None


def test_a_class_has_an_end(session: Session, classroom: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enrolments, "MOST_STUDENTS", 2)
    join(session, classroom.join_code, name="Anna")
    join(session, classroom.join_code, name="Bela")
    with pytest.raises(Invalid, match="haven’t joined yet"):
        join(session, classroom.join_code, name="Cleo")
    with pytest.raises(Invalid, match="No one has been added"):
        rosters.add_roster(session, classroom, ["Cleo"], now=NOW)


# --- wrong codes -----------------------------------------------------------------------------------


def at(address: str, browser: str, *, established: bool = False) -> joining.Place:
    return joining.Place(address, f"{browser}@{address}", established)


def miss(session: Session, place: joining.Place, times: int) -> int:
    """How many of so many wrong codes were looked at."""
    looked = 0
    for _ in range(times):
        if not joining.must_wait(session, place, NOW):
            joining.note_miss(session, place, NOW)
            looked += 1
    return looked


def test_a_hundred_wrong_codes_of_one_browser_hold_up_that_browser_alone(session: Session) -> None:
    guesser = at("school", "guesser")
    assert miss(session, guesser, 100) == join_limits.MOST_OF_BROWSER
    assert joining.must_wait(session, guesser, NOW + timedelta(seconds=59))
    assert not joining.must_wait(session, guesser, NOW + timedelta(seconds=60))
    assert not joining.must_wait(session, at("school", "classmate"), NOW)
    assert not joining.must_wait(session, at("home", "somebody"), NOW)


def test_a_hundred_wrong_codes_with_cookies_thrown_away_hold_up_no_one(session: Session) -> None:
    assert sum(miss(session, at("school", str(number)), 1) for number in range(100)) == 100
    assert not joining.must_wait(session, at("school", "classmate"), NOW)


def test_one_address_and_then_many_are_slowed_but_not_who_has_not_missed(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(join_limits, "MOST_OF_ADDRESS", 6)
    monkeypatch.setattr(join_limits, "MANY_OF_ADDRESS", 3)
    monkeypatch.setattr(join_limits, "MOST_OF_SITE", 12)
    assert sum(miss(session, at("one", str(number)), 1) for number in range(20)) == 6
    assert joining.must_wait(session, at("one", "classmate"), NOW)
    assert not joining.must_wait(session, at("one", "classmate", established=True), NOW)
    assert sum(miss(session, at("two", str(number)), 1) for number in range(20)) == 6
    assert sum(miss(session, at("three", str(number)), 1) for number in range(20)) == 3, "the site is slow"
    assert not joining.must_wait(session, at("school", "classmate"), NOW)


def test_wrong_codes_are_forgotten_after_an_hour(session: Session) -> None:
    for minutes in (0, 30, 61, 92):
        joining.note_miss(session, at("x", "y"), NOW + timedelta(minutes=minutes))
    assert count(session, RecentCount) == 2 * 3


# --- very many at once -----------------------------------------------------------------------------


def test_a_class_of_sixty_joins_within_a_minute_and_a_machine_cannot_fill_it(
    session: Session, classroom: Classroom
) -> None:
    school = at("school", "x")
    for number in range(join_limits.JOINS.most):
        join(session, classroom.join_code, name=f"Pupil {number}", place=school)
    assert join_limits.JOINS.most >= 60
    with pytest.raises(TooMany, match="add you by name"):
        join(session, classroom.join_code, name="One more", place=school)
    assert join(session, classroom.join_code, name="Elsewhere", place=at("home", "x")).new
    later = NOW + timedelta(minutes=1)
    for number in range(join_limits.MORE_JOINS.most - join_limits.JOINS.most):
        minute = later + timedelta(minutes=number // join_limits.JOINS.most)
        join(session, classroom.join_code, name=f"Other {number}", place=school, now=minute)
    with pytest.raises(TooMany):
        join(session, classroom.join_code, name="Yet one", place=school, now=NOW + timedelta(minutes=20))
