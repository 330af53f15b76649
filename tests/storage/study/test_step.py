"""What a study step reads, and the counting again behind an undo."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Rated
from quizapp.services.study.answer_log import undo
from quizapp.services.study.learner import Learner
from quizapp.storage.library.tables import Item
from quizapp.storage.study import step as queries
from quizapp.storage.study.history import card_log
from quizapp.storage.study.tables import LearnerDay
from tests import factories
from tests.factories import NOW, answer, card, choice, choices, flip, studied_deck

DAY = timedelta(days=1)
TODAY = NOW.date().toordinal()


@pytest.fixture
def learner(session: Session) -> Learner:  # instead of the guest on the shipped bank
    return factories.add_learner(session)


@pytest.fixture
def items(session: Session, learner: Learner) -> list[int]:
    return studied_deck(session, learner, [choice(1), choice(2), choices(3)])


# --- the item asked --------------------------------------------------------------------------------


def test_an_item_never_met_is_asked_without_a_card(
    session: Session, learner: Learner, items: list[int]
) -> None:
    row = queries.asked(session, learner.id, items[0])
    assert (row.item_id, row.content, row.deck_slug, row.state, row.folded, row.logged) == (
        items[0],
        choice(1),
        "rivers",
        None,
        None,
        0,
    )


def test_an_item_is_asked_with_the_learners_own_card(
    session: Session, learner: Learner, items: list[int]
) -> None:
    answer(session, factories.add_learner(session), items[0], at=NOW - 9 * DAY)
    assert queries.asked(session, learner.id, items[0]).state is None
    answer(session, learner, items[0])
    row = queries.asked(session, learner.id, items[0])
    assert (row.logged, row.state.events, row.state.last_at) == (1, 1, NOW)
    assert row.folded == learner.parameters.mark


def test_an_undone_item_has_a_log_and_no_card(session: Session, learner: Learner, items: list[int]) -> None:
    undo(session, learner, answer(session, learner, items[0]).review, now=NOW)
    row = queries.asked(session, learner.id, items[0])
    assert (row.state, row.logged) == (None, 2)


def test_a_retired_item_is_not_asked_but_answered_as_it_was(
    session: Session, learner: Learner, items: list[int]
) -> None:
    version = queries.asked(session, learner.id, items[0]).version_id
    session.execute(update(Item).where(Item.id == items[0]).values(state="retired"))
    assert queries.asked(session, learner.id, items[0]) is None
    assert queries.asked(session, learner.id, items[0], version).version_id == version
    assert queries.asked(session, learner.id, items[1], version) is None
    assert queries.asked(session, learner.id, 10**9) is None


# --- reviews ---------------------------------------------------------------------------------------


def test_a_review_is_read_with_its_version_and_the_card_now(
    session: Session, learner: Learner, items: list[int]
) -> None:
    first = answer(session, learner, items[0], at=NOW - DAY)
    answer(session, learner, items[0])
    row = queries.review_with_item(session, learner.id, first.review)
    assert (row.review.id, row.content, row.state.events) == (first.review, choice(1), 2)


def test_a_review_of_someone_else_or_a_cancelling_is_not_read(
    session: Session, learner: Learner, items: list[int]
) -> None:
    stranger = factories.add_learner(session)
    theirs = answer(session, stranger, items[0])
    mine = answer(session, learner, items[0])
    undo(session, learner, mine.review, now=NOW)
    (cancelling,) = (row.id for row in card_log(session, learner.id, items[0]) if row.voids)
    for review in (theirs.review, cancelling, uuid4()):
        assert queries.review_with_item(session, learner.id, review) is None
    assert queries.review_with_item(session, learner.id, mine.review).state is None


def test_the_newest_answer_is_found_whatever_its_day(
    session: Session, learner: Learner, items: list[int]
) -> None:
    assert queries.newest_answer(session, learner.id) is None
    answer(session, learner, items[0])
    newest = answer(session, learner, items[1], at=NOW + timedelta(hours=2))
    answer(session, learner, items[2], at=NOW + timedelta(hours=1))
    answer(session, learner, items[0], at=NOW - DAY)
    answer(session, factories.add_learner(session), items[0], at=NOW + timedelta(hours=3))
    assert queries.newest_answer(session, learner.id) == newest.review
    undo(session, learner, newest.review, now=NOW + timedelta(hours=4))
    assert queries.newest_answer(session, learner.id) != newest.review


# --- the load of coming days -----------------------------------------------------------------------


def test_the_load_counts_other_cards_and_marks_days_of_siblings(session: Session, learner: Learner) -> None:
    ids = studied_deck(session, learner, [flip(n) for n in range(5)], facts=["a", "a", "b", "c", "d"])
    for item in ids:
        answer(session, learner, item, Rated(4))
    due = {item: card(session, learner, item)["due_day"] for item in ids}  # type: ignore[index]
    fact = session.scalars(select(Item.fact_id).where(Item.id == ids[0])).one()
    low, high = min(due.values()), max(due.values())

    load, siblings = queries.load(session, learner.id, ids[0], fact, low, high)

    others = [due[item] for item in ids[1:]]
    assert load == {day: others.count(day) for day in set(others)}
    assert siblings == {due[ids[1]]}


def test_the_load_looks_one_day_beyond_the_range_and_no_further(
    session: Session, learner: Learner, items: list[int]
) -> None:
    for item in items[:2]:
        answer(session, learner, item)
    day = card(session, learner, items[0])["due_day"]  # type: ignore[index]
    assert queries.load(session, learner.id, 0, 0, day + 1, day + 5)[0] == {day: 2}
    assert queries.load(session, learner.id, 0, 0, day - 5, day - 1)[0] == {day: 2}
    assert queries.load(session, learner.id, 0, 0, day + 2, day + 5) == ({}, set())
    assert queries.load(session, factories.add_learner(session).id, 0, 0, day, day) == ({}, set())


# --- numbers ---------------------------------------------------------------------------------------


def test_a_day_in_numbers_is_the_learners_own(session: Session, learner: Learner, items: list[int]) -> None:
    assert queries.day_figures(session, learner.id, TODAY) is None
    answer(session, learner, items[0], True, duration_ms=700)
    answer(session, learner, items[1], False, duration_ms=300)
    answer(session, factories.add_learner(session), items[0])
    assert tuple(queries.day_figures(session, learner.id, TODAY)) == (2, 1, 2, 1, 1_000)
    assert queries.day_figures(session, learner.id, TODAY + 1) is None


def test_answers_are_counted_by_learner_and_first_answers_over_the_site(
    session: Session, learner: Learner, items: list[int]
) -> None:
    assert (queries.count_answers(session, learner.id), queries.first_answers(session)) == (0, [])
    answer(session, learner, items[0], True)
    answer(session, learner, items[0], True, at=NOW + DAY)
    answer(session, factories.add_learner(session), items[0], False)
    assert queries.count_answers(session, learner.id) == 2
    ((_, met, right, _),) = queries.first_answers(session)
    assert (met, right) == (2, 1_000_000)


def test_counting_again_gives_what_was_counted_as_it_happened(
    session: Session, learner: Learner, items: list[int]
) -> None:
    for number in range(12):
        at = NOW + (number // 3) * 2 * DAY + timedelta(minutes=number)
        answer(session, learner, items[number % 3], number % 4 != 1, at=at, duration_ms=100 * number)

    def numbers() -> list[list[tuple[object, ...]]]:
        table = LearnerDay.__table__
        return [[tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]]

    counted = numbers()
    assert [len(rows) for rows in counted] == [4]
    session.execute(update(LearnerDay).values(answers=99, new_right=99))
    for days in (0, 2, 4, 6):
        queries.recount_day(session, learner.id, TODAY + days)
    assert numbers() == counted


def test_a_day_without_answers_leaves_no_row(session: Session, learner: Learner, items: list[int]) -> None:
    session.add(
        LearnerDay(
            learner_id=learner.id, day=TODAY, answers=1, right=1, new_items=0, new_right=0, duration_ms=0
        )
    )
    session.flush()
    queries.recount_day(session, learner.id, TODAY)
    assert queries.day_figures(session, learner.id, TODAY) is None


def test_predictions_are_read_bin_by_bin(session: Session, learner: Learner, items: list[int]) -> None:
    for days in (0, 1, 4, 40):
        answer(session, learner, items[0], at=NOW + days * DAY)
    rows = queries.calibration(session, learner.id)
    assert [row.bin for row in rows] == sorted({row.bin for row in rows})
    assert sum(row.reviews for row in rows) == 3
    assert queries.calibration(session, factories.add_learner(session).id) == []


def test_a_dropped_card_leaves_its_log(session: Session, learner: Learner, items: list[int]) -> None:
    answer(session, learner, items[0])
    answer(session, learner, items[1])
    queries.drop_card(session, learner.id, items[0])
    assert card(session, learner, items[0]) is None
    assert card(session, learner, items[1]) is not None
    assert len(card_log(session, learner.id, items[0])) == 1
