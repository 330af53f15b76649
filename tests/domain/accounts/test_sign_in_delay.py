"""How long one waits after failed sign-ins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.accounts.sign_in_delay import (
    FROM_EVERYWHERE,
    FROM_ONE_ADDRESS,
    FROM_ONE_AREA,
    FROM_ONE_PLACE,
    IN_ONE_BROWSER,
    SECOND_FACTOR,
    Rule,
    Tally,
    in_words,
    ready_at,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
RULES = (FROM_ONE_PLACE, IN_ONE_BROWSER, FROM_ONE_AREA, FROM_EVERYWHERE, FROM_ONE_ADDRESS, SECOND_FACTOR)


@pytest.mark.parametrize("rule", RULES)
def test_the_first_failures_are_free_and_waits_grow_to_the_longest(rule: Rule) -> None:
    assert {rule.wait(failures) for failures in range(rule.free)} == {timedelta(0)}
    waits = [rule.wait(failures) for failures in range(rule.free, 100_000, 7)]
    assert waits[0] == rule.first
    assert waits == sorted(waits)
    assert waits[-1] == rule.longest


def test_waits_double() -> None:
    waits = [FROM_ONE_PLACE.wait(failures) / SECOND for failures in range(5, 10)]
    assert waits == [5, 10, 20, 40, 80]


def test_a_guesser_elsewhere_keeps_no_one_out_for_more_than_a_minute() -> None:
    assert FROM_EVERYWHERE.wait(10**9) == FROM_ONE_AREA.wait(10**9) == timedelta(minutes=1)


def test_a_school_may_mistype_a_hundred_names_and_never_waits_long() -> None:
    assert FROM_ONE_ADDRESS.wait(149) == timedelta(0)
    assert FROM_ONE_ADDRESS.wait(150) == FROM_ONE_ADDRESS.wait(10**9) == 3 * SECOND


def test_nine_wrong_passwords_of_a_classmate_hold_no_one_up_in_another_browser() -> None:
    assert FROM_ONE_PLACE.wait(9) > timedelta(0)
    assert FROM_ONE_AREA.wait(9) == FROM_EVERYWHERE.wait(1) == timedelta(0)


def guesses_a_day(rule: Rule) -> int:
    """How many guesses someone makes in a day who waits for nothing longer than they must."""
    clock, made = timedelta(0), 0
    while clock < timedelta(days=1):
        made += 1
        clock += rule.wait(made)
    return made


def test_guessing_stays_slow() -> None:
    assert guesses_a_day(FROM_ONE_PLACE) < 110, "one account in one browser"
    of_one_address = guesses_a_day(FROM_ONE_AREA)
    assert of_one_address < 1_460, "one account, with cookies thrown away"
    fewer = FROM_EVERYWHERE.free - 1  # addresses that slow each other not at all
    assert fewer * of_one_address < 6_000, "one account, from as many addresses as one likes"
    assert guesses_a_day(FROM_ONE_ADDRESS) < 29_000, "all accounts of a school together"


def test_a_day_of_guessing_a_second_factor_finds_hardly_ever_one() -> None:
    """Three codes of a million are right at any moment."""
    clock, failures = timedelta(0), 0
    while clock < timedelta(days=1):
        failures += 1
        clock += SECOND_FACTOR.wait(failures)
    assert failures * 3 / 1_000_000 < 1e-3


def test_the_longest_wait_counts() -> None:
    tallies = [
        (FROM_ONE_PLACE, Tally(5, NOW)),
        (SECOND_FACTOR, Tally(5, NOW)),
        (FROM_ONE_ADDRESS, Tally(500, NOW)),
        (FROM_EVERYWHERE, Tally(0, None)),
    ]
    assert ready_at(tallies, NOW) == NOW + 30 * SECOND
    assert ready_at(tallies, NOW + 30 * SECOND) is None
    assert ready_at([], NOW) is None


def test_a_clock_that_was_set_back_makes_no_wait_longer() -> None:
    tomorrow = NOW + timedelta(days=1)
    assert ready_at([(FROM_ONE_PLACE, Tally(4, tomorrow))], NOW) is None
    assert ready_at([(FROM_ONE_PLACE, Tally(5, tomorrow))], NOW) == NOW + 5 * SECOND


@given(count=st.integers(0, 10**9), ago=st.integers(0, 10**6))
def test_one_waits_until_the_moment_and_no_longer(count: int, ago: int) -> None:
    tally = Tally(count, NOW - ago * SECOND)
    ready = ready_at([(FROM_ONE_PLACE, tally)], NOW)
    if ready is not None:
        assert NOW < ready <= NOW + FROM_ONE_PLACE.longest
        assert ready_at([(FROM_ONE_PLACE, tally)], ready) is None


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (0.1, "a second"),
        (1, "a second"),
        (1.2, "2 seconds"),
        (90, "90 seconds"),
        (91, "2 minutes"),
        (900, "15 minutes"),
    ],
)
def test_a_wait_in_words(wait: float, words: str) -> None:
    assert in_words(NOW + timedelta(seconds=wait), NOW) == words
