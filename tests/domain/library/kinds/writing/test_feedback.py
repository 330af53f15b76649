"""Feedback to options: one content, whatever order it was written in."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from quizapp.domain.library.changes import guess
from quizapp.domain.library.kinds import content_from
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.kinds.multiple_choice import MultipleChoice
from quizapp.domain.library.kinds.single_choice import SingleChoice

VENUS, MARS, STAR = ("Venus", "The second."), ("Mars", "The fourth."), ("Sirius", "A star.")


def single(*feedback: tuple[str, str]) -> Content:
    return SingleChoice(
        stem="Which is nearest?", key="Mercury", distractors=("Venus", "Mars"), feedback=feedback
    )


def multiple(*feedback: tuple[str, str]) -> Content:
    return MultipleChoice(
        stem="Which are near?", keys=("Mercury", "Venus"), distractors=("Mars",), feedback=feedback
    )


@pytest.mark.parametrize("made", [single, multiple])
def test_another_order_of_the_feedback_is_no_other_content(made: Callable[..., Content]) -> None:
    assert made(MARS, VENUS) == made(VENUS, MARS)
    assert msgspec.json.encode(made(MARS, VENUS)) == msgspec.json.encode(made(VENUS, MARS))
    assert made(VENUS) != made(VENUS, MARS)
    assert guess(made(MARS, VENUS), made(VENUS, MARS)) == "wording"


@pytest.mark.parametrize("made", [single, multiple])
def test_what_is_read_stands_in_the_order_of_the_options(made: Callable[..., Content]) -> None:
    stored = msgspec.to_builtins(made(VENUS, MARS)) | {"feedback": [STAR, MARS, VENUS]}
    assert content_from(stored).feedback == (VENUS, MARS, STAR)  # type: ignore[attr-defined]
