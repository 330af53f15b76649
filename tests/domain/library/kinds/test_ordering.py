from __future__ import annotations

from itertools import permutations

import pytest

from quizapp.domain.errors import MalformedResponse
from quizapp.domain.library.kinds.base import Arranged, Arrangement, Chosen, Format, GaveUp, Outline, Part
from quizapp.domain.library.kinds.ordering import Ordering, OrderingKind, longest_run
from quizapp.domain.library.kinds.responses import read_response

KIND = OrderingKind()
LETTERS = Ordering(stem="Order.", sequence=("a", "b", "c", "d"))


def fields(**changes: object) -> list[str]:
    content = Ordering(**{"stem": "?", "sequence": ("a", "b", "c"), **changes})
    return [problem.field for problem in KIND.problems(content)]


def test_sound_content_has_no_problems() -> None:
    assert fields() == fields(sequence=tuple("abcdefgh")) == fields(first="largest", last="smallest") == []


def test_unsound_content_is_named_by_field() -> None:
    assert fields(sequence=("a",)) == ["sequence"]
    assert fields(sequence=tuple("abcdefghijklmnopqrstu")) == ["sequence"]
    assert fields(sequence=("a", "b", "A")) == ["sequence"]
    assert fields(sequence=("a", "b", "")) == ["sequence"]
    assert fields(first="", last="") == ["first", "last"]


@pytest.mark.parametrize(
    ("order", "kept"),
    [("abcd", 4), ("abdc", 3), ("badc", 2), ("bcda", 3), ("dcba", 1), ("dabc", 3), ("cdab", 2)],
)
def test_the_longest_part_in_order_counts_less_what_chance_would_earn(order: str, kept: int) -> None:
    by_chance = 29 / 12
    wanted = max(0.0, (kept - by_chance) / (4 - by_chance))
    assert KIND.grade(LETTERS, Arranged(tuple(order))).score == pytest.approx(wanted)


@pytest.mark.parametrize("entries", range(2, 8))
def test_what_chance_puts_in_order_is_taken_off_and_counted(entries: int) -> None:
    sequence = tuple("abcdefgh"[:entries])
    ordering, orders = Ordering(stem="?", sequence=sequence), list(permutations(sequence))
    scores = [KIND.grade(ordering, Arranged(order)).score for order in orders]
    for score in {score for score in scores if score}:
        least = sum(other >= score - 1e-9 for other in scores) / len(orders)
        assert KIND.chance_of(ordering, Format.ARRANGE, score) == pytest.approx(max(0.001, least))
    lengths = [len(longest_run(sequence, order)) for order in orders]
    mean, most = sum(lengths) / len(lengths), len(sequence)
    wanted = [max(0.0, (length - mean) / (most - mean)) for length in lengths]
    assert scores == pytest.approx(wanted)


def test_only_the_sequence_itself_is_right() -> None:
    grades = {order: KIND.grade(LETTERS, Arranged(order)) for order in permutations("abcd")}
    assert [order for order, grade in grades.items() if grade.right] == [("a", "b", "c", "d")]
    assert KIND.chance(LETTERS, Format.ARRANGE) == pytest.approx(1 / len(grades))


def test_parts_tell_the_place_of_each_entry() -> None:
    assert KIND.grade(LETTERS, Arranged(("b", "a", "c", "d"))).parts == (
        Part("b", "a", 1.0),
        Part("a", "b", 0.0),
        Part("c", "c", 1.0),
        Part("d", "d", 1.0),
    )
    assert [part.given for part in KIND.grade(LETTERS, GaveUp()).parts] == ["", "", "", ""]


def test_missing_entries_are_in_no_order() -> None:
    grade = KIND.grade(LETTERS, Arranged(("a", "b", "c")))
    assert grade.score == pytest.approx((3 - 29 / 12) / (4 - 29 / 12))
    assert grade.parts[3] == Part("", "d", 0.0)
    assert KIND.grade(LETTERS, Arranged(())).score == 0
    assert KIND.grade(LETTERS, Arranged(("a", "b", "x", "c", "d"))).score == 1


def test_figures_are_shown_in_a_drawn_order() -> None:
    years = Ordering(stem="Order.", sequence=("1949", "1972", "2001"))
    shown = {KIND.prompt(years, Format.ARRANGE, str(seed)).controls[0] for seed in range(60)}
    assert len(shown) == 5  # every order but the right one
    assert all(
        isinstance(control, Arrangement) and control.label == "From earliest to latest" for control in shown
    )


@pytest.mark.parametrize("entries", ["abc", "abcd", "abcdefgh"])
def test_the_right_order_is_never_shown(entries: str) -> None:
    content = Ordering(stem="Order.", sequence=tuple(entries))
    shown = [KIND.prompt(content, Format.ARRANGE, str(seed)).controls[0] for seed in range(1_000)]
    assert all(isinstance(each, Arrangement) and each.entries != content.sequence for each in shown)
    assert all(isinstance(each, Arrangement) and sorted(each.entries) == list(entries) for each in shown)


def test_an_order_that_no_one_touched_is_an_answer_only_where_it_is_said_to_be_right() -> None:
    prompt = KIND.prompt(LETTERS, Format.ARRANGE, "seed")
    [control] = prompt.controls
    assert isinstance(control, Arrangement)
    untouched = {f"rank-{place}": [""] for place in range(4)}
    assert read_response(prompt, untouched) is None
    assert read_response(prompt, {**untouched, "rank-stands": ["1"]}) == Arranged(control.entries)


def test_outline_least_chance_and_refusal() -> None:
    assert KIND.outline(LETTERS) == Outline(("a", "b", "c", "d"))
    assert KIND.chance(Ordering(stem="?", sequence=tuple("abcdefgh")), Format.ARRANGE) == 0.001
    with pytest.raises(MalformedResponse):
        KIND.grade(LETTERS, Chosen(("a",)))
