"""Graded answers are weighed, self-ratings taken at their word."""

import random
from math import isclose, log, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.study.scheduling.evidence import (
    Evidence,
    credit,
    known_share,
    likely_right,
    prior_of,
    success,
    update,
)
from quizapp.domain.study.scheduling.fsrs import (
    AGAIN,
    DEFAULT_WEIGHTS,
    GOOD,
    HARD,
    MAX_DIFFICULTY,
    MIN_DIFFICULTY,
    Memory,
    first_memory,
    next_memory,
    retrievability,
)
from quizapp.domain.study.scheduling.interval import interval

W = DEFAULT_WEIGHTS
MEMORY = Memory(10.0, 20.0, 5.0)
MEMORIES = st.builds(
    Memory, st.floats(0.01, 5000), st.floats(0.01, 5000), st.floats(MIN_DIFFICULTY, MAX_DIFFICULTY)
)
SHARES = st.floats(0.01, 0.99)
FOUR_OPTIONS, TRUE_FALSE, TYPED = 0.25, 0.5, 0.01


@pytest.mark.parametrize("rating", [1, 2, 3, 4])
def test_a_self_rating_is_plain_fsrs(rating: int):
    evidence = Evidence(1.0, rating=rating)
    assert update(W, None, evidence, 0, 0.5) == first_memory(W, rating)
    assert update(W, MEMORY, evidence, 9, 0.5) == next_memory(W, MEMORY, rating, 9)
    assert update(W, MEMORY, evidence, 0, 0.5) == next_memory(W, MEMORY, rating, 0)


def test_a_right_choice_by_the_formula():
    recall = retrievability(W, MEMORY, 30)
    known = recall / (recall + 0.25 * (1 - recall))
    good, again = next_memory(W, MEMORY, GOOD, 30), next_memory(W, MEMORY, AGAIN, 30)
    after = update(W, MEMORY, Evidence(1.0, FOUR_OPTIONS), 30, 0.5)
    assert isclose(log(after.stability), known * log(good.stability) + (1 - known) * log(again.stability))
    assert isclose(after.difficulty, known * good.difficulty + (1 - known) * again.difficulty)


@given(
    MEMORIES,
    st.integers(0, 1000),
    st.floats(0, 0.49),
    st.sampled_from([0.0, TYPED, FOUR_OPTIONS, TRUE_FALSE]),
)
def test_a_wrong_answer_is_again_on_any_day_in_any_format(
    memory: Memory, elapsed: int, score: float, chance: float
):
    assert update(W, memory, Evidence(score, chance), elapsed, 0.5) == next_memory(W, memory, AGAIN, elapsed)
    assert update(W, None, Evidence(score, chance), 0, 0.9) == first_memory(W, AGAIN)


@pytest.mark.parametrize("chance", [TYPED, FOUR_OPTIONS, TRUE_FALSE])
@pytest.mark.parametrize("stability", [1.0, 3.0, 10.0, 30.0, 100.0, 300.0])
def test_who_guesses_wrong_is_asked_no_later_than_who_says_so(stability: float, chance: float):
    for elapsed in (0, 1, 2, 30):
        memory = Memory(stability, stability, 5.0)
        wrong, honest = (update(W, memory, Evidence(0.0, each), elapsed, 0.5) for each in (chance, 0.0))
        assert interval(W, wrong, 0.9) <= interval(W, honest, 0.9)


def test_at_a_first_exposure_the_prior_is_the_recall():
    after = update(W, None, Evidence(1.0, FOUR_OPTIONS), 0, 0.5)
    known = 1 / (1 + 0.25)
    good, again = first_memory(W, GOOD), first_memory(W, AGAIN)
    assert isclose(log(after.stability), known * log(good.stability) + (1 - known) * log(again.stability))
    assert update(W, None, Evidence(1.0, FOUR_OPTIONS), 0, 0.9).stability > after.stability


def test_a_prior_of_zero_or_one_still_leaves_room_for_the_answer():
    right, wrong = Evidence(1.0, FOUR_OPTIONS), Evidence(0.0, FOUR_OPTIONS)
    assert update(W, None, right, 0, 0.0).stability > update(W, None, wrong, 0, 0.0).stability
    assert update(W, None, wrong, 0, 1.0).stability < update(W, None, right, 0, 1.0).stability


@given(MEMORIES, st.integers(1, 1000))
def test_the_easier_the_guess_the_less_a_right_answer_says(memory: Memory, elapsed: int):
    after = [
        update(W, memory, Evidence(1.0, chance), elapsed, 0.5).stability
        for chance in (0.0, TYPED, FOUR_OPTIONS, TRUE_FALSE)
    ]
    assert after == sorted(after, reverse=True)
    assert isclose(after[0], next_memory(W, memory, GOOD, elapsed).stability, rel_tol=1e-12)


@given(MEMORIES, st.integers(0, 1000), st.floats(0, 1), st.sampled_from([TYPED, FOUR_OPTIONS, TRUE_FALSE]))
def test_a_graded_answer_lies_between_again_and_good(
    memory: Memory, elapsed: int, score: float, chance: float
):
    after = update(W, memory, Evidence(score, chance), elapsed, 0.5)
    again, good = next_memory(W, memory, AGAIN, elapsed), next_memory(W, memory, GOOD, elapsed)
    assert again.stability * (1 - 1e-9) <= after.stability <= good.stability * (1 + 1e-9)
    assert good.difficulty - 1e-9 <= after.difficulty <= again.difficulty + 1e-9


@given(SHARES, st.floats(0, 0.9))
def test_success_is_the_posterior_of_bayes(recall: float, chance: float):
    assert isclose(success(chance, recall), recall / (chance * (1 - recall) + recall))


def test_partial_credit_from_the_half_up_is_a_success_weighed_by_its_own_chance():
    half, whole = (update(W, MEMORY, Evidence(score, 0.25), 30, 0.5) for score in (0.5, 1.0))
    assert half == whole
    assert update(W, MEMORY, Evidence(0.5, 0.4), 30, 0.5).stability < half.stability


def test_an_answer_of_half_weight_takes_the_memory_half_the_way():
    whole = update(W, MEMORY, Evidence(1.0), 30, 0.5)
    half = update(W, MEMORY, Evidence(1.0, weight=0.5), 30, 0.5)
    assert isclose(log(half.stability), (log(MEMORY.stability) + log(whole.stability)) / 2)
    assert isclose(log(half.fast), (log(MEMORY.fast) + log(whole.fast)) / 2)
    assert isclose(half.difficulty, (MEMORY.difficulty + whole.difficulty) / 2)
    first, again, good = (
        update(W, None, each, 0, 0.5) for each in (Evidence(1.0, weight=0.5), Evidence(0.0), Evidence(1.0))
    )
    assert isclose(log(first.stability), (log(again.stability) + log(good.stability)) / 2)


def test_a_hint_is_a_miss_then_a_success_of_the_same_day():
    hinted = Evidence(1.0, TYPED, hinted=True)
    again = next_memory(W, MEMORY, AGAIN, 9)
    assert update(W, MEMORY, hinted, 9, 0.5) == next_memory(W, again, GOOD, 0)
    assert update(W, None, hinted, 0, 0.5) == next_memory(W, first_memory(W, AGAIN), GOOD, 0)
    assert update(W, MEMORY, Evidence(0.0, TYPED, hinted=True), 9, 0.5) == again
    assert update(W, None, Evidence(0.0, TYPED, hinted=True), 9, 0.5) == first_memory(W, AGAIN)


def test_what_counts_as_a_miss():
    assert Evidence(0.49, TYPED).missed
    assert not Evidence(0.5, TYPED).missed
    assert Evidence(1.0, rating=AGAIN).missed
    assert not Evidence(0.0, rating=HARD).missed


@pytest.mark.parametrize(
    "fields",
    [
        {"score": 1.1},
        {"score": -0.1},
        {"score": nan},
        {"score": 1, "chance": 1.0},
        {"score": 1, "chance": nan},
        {"score": 1, "weight": 0.0},
        {"score": 1, "rating": 0},
        {"score": 1, "rating": 5},
    ],
)
def test_evidence_outside_its_ranges_is_refused(fields: dict[str, float]):
    with pytest.raises(ValueError):
        Evidence(**fields)


@pytest.mark.parametrize(("difficulty", "prior"), [("easy", 2 / 3), ("", 0.5), ("hard", 1 / 3)])
def test_an_authors_word_doubles_or_halves_the_odds_of_knowing_it_before(
    difficulty: str, prior: float
) -> None:
    assert prior_of(0.5, difficulty) == pytest.approx(prior)
    assert prior_of(0.0, difficulty) == 0
    assert prior_of(1.0, difficulty) == 1


def test_what_is_called_hard_and_known_at_once_is_remembered_less_than_what_is_called_easy() -> None:
    right = Evidence(score=1.0, chance=0.25)
    memories = [update(W, None, right, 0, prior_of(0.5, word)) for word in ("hard", "", "easy")]
    assert memories == sorted(memories, key=lambda memory: memory.stability)
    assert len({memory.stability for memory in memories}) == 3


# --- predictions and first answers, chance allowed for ---------------------------------------------


@pytest.mark.parametrize("guess", [0.0, 0.04, 0.25, 0.5])
@pytest.mark.parametrize("honest", [True, False])
def test_predictions_of_a_learner_who_is_as_predicted_are_about_right(guess: float, honest: bool):
    """In every format, whether one guesses or says “I don't know”: the sum of credits is that of predictions."""
    chance = random.Random(20261128)
    predicted = credited = 0.0
    for _ in range(40_000):
        recall = chance.uniform(0.7, 1.0)
        knows = chance.random() < recall
        right = knows or (not honest and chance.random() < guess)
        evidence = Evidence(float(right), 0.0 if honest and not knows else guess)
        predicted += likely_right(recall, guess)
        credited += credit(evidence, guess)
    assert abs(predicted - credited) / 40_000 < 0.006


def test_what_an_answer_counts_for_beside_its_prediction():
    assert credit(Evidence(1.0, 0.25), 0.25) == credit(Evidence(0.5, 0.3), 0.3) == 1
    assert credit(Evidence(0.0, 0.25), 0.25) == credit(Evidence(0.4, 0.25), 0.25) == 0
    assert credit(Evidence(0.0), 0.25) == credit(Evidence(1.0, 0.25, hinted=True), 0.25) == 0.25
    assert credit(Evidence(0.0, rating=AGAIN), 0.0) == 0
    assert credit(Evidence(0.0, rating=HARD), 0.0) == 1


@pytest.mark.parametrize("guess", [0.0, 0.04, 0.25, 0.5])
@pytest.mark.parametrize("known", [0.1, 0.3, 0.7])
def test_the_prior_is_the_share_really_known(guess: float, known: float):
    chance = random.Random(7)
    passed = sum(chance.random() < known or chance.random() < guess for _ in range(4_000))
    assert known_share(4_000, passed, 4_000 * guess) == pytest.approx(known, abs=0.05)


def test_the_prior_is_kept_away_from_certainty():
    assert (known_share(10, 10, 2.5), known_share(10, 1, 2.5)) == (0.95, 0.05)
    assert known_share(0, 0, 0) == 0.5
