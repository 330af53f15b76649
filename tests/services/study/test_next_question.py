"""What comes next, how it is asked, and what waits: the two must agree to the end of the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Format
from quizapp.services.study.learner import Learner
from quizapp.services.study.next_question import next_question, question, waiting
from quizapp.storage.library.tables import Item
from tests import factories
from tests.factories import NOW, add_item, answer, choice, choices, flip, studied_deck, typed

DAY = timedelta(days=1)
TODAY = NOW.date().toordinal()


@pytest.fixture
def learner(session: Session) -> Learner:
    return factories.add_learner(session)


def asked_next(session: Session, learner: Learner, at=NOW, deck_id: int | None = None) -> int | None:
    left = waiting(session, learner, now=at, deck_id=deck_id)
    found = next_question(session, learner, left, now=at, deck_id=deck_id)
    return found.item_id if found else None


# --- one question ----------------------------------------------------------------------------------


def test_a_question_shows_the_present_version_without_its_key(session: Session, learner: Learner) -> None:
    (item,) = studied_deck(session, learner, [choice(5)])
    served = question(session, learner, item, TODAY)
    assert served is not None
    assert (served.events, served.format, served.deck_slug) == (0, Format.CHOOSE, "rivers")
    assert served.prompt.stem == choice(5).stem
    assert not hasattr(served.prompt, "key")


def test_a_retired_item_is_not_asked(session: Session, learner: Learner) -> None:
    (item,) = studied_deck(session, learner, [choice()])
    session.execute(update(Item).values(state="retired"))
    assert question(session, learner, item, TODAY) is None
    assert asked_next(session, learner) is None


def test_an_authors_formats_are_kept_to(session: Session, learner: Learner) -> None:
    deck = factories.add_deck(session, [])
    item = add_item(session, deck, typed(), key="typed-only", formats=(Format.TYPE,))
    served = question(session, learner, item.id, TODAY)
    assert served is not None
    assert served.format is Format.TYPE


def test_a_format_the_kind_does_not_know_is_passed_over(session: Session, learner: Learner) -> None:
    deck = factories.add_deck(session, [])
    item = add_item(session, deck, choice(), key="odd", formats=(Format.MATCH,))
    served = question(session, learner, item.id, TODAY)
    assert served is not None
    assert served.format is Format.CHOOSE


def test_an_item_is_chosen_first_and_typed_once_it_is_known(session: Session, learner: Learner) -> None:
    (item,) = studied_deck(session, learner, [typed()])
    formats = []
    for day in (0, 1, 4, 10):
        served = question(session, learner, item, TODAY + day)
        assert served is not None
        formats.append(served.format)
        answer(session, learner, item, at=NOW + day * DAY)
    assert formats[0] is Format.CHOOSE
    assert formats[-1] is Format.TYPE


# --- the order -------------------------------------------------------------------------------------


def test_new_items_come_in_the_decks_order(session: Session, learner: Learner) -> None:
    items = studied_deck(session, learner, [choice(n) for n in range(4)])
    met = []
    for minute in range(4):
        item = asked_next(session, learner)
        assert item is not None
        met.append(item)
        answer(session, learner, item, at=NOW + timedelta(minutes=minute))
    assert met == items
    assert asked_next(session, learner) is None


def test_new_items_of_the_deck_taken_first_come_first(session: Session, learner: Learner) -> None:
    late = factories.add_deck(session, [choice(1)], slug="late")
    early = factories.add_deck(session, [choice(2)], slug="early")
    factories.study(session, learner, late, 2)
    factories.study(session, learner, early, 1)
    assert asked_next(session, learner) == factories.item_ids(session, early)[0]


def test_a_due_card_comes_before_a_new_one_and_a_rested_miss_before_both(
    session: Session, learner: Learner
) -> None:
    due, missed, new = studied_deck(session, learner, [choice(1), choice(2), choice(3)])
    answer(session, learner, due, at=NOW - 5 * DAY)
    answer(session, learner, missed, False, at=NOW - timedelta(minutes=6))
    assert asked_next(session, learner) == missed
    assert asked_next(session, learner, NOW - timedelta(minutes=3)) == due
    answer(session, learner, due)
    answer(session, learner, missed)
    assert asked_next(session, learner) == new


def test_a_miss_comes_back_the_same_day_behind_any_backlog(session: Session, learner: Learner) -> None:
    """However many cards have been due for longer."""
    items = studied_deck(session, learner, [flip(n) for n in range(230)])
    for item in items:
        answer(session, learner, item, at=NOW - 40 * DAY)
    answer(session, learner, items[-1], False, at=NOW - timedelta(minutes=6))
    assert asked_next(session, learner) == items[-1]


def test_one_deck_can_be_studied_alone(session: Session, learner: Learner) -> None:
    (first,) = studied_deck(session, learner, [choice(1)])
    other = factories.add_deck(session, [choice(2)], slug="lakes")  # not among the learner's decks
    (second,) = factories.item_ids(session, other)
    assert asked_next(session, learner) == first
    assert asked_next(session, learner, deck_id=other.id) == second
    left = waiting(session, learner, now=NOW, deck_id=other.id)
    assert (left.due, left.new) == (0, 1)


# --- siblings --------------------------------------------------------------------------------------


def test_siblings_do_not_come_on_one_day(session: Session, learner: Learner) -> None:
    one, other = studied_deck(session, learner, [flip(1), choice(2)], facts=["f", "f"])
    assert waiting(session, learner, now=NOW).new == 1
    answer(session, learner, one)
    assert waiting(session, learner, now=NOW).left == 0
    assert asked_next(session, learner) is None
    assert asked_next(session, learner, NOW + DAY) == other


def test_a_retired_items_sibling_is_met_like_any_other(session: Session, learner: Learner) -> None:
    """The bank often replaces an item by another on the same fact; the old one's card stays due."""
    old, new = studied_deck(session, learner, [choice(1), choice(2)], facts=["f", "f"])
    answer(session, learner, old, at=NOW - 30 * DAY)
    session.execute(update(Item).where(Item.id == old).values(state="retired"))
    left = waiting(session, learner, now=NOW)
    assert (left.due, left.new) == (0, 1)
    assert asked_next(session, learner) == new


# --- what waits ------------------------------------------------------------------------------------


def test_the_days_new_items_are_limited(session: Session) -> None:
    learner = factories.add_learner(session, new_per_day=3)
    items = studied_deck(session, learner, [choice(n) for n in range(5)])
    left = waiting(session, learner, now=NOW)
    assert (left.due, left.new, left.held_back, left.left) == (0, 3, 2, 3)
    for item in items[:3]:
        answer(session, learner, item)
    left = waiting(session, learner, now=NOW)
    assert (left.new, left.held_back, left.answered, left.right) == (0, 2, 3, 3)
    assert asked_next(session, learner) is None
    assert waiting(session, learner, now=NOW + DAY).new == 2


def test_minutes_follow_the_learners_own_pace(session: Session, learner: Learner) -> None:
    items = studied_deck(session, learner, [choice(n) for n in range(60)])
    learner_of_many = factories.learner_of(
        factories.Account(id=learner.id, zone="UTC", new_per_day=100, four_ratings=False, easy_days=""),
        factories.SETTINGS,
    )
    assert waiting(session, learner_of_many, now=NOW).minutes == 20  # 60 answers at 20 seconds
    for item in items[:6]:
        answer(session, learner, item, duration_ms=40_000)
    assert waiting(session, learner_of_many, now=NOW).minutes == 36  # 54 at 40 seconds


def test_an_empty_site_waits_for_nothing(session: Session, learner: Learner) -> None:
    left = waiting(session, learner, now=NOW)
    assert (left.left, left.held_back, left.answered, left.right, left.minutes) == (0, 0, 0, 0, 1)
    assert asked_next(session, learner) is None


PLANS = st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.booleans()), min_size=1, max_size=8)
RIGHT = st.lists(st.booleans(), min_size=60, max_size=60)


@given(plan=PLANS, outcomes=RIGHT, limit=st.integers(0, 6))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_day_ends_with_nothing_left_and_no_two_siblings(
    session: Session, plan: list[tuple[int, bool, bool]], outcomes: list[bool], limit: int
) -> None:
    """What waits counts down to 0, and it is 0 exactly when there is no next question."""
    try:
        learner = factories.add_learner(session, new_per_day=limit)
        makers = (choice, typed, choices, flip)
        studied_deck(
            session,
            learner,
            [makers[n % 4](n) for n in range(len(plan))],
            facts=[f"f{fact}" for fact, _, _ in plan],
        )
        ids = list(session.scalars(select(Item.id).order_by(Item.id)))
        retired = [item for item, (_, is_retired, _) in zip(ids, plan, strict=True) if is_retired]
        facts = dict(map(tuple, session.execute(select(Item.id, Item.fact_id))))
        right = iter(outcomes * 10)
        for day in (0, 1, 2, 6):
            if day == 2:  # after two days some are retired, their cards due for ever
                session.execute(update(Item).where(Item.id.in_(retired)).values(state="retired"))
            met: dict[int, int] = {}
            for minute in range(60):
                at = NOW + day * DAY + minute * timedelta(minutes=6)
                left = waiting(session, learner, now=at)
                item = asked_next(session, learner, at)
                assert (item is None) == (left.left == 0), left
                if item is None:
                    break
                assert met.setdefault(facts[item], item) == item
                answer(session, learner, item, minute > 20 or next(right), at=at)
            else:
                pytest.fail("the day does not end")
    finally:
        session.rollback()


def test_new_items_are_counted_up_to_a_hundred_beyond_the_limit(session: Session, learner: Learner) -> None:
    deck = factories.add_deck(session, [choice(n) for n in range(150)])
    factories.study(session, learner, deck)
    left = waiting(session, learner, now=NOW)
    assert (left.new, left.held_back) == (10, 100)


def test_what_was_first_met_in_a_quiz_leaves_the_days_new_items(session: Session) -> None:
    learner = replace(factories.add_learner(session), new_per_day=2)
    items = factories.studied_deck(session, learner, [flip(number) for number in range(6)])
    for item in items[:3]:
        factories.answer(session, learner, item, source="quiz")
    assert waiting(session, learner, now=NOW).new == 2
    factories.answer(session, learner, items[3])
    factories.answer(session, learner, items[3], at=NOW + timedelta(minutes=1), source="quiz")
    assert waiting(session, learner, now=NOW + timedelta(minutes=2)).new == 1
    assert waiting(session, learner, now=NOW + timedelta(days=1)).new == 2
