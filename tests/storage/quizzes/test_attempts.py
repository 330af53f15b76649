"""Reads of attempts: one's own only, in order, and as many queries however many questions."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from quizapp.services.library.items import Draft, write_version
from quizapp.services.quizzes import attempts
from quizapp.services.study.learner import Learner
from quizapp.storage.library.tables import Deck, Item
from quizapp.storage.quizzes import attempts as queries
from quizapp.storage.quizzes.tables import Attempt, AttemptQuestion
from tests import factories
from tests.factories import NOW, answer, choice, flip

MINUTE = timedelta(minutes=1)


@pytest.fixture
def learner(session: Session) -> Learner:  # instead of the guest on the shipped bank
    return factories.add_learner(session)


@pytest.fixture
def deck(session: Session) -> Deck:
    return factories.add_deck(session, [choice(1), choice(2), choice(3), flip(4)])


def begin(session: Session, learner: Learner, deck: Deck, at: datetime = NOW) -> UUID:
    return attempts.start(session, learner, deck, attempt_id=uuid4(), length=9, feedback="end", now=at)


def test_what_can_be_drawn_is_published_and_in_the_deck(session: Session, deck: Deck) -> None:
    other = factories.add_deck(session, [choice(9)], slug="lakes")
    first, *rest = factories.item_ids(session, deck)
    session.execute(update(Item).where(Item.id == first).values(state="retired"))
    assert [row.id for row in queries.drawable(session, deck.id)] == rest
    assert len(queries.drawable(session, other.id)) == 1
    assert queries.drawable(session, 10**9) == []


def test_present_versions_come_with_the_learners_cards(
    session: Session, learner: Learner, deck: Deck
) -> None:
    known, new, *_ = factories.item_ids(session, deck)
    answer(session, learner, known)
    answer(session, factories.add_learner(session), new)
    rows = queries.present_versions(session, learner.id, [known, new])
    assert [(row.item_id, row.state and row.state.reps) for row in rows] == [(known, 1), (new, None)]


def test_an_attempt_is_read_by_its_learner_alone(session: Session, learner: Learner, deck: Deck) -> None:
    attempt_id = begin(session, learner, deck)
    found = queries.attempt(session, attempt_id, learner.id)
    assert (found.attempt.id, found.deck_title, found.deck_slug) == (attempt_id, "Rivers", "rivers")
    assert queries.attempt(session, attempt_id, factories.add_learner(session).id) is None


def test_questions_come_in_order_with_the_version_asked(
    session: Session, learner: Learner, deck: Deck
) -> None:
    attempt_id = begin(session, learner, deck)
    asked = {row.attempt_question.item_id: row.content for row in queries.questions(session, attempt_id)}
    for item in session.scalars(select(Item)):
        write_version(session, item, Draft(content=choice(item.id + 100)), author_id=None, now=NOW)
    rows = queries.questions(session, attempt_id)
    assert [row.attempt_question.position for row in rows] == [1, 2, 3]
    assert {row.attempt_question.item_id: row.content for row in rows} == asked


def test_an_attempt_is_open_until_it_is_finished(session: Session, learner: Learner, deck: Deck) -> None:
    attempt_id = begin(session, learner, deck)
    assert session.scalar(select(queries.still_open(attempt_id))) is True
    assert queries.answer_so_far(session, attempt_id, 1) is None
    session.execute(update(AttemptQuestion).where(AttemptQuestion.position == 1).values(answered_at=NOW))
    assert queries.answer_so_far(session, attempt_id, 1) is not None
    assert queries.answer_so_far(session, attempt_id, 2) is None
    session.execute(update(Attempt).values(finished_at=NOW))
    assert session.scalar(select(queries.still_open(attempt_id))) is False
    assert session.scalar(select(queries.still_open(uuid4()))) is False


def test_open_attempts_are_ones_own_newest_first_and_at_most_five(
    session: Session, learner: Learner, deck: Deck
) -> None:
    other = factories.add_deck(session, [choice(9)], slug="lakes")
    ids = [begin(session, learner, deck, NOW + n * MINUTE) for n in range(6)]
    begin(session, factories.add_learner(session), deck, NOW + 9 * MINUTE)
    lakes = begin(session, learner, other, NOW + 8 * MINUTE)
    session.execute(update(Attempt).where(Attempt.id == ids[4]).values(finished_at=NOW))
    answered = AttemptQuestion.attempt_id == ids[5], AttemptQuestion.position == 2
    session.execute(update(AttemptQuestion).where(*answered).values(answered_at=NOW))

    rows = queries.open_attempts(session, learner.id)
    assert [row.id for row in rows] == [lakes, ids[5], ids[3], ids[2], ids[1]]
    assert [(row.questions, row.answered) for row in rows[:3]] == [(1, 0), (3, 1), (3, 0)]
    assert [row.id for row in queries.open_attempts(session, learner.id, other.id)] == [lakes]


def test_starting_a_longer_quiz_takes_no_more_reads(session: Session, learner: Learner) -> None:
    """What is inserted is counted once, however many rows."""

    def cost(length: int) -> int:
        deck = factories.add_deck(session, [choice(n) for n in range(length)], slug=f"deck-{length}")
        run: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            run.append(statement)

        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", note)
        try:
            attempts.start(session, learner, deck, attempt_id=uuid4(), length=length, feedback="now", now=NOW)
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(run)

    assert cost(4) == cost(8)
