"""The chance of guessing a score or a better one, against every answer that could be given."""

from __future__ import annotations

from itertools import chain, combinations, permutations, product

import pytest

from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Arranged, Chosen, Format, Matched
from quizapp.domain.library.kinds.matching import Matching
from quizapp.domain.library.kinds.multiple_choice import MultipleChoice
from quizapp.domain.library.kinds.ordering import Ordering
from quizapp.domain.library.kinds.true_false import TrueFalse

SCORES = (0.01, 0.25, 1 / 3, 0.5, 2 / 3, 0.75, 1.0)


def share(content, answers, score: float) -> float:
    grades = [kind_of(content).grade(content, answer).score for answer in answers]
    return sum(grade >= score - 1e-9 for grade in grades) / len(grades)


@pytest.mark.parametrize("entries", [3, 4, 5, 6])
@pytest.mark.parametrize("score", SCORES)
def test_orders(entries: int, score: float):
    names = tuple("abcdefgh"[:entries])
    content = Ordering(stem="?", sequence=names)
    found = share(content, [Arranged(order) for order in permutations(names)], score)
    assert kind_of(content).chance_of(content, Format.ARRANGE, score) == pytest.approx(max(found, 0.001))


@pytest.mark.parametrize(
    ("pairs", "extras", "reuse"), [(3, 0, False), (4, 0, False), (3, 2, False), (3, 1, True), (4, 1, True)]
)
@pytest.mark.parametrize("score", SCORES)
def test_pairs(pairs: int, extras: int, reuse: bool, score: float):
    lefts, rights = "abcd"[:pairs], "wxyz"[:pairs]
    if reuse:
        rights = rights[0] + rights[:-1]
    content = Matching(
        stem="?",
        pairs=tuple(zip(lefts, rights, strict=True)),
        extras=tuple("uv"[:extras]),
    )
    assert content.reuse is reuse
    ways = product(content.rights, repeat=pairs) if reuse else permutations(content.rights, pairs)
    found = share(content, [Matched(tuple(zip(lefts, way, strict=True))) for way in ways], score)
    assert kind_of(content).chance_of(content, Format.MATCH, score) == pytest.approx(max(found, 0.001))


@pytest.mark.parametrize(("keys", "others"), [(1, 3), (2, 2), (3, 2), (2, 4)])
@pytest.mark.parametrize("partial", [True, False])
@pytest.mark.parametrize("score", SCORES)
def test_selections(keys: int, others: int, partial: bool, score: float):
    content = MultipleChoice(
        stem="?", keys=tuple("abc"[:keys]), distractors=tuple("wxyz"[:others]), partial=partial
    )
    options = (*content.keys, *content.distractors)
    ways = chain.from_iterable(combinations(options, count) for count in range(1, len(options) + 1))
    found = share(content, [Chosen(way) for way in ways], score)
    assert kind_of(content).chance_of(content, Format.CHOOSE, score) == pytest.approx(found)


def test_where_no_part_is_given_the_chance_is_that_of_the_whole():
    content = TrueFalse(stem="?", key=True)
    assert kind_of(content).chance_of(content, Format.CHOOSE, 0.5) == kind_of(content).chance(
        content, Format.CHOOSE
    )
