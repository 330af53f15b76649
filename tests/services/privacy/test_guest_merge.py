"""A guest signs in: what they did joins the account's log, whole and once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from uuid import uuid4

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Chosen
from quizapp.services.privacy.guest_merge import merge_guest
from quizapp.services.quizzes import attempts
from quizapp.services.study.answer_log import undo
from quizapp.services.study.learner import learner_of
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck
from quizapp.storage.quizzes import attempts as quiz_queries
from quizapp.storage.quizzes.tables import Attempt
from quizapp.storage.study.tables import Card, LearnerDay, Review, StudyDeck
from tests import factories
from tests.factories import NOW, SETTINGS, answer, card, checked, choice, item_ids, log_of

DAY = timedelta(days=1)


@pytest.fixture
def guest(session: Session) -> Account:
    return factories.add_account(session, role="guest")


@pytest.fixture
def account(session: Session) -> Account:
    return factories.add_account(session, name="Ada", name_key="ada")


@pytest.fixture
def items(session: Session) -> list[int]:
    return item_ids(session, factories.add_deck(session, [choice(n) for n in range(4)]))


def learners(*accounts: Account) -> list[factories.Learner]:
    return [learner_of(account, SETTINGS) for account in accounts]


def test_a_guests_answers_join_the_accounts_log(
    session: Session, guest: Account, account: Account, items: list[int]
) -> None:
    visitor, learner = learners(guest, account)
    answer(session, learner, items[0], at=NOW)
    answer(session, visitor, items[0], False, at=NOW + DAY)
    answer(session, visitor, items[1], at=NOW + DAY)
    answer(session, learner, items[0], at=NOW + 3 * DAY)
    wanted = sorted((r.item_id, r.at, r.score) for who in (visitor, learner) for r in log_of(session, who))

    assert merge_guest(session, guest, account, SETTINGS) == 2

    assert sorted((r.item_id, r.at, r.score) for r in log_of(session, learner)) == wanted
    joined = card(session, learner, items[0])
    assert joined is not None
    assert (joined["reps"], joined["lapses"], joined["last_at"]) == (3, 1, NOW + 3 * DAY)
    assert card(session, learner, items[1])["reps"] == 1  # type: ignore[index]
    assert session.scalar(select(func.sum(LearnerDay.answers))) == 4
    assert checked(session).different == 0


def test_what_the_guest_undid_stays_undone(
    session: Session, guest: Account, account: Account, items: list[int]
) -> None:
    visitor, learner = learners(guest, account)
    slip = answer(session, visitor, items[0], False)
    undo(session, visitor, slip.review, now=NOW)
    answer(session, visitor, items[1], False)

    assert merge_guest(session, guest, account, SETTINGS) == 3

    assert card(session, learner, items[0]) is None
    assert card(session, learner, items[1]) is not None
    assert checked(session).different == 0


def test_open_pages_and_running_quizzes_find_their_answers(
    session: Session, guest: Account, account: Account, items: list[int]
) -> None:
    visitor, learner = learners(guest, account)
    answered = answer(session, visitor, items[0], False)
    attempt = attempts.start(
        session,
        visitor,
        session.scalars(select(Deck)).one(),
        attempt_id=uuid4(),
        length=2,
        feedback="now",
        now=NOW,
    )
    question = quiz_queries.questions(session, attempt)[0].attempt_question
    given = attempts.Given(response=Chosen(("Elbe",)), at=NOW, duration_ms=1)
    attempts.answer(session, visitor, session.get_one(Attempt, attempt), question, given, prior={})

    merge_guest(session, guest, account, SETTINGS)

    assert {review.id for review in log_of(session, learner)} == {
        answered.review,
        attempts.review_id(attempt, question.position),
    }


def test_the_guest_is_gone_and_nothing_of_them_is_left(
    session: Session, guest: Account, account: Account, items: list[int]
) -> None:
    visitor, _ = learners(guest, account)
    answer(session, visitor, items[0])
    number = guest.id
    merge_guest(session, guest, account, SETTINGS)
    session.flush()
    assert session.get(Account, number) is None
    for entity in (Review, Card, LearnerDay, StudyDeck, Attempt):
        assert session.scalar(select(func.count()).where(entity.learner_id == number)) == 0


def test_answers_after_the_merge_go_on_from_it(
    session: Session, guest: Account, account: Account, items: list[int]
) -> None:
    visitor, learner = learners(guest, account)
    answer(session, learner, items[0], at=NOW)
    answer(session, visitor, items[0], at=NOW + DAY)
    merge_guest(session, guest, account, SETTINGS)
    done = answer(session, learner, items[0], at=NOW + 4 * DAY)
    assert done.new
    assert card(session, learner, items[0])["events"] == 3  # type: ignore[index]
    assert checked(session).different == 0


def test_a_guest_without_answers_leaves_none(session: Session, guest: Account, account: Account) -> None:
    assert merge_guest(session, guest, account, SETTINGS) == 0
    assert session.scalar(select(func.count()).select_from(Account)) == 1


def test_decks_are_joined_the_accounts_own_first(session: Session, guest: Account, account: Account) -> None:
    decks = {slug: factories.add_deck(session, [], slug=slug) for slug in "abcdef"}
    visitor, learner = learners(guest, account)
    second = factories.add_account(session, role="guest")
    for who, slugs in ((learner, "ab"), (visitor, "cbd"), (learner_of(second, SETTINGS), "fe")):
        for position, slug in enumerate(slugs, start=1):
            factories.study(session, who, decks[slug], position)

    merge_guest(session, guest, account, SETTINGS)
    merge_guest(session, second, account, SETTINGS)

    query = select(Deck.slug, StudyDeck.position).join(StudyDeck, StudyDeck.deck_id == Deck.id)
    rows = session.execute(query.where(StudyDeck.learner_id == learner.id).order_by(StudyDeck.position)).all()
    assert [slug for slug, _ in rows] == list("abcdfe")
    assert len({position for _, position in rows}) == 6


def test_a_guests_quizzes_come_along(
    session: Session, guest: Account, account: Account, items: list[int]
) -> None:
    visitor, learner = learners(guest, account)
    deck = session.scalars(select(Deck)).one()
    attempt_id = attempts.start(session, visitor, deck, attempt_id=uuid4(), length=4, feedback="now", now=NOW)

    def answer_next(who: factories.Learner, position: int) -> bool:
        attempt = quiz_queries.attempt(session, attempt_id, who.id).attempt
        row = quiz_queries.questions(session, attempt_id)[position - 1]
        given = attempts.Given(response=factories.right(row.content), at=NOW, duration_ms=10)
        return attempts.answer(session, who, attempt, row.attempt_question, given, prior={}).new

    assert answer_next(visitor, 1)
    merge_guest(session, guest, account, SETTINGS)
    session.expire_all()

    assert not answer_next(learner, 1)
    assert answer_next(learner, 2)
    attempt = quiz_queries.attempt(session, attempt_id, learner.id).attempt
    assert attempts.finish(session, learner, attempt, now=NOW, prior={})
    assert len(log_of(session, learner)) == 2
    assert checked(session).different == 0


def test_an_answer_that_the_guest_is_just_giving_is_not_lost(
    engine: Engine, session: Session, guest: Account, account: Account, items: list[int]
) -> None:
    """Another tab of the same browser: its answer is stored, or refused; never stored and lost."""
    visitor, learner = learners(guest, account)
    session.commit()

    underway = Event()

    def merge() -> None:
        underway.set()
        with Session(engine, expire_on_commit=False, autoflush=False) as own, own.begin():
            merge_guest(own, own.get_one(Account, visitor.id), own.get_one(Account, learner.id), SETTINGS)

    with ThreadPoolExecutor(1) as thread:
        answer(session, visitor, items[0])
        merging = thread.submit(merge)
        underway.wait()  # whichever of the two comes first now: nothing is lost
        session.commit()
        merging.result()

    assert [row.item_id for row in log_of(session, learner)] == [items[0]]
    assert checked(session).different == 0
