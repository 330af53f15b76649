"""Coming back: a day's share and a day by which all is caught up, misses first; and days beside the plan."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.services.study import decks, practice
from quizapp.services.study.learner import Learner
from quizapp.services.study.next_question import LEAST_USUAL, next_question, one_more, waiting
from quizapp.storage.library.tables import Deck, Item
from quizapp.storage.study.tables import Card, StudyDeck
from tests import factories
from tests.factories import NOW, answer, card, checked, flip, log_of
from tests.services.study.simulated import ANSWER, DAY, Student

TODAY = NOW.toordinal()


@pytest.fixture
def learner(session: Session) -> Learner:
    return factories.add_learner(session)


def away(session: Session, learner: Learner, *, facts: int, before: int, days: int) -> Student:
    """A student who has studied for so many days, and then not for others; NOW is the day of return."""
    factories.studied_deck(session, learner, [flip(number) for number in range(facts)])
    student = Student(session, learner, random.Random(1), {})
    for day in range(before):
        student.study(NOW + (day - before - days) * DAY)
    return student


def test_the_first_day_after_an_absence_has_a_share_and_a_day_that_is_kept(
    session: Session, learner: Learner
) -> None:
    student = away(session, learner, facts=120, before=16, days=40)
    waits = waiting(session, learner, now=NOW)
    assert waits.backlog is not None
    assert waits.backlog.away == 40
    assert waits.due < waits.due + waits.backlog.later
    assert waits.new <= 3
    over = waits.backlog.over_day - TODAY
    assert 1 <= over <= 10
    for day in range(over):
        took = student.study(NOW + day * DAY)
        assert took < 3 * waits.due
    assert waiting(session, learner, now=NOW + over * DAY).backlog is None
    assert checked(session).different == 0


def test_what_was_missed_before_comes_within_the_first_ten(session: Session, learner: Learner) -> None:
    away(session, learner, facts=120, before=16, days=40)
    missed = list(session.scalars(select(Card.item_id).order_by(Card.item_id.desc()).limit(6)))
    for item in missed:
        answer(session, learner, item, False, at=NOW - DAY)
    asked = []
    for number in range(10):
        at = NOW + number * ANSWER
        found = next_question(session, learner, waiting(session, learner, now=at), now=at)
        assert found is not None
        asked.append(found.item_id)
        answer(session, learner, found.item_id, at=at)
    assert set(missed) <= set(asked)


def test_a_usual_day_is_no_backlog(session: Session, learner: Learner) -> None:
    items = factories.studied_deck(session, learner, [flip(number) for number in range(LEAST_USUAL)])
    for item in items:
        answer(session, learner, item, at=NOW - 9 * DAY)
    session.execute(update(Card).values(due_day=TODAY))
    waits = waiting(session, learner, now=NOW)
    assert (waits.due, waits.backlog) == (LEAST_USUAL, None)


def test_who_wants_more_gets_all_that_is_due_and_more_new(session: Session, learner: Learner) -> None:
    student = away(session, learner, facts=170, before=16, days=40)
    student.study(NOW)
    at = NOW + timedelta(hours=3)
    assert waiting(session, learner, now=at).left == 0
    more = waiting(session, learner, now=at, more=True)
    assert more.due > 0
    assert more.new > 0
    assert next_question(session, learner, more, now=at) is not None


# --- siblings --------------------------------------------------------------------------------------


def test_a_new_sibling_waits_for_another_day_while_anything_else_is_left(
    session: Session, learner: Learner
) -> None:
    facts = ["a", "a", "b", "b", "c"]
    items = factories.studied_deck(session, learner, [flip(number) for number in range(5)], facts=facts)
    answer(session, learner, items[0], at=NOW - DAY)
    assert one_more(session, learner, now=NOW) == items[2]
    answer(session, learner, items[2], at=NOW)
    answer(session, learner, items[4], at=NOW)
    assert one_more(session, learner, now=NOW) == items[1], "nothing else is left today"
    assert one_more(session, learner, now=NOW + DAY) == items[1]


# --- beside the plan -------------------------------------------------------------------------------


def test_a_round_goes_over_each_card_once_the_least_remembered_first(
    session: Session, learner: Learner
) -> None:
    items = factories.studied_deck(session, learner, [flip(number) for number in range(4)])
    for days, item in zip((9, 5, 1), items, strict=False):
        answer(session, learner, item, at=NOW - days * DAY)
    going, order = practice.begin(practice.ALL, NOW), []
    while True:
        asked, left = practice.next_of(session, learner, going, TODAY, None)
        if asked is None:
            break
        assert left == 3 - len(order)
        order.append(asked.item_id)
        answer(session, learner, asked.item_id, at=NOW + len(order) * ANSWER)
    assert order == items[:3]
    assert practice.round_of(going.name, NOW + DAY) == going


def test_practice_counts_for_what_it_says_and_pushes_nothing_far_away(
    session: Session, learner: Learner
) -> None:
    once, again = factories.studied_deck(session, learner, [flip(1), flip(2)])
    for item in (once, again):
        answer(session, learner, item, at=NOW - 4 * DAY)
    for number in range(8):
        answer(session, learner, again, at=NOW - 4 * DAY + (number + 1) * ANSWER)
    days = [card(session, learner, item)["due_day"] - TODAY + 4 for item in (once, again)]  # type: ignore[index]
    assert days[0] <= days[1] <= 2 * days[0]


def test_only_what_was_missed_lately_is_in_the_round_of_misses(session: Session, learner: Learner) -> None:
    items = factories.studied_deck(session, learner, [flip(number) for number in range(4)])
    answer(session, learner, items[0], False, at=NOW - 5 * DAY)
    answer(session, learner, items[1], False, at=NOW - DAY)
    answer(session, learner, items[2], False, at=NOW - timedelta(hours=1))
    answer(session, learner, items[3], at=NOW - timedelta(hours=1))
    going = practice.begin(practice.MISSED, NOW)
    assert {row.item_id for row in practice.left(session, learner, going, TODAY, None)} == {*items[1:3]}


def test_what_comes_due_this_week_is_gone_over_one_item_of_a_fact(session: Session, learner: Learner) -> None:
    facts = ["a", "a", "b", "c", "d"]
    items = factories.studied_deck(session, learner, [flip(number) for number in range(5)], facts=facts)
    for item in items[:4]:
        answer(session, learner, item, at=NOW - DAY)
    session.execute(update(Card).where(Card.item_id != items[3]).values(due_day=TODAY + 6))
    session.execute(update(Card).where(Card.item_id == items[3]).values(due_day=TODAY + 7))
    found = practice.left(session, learner, practice.begin(practice.WEEK, NOW), TODAY, None)
    assert [row.item_id for row in found] == [items[0], items[2]]


@pytest.mark.parametrize("name", ["", "more", "some-1", "all-x", "missed-99999999999999999999", "all-٣"])
def test_an_address_names_a_round_or_none(name: str) -> None:
    found = practice.round_of(name, NOW)
    assert (found is None) == (name in {"", "more", "some-1"})
    if found is not None:
        assert found.moment == NOW


def test_of_a_paused_deck_nothing_is_asked_until_it_goes_on(session: Session, learner: Learner) -> None:
    items = factories.studied_deck(session, learner, [flip(number) for number in range(4)])
    answer(session, learner, items[0], False, at=NOW - DAY)
    deck_id = session.scalars(select(Deck.id)).one()
    before, log = waiting(session, learner, now=NOW), log_of(session, learner)
    assert (before.due, before.new) == (1, 3)
    decks.pause(session, learner.id, deck_id, now=NOW)
    for within in (None, deck_id):
        waits = waiting(session, learner, now=NOW, deck_id=within)
        assert (waits.due, waits.new) == (0, 0)
        assert next_question(session, learner, waits, now=NOW, deck_id=within) is None
        assert one_more(session, learner, now=NOW, deck_id=within) is None
    decks.resume(session, learner.id, deck_id, now=NOW)
    assert waiting(session, learner, now=NOW) == before
    assert log_of(session, learner) == log
    assert session.scalars(select(StudyDeck.paused_at)).one() is None
    assert session.scalars(select(Item)).first() is not None
