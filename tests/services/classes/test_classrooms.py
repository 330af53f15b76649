"""Classes: made, opened, given decks, shared, archived; students removed and back in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.classes.codes import SPACE, code_of
from quizapp.domain.errors import Conflict, Invalid, Missing
from quizapp.services.classes import class_decks, classrooms, joining, rosters
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Classroom, ClassroomDeck, ClassroomTeacher, Enrolment
from quizapp.storage.library.tables import Deck
from quizapp.storage.study.tables import StudyDeck
from tests import factories
from tests.factories import NOW


@pytest.fixture
def teacher(session: Session) -> Account:
    return factories.add_account(session, role="teacher")


@pytest.fixture
def classroom(session: Session, teacher: Account) -> Classroom:
    made = classrooms.create(session, teacher, name=" Class  7b ", zone="Europe/Madrid", now=NOW)
    classrooms.set_joining(session, made, is_open=True, now=NOW)
    return made


def come(session: Session, classroom: Classroom, name: str) -> Enrolment:
    joined = joining.join(session, None, code=classroom.join_code, name=name, zone="", ticket=None, now=NOW)
    return session.scalars(select(Enrolment).where(Enrolment.learner_id == joined.account.id)).one()


def studied(session: Session, learner_id: int) -> list[str]:
    query = select(Deck.slug).join(StudyDeck, StudyDeck.deck_id == Deck.id)
    return list(session.scalars(query.where(StudyDeck.learner_id == learner_id).order_by(StudyDeck.position)))


def test_a_class_is_made_closed_with_its_founder_as_teacher(session: Session, teacher: Account) -> None:
    made = classrooms.create(session, teacher, name="7b", zone="UTC", now=NOW)
    assert not made.joining_open
    rows = session.scalars(select(ClassroomTeacher)).all()
    assert [(row.account_id, row.founder) for row in rows] == [(teacher.id, True)]


def test_a_name_is_put_in_order(classroom: Classroom) -> None:
    assert classroom.name == "Class 7b"


@pytest.mark.parametrize(
    ("name", "zone", "field"),
    [
        ("", "UTC", "name"),
        ("x" * 81, "UTC", "name"),
        ("7\u202eb", "UTC", "name"),
        ("7b", "", "zone"),
        ("7b", "Mars/Base", "zone"),
    ],
)
def test_a_class_that_cannot_be_is_refused(
    session: Session, teacher: Account, name: str, zone: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        classrooms.create(session, teacher, name=name, zone=zone, now=NOW)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_codes_are_drawn_from_all_there_are_until_one_is_free(session: Session, teacher: Account) -> None:
    asked = []
    numbers = iter([5, 5, 6])

    def draw(below: int) -> int:
        asked.append(below)
        return next(numbers)

    first = classrooms.create(session, teacher, name="a", zone="UTC", now=NOW, draw=draw)
    second = classrooms.create(session, teacher, name="b", zone="UTC", now=NOW, draw=draw)
    assert (first.join_code, second.join_code) == (code_of(5), code_of(6))
    assert asked == [SPACE] * 3


def test_a_renewed_code_is_another(session: Session, classroom: Classroom) -> None:
    old = classroom.join_code
    classrooms.renew_code(session, classroom)
    assert classroom.join_code != old
    with pytest.raises(Missing):
        joining.join(session, None, code=old, name="Anna", zone="", ticket=None, now=NOW)


def test_an_archived_class_is_closed_and_cannot_be_opened(session: Session, classroom: Classroom) -> None:
    classrooms.set_archived(session, classroom, archived=True, now=NOW)
    assert not classroom.joining_open
    with pytest.raises(Conflict):
        classrooms.set_joining(session, classroom, is_open=True, now=NOW)
    classrooms.set_archived(session, classroom, archived=False, now=NOW)
    assert classroom.archived_at is None
    assert not classroom.joining_open


# --- decks -----------------------------------------------------------------------------------------


@pytest.fixture
def decks(session: Session, teacher: Account) -> None:
    factories.add_deck(session, [], slug="shipped")
    factories.add_deck(session, [], slug="own", owner=teacher)
    factories.add_deck(session, [], slug="theirs", owner=factories.add_account(session, role="teacher"))


@pytest.mark.usefixtures("decks")
def test_students_study_the_decks_of_the_class_whenever_they_come(
    session: Session, classroom: Classroom, teacher: Account
) -> None:
    early = come(session, classroom, "Early")
    assert class_decks.choose(session, classroom, teacher, ["shipped", "own"], now=NOW) == (2, 0)
    late = come(session, classroom, "Late")
    assert (
        set(studied(session, early.learner_id))
        == {"shipped", "own"}
        == set(studied(session, late.learner_id))
    )


@pytest.mark.usefixtures("decks")
def test_a_deck_taken_away_stays_with_those_who_study_it(
    session: Session, classroom: Classroom, teacher: Account
) -> None:
    class_decks.choose(session, classroom, teacher, ["shipped", "own"], now=NOW)
    anna = come(session, classroom, "Anna")
    assert class_decks.choose(session, classroom, teacher, ["own"], now=NOW) == (0, 1)
    assert set(studied(session, anna.learner_id)) == {"shipped", "own"}
    assert studied(session, come(session, classroom, "Bela").learner_id) == ["own"]


@pytest.mark.usefixtures("decks")
def test_no_one_chooses_another_teachers_deck(
    session: Session, classroom: Classroom, teacher: Account
) -> None:
    for slug in ("theirs", "no-such-deck"):
        with pytest.raises(Missing):
            class_decks.choose(session, classroom, teacher, ["own", slug], now=NOW)
    assert session.scalars(select(ClassroomDeck)).all() == []


@pytest.mark.usefixtures("decks")
def test_a_co_teacher_sees_and_may_take_away_what_the_founder_chose(
    session: Session, classroom: Classroom, teacher: Account
) -> None:
    class_decks.choose(session, classroom, teacher, ["own"], now=NOW)
    other = factories.add_account(session, role="teacher")
    assert class_decks.choose(session, classroom, other, ["own", "shipped"], now=NOW) == (1, 0)
    assert class_decks.choose(session, classroom, other, [], now=NOW) == (0, 2)


# --- teachers --------------------------------------------------------------------------------------


def named_teacher(session: Session, name: str, role: str = "teacher") -> Account:
    account = factories.add_account(session, role=role)
    account.name, account.name_key = name, name.casefold()
    session.flush()
    return account


def test_a_class_is_shared_by_the_name_of_a_teacher(session: Session, classroom: Classroom) -> None:
    vera = named_teacher(session, "Vera")
    assert classrooms.add_teacher(session, classroom, name=" vera ", now=NOW).id == vera.id
    with pytest.raises(Invalid):
        classrooms.add_teacher(session, classroom, name="Vera", now=NOW)
    classrooms.remove_teacher(session, classroom, account_id=vera.id)
    with pytest.raises(Missing):
        classrooms.remove_teacher(session, classroom, account_id=vera.id)


def test_only_teachers_teach(session: Session, classroom: Classroom) -> None:
    named_teacher(session, "Sam", role="student")
    named_teacher(session, "Gone").disabled_at = NOW
    session.flush()
    for name in ("Sam", "Gone", "Nobody", "", "\0"):
        with pytest.raises(Invalid):
            classrooms.add_teacher(session, classroom, name=name, now=NOW)


def test_the_founder_cannot_be_taken_off(session: Session, classroom: Classroom, teacher: Account) -> None:
    with pytest.raises(Missing):
        classrooms.remove_teacher(session, classroom, account_id=teacher.id)


def test_a_class_goes_with_its_last_teacher(session: Session, classroom: Classroom, teacher: Account) -> None:
    anna = come(session, classroom, "Anna").learner_id
    vera = named_teacher(session, "Vera")
    classrooms.add_teacher(session, classroom, name="Vera", now=NOW)
    classrooms.give_up(session, teacher)
    session.expire_all()
    assert session.scalar(select(Classroom.id)) == classroom.id
    classrooms.give_up(session, vera)
    session.expire_all()
    assert session.scalar(select(Classroom.id)) is None
    assert session.scalar(select(Enrolment.id)) is None
    assert session.get(Account, anna) is not None


# --- students --------------------------------------------------------------------------------------


def test_a_student_removed_keeps_everything_else(session: Session, classroom: Classroom) -> None:
    anna = come(session, classroom, "Anna")
    classrooms.set_removed(session, anna, removed=True, now=NOW + timedelta(days=1))
    assert anna.removed_at == NOW + timedelta(days=1)
    assert session.get(Account, anna.learner_id) is not None
    classrooms.set_removed(session, anna, removed=False, now=NOW)
    assert anna.removed_at is None


def test_a_student_is_not_taken_back_beside_another_of_the_name(
    session: Session, classroom: Classroom
) -> None:
    first = come(session, classroom, "Anna")
    classrooms.set_removed(session, first, removed=True, now=NOW)
    come(session, classroom, "ANNA")
    with pytest.raises(Conflict):
        classrooms.set_removed(session, first, removed=False, now=NOW)


def test_many_are_removed_at_once_by_name_or_by_when_they_joined(
    session: Session, classroom: Classroom, teacher: Account
) -> None:
    long_ago = come(session, classroom, "Anna")
    long_ago.joined_at = NOW - timedelta(hours=2)
    fresh = [come(session, classroom, name) for name in ("Bea", "Cem", "Dan")]
    elsewhere = classrooms.create(session, teacher, name="7c", zone="UTC", now=NOW)
    rosters.add_roster(session, elsewhere, ["Eva"], now=NOW)
    other = session.scalars(select(Enrolment).where(Enrolment.name == "Eva")).one()
    session.flush()
    sent = [str(fresh[0].id), str(other.id), "x", "9" * 30, "-1"]
    assert classrooms.remove_many(session, classroom, sent, now=NOW) == 1
    assert classrooms.remove_joined_since(session, classroom, minutes=60, now=NOW) == 2
    left = session.scalars(select(Enrolment.name).where(Enrolment.removed_at.is_(None)).order_by("name"))
    assert left.all() == ["Anna", "Eva"]
