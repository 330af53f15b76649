"""Assigned quizzes: begun within the terms, answered within them, and every race ends by its stated rule.

docs/assignments.md states the rules; the races run in threads with connections of their own, on SQLite and
on PostgreSQL.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from itertools import count
from threading import Event
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session

from quizapp.domain.classes.terms import Feedback, LateRule
from quizapp.domain.errors import Conflict, Invalid
from quizapp.services.quizzes import attempts
from quizapp.storage.library.tables import DeckItem
from quizapp.storage.quizzes import attempts as queries
from quizapp.storage.study.tables import Card, Review
from tests.factories import NOW, SETTINGS
from tests.services.classes.assigning import DUE, HOUR, INSTANT, QUESTIONS, Room, at_once, furnish


@pytest.fixture
def room(engine: Engine, session: Session) -> Room:
    """One student, one attempt, feedback after each answer."""
    return furnish(engine, session)


def begun(room: Room, who: int = 0, **options: Any) -> UUID:
    found = room.begin(who, **options)
    assert isinstance(found, UUID), found
    return found


# --- within the terms ------------------------------------------------------------------------------


def test_an_attempt_asks_as_many_questions_as_the_teacher_wants(engine: Engine, session: Session) -> None:
    room = furnish(engine, session, questions=4)
    attempt = begun(room)
    assert len(room.stored(attempt)) == 4
    [found] = room.attempts()
    assert (found.assignment_id, found.number, found.feedback) == (room.assignment, 1, "now")


def test_before_it_opens_and_after_it_is_due_nothing_begins(room: Room) -> None:
    assert "isn’t open yet" in str(room.begin(at=NOW - INSTANT))
    assert "Time is up" in str(room.begin(at=DUE + INSTANT))
    assert room.attempts() == []
    begun(room, at=DUE)


def test_an_answer_at_the_due_moment_counts_and_one_just_after_it_does_not(room: Room) -> None:
    attempt = begun(room)
    assert room.answer(attempt, 1, at=DUE) is True
    assert "Time was up" in str(room.answer(attempt, 2, at=DUE + INSTANT))
    assert [row.answered_at for row in room.stored(attempt)[:2]] == [DUE, None]


def test_a_late_answer_is_taken_until_the_last_moment(engine: Engine, session: Session) -> None:
    room = furnish(engine, session, late_rule=LateRule.LATE, last_at=DUE + HOUR)
    attempt = begun(room, at=DUE + INSTANT)
    assert room.answer(attempt, 1, at=DUE + HOUR) is True
    assert "Time was up" in str(room.answer(attempt, 2, at=DUE + HOUR + INSTANT))


def test_without_a_last_moment_late_answers_are_always_taken(engine: Engine, session: Session) -> None:
    room = furnish(engine, session, late_rule=LateRule.LATE)
    assert room.answer(begun(room, at=DUE + 900 * HOUR), 1, at=DUE + 901 * HOUR) is True


def test_what_was_answered_can_be_finished_after_closing(room: Room) -> None:
    attempt = begun(room)
    room.answer(attempt, 1)
    assert room.finish(attempt, at=DUE + HOUR)
    assert room.attempts()[0].finished_at == DUE + HOUR


def test_attempts_are_numbered_and_no_more_begin_than_allowed(engine: Engine, session: Session) -> None:
    room = furnish(engine, session, attempts_allowed=2)
    for number in (1, 2):
        assert room.finish(begun(room, at=NOW + number * HOUR))
    assert "all your attempts" in str(room.begin(at=NOW + 3 * HOUR))
    assert [each.number for each in room.attempts()] == [1, 2]
    room.change(attempts_allowed=None)
    assert room.finish(begun(room))
    assert len(room.attempts()) == 3


def test_an_open_attempt_is_gone_on_with(engine: Engine, session: Session) -> None:
    room = furnish(engine, session, attempts_allowed=None)
    attempt = begun(room)
    assert room.begin() == attempt
    assert len(room.attempts()) == 1


def test_the_form_that_began_an_attempt_leads_to_it_also_when_it_is_finished(room: Room) -> None:
    attempt = begun(room, attempt_id=uuid4())
    room.finish(attempt)
    assert room.begin(attempt_id=attempt) == attempt


def test_an_id_that_is_someone_elses_begins_nothing(engine: Engine, session: Session) -> None:
    room = furnish(engine, session, students=2)
    theirs = begun(room, 0)
    assert isinstance(room.begin(1, attempt_id=theirs), str)
    assert room.attempts(1) == []


def test_no_one_outside_the_class_begins(engine: Engine, session: Session, room: Room) -> None:
    room.remove()
    assert "no longer available to you" in str(room.begin())
    room.remove(removed=False)
    begun(room)


def test_a_deck_whose_questions_were_all_taken_away_begins_nothing(room: Room, session: Session) -> None:
    session.execute(delete(DeckItem))
    session.commit()
    with pytest.raises(Invalid, match="no questions"):
        room.begin()
    assert room.attempts() == []


# --- feedback after the due date -------------------------------------------------------------------


def show(room: Room, attempt: UUID, at: datetime) -> bool:
    with room.session() as own:
        found = queries.attempt(own, attempt, room.learners[0].id).attempt
        return attempts.show_answers(own, room.learners[0], found, now=at, prior={})


def test_answers_are_shown_when_no_one_can_answer_any_more_and_enter_memory_then(
    engine: Engine, session: Session
) -> None:
    room = furnish(engine, session, students=2, feedback=Feedback.DUE)
    attempt = begun(room)
    for position in range(1, QUESTIONS + 1):
        room.answer(attempt, position)
    room.finish(attempt)
    assert session.scalar(select(func.count()).select_from(Card)) == 0
    session.rollback()
    room.extend(1, DUE + HOUR)
    for at in (NOW, DUE + INSTANT, DUE + HOUR):
        with pytest.raises(Conflict, match="aren’t shown yet"):
            show(room, attempt, at)
    assert show(room, attempt, DUE + HOUR + INSTANT)
    assert not show(room, attempt, DUE + 2 * HOUR)
    assert room.attempts()[0].shown_at == DUE + HOUR + INSTANT
    reviews = list(session.scalars(select(Review)))
    assert len(reviews) == QUESTIONS
    assert {review.at for review in reviews} == {NOW}


def closed(room: Room, at: datetime) -> int:
    """How many attempts were closed, in transactions of their own."""
    done = 0
    while True:
        with room.session() as own:
            if not attempts.close_next(own, SETTINGS, now=at):
                return done
        done += 1


def reviews(room: Room) -> int:
    with room.session() as own:
        return own.scalar(select(func.count()).select_from(Review)) or 0


@pytest.mark.parametrize("feedback", [Feedback.END, Feedback.DUE])
def test_an_attempt_that_was_left_reaches_the_memory_when_its_time_is_over(
    engine: Engine, session: Session, feedback: Feedback
) -> None:
    room = furnish(engine, session, students=2, feedback=feedback)
    attempt = begun(room)
    for position in (1, 2, 3):
        room.answer(attempt, position)
    room.extend(0, DUE + HOUR)
    assert closed(room, DUE + HOUR) == 0
    assert reviews(room) == 0
    assert closed(room, DUE + HOUR + INSTANT) == (1 if feedback is Feedback.END else 2)
    assert reviews(room) == 3
    assert closed(room, DUE + 2 * HOUR) == 0
    assert not room.finish(attempt, at=DUE + 2 * HOUR)
    assert reviews(room) == 3


def test_while_someone_may_still_answer_nothing_is_opened(engine: Engine, session: Session) -> None:
    room = furnish(engine, session, students=2, feedback=Feedback.DUE)
    attempt = begun(room)
    room.answer(attempt, 1)
    room.extend(1, DUE + HOUR)
    assert closed(room, DUE + HOUR) == 1  # finished, not shown
    assert reviews(room) == 0
    assert closed(room, DUE + HOUR + INSTANT) == 1
    assert reviews(room) == 1


def test_who_is_out_of_the_class_leaves_what_they_answered_to_their_memory(
    engine: Engine, session: Session
) -> None:
    room = furnish(engine, session, feedback=Feedback.END, late_rule=LateRule.LATE)
    attempt = begun(room)
    room.answer(attempt, 1)
    assert closed(room, DUE + 1000 * HOUR) == 0, "late answers are taken for ever"
    room.remove()
    assert closed(room, DUE) == 1
    assert reviews(room) == 1


def test_answers_of_an_attempt_that_goes_on_are_not_shown(engine: Engine, session: Session) -> None:
    room = furnish(engine, session, feedback=Feedback.DUE)
    attempt = begun(room)
    assert not show(room, attempt, DUE + HOUR)
    assert room.attempts()[0].shown_at is None


def test_without_its_assignment_an_attempt_is_the_students_own(engine: Engine, session: Session) -> None:
    room = furnish(engine, session, feedback=Feedback.DUE)
    attempt = begun(room)
    room.delete()
    assert room.attempts()[0].assignment_id is None
    assert room.answer(attempt, 1, at=DUE + HOUR) is True
    assert room.finish(attempt, at=DUE + HOUR)
    assert show(room, attempt, DUE + HOUR)


# --- at once ---------------------------------------------------------------------------------------


def test_a_double_click_on_begin_begins_one(room: Room) -> None:
    attempt = uuid4()
    assert at_once(*[lambda: room.begin(attempt_id=attempt)] * 6) == [attempt] * 6
    assert len(room.attempts()) == 1
    assert len(room.stored(attempt)) == QUESTIONS


def test_racing_begins_from_many_tabs_end_in_one_attempt(engine: Engine, session: Session) -> None:
    room = furnish(engine, session, attempts_allowed=None)
    found = at_once(*[room.begin] * 6)
    assert len(set(found)) == 1
    assert [each.id for each in room.attempts()] == found[:1]


def test_racing_begins_and_finishes_never_make_more_attempts_than_allowed(
    engine: Engine, session: Session
) -> None:
    room = furnish(engine, session, attempts_allowed=3)

    def hurry() -> None:
        for _ in range(6):
            attempt = room.begin()
            if isinstance(attempt, UUID):
                room.finish(attempt)

    at_once(*[hurry] * 4)
    assert sorted(each.number or 0 for each in room.attempts()) == [1, 2, 3]


def test_of_two_tabs_that_answer_one_question_the_first_counts(room: Room) -> None:
    attempt = begun(room)
    tabs = [lambda: room.answer(attempt, 1, right=True), lambda: room.answer(attempt, 1, right=False)] * 3
    taken = at_once(*tabs)
    assert taken.count(True) == 1
    assert taken.count(False) == 5
    [winner] = [number % 2 for number, each in enumerate(taken) if each is True]
    assert room.stored(attempt)[0].score == (1.0, 0.0)[winner]


def test_going_back_and_answering_again_changes_nothing_once_it_was_told(room: Room) -> None:
    attempt = begun(room)
    assert room.answer(attempt, 1, right=False) is True
    assert room.answer(attempt, 1, right=True) is False
    assert room.stored(attempt)[0].score == 0


def test_going_back_and_answering_again_counts_until_the_end_where_answers_come_then(
    engine: Engine, session: Session
) -> None:
    room = furnish(engine, session, feedback=Feedback.END)
    attempt = begun(room)
    assert room.answer(attempt, 1, right=False) is True
    assert room.answer(attempt, 1, right=True) is True
    assert room.stored(attempt)[0].score == 1
    room.finish(attempt)
    assert "has been finished" in str(room.answer(attempt, 1, right=False))
    assert room.stored(attempt)[0].score == 1


@pytest.mark.parametrize("feedback", [Feedback.NOW, Feedback.END])
def test_the_same_post_sent_again_and_again_is_one_answer(
    engine: Engine, session: Session, feedback: Feedback
) -> None:
    room = furnish(engine, session, feedback=feedback)
    attempt = begun(room)
    at_once(*[lambda: room.answer(attempt, 1)] * 5)
    room.finish(attempt)
    assert session.scalar(select(func.count()).select_from(Review)) == 1


def test_a_replay_after_the_due_moment_changes_nothing(engine: Engine, session: Session) -> None:
    room = furnish(engine, session, feedback=Feedback.END)
    attempt = begun(room)
    room.answer(attempt, 1, at=DUE)
    assert "Time was up" in str(room.answer(attempt, 1, right=False, at=DUE + INSTANT))
    assert (room.stored(attempt)[0].score, room.stored(attempt)[0].answered_at) == (1, DUE)


@pytest.mark.parametrize("feedback", [Feedback.NOW, Feedback.END])
def test_finishing_while_answering_loses_nothing_that_was_taken_and_takes_nothing_after(
    engine: Engine, session: Session, feedback: Feedback
) -> None:
    room = furnish(engine, session, feedback=feedback)
    attempt = begun(room)
    answers = [
        lambda position=position: room.answer(attempt, position) for position in range(1, QUESTIONS + 1)
    ]
    *taken, finished = at_once(*answers, lambda: room.finish(attempt))
    assert finished
    stored = {row.position for row in room.stored(attempt) if row.answered_at is not None}
    assert stored == {position for position, each in enumerate(taken, start=1) if each is True}
    assert all("has been finished" in each for each in taken if each is not True)
    assert session.scalar(select(func.count()).select_from(Review)) == len(stored)


Ending = Any


def remove(room: Room) -> str:
    room.remove()
    return "no longer in 7b"


def archive(room: Room) -> str:
    room.archive()
    return "no longer in 7b"


def cut_short(room: Room) -> str:
    room.change(due_at=NOW + INSTANT)  # what comes at NOW + HOUR is too late from now on
    return "Time was up"


@pytest.mark.parametrize("end", [remove, archive, cut_short])
def test_what_ends_in_mid_attempt_ends_at_once_and_keeps_what_was_taken(
    engine: Engine, session: Session, end: Ending
) -> None:
    """Answers go on in one thread while another ends it: each answer is stored if it was said to be, and
    none begun after the end is taken."""
    room = furnish(engine, session, feedback=Feedback.END)
    attempt, said, ended, underway = begun(room), [], [], Event()

    def answer() -> None:
        for turn in count():
            begun_at = time.monotonic()
            position = turn % QUESTIONS + 1
            right = bool(turn % 2)
            taken = room.answer(attempt, position, right=right, at=NOW + HOUR)
            said.append((begun_at, position, right, taken))
            if len(said) >= 3:
                underway.set()
            if ended and begun_at > ended[0][0]:
                return

    def stop() -> None:
        underway.wait()
        words = end(room)
        ended.append((time.monotonic(), words))

    at_once(answer, stop)
    over, words = ended[0]
    assert said[-1][3] is not True
    assert not [each for each in said if each[0] > over and each[3] is True]
    assert all(words in str(each[3]) for each in said if each[3] is not True)
    last = {position: right for _, position, right, taken in said if taken is True}
    scores = {row.position: row.score for row in room.stored(attempt) if row.answered_at}
    assert scores == {position: float(right) for position, right in last.items()}
    assert last, "something was taken before"
    assert room.finish(attempt, at=NOW + 2 * HOUR)


def test_an_extension_holds_at_once_for_an_attempt_that_is_open_and_for_no_one_else(
    engine: Engine, session: Session
) -> None:
    room = furnish(engine, session, students=2)
    mine, theirs = begun(room, 0), begun(room, 1)
    later = DUE + HOUR
    assert "Time was up" in str(room.answer(mine, 1, at=later))

    def until_taken() -> int:
        for turn in range(10_000):
            if room.answer(mine, 1, at=later) is True:
                return turn
        raise AssertionError

    at_once(until_taken, lambda: room.extend(0, later))
    assert "Time was up" in str(room.answer(theirs, 1, at=later, who=1))
    assert "Time was up" in str(room.answer(mine, 2, at=later + INSTANT))


def test_an_extension_lengthens_and_never_shortens(room: Room) -> None:
    room.extend(0, DUE + HOUR)
    room.change(due_at=DUE + 5 * HOUR)
    attempt = begun(room, at=DUE + 4 * HOUR)
    assert room.answer(attempt, 1, at=DUE + 5 * HOUR) is True


def test_taking_the_assignment_away_in_mid_attempt_keeps_every_answer(room: Room) -> None:
    attempt = begun(room)
    answers = [
        lambda position=position: room.answer(attempt, position) for position in range(1, QUESTIONS + 1)
    ]
    *taken, _ = at_once(*answers, room.delete)
    stored = {row.position for row in room.stored(attempt) if row.answered_at is not None}
    assert stored == {position for position, each in enumerate(taken, start=1) if each is True}
    assert all("Go back and answer again" in each for each in taken if each is not True)
    for position in set(range(1, QUESTIONS + 1)) - stored:
        assert room.answer(attempt, position) is True


def test_two_students_do_not_wait_for_one_anothers_attempts(engine: Engine, session: Session) -> None:
    room = furnish(engine, session, students=8)
    found = at_once(*(lambda who=who: room.begin(who) for who in range(8)))
    assert len(set(found)) == 8
    assert [each.number for each in room.attempts()] == [1] * 8


def test_the_moment_of_an_answer_is_the_servers(room: Room) -> None:
    attempt = begun(room)
    room.answer(attempt, 1, at=NOW + timedelta(minutes=3))
    assert room.stored(attempt)[0].answered_at == NOW + timedelta(minutes=3)
