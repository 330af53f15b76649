"""Pausing, leaving and restarting a deck, taking it back, and its own target: all of it in the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Invalid
from quizapp.services.privacy.guest_merge import merge_guest
from quizapp.services.study import decks, preferences
from quizapp.services.study.answer_log import undo as undo_answer
from quizapp.services.study.learner import Learner, learner_of
from quizapp.services.study.next_question import next_question, waiting
from quizapp.services.study.rebuild import outdated, rebuild, replan
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck
from quizapp.storage.study import decks as queries
from quizapp.storage.study import goals
from quizapp.storage.study.tables import Card, DeckEvent, LearnerDay, LearnerFirst, StudyDeck
from tests import factories
from tests.factories import NOW, SETTINGS, answer, card, checked, day_row, flip, log_of

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@dataclass
class Desk:
    """A learner with a deck of three cards, two of them answered two days ago."""

    session: Session
    account: Account
    learner: Learner
    deck: Deck
    items: list[int]

    def restart(self, now: datetime = NOW) -> int:
        return decks.restart(self.session, self.account, self.deck.id, SETTINGS, now=now)

    def undo(self, now: datetime = NOW) -> bool:
        last = decks.newest(self.session, self.learner.id, self.deck.id)
        assert last is not None
        return decks.undo(self.session, self.account, self.deck.id, last.id, SETTINGS, now=now)

    def cards(self) -> list[dict[str, object] | None]:
        return [card(self.session, self.learner, item) for item in self.items]


@pytest.fixture
def desk(session: Session) -> Desk:
    account = factories.add_account(session)
    learner = learner_of(account, SETTINGS)
    items = factories.studied_deck(session, learner, [flip(number) for number in range(3)])
    answer(session, learner, items[0], at=NOW - 2 * DAY)
    answer(session, learner, items[1], False, at=NOW - 2 * DAY)
    return Desk(session, account, learner, session.scalars(select(Deck)).one(), items)


def test_a_restarted_deck_is_new_and_undo_brings_it_back_with_what_came_since(
    session: Session, desk: Desk
) -> None:
    day = day_row(session, desk.learner, (NOW - 2 * DAY).toordinal())
    assert desk.restart() == 2
    assert desk.restart() == 0
    assert desk.cards() == [None, None, None]
    waits = waiting(session, desk.learner, now=NOW)
    assert (waits.due, waits.new) == (0, 3)
    assert day_row(session, desk.learner, (NOW - 2 * DAY).toordinal()) == day
    answer(session, desk.learner, desk.items[0], at=NOW + MINUTE)
    since = card(session, desk.learner, desk.items[0])
    assert since is not None
    assert (since["reps"], since["first_day"]) == (1, NOW.toordinal())
    assert day_row(session, desk.learner)["new_items"] == 1
    assert checked(session).different == 0
    assert desk.undo(NOW + 2 * MINUTE)
    assert [each and each["reps"] for each in desk.cards()] == [2, 1, None]
    assert day_row(session, desk.learner)["new_items"] == 0
    assert checked(session).different == 0


def test_an_answer_given_before_a_restart_and_recorded_after_it_counts_before_it(
    session: Session, desk: Desk
) -> None:
    desk.restart()
    answer(session, desk.learner, desk.items[1], at=NOW - DAY, source="quiz")
    answer(session, desk.learner, desk.items[2], at=NOW - DAY, source="quiz")
    assert desk.cards()[:2] == [None, None]
    assert checked(session).different == 0


def test_undoing_the_first_answers_before_and_after_a_restart_keeps_every_figure(
    session: Session, desk: Desk
) -> None:
    item = desk.items[0]
    answer(session, desk.learner, item, at=NOW - DAY)
    desk.restart()
    for number in range(2):
        answer(session, desk.learner, item, at=NOW + (1 + number) * DAY)
    for event in [each for each in log_of(session, desk.learner, item) if each.voids is None]:
        undo_answer(session, desk.learner, event.id, now=NOW + 5 * DAY)
        assert checked(session).differences == []


def test_a_deck_left_is_asked_no_more_and_is_among_ones_decks_when_taken_up_again(
    session: Session, desk: Desk
) -> None:
    who = desk.learner.id
    before = waiting(session, desk.learner, now=NOW)
    assert before.due == 1
    assert decks.leave(session, who, desk.deck.id, now=NOW)
    assert not decks.leave(session, who, desk.deck.id, now=NOW)
    assert not decks.pause(session, who, desk.deck.id, now=NOW)
    waits = waiting(session, desk.learner, now=NOW)
    assert (waits.due, waits.new) == (0, 0)
    assert next_question(session, desk.learner, waits, now=NOW) is None
    assert goals.studied_decks(session, who) == []
    decks.begin(session, desk.account, desk.deck.slug, now=NOW)
    assert waiting(session, desk.learner, now=NOW) == before
    assert desk.undo()
    assert goals.studied_decks(session, who) == []
    assert not decks.undo(
        session, desk.account, desk.deck.id, log_of(session, desk.learner)[0].id, SETTINGS, now=NOW
    )


def test_a_deck_that_rests_otherwise_than_its_log_says_is_found_and_put_right(
    session: Session, desk: Desk
) -> None:
    decks.pause(session, desk.learner.id, desk.deck.id, now=NOW)
    studied = session.scalars(select(StudyDeck)).one()
    session.refresh(studied)
    studied.paused_at = None
    session.flush()
    assert checked(session).different == 1
    rebuild(session, SETTINGS, learner_id=desk.learner.id)
    assert checked(session).different == 0
    assert session.scalar(select(StudyDeck.paused_at)) == NOW


def test_a_deck_has_a_target_of_its_own(session: Session, desk: Desk) -> None:
    for number in range(4):
        answer(session, desk.learner, desk.items[0], at=NOW + (number - 1) * 9 * DAY)
    at = NOW + 28 * DAY
    before = card(session, desk.learner, desk.items[0])
    shown = preferences.preview_target(session, desk.account, desk.deck.id, 0.8, SETTINGS, now=at)
    assert (shown.cards, shown.moved) == (1, 1)
    assert shown.after < shown.before
    assert card(session, desk.learner, desk.items[0]) == before
    assert preferences.set_target(session, desk.account, desk.deck.id, 0.8, SETTINGS, now=at)
    assert not preferences.set_target(session, desk.account, desk.deck.id, 0.8, SETTINGS, now=at)
    after = card(session, desk.learner, desk.items[0])
    assert before is not None
    assert after is not None
    assert after["due_day"] > before["due_day"]
    assert (checked(session).different, checked(session).outdated, outdated(session, SETTINGS)) == (0, 0, [])
    answer(session, desk.learner, desk.items[0], at=at)
    assert (checked(session).different, checked(session).outdated) == (0, 0)
    preferences.set_target(session, desk.account, desk.deck.id, None, SETTINGS, now=at)
    assert (checked(session).different, checked(session).outdated) == (0, 0)
    with pytest.raises(Invalid):
        preferences.set_target(session, desk.account, desk.deck.id, 0.5, SETTINGS, now=at)


def test_a_decks_target_is_left_alone_by_that_of_all_decks(session: Session, desk: Desk) -> None:
    preferences.set_target(session, desk.account, desk.deck.id, 0.85, SETTINGS, now=NOW)
    before = desk.cards()
    desk.account.desired_retention = 0.95
    session.flush()
    assert outdated(session, SETTINGS) == []
    replan(session, desk.account, SETTINGS, now=NOW)
    assert desk.cards() == before


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "answer",
                "answer",
                "late",
                "undo answer",
                "restart",
                "pause",
                "leave",
                "resume",
                "undo",
                "target",
            ]
        ),
        st.integers(0, 2),
        st.booleans(),
        st.sampled_from([0, 5, 60, 24 * 60, 3 * 24 * 60]),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_is_done_the_log_says_it_too(
    session: Session, steps: list[tuple[str, int, bool, int]]
) -> None:
    with session.begin_nested() as nested:
        account = factories.add_account(session)
        learner = learner_of(account, SETTINGS)
        items = factories.studied_deck(session, learner, [flip(number) for number in range(3)])
        deck = session.scalars(select(Deck)).one()
        desk, at = Desk(session, account, learner, deck, items), NOW
        for what, number, right, minutes in steps:
            at += timedelta(minutes=minutes)
            if what in {"answer", "late"}:
                answer(
                    session, learner, items[number], right, at=at - (2 * DAY if what == "late" else 0 * DAY)
                )
            elif what == "undo answer":
                answers = [each for each in log_of(session, learner, items[number]) if each.voids is None]
                if answers:
                    undo_answer(session, learner, answers[-1 if right else 0].id, now=at)
            elif what == "restart":
                desk.restart(at)
            elif what == "undo":
                if decks.newest(session, learner.id, deck.id) is not None:
                    assert desk.undo(at)
            elif what == "target":
                preferences.set_target(session, account, deck.id, 0.85 if right else None, SETTINGS, now=at)
            else:
                getattr(decks, what)(session, learner.id, deck.id, now=at)
            found = checked(session)
            assert (found.differences, found.outdated) == ([], 0)
        nested.rollback()


def test_a_guests_decks_keep_their_log_and_their_target_in_the_account(session: Session, desk: Desk) -> None:
    desk.account.role = "guest"
    decks.pause(session, desk.learner.id, desk.deck.id, now=NOW)
    preferences.set_target(session, desk.account, desk.deck.id, 0.85, SETTINGS, now=NOW)
    other = factories.add_account(session)
    merge_guest(session, desk.account, other, SETTINGS)
    assert queries.own_plan(session, other.id, desk.deck.id) == queries.OwnPlan(NOW, None, 0.85)
    assert checked(session).different == 0
    assert session.scalars(select(DeckEvent.learner_id)).all() == [other.id]
    assert session.scalars(select(Card.learner_id).distinct()).all() == [other.id]
    assert session.scalars(select(LearnerDay.learner_id).distinct()).all() == [other.id]
    assert session.scalars(select(LearnerFirst.learner_id).distinct()).all() == [other.id]


def test_what_another_learner_does_with_a_deck_is_theirs(session: Session, desk: Desk) -> None:
    other = factories.add_account(session)
    factories.study(session, learner_of(other, SETTINGS), desk.deck)
    decks.leave(session, other.id, desk.deck.id, now=NOW)
    preferences.set_target(session, other, desk.deck.id, 0.85, SETTINGS, now=NOW)
    assert decks.newest(session, desk.learner.id, desk.deck.id) is None
    assert queries.own_plan(session, desk.learner.id, desk.deck.id) == queries.OwnPlan(None, None, None)
    assert decks.restart(session, other, desk.deck.id, SETTINGS, now=NOW) == 0
    assert waiting(session, desk.learner, now=NOW).due == 1
    assert checked(session).different == 0
