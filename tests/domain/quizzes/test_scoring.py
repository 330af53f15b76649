"""What an attempt is worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.quizzes.scoring import Result, result

SCORES = st.lists(st.none() | st.floats(0, 1))


@pytest.mark.parametrize(
    ("scores", "wanted", "share"),
    [
        ([], Result(0, 0, 0, 0, 0), 0.0),
        ([None, None], Result(0, 2, 0, 0, 2), 0.0),
        ([1.0, None], Result(1, 2, 1, 1, 2), 0.5),
        ([1.0, 0.5, 0.0, None], Result(1.5, 4, 1, 3, 4), 0.375),
        ([1.0, 1.0], Result(2, 2, 2, 2, 2), 1.0),
    ],
)
def test_a_result_in_numbers(scores: list[float | None], wanted: Result, share: float) -> None:
    assert result(scores, [1.0] * len(scores)) == wanted
    assert result(scores, [1.0] * len(scores)).share == share


def test_a_question_that_is_worth_more_weighs_more() -> None:
    assert result([1.0, 0.0], [3.0, 1.0]) == Result(3, 2, 1, 2, 4)
    assert result([1.0, 0.0], [3.0, 1.0]).share == 0.75


@given(scores=SCORES)
def test_a_share_lies_between_none_and_all(scores: list[float | None]) -> None:
    found = result(scores, [1.0] * len(scores))
    assert 0 <= found.share <= 1
    assert found.right <= found.answered <= found.questions == len(scores)


@given(scores=SCORES)
def test_an_unanswered_question_counts_as_a_wrong_one(scores: list[float | None]) -> None:
    worth = [1.0] * len(scores)
    assert result(scores, worth).share == result([score or 0.0 for score in scores], worth).share
