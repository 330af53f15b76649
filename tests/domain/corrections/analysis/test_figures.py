"""What follows from the sums of one question, and what is not said of too few answers."""

from __future__ import annotations

import pytest

from quizapp.domain.corrections.analysis.certainty import Sums
from quizapp.domain.corrections.analysis.figures import (
    FOR_A_VERDICT,
    FOR_OPTIONS,
    Discrimination,
    Figures,
    FirstAnswers,
    OptionUse,
)


def agreeing(pairs: int, r: float) -> Sums:
    """Sums of so many pairs with this correlation: both of mean 0 and spread 1."""
    return Sums(pairs, 0.0, pairs, 0.0, pairs, r * pairs)


def figures(pairs: int, r: float) -> Figures:
    return Figures(first=FirstAnswers(answers=pairs, score=pairs / 2, rest=agreeing(pairs, r)))


def test_without_answers_nothing_is_said() -> None:
    nothing = Figures(first=FirstAnswers())
    assert (nothing.facility, nothing.known, nothing.discrimination) == (None, None, None)
    assert nothing.likely_facility == (0.0, 1.0)
    assert nothing.verdict is Discrimination.TOO_FEW
    assert nothing.idle == ()


@pytest.mark.parametrize(
    ("score", "chance", "known"),
    [
        (10, 5, (0.5 - 0.25) / 0.75),
        (20, 5, 1.0),
        (5, 5, 0.0),
        (2, 5, 0.0),  # below guessing
        (12, 0, 0.6),  # typed: nothing to guess
        (20, 20, 0.0),  # one cannot but be right
    ],
)
def test_guesses_are_taken_off(score: float, chance: float, known: float) -> None:
    found = Figures(first=FirstAnswers(answers=20, score=score, chance=chance)).known
    assert found == pytest.approx(known)


@pytest.mark.parametrize(
    ("pairs", "r", "verdict"),
    [
        (FOR_A_VERDICT - 1, -0.9, Discrimination.TOO_FEW),
        (FOR_A_VERDICT, -0.9, Discrimination.AGAINST),
        (FOR_A_VERDICT, 0.1, Discrimination.UNSURE),
        (400, 0.05, Discrimination.WEAK),
        (400, 0.4, Discrimination.GOOD),
        (400, -0.3, Discrimination.AGAINST),
    ],
)
def test_a_verdict_needs_answers_and_certainty(pairs: int, r: float, verdict: Discrimination) -> None:
    assert figures(pairs, r).verdict is verdict


def test_an_option_no_one_chose_is_idle_once_many_have_chosen() -> None:
    options = (OptionUse("A", True, 29, 9, 8), OptionUse("B", False, 1, 0, 1), OptionUse("C", False, 0, 0, 0))
    few = Figures(first=FirstAnswers(), options=options, choices=FOR_OPTIONS - 1)
    many = Figures(first=FirstAnswers(), options=options, choices=FOR_OPTIONS)
    assert few.idle == ()
    assert many.idle == ("C",)
