from __future__ import annotations

import pytest

from quizapp.domain.errors import MalformedResponse
from quizapp.domain.library.kinds.base import Choices, Chosen, Format, GaveUp, Outline, Part, Typed
from quizapp.domain.library.kinds.single_choice import SingleChoice, SingleChoiceKind

KIND = SingleChoiceKind()
PLANETS = SingleChoice(
    stem="Nearest?", key="Mercury", distractors=("Venus", "Mars"), feedback=(("Venus", "The second."),)
)


def fields(**changes: object) -> list[str]:
    content = SingleChoice(**{"stem": "?", "key": "a", "distractors": ("b", "c"), **changes})
    return [problem.field for problem in KIND.problems(content)]


def test_sound_content_has_no_problems() -> None:
    assert (
        fields()
        == fields(distractors=tuple("bcdefg"))
        == fields(feedback=(("a", "Yes."), ("b", "No.")))
        == []
    )


def test_unsound_content_is_named_by_field() -> None:
    assert fields(stem="") == ["stem"]
    assert fields(key="") == ["key"]
    assert fields(distractors=()) == ["distractors"]
    assert fields(distractors=tuple("bcdefghijklmnopqrstuv")) == ["distractors"]
    assert fields(distractors=("A", "b")) == ["distractors"]
    assert fields(distractors=("b", " B ")) == ["distractors"]
    assert fields(feedback=(("d", "No."),)) == ["feedback"]
    assert fields(key="a\x00") == ["key"]


def test_the_prompt_shows_all_options() -> None:
    (control,) = KIND.prompt(PLANETS, Format.CHOOSE, "s").controls
    assert isinstance(control, Choices)
    assert sorted(control.options) == ["Mars", "Mercury", "Venus"]
    assert not control.many


def test_the_option_chosen_is_graded_with_its_feedback() -> None:
    assert KIND.grade(PLANETS, Chosen(("Mercury",))).right
    assert KIND.grade(PLANETS, Chosen(("Venus",))).parts == (
        Part("Venus", "Mercury", 0.0, note="The second."),
    )
    assert KIND.grade(PLANETS, Chosen(("Mars",))).parts == (Part("Mars", "Mercury", 0.0),)
    assert KIND.grade(PLANETS, GaveUp()).parts == (Part("", "Mercury", 0.0),)


@pytest.mark.parametrize(
    "options", [(), ("Mercury", "Venus"), ("Mercury", "Mercury"), ("Pluto",), ("mercury",)]
)
def test_anything_but_the_key_alone_is_wrong(options: tuple[str, ...]) -> None:
    assert KIND.grade(PLANETS, Chosen(options)).score == 0


def test_other_responses_are_refused() -> None:
    with pytest.raises(MalformedResponse, match="single choice question can’t be answered with “Typed”"):
        KIND.grade(PLANETS, Typed(("Mercury",)))


def test_outline_and_chance() -> None:
    assert KIND.outline(PLANETS) == Outline(("Mercury",), (), ("Venus", "Mars"))
    assert KIND.outline(PLANETS).options == ("Mars", "Mercury", "Venus")
    assert KIND.chance(PLANETS, Format.CHOOSE) == pytest.approx(1 / 3)
