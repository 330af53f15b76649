"""Recognised first, recalled later."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from quizapp.domain.library.kinds.base import Format
from quizapp.domain.study.scheduling.card import CardState
from quizapp.domain.study.scheduling.ladder import choose_format

BOTH = (Format.CHOOSE, Format.TYPE)
STRONG = CardState(5.0, 5.0, 5.0, 1, 9, 14, 3, 0, 3, False, 3, 0, datetime(2025, 1, 1, tzinfo=UTC))


def missed(times: int) -> CardState:
    return replace(STRONG, learning=True, right_streak=0, misses_in_row=times)


@pytest.mark.parametrize(
    ("state", "recall", "expected"),
    [
        (None, None, Format.CHOOSE),
        (replace(STRONG, stability=1.99), 0.95, Format.CHOOSE),
        (replace(STRONG, stability=2.0), 0.95, Format.TYPE),
        (STRONG, None, Format.TYPE),
        (STRONG, 0.69, Format.CHOOSE),
        (STRONG, 0.70, Format.TYPE),
        (missed(1), 0.95, Format.TYPE),
        (missed(2), 0.95, Format.CHOOSE),
        (missed(3), 0.95, Format.CHOOSE),
    ],
)
def test_the_rung_by_memory_and_misses(state: CardState | None, recall: float | None, expected: Format):
    assert choose_format(BOTH, state, recall, None) is expected


@pytest.mark.parametrize("state", [None, STRONG, missed(2)])
def test_an_item_of_one_format_is_asked_in_it(state: CardState | None):
    assert choose_format((Format.MATCH,), state, 0.9, None) is Format.MATCH


def test_a_course_can_fix_the_format_where_the_item_has_it():
    assert choose_format(BOTH, None, None, Format.TYPE) is Format.TYPE
    assert choose_format(BOTH, STRONG, 0.9, Format.CHOOSE) is Format.CHOOSE
    assert choose_format((Format.FLIP,), None, None, Format.TYPE) is Format.FLIP
