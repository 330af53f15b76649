from __future__ import annotations

import pytest

from quizapp.domain.errors import MalformedResponse
from quizapp.domain.library.kinds.base import Chosen, Format, GaveUp, Grade, Outline, Part, Rated, SelfRating
from quizapp.domain.library.kinds.flip_card import FlipCard, FlipCardKind

KIND = FlipCardKind()
CARD = FlipCard(stem="Why green?", answer="Chlorophyll.")


@pytest.mark.parametrize(("rating", "score"), [(1, 0.0), (2, 1.0), (3, 1.0), (4, 1.0)])
def test_the_rating_is_the_grade(rating: int, score: float) -> None:
    assert KIND.grade(CARD, Rated(rating)) == Grade(score, (Part("", "Chlorophyll.", score),), rating)


def test_giving_up_is_no_rating() -> None:
    assert KIND.grade(CARD, GaveUp()).rating is None


def test_the_front_holds_a_rating_and_nothing_of_the_back() -> None:
    prompt = KIND.prompt(CARD, Format.FLIP, "s")
    assert isinstance(prompt.controls[0], SelfRating)
    assert "Chlorophyll" not in str(prompt)
    assert KIND.outline(CARD) == Outline(("Chlorophyll.",))
    assert KIND.outline(CARD).options == ()


def test_problems_chance_and_refusal() -> None:
    assert [problem.field for problem in KIND.problems(FlipCard(stem="", answer=" "))] == ["stem", "answer"]
    assert KIND.chance(CARD, Format.FLIP) == 0
    with pytest.raises(MalformedResponse):
        KIND.grade(CARD, Chosen(("Chlorophyll.",)))
