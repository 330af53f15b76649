from __future__ import annotations

from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.errors import MalformedResponse
from quizapp.domain.library.kinds.base import Chosen, Format, GaveUp, Matched, Outline, Pairing, Part
from quizapp.domain.library.kinds.matching import Matching, MatchingKind

KIND = MatchingKind()
CAPITALS = Matching(
    stem="Match.", pairs=(("Peru", "Lima"), ("Chile", "Santiago"), ("Ecuador", "Quito")), extras=("La Paz",)
)
ANIMALS = Matching(stem="Match.", pairs=(("Whale", "mammal"), ("Bat", "mammal"), ("Penguin", "bird")))


def fields(**changes: object) -> list[str]:
    content = Matching(**{"stem": "?", "pairs": (("a", "1"), ("b", "2"), ("c", "3")), **changes})
    return [problem.field for problem in KIND.problems(content)]


def control(content: Matching, seed: str = "s") -> Pairing:
    (found,) = KIND.prompt(content, Format.MATCH, seed).controls
    assert isinstance(found, Pairing)
    return found


def test_sound_content_has_no_problems() -> None:
    assert fields() == fields(extras=("4",)) == fields(pairs=(("a", "1"), ("b", "1"), ("c", "3"))) == []


def test_unsound_content_is_named_by_field() -> None:
    assert fields(pairs=()) == ["pairs"]
    assert fields(pairs=(("a", "1"),)) == ["pairs", "pairs"]  # and one entry to choose
    assert fields(pairs=tuple((letter, letter) for letter in "abcdefghijklmnopqrstu")) == ["pairs"]
    assert fields(pairs=(("a", "1"), ("A", "2"), ("c", "3"))) == ["pairs"]
    assert fields(pairs=(("a", "x"), ("b", "X"), ("c", "3"))) == ["pairs"]
    assert fields(pairs=(("a", "1"), ("b", "1"), ("c", "1"))) == ["pairs"]
    assert fields(pairs=(("a", "1"), ("b", ""), ("c", "3"))) == ["pairs"]
    assert fields(extras=("1",)) == ["extras"]
    assert fields(extras=tuple("abcdefghijklmnopqrstu")) == ["extras"]


def test_right_pairs_count_less_what_one_entry_for_all_would_earn() -> None:
    right = (("Chile", "Santiago"), ("Ecuador", "Quito"), ("Peru", "Lima"))
    assert KIND.grade(CAPITALS, Matched(right)).right
    assert KIND.grade(CAPITALS, Matched(right[:2])).score == pytest.approx(1 / 2)
    assert KIND.grade(CAPITALS, Matched(right[:1])).score == 0
    assert KIND.grade(CAPITALS, Matched((("Peru", "La Paz"), ("Bolivia", "La Paz")))).score == 0
    assert KIND.grade(CAPITALS, Matched(())).score == 0


@given(st.lists(st.integers(1, 4), min_size=2, max_size=4))
def test_one_entry_for_everything_earns_nothing_whatever_the_groups_sizes(sizes: list[int]) -> None:
    pairs = tuple(
        (f"{group}.{place}", str(group)) for group, size in enumerate(sizes) for place in range(size)
    )
    content = Matching(stem="?", pairs=pairs)
    for entry in map(str, range(len(sizes))):
        assert KIND.grade(content, Matched(tuple((left, entry) for left, _ in pairs))).score == 0
    assert KIND.grade(content, Matched(pairs)).score == 1


def test_parts_tell_each_left_entry() -> None:
    assert KIND.grade(CAPITALS, Matched((("Chile", "Quito"), ("Peru", "Lima")))).parts == (
        Part("Lima", "Lima", 1.0, label="Peru"),
        Part("Quito", "Santiago", 0.0, label="Chile"),
        Part("", "Quito", 0.0, label="Ecuador"),
    )
    assert [part.given for part in KIND.grade(CAPITALS, GaveUp()).parts] == ["", "", ""]


def test_right_entries_are_shown_once_and_say_when_they_serve_twice() -> None:
    assert sorted(control(ANIMALS).right) == ["bird", "mammal"]
    assert control(ANIMALS).reuse
    assert "more than once" in control(ANIMALS).label
    assert sorted(control(CAPITALS).right) == ["La Paz", "Lima", "Quito", "Santiago"]
    assert not control(CAPITALS).reuse
    assert control(CAPITALS).label == "Match each entry"


def test_figures_stand_in_rising_order_on_the_right_only() -> None:
    ranks = Matching(stem="Match.", pairs=(("1", "10 km"), ("2", "200 km"), ("3", "3,000 km")))
    controls = [control(ranks, str(seed)) for seed in range(60)]
    assert {shown.right for shown in controls} == {("10 km", "200 km", "3,000 km")}
    assert len({shown.left for shown in controls}) == 6


def test_chance_is_that_of_an_assignment_drawn_at_random() -> None:
    once = [
        tuple(zip(("Peru", "Chile", "Ecuador"), rights, strict=True))
        for rights in permutations(CAPITALS.rights, 3)
    ]
    share = sum(KIND.grade(CAPITALS, Matched(pairs)).right for pairs in once) / len(once)
    assert KIND.chance(CAPITALS, Format.MATCH) == pytest.approx(share)
    again = [
        tuple(zip(("Whale", "Bat", "Penguin"), rights, strict=True))
        for rights in product(ANIMALS.rights, repeat=3)
    ]
    share = sum(KIND.grade(ANIMALS, Matched(pairs)).right for pairs in again) / len(again)
    assert KIND.chance(ANIMALS, Format.MATCH) == pytest.approx(share)
    many = Matching(stem="?", pairs=tuple((letter, f"{letter}!") for letter in "abcdefgh"))
    assert KIND.chance(many, Format.MATCH) == 0.001


def test_outline_and_refusal() -> None:
    assert KIND.outline(CAPITALS) == Outline(
        ("Peru – Lima", "Chile – Santiago", "Ecuador – Quito"), (), ("La Paz",)
    )
    with pytest.raises(MalformedResponse):
        KIND.grade(CAPITALS, Chosen(("Lima",)))
