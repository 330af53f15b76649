from __future__ import annotations

from itertools import permutations

import pytest

from quizapp.domain.errors import MalformedResponse
from quizapp.domain.library.kinds.base import Arranged, Arrangement, Chosen, Format, GaveUp, Outline, Part
from quizapp.domain.library.kinds.ordering import Ordering, OrderingKind

KIND = OrderingKind()
LETTERS = Ordering(stem="Order.", sequence=("a", "b", "c", "d"))


def fields(**changes: object) -> list[str]:
    content = Ordering(**{"stem": "?", "sequence": ("a", "b", "c"), **changes})
    return [problem.field for problem in KIND.problems(content)]


def test_sound_content_has_no_problems() -> None:
    assert fields() == fields(sequence=tuple("abcdefgh")) == fields(first="largest", last="smallest") == []


def test_unsound_content_is_named_by_field() -> None:
    assert fields(sequence=("a", "b")) == ["sequence"]
    assert fields(sequence=tuple("abcdefghi")) == ["sequence"]
    assert fields(sequence=("a", "b", "A")) == ["sequence"]
    assert fields(sequence=("a", "b", "")) == ["sequence"]
    assert fields(first="", last="") == ["first", "last"]


@pytest.mark.parametrize(
    ("order", "score"),
    [("abcd", 1.0), ("abdc", 2 / 3), ("badc", 1 / 3), ("bcda", 0.0), ("dcba", 0.0), ("dabc", 0.0)],
)
def test_each_pair_in_order_counts(order: str, score: float) -> None:
    assert KIND.grade(LETTERS, Arranged(tuple(order))).score == pytest.approx(score)


def test_only_the_sequence_itself_is_right() -> None:
    grades = {order: KIND.grade(LETTERS, Arranged(order)) for order in permutations("abcd")}
    assert [order for order, grade in grades.items() if grade.right] == [("a", "b", "c", "d")]
    assert KIND.chance(LETTERS, Format.ARRANGE) == pytest.approx(1 / len(grades))


def test_parts_tell_the_place_of_each_entry() -> None:
    assert KIND.grade(LETTERS, Arranged(("b", "a", "c", "d"))).parts == (
        Part("b", "a", 0.0),
        Part("a", "b", 0.0),
        Part("c", "c", 1.0),
        Part("d", "d", 1.0),
    )
    assert [part.given for part in KIND.grade(LETTERS, GaveUp()).parts] == ["", "", "", ""]


def test_missing_entries_are_in_no_order() -> None:
    grade = KIND.grade(LETTERS, Arranged(("a", "b", "c")))
    assert grade.score == 0  # three of six pairs
    assert grade.parts[3] == Part("", "d", 0.0)
    assert KIND.grade(LETTERS, Arranged(())).score == 0
    assert KIND.grade(LETTERS, Arranged(("a", "b", "x", "c", "d"))).score == 1


def test_figures_are_shown_in_a_drawn_order() -> None:
    years = Ordering(stem="Order.", sequence=("1949", "1972", "2001"))
    shown = {KIND.prompt(years, Format.ARRANGE, str(seed)).controls[0] for seed in range(60)}
    assert len(shown) == 6
    assert all(
        isinstance(control, Arrangement) and control.label == "From earliest to latest" for control in shown
    )


def test_outline_least_chance_and_refusal() -> None:
    assert KIND.outline(LETTERS) == Outline(("a", "b", "c", "d"))
    assert KIND.chance(Ordering(stem="?", sequence=tuple("abcdefgh")), Format.ARRANGE) == 0.001
    with pytest.raises(MalformedResponse):
        KIND.grade(LETTERS, Chosen(("a",)))
