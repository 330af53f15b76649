from __future__ import annotations

from itertools import combinations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.errors import MalformedResponse
from quizapp.domain.library.kinds.base import Choices, Chosen, Format, GaveUp, Outline, Part, Rated
from quizapp.domain.library.kinds.multiple_choice import MultipleChoice, MultipleChoiceKind

KIND = MultipleChoiceKind()
GASES = MultipleChoice(
    stem="Noble?",
    keys=("Argon", "Neon"),
    distractors=("Chlorine", "Nitrogen"),
    feedback=(("Neon", "Lamps."),),
)
STRICT = msgspec.structs.replace(GASES, partial=False)


def fields(**changes: object) -> list[str]:
    content = MultipleChoice(**{"stem": "?", "keys": ("a", "b"), "distractors": ("c", "d"), **changes})
    return [problem.field for problem in KIND.problems(content)]


def test_sound_content_has_no_problems() -> None:
    assert fields() == fields(keys=("a",)) == fields(feedback=(("a", "Yes."), ("c", "No."))) == []


def test_unsound_content_is_named_by_field() -> None:
    assert fields(keys=()) == ["keys"]
    assert fields(distractors=()) == ["distractors"]
    assert fields(keys=("a",), distractors=("b",)) == []
    assert fields(keys=tuple("efghijklmnopqrstuvw")) == ["distractors"]
    assert fields(keys=("a", "A")) == ["keys"]
    assert fields(distractors=("c", "B")) == ["distractors"]
    assert fields(feedback=(("e", "No."),)) == ["feedback"]


@pytest.mark.parametrize(
    ("chosen", "partial", "strict"),
    [
        (("Argon", "Neon"), 1, 1),
        (("Neon", "Argon"), 1, 1),
        (("Argon",), 0.5, 0),
        (("Argon", "Chlorine"), 0, 0),
        (("Argon", "Chlorine", "Neon"), 0.5, 0),
        (("Argon", "Chlorine", "Neon", "Nitrogen"), 0, 0),
        (("Chlorine", "Nitrogen"), 0, 0),
        ((), 0, 0),
        (("Argon", "Neon", "Xenon"), 0.5, 0),
    ],
)
def test_hits_less_false_alarms_or_all_or_nothing(
    chosen: tuple[str, ...], partial: float, strict: float
) -> None:
    assert KIND.grade(GASES, Chosen(chosen)).score == partial
    assert KIND.grade(STRICT, Chosen(chosen)).score == strict


def test_parts_tell_hits_misses_and_false_alarms() -> None:
    assert KIND.grade(GASES, Chosen(("Chlorine", "Neon"))).parts == (
        Part("", "Argon", 0.0),
        Part("Neon", "Neon", 1.0, note="Lamps."),
        Part("Chlorine", "", 0.0),
    )
    assert KIND.grade(GASES, GaveUp()).parts == (Part("", "Argon", 0.0), Part("", "Neon", 0.0))


def test_chance_is_that_of_a_selection_drawn_at_random() -> None:
    options = ("Argon", "Neon", "Chlorine", "Nitrogen")
    selections = [chosen for size in range(1, 5) for chosen in combinations(options, size)]
    right = sum(KIND.grade(GASES, Chosen(chosen)).right for chosen in selections)
    assert KIND.chance(GASES, Format.CHOOSE) == pytest.approx(right / len(selections))


def test_chance_is_never_nought() -> None:
    many = MultipleChoice(stem="?", keys=tuple("abcde"), distractors=tuple("fghij"))
    assert KIND.chance(many, Format.CHOOSE) == 0.001


def test_several_may_be_chosen_and_other_responses_are_refused() -> None:
    (control,) = KIND.prompt(GASES, Format.CHOOSE, "s").controls
    assert isinstance(control, Choices)
    assert control.many
    with pytest.raises(MalformedResponse):
        KIND.grade(GASES, Rated(3))
    assert KIND.outline(GASES) == Outline(("Argon", "Neon"), (), ("Chlorine", "Nitrogen"))


@given(st.integers(1, 5), st.integers(1, 5))
def test_all_and_none_earn_nothing_and_chance_little(keys: int, wrong: int) -> None:
    content = MultipleChoice(
        stem="?", keys=tuple(f"k{i}" for i in range(keys)), distractors=tuple(f"d{i}" for i in range(wrong))
    )
    every = (*content.keys, *content.distractors)
    assert KIND.grade(content, Chosen(every)).score == 0
    assert KIND.grade(content, Chosen(())).score == 0
    assert KIND.grade(content, Chosen(content.keys)).score == 1
