"""Recording answers: once each, in whatever order they come, and taken back without a trace."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from math import nextafter
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.errors import MalformedResponse, Missing
from quizapp.domain.library.kinds.base import Chosen, Format, GaveUp, Rated, Typed
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.services.library.items import Draft, write_version
from quizapp.services.study.answer_log import (
    LONGEST_MS,
    Answer,
    open_item,
    record_answer,
    recorded,
    review_id,
    undo,
)
from quizapp.services.study.figures import calibration_figures
from quizapp.services.study.learner import Learner
from quizapp.services.study.next_question import question
from quizapp.storage.library.tables import Item
from quizapp.storage.study.tables import Card, LearnerFirst
from tests import factories
from tests.factories import (
    NOW,
    answer,
    calibration_of,
    card,
    checked,
    choice,
    choices,
    day_row,
    everything,
    flip,
    log_of,
    studied_deck,
    typed,
)

DAY = timedelta(days=1)
TODAY = date(2026, 3, 2).toordinal()


@pytest.fixture
def learner(session: Session) -> Learner:
    return factories.add_learner(session)


# --- one answer ------------------------------------------------------------------------------------


def test_an_answer_is_one_review_one_card_and_one_in_the_days_numbers(
    session: Session, learner: Learner
) -> None:
    (item,) = studied_deck(session, learner, [choice()])
    done = answer(session, learner, item, duration_ms=4_000)

    assert done.new
    assert done.grade.right
    assert [(r.item_id, r.score, r.day, r.source, r.voids) for r in log_of(session, learner)] == [
        (item, 1.0, TODAY, "review", None)
    ]
    stored = card(session, learner, item)
    assert stored is not None
    assert done.state is not None
    assert {
        name: getattr(done.state, name) for name in done.state.__struct_fields__
    }.items() <= stored.items()
    assert (stored["reps"], stored["lapses"], stored["events"], stored["learning"]) == (1, 0, 1, False)
    assert day_row(session, learner) == {
        "answers": 1,
        "right": 1,
        "new_items": 1,
        "new_right": 1,
        "duration_ms": 4_000,
    }
    assert calibration_of(session, learner) == []  # nothing had been predicted
    assert checked(session).different == 0


def test_a_miss_is_learnt_again_on_the_same_day(session: Session, learner: Learner) -> None:
    (item,) = studied_deck(session, learner, [choice()])
    answer(session, learner, item, False)
    stored = card(session, learner, item)
    assert stored is not None
    assert (stored["learning"], stored["due_day"], stored["misses_in_row"]) == (True, TODAY, 1)
    assert day_row(session, learner)["new_right"] == 0


def test_a_guess_believed_less_than_a_typed_answer(session: Session, learner: Learner) -> None:
    chosen, free = studied_deck(session, learner, [choice(), typed()])
    answer(session, learner, chosen)
    answer(session, learner, free, Typed(("Danube",)), format=Format.TYPE)
    one, other = (card(session, learner, item) for item in (chosen, free))
    assert one is not None
    assert other is not None
    assert one["stability"] < other["stability"]


def test_giving_up_is_a_miss_without_a_guess(session: Session, learner: Learner) -> None:
    (item,) = studied_deck(session, learner, [choice()])
    done = answer(session, learner, item, GaveUp())
    (review,) = log_of(session, learner)
    assert (done.grade.score, review.score, review.chance) == (0.0, 0.0, 0.0)
    assert card(session, learner, item)["learning"] is True  # type: ignore[index]


def test_a_hint_makes_a_right_answer_a_miss_and_then_a_success(session: Session, learner: Learner) -> None:
    hinted, plain = studied_deck(session, learner, [choice(1), choice(2)])
    for item in (hinted, plain):
        answer(session, learner, item, at=NOW - DAY)
    answer(session, learner, hinted, True, hinted=True)
    answer(session, learner, plain, True)
    stored, other = (card(session, learner, item) for item in (hinted, plain))
    assert stored is not None
    assert other is not None
    assert (stored["learning"], stored["lapses"], stored["right_streak"]) == (False, 1, 1)
    assert stored["stability"] < other["stability"]
    assert [row.hinted for row in log_of(session, learner, hinted)] == [False, True]


def test_part_of_the_answer_is_worth_part_of_it(session: Session, learner: Learner) -> None:
    (item,) = studied_deck(session, learner, [choices()])
    answer(session, learner, item, at=NOW - 2 * DAY)
    done = answer(session, learner, item, Chosen(("Danube",)))
    assert (done.grade.score, done.grade.partly) == (0.5, True)
    assert card(session, learner, item)["learning"] is False  # type: ignore[index]
    assert day_row(session, learner)["right"] == 0
    ((_, _, reviews, _, right),) = calibration_of(session, learner)
    assert (reviews, right) == (1, 1_000_000)


def test_ratings_decide_alone(session: Session, learner: Learner) -> None:
    items = studied_deck(session, learner, [flip(n) for n in range(4)])
    for item, rating in zip(items, (1, 2, 3, 4), strict=True):
        answer(session, learner, item, Rated(rating))
    stabilities = [card(session, learner, item)["stability"] for item in items]  # type: ignore[index]
    assert stabilities == sorted(set(stabilities))
    assert [row.rating for item in items for row in log_of(session, learner, item)] == [1, 2, 3, 4]


@pytest.mark.parametrize(("told", "kept"), [(-5, 0), (0, 0), (1_234, 1_234), (3_600_000, LONGEST_MS)])
def test_a_question_left_open_over_lunch_counts_five_minutes(
    session: Session, learner: Learner, told: int, kept: int
) -> None:
    (item,) = studied_deck(session, learner, [choice()])
    answer(session, learner, item, duration_ms=told)
    assert log_of(session, learner)[0].duration_ms == day_row(session, learner)["duration_ms"] == kept


def test_a_malformed_response_writes_nothing(session: Session, learner: Learner) -> None:
    (item,) = studied_deck(session, learner, [choice()])
    with pytest.raises(MalformedResponse):
        answer(session, learner, item, Rated(3))
    assert everything(session, learner) == ([], [], [], [])


def test_an_item_or_version_that_is_not_there_is_missing(session: Session, learner: Learner) -> None:
    one, other = studied_deck(session, learner, [choice(1), choice(2)])
    versions = {item: question(session, learner, item, TODAY).version_id for item in (one, other)}  # type: ignore[union-attr]
    for item, version in ((999, versions[one]), (one, 999), (one, versions[other])):
        with pytest.raises(Missing):
            open_item(session, learner, item, version, now=NOW)


def test_an_item_reworded_while_it_was_answered_is_graded_as_it_was_asked(
    session: Session, learner: Learner
) -> None:
    (item_id,) = studied_deck(session, learner, [choice()])
    served = question(session, learner, item_id, TODAY)
    assert served is not None
    item = session.get_one(Item, item_id)
    reworded = Draft(content=with_changes(choice(), key="Rhine"))
    write_version(session, item, reworded, author_id=None, now=NOW)
    row = open_item(session, learner, item_id, served.version_id, now=NOW)
    done = record_answer(
        session,
        learner,
        row,
        Answer(
            review=served.review,
            item_id=item_id,
            version_id=served.version_id,
            format=served.format,
            response=Chosen(("Danube",)),
            at=NOW,
        ),
    )
    assert done.grade.right
    assert log_of(session, learner)[0].version_id == served.version_id != item.version_id


def with_changes(content: Any, **changes: Any) -> Any:
    return type(content)(**{name: getattr(content, name) for name in content.__struct_fields__} | changes)


# --- the same answer again -------------------------------------------------------------------------


def test_the_same_answer_again_changes_nothing_and_returns_the_first(
    session: Session, learner: Learner
) -> None:
    (item,) = studied_deck(session, learner, [choice()])
    first = answer(session, learner, item, False)
    before = everything(session, learner)
    again = answer(session, learner, item, True, review=first.review, at=NOW + DAY, duration_ms=9_000)
    assert everything(session, learner) == before
    assert again.new is False
    assert (again.grade, again.response, again.state) == (first.grade, first.response, first.state)
    assert recorded(session, learner, first.review) == again


def test_two_tabs_with_the_same_question_record_one_answer(session: Session, learner: Learner) -> None:
    (item,) = studied_deck(session, learner, [choice()])
    one, other = (question(session, learner, item, TODAY) for _ in range(2))
    assert one is not None
    assert one.review == other.review  # type: ignore[union-attr]
    assert one.prompt == other.prompt  # type: ignore[union-attr]
    answer(session, learner, item, True, review=one.review)
    assert answer(session, learner, item, False, review=one.review).new is False
    assert len(log_of(session, learner)) == 1


def test_each_serving_has_its_own_id(session: Session, learner: Learner) -> None:
    (item,) = studied_deck(session, learner, [choice()])
    ids = {answer(session, learner, item, at=NOW + n * DAY).review for n in range(5)}
    assert ids == {review_id(learner.id, item, n) for n in range(5)}


def test_an_id_that_is_someone_elses_answer_is_refused(session: Session, learner: Learner) -> None:
    (item,) = studied_deck(session, learner, [choice()])
    stranger = factories.add_learner(session)
    theirs = answer(session, stranger, item)
    before = everything(session, stranger)
    with pytest.raises(Missing, match="someone else"):
        answer(session, learner, item, review=theirs.review)
    assert everything(session, learner) == ([], [], [], [])
    assert everything(session, stranger) == before
    assert recorded(session, learner, theirs.review) is None


def test_answers_of_two_learners_do_not_mix(session: Session, learner: Learner) -> None:
    (item,) = studied_deck(session, learner, [choice()])
    stranger = factories.add_learner(session)
    answer(session, learner, item, at=NOW)
    before = everything(session, learner)
    first = answer(session, stranger, item, False, at=NOW + DAY)
    answer(session, stranger, item, True, at=NOW - DAY, review=uuid4())
    undo(session, stranger, first.review, now=NOW + DAY)
    assert everything(session, learner) == before
    assert checked(session).different == 0


# --- late and equal --------------------------------------------------------------------------------


def test_a_late_answer_takes_its_place_in_time(session: Session, learner: Learner) -> None:
    late, clean = studied_deck(session, learner, [choice(1), choice(2)])
    ids = [UUID(int=n + 1) for n in range(8)]
    for n, right in ((0, True), (3, True), (1, False), (2, True)):
        answer(session, learner, late, right, at=NOW + n * DAY, review=ids[n], format=Format.CHOOSE)
    for n, right in ((0, True), (1, False), (2, True), (3, True)):
        answer(session, learner, clean, right, at=NOW + n * DAY, review=ids[4 + n], format=Format.CHOOSE)
    one, other = (card(session, learner, item) for item in (late, clean))
    for name in (
        "stability",
        "difficulty",
        "reps",
        "lapses",
        "events",
        "last_day",
        "last_at",
        "right_streak",
    ):
        assert one[name] == other[name], name  # type: ignore[index]
    assert checked(session).different == 0


def test_a_first_answer_that_comes_late_moves_the_day_of_meeting(session: Session, learner: Learner) -> None:
    (item,) = studied_deck(session, learner, [choice()])
    answer(session, learner, item, True, at=NOW)
    answer(session, learner, item, False, at=NOW - 2 * DAY, review=uuid4())
    assert day_row(session, learner)["new_items"] == 0
    assert day_row(session, learner, TODAY - 2) | {"duration_ms": 0} == {
        "answers": 1,
        "right": 0,
        "new_items": 1,
        "new_right": 0,
        "duration_ms": 0,
    }
    assert checked(session).different == 0


@pytest.mark.parametrize("ids", [(1, 2), (2, 1)])
def test_two_answers_of_one_moment_are_folded_in_one_order(
    session: Session, learner: Learner, ids: tuple[int, int]
) -> None:
    """The log orders them by id, whichever came first."""
    (item,) = studied_deck(session, learner, [choice()])
    answer(session, learner, item, False, review=UUID(int=ids[0]))
    answer(session, learner, item, True, review=UUID(int=ids[1]))
    assert checked(session).different == 0


# --- days ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        ("UTC", datetime(2026, 3, 2, 3, 59, tzinfo=UTC), date(2026, 3, 1)),
        ("UTC", datetime(2026, 3, 2, 4, 0, tzinfo=UTC), date(2026, 3, 2)),
        ("Asia/Tokyo", datetime(2026, 3, 1, 18, 59, tzinfo=UTC), date(2026, 3, 1)),
        ("Asia/Tokyo", datetime(2026, 3, 1, 19, 0, tzinfo=UTC), date(2026, 3, 2)),
        ("America/Los_Angeles", datetime(2026, 3, 2, 11, 59, tzinfo=UTC), date(2026, 3, 1)),
        ("America/Los_Angeles", datetime(2026, 3, 2, 12, 0, tzinfo=UTC), date(2026, 3, 2)),
        ("Pacific/Kiritimati", datetime(2026, 3, 1, 14, 0, tzinfo=UTC), date(2026, 3, 2)),
    ],
)
def test_an_answer_belongs_to_the_learners_study_day(
    session: Session, zone: str, at: datetime, day: date
) -> None:
    learner = factories.add_learner(session, zone=zone)
    (item,) = studied_deck(session, learner, [choice()])
    answer(session, learner, item, at=at)
    (review,) = log_of(session, learner)
    assert (review.day, review.zone, review.at) == (day.toordinal(), zone, at)
    assert day_row(session, learner, day.toordinal())["answers"] == 1


def test_a_learner_who_travels_west_meets_no_item_twice(session: Session, learner: Learner) -> None:
    (item,) = studied_deck(session, learner, [choice()])
    answer(
        session, dataclasses.replace(learner, zone=ZoneInfo("Asia/Tokyo")), item, at=NOW + timedelta(hours=12)
    )
    west = dataclasses.replace(learner, zone=ZoneInfo("America/Los_Angeles"))
    done = answer(session, west, item, at=NOW + timedelta(hours=13))
    undo(session, west, done.review, now=NOW + timedelta(hours=14))
    assert day_row(session, learner, TODAY + 1)["new_items"] == 1
    assert day_row(session, learner) == {}
    assert checked(session).different == 0


def test_due_days_are_spread_evenly(session: Session, learner: Learner) -> None:
    items = studied_deck(session, learner, [flip(n) for n in range(30)])
    for item in items:
        answer(session, learner, item, Rated(4))
    due = Counter(session.scalars(select(Card.due_day)))
    assert len(due) >= 3
    assert max(due.values()) - min(due.values()) <= 1


def test_siblings_are_not_due_on_the_same_day(session: Session, learner: Learner) -> None:
    items = studied_deck(
        session, learner, [flip(n) for n in range(12)], facts=[f"f{n // 2}" for n in range(12)]
    )
    for item in items:
        answer(session, learner, item, Rated(4))
    due = [card(session, learner, item)["due_day"] for item in items]  # type: ignore[index]
    assert all(one != other for one, other in zip(due[::2], due[1::2], strict=True))


def test_the_planned_day_is_kept_in_the_log(session: Session, learner: Learner) -> None:
    (item,) = studied_deck(session, learner, [flip()])
    answer(session, learner, item, Rated(4))
    assert log_of(session, learner)[0].planned_day == card(session, learner, item)["due_day"]  # type: ignore[index]


# --- predictions -----------------------------------------------------------------------------------


def test_a_prediction_is_held_to_only_from_the_next_day_on(session: Session, learner: Learner) -> None:
    (item,) = studied_deck(session, learner, [choice()])
    answer(session, learner, item, False)
    answer(session, learner, item, True, at=NOW + timedelta(minutes=6))
    assert calibration_of(session, learner) == []
    answer(session, learner, item, True, at=NOW + 2 * DAY)
    expected = log_of(session, learner)[-1].expected
    assert expected is not None
    likely = expected + (1 - expected) / 4  # a guess among four is allowed for
    assert calibration_of(session, learner) == [
        (learner.id, int(10 * likely), 1, round(likely * 1_000_000), 1_000_000)
    ]


def test_who_gives_up_counts_as_one_who_guesses(session: Session, learner: Learner) -> None:
    (item,) = studied_deck(session, learner, [choice()])
    answer(session, learner, item, at=NOW - 2 * DAY)
    answer(session, learner, item, GaveUp())
    (row,) = calibration_of(session, learner)
    assert row[4] == 250_000


def test_first_answers_are_counted_by_format_with_what_guessing_would_give(
    session: Session, learner: Learner
) -> None:
    items = studied_deck(session, learner, [choice(1), choice(2), flip()])
    for item in items:
        answer(session, learner, item, item != items[0])
        answer(session, learner, item, True, at=NOW + DAY)
    found = {
        row.format: (row.answers, row.right, row.guessed) for row in session.scalars(select(LearnerFirst))
    }
    assert found["choose"][:2] == (2, 1_000_000)
    assert found["choose"][2] == 500_000
    assert found["flip"] == (1, 1_000_000, 0)
    assert checked(session).differences == []


TREATY = ShortAnswer(stem="Why did the city grow?", key="the construction of the Chinese Eastern Railway")
UNSURE = Typed(("building the Eastern Railway",))


def test_an_answer_that_the_learner_calls_the_same_counts_half(session: Session, learner: Learner) -> None:
    [whole, half] = studied_deck(session, learner, [TREATY, TREATY])
    for item in (whole, half):
        answer(session, learner, item, Typed((TREATY.key,)), at=NOW - 9 * DAY)
    answer(session, learner, whole, Typed((TREATY.key,)))
    said = answer(session, learner, half, UNSURE, called_same=(True,))
    assert (said.grade.score, said.grade.by_word, said.grade.undecided) == (1.0, True, ())
    stability = [card(session, learner, item)["stability"] for item in (whole, half)]  # type: ignore[index]
    assert stability[1] < stability[0]
    assert [row.weight for row in log_of(session, learner, half)] == [1.0, 0.5]
    assert checked(session).differences == []


def test_an_answer_that_the_learner_calls_different_is_wrong_in_full(
    session: Session, learner: Learner
) -> None:
    [item] = studied_deck(session, learner, [TREATY])
    said = answer(session, learner, item, UNSURE, called_same=(False,))
    assert (said.grade.score, said.grade.by_word, said.grade.verdict) == (0.0, False, "wrong")
    [row] = log_of(session, learner, item)
    assert (row.score, row.weight) == (0.0, 1.0)


def test_of_two_decisions_the_first_counts_and_can_be_undone(session: Session, learner: Learner) -> None:
    [item] = studied_deck(session, learner, [TREATY])
    first = answer(session, learner, item, UNSURE, called_same=(True,))
    second = answer(session, learner, item, UNSURE, review=first.review, called_same=(False,))
    assert (second.new, second.grade) == (False, first.grade)
    undo(session, learner, first.review, now=NOW + DAY)
    assert card(session, learner, item) is None
    assert checked(session).differences == []


def test_no_one_calls_a_wrong_answer_the_same(session: Session, learner: Learner) -> None:
    [item] = studied_deck(session, learner, [TREATY])
    said = answer(session, learner, item, Typed(("a plague",)), called_same=(True,))
    assert (said.grade.score, said.grade.by_word) == (0.0, False)
    assert log_of(session, learner, item)[0].weight == 1.0


EDGES = sorted(
    {
        min(1.0, max(0.0, near))
        for n in range(11)
        for near in (nextafter(n / 10, -1), n / 10, nextafter(n / 10, 2))
    }
)


def test_a_prediction_falls_into_its_own_tenth() -> None:
    """Also one that differs from a tenth by the last bit."""
    for expected in EDGES:
        review = SimpleNamespace(
            expected=expected, guess=0.0, score=1.0, chance=0.0, rating=None, hinted=False
        )
        keys, _ = calibration_figures(1, review)
        assert keys["bin"] == max(tenth for tenth in range(10) if tenth / 10 <= expected)
