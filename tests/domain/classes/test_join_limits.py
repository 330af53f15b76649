"""How many wrong join codes make whom wait."""

from __future__ import annotations

import pytest

from quizapp.domain.classes import join_limits
from quizapp.domain.classes.codes import SPACE
from quizapp.domain.classes.join_limits import Misses, too_many_misses


@pytest.mark.parametrize(
    ("misses", "established", "waits"),
    [
        (Misses(browser=0, address=599, site=999), False, False),
        (Misses(browser=9, address=100, site=100), False, False),
        (Misses(browser=10, address=10, site=10), False, True),
        (Misses(browser=10, address=10, site=10), True, True),
        (Misses(browser=0, address=600, site=600), False, True),
        (Misses(browser=0, address=600, site=9_999), True, False),
        (Misses(browser=0, address=60, site=1_000), False, True),
        (Misses(browser=0, address=59, site=10**6), False, False),
    ],
)
def test_who_has_not_missed_is_let_in(misses: Misses, established: bool, waits: bool) -> None:
    assert too_many_misses(misses, established=established) is waits


def test_a_day_of_guessing_hardly_ever_finds_one_of_fifty_open_classes() -> None:
    guesses = join_limits.MOST_OF_ADDRESS * 60 * 24
    assert guesses * 50 / SPACE < 1 / 700


def test_a_class_of_sixty_joins_at_once() -> None:
    assert join_limits.JOINS.most >= 60
    assert join_limits.MORE_JOINS.most >= 2 * 60
