"""Assignments as teachers make them: checked, changed, extended and deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from quizapp.domain.classes.terms import Feedback, LateRule, Sort
from quizapp.domain.errors import Invalid, Missing
from quizapp.services.classes import assignments, class_decks, classrooms
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Assignment, AssignmentExtension, Classroom, ClassroomDeck
from quizapp.storage.study.tables import StudyDeck
from tests import factories
from tests.factories import NOW
from tests.services.classes.assigning import DUE, HOUR, Room, furnish, plan

ANOTHER = {"sort": Sort.QUIZ, "deck_slug": "rivers", "now": NOW}


@pytest.fixture
def room(engine: Engine, session: Session) -> Room:
    return furnish(engine, session, students=2)


@pytest.fixture
def teacher(session: Session, room: Room) -> Account:
    return session.scalars(select(Account).where(Account.name == "Vera")).one()


@pytest.fixture
def classroom(session: Session, room: Room) -> Classroom:
    return session.get_one(Classroom, room.classroom)


@pytest.fixture
def assignment(session: Session, room: Room) -> Assignment:
    return session.get_one(Assignment, room.assignment)


def wrong(session: Session, classroom: Classroom, teacher: Account, **changes: Any) -> list[str]:
    """The fields that are complained about; nothing is made."""
    with pytest.raises(Invalid) as refused:
        assignments.create(session, classroom, teacher, plan=plan(**changes), **ANOTHER)
    assert len(list(session.scalars(select(Assignment)))) == 1
    return [problem.field for problem in refused.value.problems]


def test_an_assignment_is_called_what_its_teacher_says_or_like_its_deck(
    session: Session, classroom: Classroom, teacher: Account, assignment: Assignment
) -> None:
    assert assignment.title == "Rivers"
    made = assignments.create(session, classroom, teacher, plan=plan(title="  Rivers,  1st test "), **ANOTHER)
    assert made.title == "Rivers, 1st test"


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"title": "x" * 101}, ["title"]),
        ({"title": "a\u200eb"}, ["title"]),
        ({"due_at": NOW}, ["due_date"]),
        ({"late_rule": LateRule.LATE, "last_at": DUE}, ["last_date"]),
        ({"target": 0.5}, ["target"]),
        ({"questions": 0}, ["questions"]),
        ({"questions": 101, "attempts_allowed": 0}, ["questions", "attempts"]),
        ({"attempts_allowed": 21}, ["attempts"]),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    session: Session, classroom: Classroom, teacher: Account, changes: dict[str, Any], fields: list[str]
) -> None:
    assert wrong(session, classroom, teacher, **changes) == fields


def test_a_date_by_which_no_one_can_know_the_deck_is_refused(
    session: Session, classroom: Classroom, teacher: Account
) -> None:
    factories.add_deck(
        session, [factories.flip(number) for number in range(130)], slug="towns", owner=teacher
    )
    wanted = {"sort": Sort.STUDY, "deck_slug": "towns", "now": NOW}
    two, three = (plan(due_at=NOW + timedelta(days=days, hours=12)) for days in (2, 3))
    with pytest.raises(Invalid, match="hasn’t been saved") as refused:
        assignments.create(session, classroom, teacher, plan=two, **wanted)
    assert [problem.field for problem in refused.value.problems] == ["due_date"]
    assert "130 facts" in refused.value.problems[0].message
    made = assignments.create(session, classroom, teacher, plan=three, **wanted)
    with pytest.raises(Invalid):
        assignments.edit(session, made, two, deck_title="Towns")


def test_a_last_moment_belongs_to_the_rule_that_takes_late_answers(
    session: Session, classroom: Classroom, teacher: Account
) -> None:
    made = assignments.create(session, classroom, teacher, plan=plan(last_at=DUE - HOUR), **ANOTHER)
    assert made.last_at is None


def test_only_decks_that_the_teacher_may_give_can_be_given(
    session: Session, classroom: Classroom, teacher: Account
) -> None:
    stranger = factories.add_account(session, role="teacher", name="Adler")
    factories.add_deck(session, [factories.choice()], slug="private", owner=stranger)
    for slug in ("private", "no-such-deck"):
        with pytest.raises(Missing):
            assignments.create(
                session, classroom, teacher, plan=plan(), sort=Sort.STUDY, deck_slug=slug, now=NOW
            )


@pytest.mark.parametrize(("sort", "contents"), [(Sort.STUDY, []), (Sort.QUIZ, [factories.flip()])])
def test_a_deck_without_anything_to_ask_is_not_given(
    session: Session, classroom: Classroom, teacher: Account, sort: Sort, contents: list[Any]
) -> None:
    factories.add_deck(session, contents, slug="empty", owner=teacher)
    with pytest.raises(Invalid) as refused:
        assignments.create(session, classroom, teacher, plan=plan(), sort=sort, deck_slug="empty", now=NOW)
    assert refused.value.problems[0].field == "deck"


def test_a_class_has_no_endless_number_of_them(
    session: Session, classroom: Classroom, teacher: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assignments, "MOST_OF_A_CLASS", 1)
    assert wrong(session, classroom, teacher) == ["deck"]


def test_what_is_to_be_known_is_studied_by_everyone_and_a_quizs_deck_is_not(
    engine: Engine, session: Session
) -> None:
    room = furnish(engine, session, students=2)
    assert list(session.scalars(select(ClassroomDeck))) == []
    teacher = session.scalars(select(Account).where(Account.name == "Vera")).one()
    classroom = session.get_one(Classroom, room.classroom)
    for _ in range(2):  # given twice, it is learnt once
        assignments.create(session, classroom, teacher, plan=plan(), **ANOTHER | {"sort": Sort.STUDY})
    assert len(list(session.scalars(select(ClassroomDeck)))) == 1
    assert {row.learner_id for row in session.scalars(select(StudyDeck))} == {
        each.id for each in room.learners
    }


def test_other_terms_hold_from_then_on_and_attempts_keep_their_feedback(room: Room, session: Session) -> None:
    attempt = room.begin()
    room.change(title="Rivers again", due_at=DUE + HOUR, feedback=Feedback.DUE, attempts_allowed=2)
    found = session.get_one(Assignment, room.assignment)
    assert (found.title, found.due_at, found.feedback) == ("Rivers again", DUE + HOUR, "due")
    session.rollback()  # reading took SQLite's one lock for writing
    assert [each.feedback for each in room.attempts()] == ["now"]
    assert room.answer(attempt, 1, at=DUE + HOUR) is True
    with pytest.raises(Invalid):
        room.change(questions=0)


def test_a_student_gets_more_time_and_loses_it_again(
    session: Session, room: Room, assignment: Assignment
) -> None:
    for hours in (1, 2):
        found = assignments.extend(
            session, assignment, enrolment_id=room.enrolments[0], due_at=DUE + hours * HOUR, now=NOW
        )
        assert found.name == "Student 0"
    [row] = session.scalars(select(AssignmentExtension))
    assert row.due_at == DUE + 2 * HOUR
    with pytest.raises(Invalid, match="Nothing was changed"):
        assignments.extend(session, assignment, enrolment_id=room.enrolments[1], due_at=DUE, now=NOW)
    assignments.withdraw_extension(session, assignment, enrolment_id=room.enrolments[0])
    assert list(session.scalars(select(AssignmentExtension))) == []


def test_only_students_of_the_class_get_more_time(
    session: Session, room: Room, assignment: Assignment
) -> None:
    classrooms.set_removed(
        session, session.get_one(classrooms.Enrolment, room.enrolments[0]), removed=True, now=NOW
    )
    for who in (room.enrolments[0], 999_999):
        with pytest.raises(Missing):
            assignments.extend(session, assignment, enrolment_id=who, due_at=DUE + timedelta(1), now=NOW)


def test_deleting_keeps_attempts_and_answers(room: Room) -> None:
    attempt = room.begin()
    room.answer(attempt, 1)
    room.extend(0, DUE + HOUR)
    room.delete()
    [kept] = room.attempts()
    assert (kept.assignment_id, kept.number) == (None, 1)
    assert room.stored(kept.id)[0].score == 1


# --- the deck is taken away -----------------------------------------------------------------------


def test_a_deck_that_a_class_is_still_to_know_is_not_taken_away(
    session: Session, classroom: Classroom, teacher: Account
) -> None:
    known = assignments.create(
        session, classroom, teacher, plan=plan(title="By heart"), **ANOTHER | {"sort": Sort.STUDY}
    )
    with pytest.raises(Invalid) as refused:
        class_decks.choose(session, classroom, teacher, [], now=DUE)
    assert "“By heart”" in refused.value.problems[0].message
    assert len(list(session.scalars(select(ClassroomDeck)))) == 1
    assert class_decks.choose(session, classroom, teacher, [], now=DUE + HOUR) == (0, 1)
    assert session.get(Assignment, known.id) is not None


def test_what_is_ended_keeps_what_was_done_and_takes_nothing_more(
    session: Session, room: Room, assignment: Assignment, classroom: Classroom, teacher: Account
) -> None:
    later = assignments.create(session, classroom, teacher, plan=plan(opens_at=DUE - HOUR), **ANOTHER)
    assignments.extend(session, assignment, enrolment_id=room.enrolments[0], due_at=DUE + HOUR, now=NOW)
    over = DUE - 2 * HOUR
    of_deck = {"classroom_id": classroom.id, "deck_id": assignment.deck_id}
    assert assignments.end(session, **of_deck, now=over) == 2
    assert session.get(Assignment, later.id) is None
    assert (assignment.due_at, assignment.late_rule) == (over, LateRule.CLOSED)
    assert list(session.scalars(select(AssignmentExtension))) == []
    assert assignments.end(session, **of_deck, now=over + HOUR) == 0
    assert assignment.due_at == over
