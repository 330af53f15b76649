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
        ([], Result(0, 0, 0, 0), 0.0),
        ([None, None], Result(0, 2, 0, 0), 0.0),
        ([1.0, None], Result(1, 2, 1, 1), 0.5),
        ([1.0, 0.5, 0.0, None], Result(1.5, 4, 1, 3), 0.375),
        ([1.0, 1.0], Result(2, 2, 2, 2), 1.0),
    ],
)
def test_a_result_in_numbers(scores: list[float | None], wanted: Result, share: float) -> None:
    assert result(scores) == wanted
    assert result(scores).share == share


@given(scores=SCORES)
def test_a_share_lies_between_none_and_all(scores: list[float | None]) -> None:
    found = result(scores)
    assert 0 <= found.share <= 1
    assert found.right <= found.answered <= found.questions == len(scores)


@given(scores=SCORES)
def test_an_unanswered_question_counts_as_a_wrong_one(scores: list[float | None]) -> None:
    assert result(scores).share == result([score or 0.0 for score in scores]).share
