"""How easy an item is, told from the answers to it."""

import random
from datetime import UTC, datetime, timedelta
from math import exp, log

import pytest

from quizapp.domain.study.scheduling.card import Event, replay
from quizapp.domain.study.scheduling.ease import LEAST, MOST, PULL, ease, surprise, surprises
from quizapp.domain.study.scheduling.evidence import Evidence, eased, prior_of, update
from quizapp.domain.study.scheduling.fsrs import (
    DEFAULT_WEIGHTS,
    GOOD,
    Memory,
    first_memory,
    retrievability,
)

NOON = datetime(2025, 1, 1, 12, tzinfo=UTC)


def answer(days: int, right: bool, chance: float = 0.0, **fields: object) -> Event:
    at = NOON + timedelta(days=days)
    return Event(
        id=f"answer-{days}", at=at, day=1000 + days, evidence=Evidence(float(right), chance, **fields)
    )


def logit(share: float) -> float:
    return log(share / (1 - share))


@pytest.mark.parametrize("chance", [0.0, 0.25, 0.5])
@pytest.mark.parametrize("right", [True, False])
def test_a_surprise_is_the_slope_of_the_likelihood(chance: float, right: bool):
    def likelihood(easier: float) -> float:
        recall = 1 / (1 + exp(-logit(0.8) - easier))
        likely = recall + (1 - recall) * chance
        return log(likely if right else 1 - likely)

    found = surprise(0.8, Evidence(float(right), chance))
    assert found.slope == pytest.approx((likelihood(1e-6) - likelihood(-1e-6)) / 2e-6, rel=1e-6)
    assert found.information > 0


def test_a_guess_tells_less_than_a_recalled_answer():
    assert surprise(0.5, Evidence(1.0, 0.5)).slope < surprise(0.5, Evidence(1.0)).slope
    assert surprise(0.5, Evidence(1.0, 0.5, rating=GOOD)) == surprise(0.5, Evidence(1.0))


def test_the_ease_of_an_item_is_found_again():
    chance = random.Random(3)
    for easier in (-1.0, -0.4, 0.2):
        slope = information = 0.0
        for _ in range(3_000):
            recall = chance.uniform(0.4, 0.9)
            right = chance.random() < 1 / (1 + exp(-logit(recall) - easier))
            found = surprise(recall, Evidence(float(right)))
            slope, information = slope + found.slope, information + found.information
        assert ease(slope, information) == pytest.approx(easier, abs=0.15)


def test_few_answers_are_drawn_to_nothing_and_many_have_bounds():
    assert ease(0.0, 0.0) == 0
    assert ease(-1.0, 0.0) == -1 / PULL
    assert (ease(-500.0, 20.0), ease(500.0, 20.0)) == (LEAST, MOST)


def test_a_cards_answers_are_held_against_what_the_model_expects_without_the_ease():
    log_ = [answer(0, True, 0.25), answer(3, False, 0.25), answer(3 + 4, True, hinted=True), answer(9, True)]
    memory = update(DEFAULT_WEIGHTS, None, log_[0].evidence, 0, 0.4)
    later = update(DEFAULT_WEIGHTS, memory, log_[1].evidence, 3, 0.4)
    last = update(DEFAULT_WEIGHTS, later, log_[2].evidence, 4, 0.4)
    parts = [
        surprise(0.4, log_[0].evidence),
        surprise(retrievability(DEFAULT_WEIGHTS, memory, 3), log_[1].evidence),
        surprise(retrievability(DEFAULT_WEIGHTS, last, 2), log_[3].evidence),
    ]
    found = surprises(DEFAULT_WEIGHTS, log_, 0.4)
    assert found == pytest.approx(
        (sum(each.slope for each in parts), sum(each.information for each in parts))
    )
    assert surprises(DEFAULT_WEIGHTS, [], 0.4) == (0, 0)


# --- what it does -----------------------------------------------------------------------------------


def test_an_easy_item_is_remembered_longer_after_its_first_answer():
    plain = first_memory(DEFAULT_WEIGHTS, GOOD)
    easy, hard = (Memory(*eased(plain, by)) for by in (0.5, -0.5))
    assert easy.stability == pytest.approx(plain.stability * exp(1))
    assert hard.fast == pytest.approx(plain.fast / exp(1))
    assert easy.difficulty < plain.difficulty < hard.difficulty
    assert eased(plain, 0.0) == pytest.approx(plain)
    assert eased((0.001, 20_000.0, 2.0), -5.0) == pytest.approx((0.0001, 20_000 * exp(-10), 10.0))
    assert eased((0.001, 20_000.0, 2.0), 5.0) == pytest.approx((0.001 * exp(10), 36_500.0, 1.0))


def test_only_the_ease_at_the_first_answer_counts():
    first, second = answer(0, True), answer(4, True)

    def due(*events: Event) -> float:
        state = replay(DEFAULT_WEIGHTS, events, 0.9)
        assert state is not None
        return state.stability

    def with_ease(event: Event, by: float) -> Event:
        return Event(id=event.id, at=event.at, day=event.day, evidence=event.evidence, ease=by)

    assert due(with_ease(first, -0.5), second) < due(first, second) < due(with_ease(first, 0.5), second)
    assert due(first, with_ease(second, 0.5)) == due(first, second)


def test_what_others_answered_takes_the_place_of_the_authors_word():
    assert prior_of(0.5, "hard") == pytest.approx(1 / 3)
    assert prior_of(0.5, "hard", 0.0) == 0.5
    assert logit(prior_of(0.3, "easy", -1.0)) == pytest.approx(logit(0.3) - 1)
