"""Quizzes: begun once, each answer taken once or changeable, finished once, and remembered."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Conflict, Invalid, MalformedResponse, Missing
from quizapp.domain.library.kinds.base import Format, GaveUp, Rated
from quizapp.services.quizzes import attempts
from quizapp.services.study.answer_log import recorded
from quizapp.services.study.learner import Learner
from quizapp.storage.library.tables import Deck, Item, ItemApart
from quizapp.storage.quizzes import attempts as queries
from quizapp.storage.quizzes.tables import Attempt, AttemptQuestion
from quizapp.storage.study.tables import Card
from tests import factories
from tests.factories import NOW, answer, card, checked, choice, choices, flip, log_of, typed

MINUTE = timedelta(minutes=1)


@pytest.fixture
def learner(session: Session) -> Learner:
    return factories.add_learner(session)


@pytest.fixture
def deck(session: Session) -> Deck:
    """Six facts, of which two have two items, and a flip card."""
    contents = [
        choice(1),
        typed(1),
        choices(2),
        choice(2),
        choice(3),
        choices(4),
        typed(5),
        typed(6),
        flip(7),
    ]
    facts = ["a", "a", "b", "b", "c", "d", "e", "f", "g"]
    return factories.add_deck(session, contents, facts=facts)


def begin(session: Session, learner: Learner, deck: Deck, feedback: str = "now", **options: Any) -> UUID:
    options = {"attempt_id": uuid4(), "length": 10, "now": NOW} | options
    return attempts.start(session, learner, deck, feedback=feedback, **options)


@dataclass
class Taking:
    """An attempt as the web handles it: everything read again for each step."""

    session: Session
    learner: Learner
    id: UUID

    @property
    def attempt(self) -> Attempt:
        self.session.expire_all()
        found: Attempt = queries.attempt(self.session, self.id, self.learner.id).attempt
        return found

    @property
    def rows(self) -> list[Any]:
        self.session.expire_all()
        return list(queries.questions(self.session, self.id))

    def answer(self, position: int, response: Any = True, *, minutes: int = 0) -> bool:
        row = self.rows[position - 1]
        if isinstance(response, bool):
            response = (factories.right if response else factories.wrong)(row.content)
        given = attempts.Given(response=response, at=NOW + minutes * MINUTE, duration_ms=1_500)
        return attempts.answer(
            self.session, self.learner, self.attempt, row.attempt_question, given, prior={}
        ).new

    def finish(self, *, minutes: int = 30) -> bool:
        return attempts.finish(self.session, self.learner, self.attempt, now=NOW + minutes * MINUTE, prior={})


@pytest.fixture
def now(session: Session, learner: Learner, deck: Deck) -> Taking:
    return Taking(session, learner, begin(session, learner, deck, "now"))


@pytest.fixture
def end(session: Session, learner: Learner, deck: Deck) -> Taking:
    return Taking(session, learner, begin(session, learner, deck, "end"))


# --- start -----------------------------------------------------------------------------------------


def test_a_quiz_asks_each_fact_once_and_no_flip_card(session: Session, now: Taking) -> None:
    items = [row.attempt_question.item_id for row in now.rows]
    facts = list(session.scalars(select(Item.fact_id).where(Item.id.in_(items))))
    assert len(facts) == len(set(facts)) == 6
    assert all(row.content.__class__.__name__ != "FlipCard" for row in now.rows)
    assert [row.attempt_question.position for row in now.rows] == [1, 2, 3, 4, 5, 6]


def test_a_quiz_is_as_long_as_wished(session: Session, learner: Learner, deck: Deck) -> None:
    for length in (1, 3, 6, 50):
        attempt = begin(session, learner, deck, length=length)
        assert len(queries.questions(session, attempt)) == min(length, 6)


def test_starting_twice_starts_one(session: Session, learner: Learner, deck: Deck) -> None:
    attempt_id = uuid4()
    assert begin(session, learner, deck, attempt_id=attempt_id) == attempt_id
    before = [row.attempt_question.item_id for row in queries.questions(session, attempt_id)]
    assert begin(session, learner, deck, "end", attempt_id=attempt_id, length=2) == attempt_id
    assert session.scalar(select(func.count()).select_from(Attempt)) == 1
    assert [row.attempt_question.item_id for row in queries.questions(session, attempt_id)] == before


def test_a_double_click_starts_one(engine: Engine, session: Session, learner: Learner, deck: Deck) -> None:
    attempt_id, deck_id = uuid4(), deck.id
    session.commit()

    def click(_: int) -> UUID:
        with Session(engine, expire_on_commit=False, autoflush=False) as own, own.begin():
            return begin(own, learner, own.get_one(Deck, deck_id), attempt_id=attempt_id)

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(click, range(4))) == {attempt_id}
    assert session.scalar(select(func.count()).select_from(AttemptQuestion)) == 6


def test_an_id_that_is_someone_elses_starts_nothing(session: Session, learner: Learner, deck: Deck) -> None:
    theirs = begin(session, factories.add_learner(session), deck)
    with pytest.raises(Missing):
        begin(session, learner, deck, attempt_id=theirs)
    assert session.scalar(select(func.count()).select_from(Attempt)) == 1


@pytest.mark.parametrize("feedback", ["", "later", "NOW"])
def test_feedback_comes_now_or_at_the_end(
    session: Session, learner: Learner, deck: Deck, feedback: str
) -> None:
    with pytest.raises(Invalid, match="Choose when"):
        begin(session, learner, deck, feedback)


def test_a_deck_without_questions_for_a_quiz_is_refused(session: Session, learner: Learner) -> None:
    flips = factories.add_deck(session, [flip()], slug="flips")
    retired = factories.add_deck(session, [choice()], slug="retired")
    session.scalars(select(Item).where(Item.deck_id == retired.id)).one().state = "retired"
    session.flush()
    for empty in (flips, retired):
        with pytest.raises(Invalid, match="no questions"):
            begin(session, learner, empty)


def test_a_well_known_item_is_typed_and_a_new_one_chosen(session: Session, learner: Learner) -> None:
    deck = factories.add_deck(session, [typed(1), typed(2)])
    known, new = factories.item_ids(session, deck)
    for day in (0, 2, 8):
        answer(session, learner, known, at=NOW - timedelta(days=20 - day), format=Format.CHOOSE)
    rows = queries.questions(session, begin(session, learner, deck))
    formats = {row.attempt_question.item_id: row.attempt_question.format for row in rows}
    assert formats == {known: "type", new: "choose"}


# --- answers, feedback now -------------------------------------------------------------------------


def test_an_answer_is_remembered_at_once(session: Session, now: Taking) -> None:
    assert now.answer(1, True, minutes=2)
    question = now.rows[0].attempt_question
    (review,) = log_of(session, now.learner)
    assert (review.id, review.item_id) == (attempts.review_id(now.id, 1), question.item_id)
    assert (review.source, review.at, review.score) == ("quiz", NOW + 2 * MINUTE, 1.0)
    assert (review.response, review.grade) == (question.response, question.grade)
    assert (question.score, question.answered_at, question.duration_ms) == (1.0, NOW + 2 * MINUTE, 1_500)
    assert card(session, now.learner, question.item_id)["reps"] == 1  # type: ignore[index]
    assert checked(session).different == 0


def test_an_answer_is_final(session: Session, now: Taking) -> None:
    assert now.answer(1, True)
    assert now.answer(1, False, minutes=1) is False
    assert now.rows[0].attempt_question.score == 1.0
    (review,) = log_of(session, now.learner)
    assert review.score == 1.0


def test_of_two_tabs_answering_one_question_the_first_counts(
    engine: Engine, session: Session, now: Taking
) -> None:
    session.commit()

    def click(right: bool) -> bool:
        with Session(engine, expire_on_commit=False, autoflush=False) as own, own.begin():
            return Taking(own, now.learner, now.id).answer(1, right)

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(click, [True, False, True, False])) == 1
    assert len(log_of(session, now.learner)) == 1
    assert checked(session).different == 0


def test_finishing_records_nothing_more(session: Session, now: Taking) -> None:
    now.answer(1)
    assert now.finish()
    assert len(log_of(session, now.learner)) == 1


# --- answers, feedback at the end ------------------------------------------------------------------


def test_an_answer_can_be_changed_until_the_end(session: Session, end: Taking) -> None:
    assert end.answer(1, False, minutes=1)
    assert end.answer(2, True, minutes=2)
    assert end.answer(1, True, minutes=3)
    assert log_of(session, end.learner) == []
    assert session.scalar(select(func.count()).select_from(Card)) == 0
    assert [row.attempt_question.score for row in end.rows[:3]] == [1.0, 1.0, None]


def test_finishing_records_each_answer_at_the_moment_it_was_given(session: Session, end: Taking) -> None:
    end.answer(1, False, minutes=1)
    end.answer(3, True, minutes=2)
    end.answer(1, True, minutes=4)
    assert end.finish(minutes=30)
    rows = end.rows
    assert [(r.item_id, r.at, r.score, r.source, r.duration_ms) for r in log_of(session, end.learner)] == [
        (rows[2].attempt_question.item_id, NOW + 2 * MINUTE, 1.0, "quiz", 1_500),
        (rows[0].attempt_question.item_id, NOW + 4 * MINUTE, 1.0, "quiz", 1_500),
    ]
    assert end.attempt.finished_at == NOW + 30 * MINUTE
    assert checked(session).different == 0


def test_an_answer_studied_in_the_meantime_keeps_its_place(session: Session, end: Taking) -> None:
    """The quiz was answered before, and recorded after, another answer to the same item."""
    end.answer(1, False, minutes=1)
    item = end.rows[0].attempt_question.item_id
    answer(session, end.learner, item, True, at=NOW + 10 * MINUTE)
    end.finish(minutes=30)
    stored = card(session, end.learner, item)
    assert stored is not None
    assert (stored["reps"], stored["learning"], stored["last_at"]) == (2, False, NOW + 10 * MINUTE)
    assert checked(session).different == 0


def test_a_question_left_out_says_nothing_about_memory_and_i_dont_know_does(
    session: Session, end: Taking
) -> None:
    end.answer(2, GaveUp(), minutes=1)
    end.finish()
    (review,) = log_of(session, end.learner)
    assert (review.item_id, review.score, review.chance) == (end.rows[1].attempt_question.item_id, 0.0, 0.0)
    assert [row.attempt_question.answered_at is None for row in end.rows] == [
        True,
        False,
        True,
        True,
        True,
        True,
    ]


# --- the end ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("feedback", ["now", "end"])
def test_an_answer_after_the_end_is_refused_and_changes_nothing(
    session: Session, learner: Learner, deck: Deck, feedback: str
) -> None:
    taking = Taking(session, learner, begin(session, learner, deck, feedback))
    taking.answer(1)
    taking.finish()
    before = [(row.attempt_question.response, row.attempt_question.score) for row in taking.rows]
    log = [row.id for row in log_of(session, learner)]
    with pytest.raises(Conflict, match="finished"):
        taking.answer(2)
    assert [(row.attempt_question.response, row.attempt_question.score) for row in taking.rows] == before
    assert [row.id for row in log_of(session, learner)] == log


def test_a_changed_answer_after_the_end_is_refused(end: Taking) -> None:
    end.answer(1)
    end.finish()
    with pytest.raises(Conflict):
        end.answer(1, False)


def test_finishing_twice_is_finishing_once(session: Session, end: Taking) -> None:
    end.answer(1)
    assert end.finish(minutes=30) is True
    assert end.finish(minutes=40) is False
    assert end.attempt.finished_at == NOW + 30 * MINUTE
    assert len(log_of(session, end.learner)) == 1


@pytest.mark.parametrize("feedback", ["now", "end"])
def test_of_two_that_finish_at_once_one_does(
    engine: Engine, session: Session, learner: Learner, deck: Deck, feedback: str
) -> None:
    taking = Taking(session, learner, begin(session, learner, deck, feedback))
    for position in range(1, 6):
        taking.answer(position, position % 2 == 0, minutes=position)
    session.commit()

    def click(minutes: int) -> bool:
        with Session(engine, expire_on_commit=False, autoflush=False) as own, own.begin():
            return Taking(own, learner, taking.id).finish(minutes=minutes)

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(click, [30, 31])) == [False, True]
    assert len(log_of(session, learner)) == 5
    assert checked(session).different == 0


def test_an_answer_and_the_end_at_once_agree(
    engine: Engine, session: Session, learner: Learner, deck: Deck
) -> None:
    """Either the answer is in the result and in memory, or it is refused and in neither."""
    for _ in range(4):
        taking = Taking(session, learner, begin(session, learner, deck, "end"))
        session.commit()

        def give(attempt: UUID = taking.id) -> bool:
            with Session(engine, expire_on_commit=False, autoflush=False) as own, own.begin():
                return Taking(own, learner, attempt).answer(1)

        def finish(attempt: UUID = taking.id) -> bool:
            with Session(engine, expire_on_commit=False, autoflush=False) as own, own.begin():
                return Taking(own, learner, attempt).finish()

        with ThreadPoolExecutor(2) as threads:
            given, finished = threads.submit(give), threads.submit(finish)
            assert finished.result(30)
            taken = given.exception(30) is None
        stored = taking.rows[0].attempt_question.answered_at is not None
        remembered = recorded(session, learner, attempts.review_id(taking.id, 1)) is not None
        session.rollback()
        assert taken == stored == remembered


# --- what does not fit -----------------------------------------------------------------------------


@pytest.mark.parametrize("feedback", ["now", "end"])
def test_a_malformed_response_stores_nothing(
    session: Session, learner: Learner, deck: Deck, feedback: str
) -> None:
    taking = Taking(session, learner, begin(session, learner, deck, feedback))
    with pytest.raises(MalformedResponse):
        taking.answer(1, Rated(3))
    assert taking.rows[0].attempt_question.response == ""
    assert log_of(session, learner) == []


def test_someone_elses_attempt_is_not_there(session: Session, now: Taking) -> None:
    stranger = factories.add_learner(session)
    assert queries.attempt(session, now.id, stranger.id) is None
    assert queries.attempt(session, uuid4(), now.learner.id) is None
    assert queries.open_attempts(session, stranger.id) == []
    assert len(queries.open_attempts(session, now.learner.id)) == 1


def test_an_item_retired_in_the_meantime_is_still_answered_as_asked(session: Session, now: Taking) -> None:
    item = session.get_one(Item, now.rows[0].attempt_question.item_id)
    item.state = "retired"
    session.flush()
    assert now.answer(1)
    assert checked(session).different == 0


def test_an_id_of_a_review_is_that_of_attempt_and_place() -> None:
    one, other = uuid4(), uuid4()
    ids = {attempts.review_id(attempt, place) for attempt in (one, other) for place in range(1, 30)}
    assert len(ids) == 58
    assert attempts.review_id(one, 1) == attempts.review_id(one, 1)


def test_two_that_are_kept_apart_never_come_in_one_quiz(
    session: Session, learner: Learner, deck: Deck
) -> None:
    one, other = [each.item for each in attempts.drawable(session, deck.id)][-2:]
    session.add_all([ItemApart(item_id=one, other_id=other), ItemApart(item_id=other, other_id=one)])
    session.flush()
    for _ in range(10):
        drawn = {
            row.attempt_question.item_id
            for row in Taking(session, learner, begin(session, learner, deck)).rows
        }
        assert len({one, other} & drawn) == 1
