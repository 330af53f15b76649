"""Drawing: each fact once, the same for the same seed, and no item or place favoured."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.quizzes.drawing import Drawable, draw_items

POOLS = st.lists(
    st.builds(Drawable, st.integers(1, 60), st.integers(1, 12)), max_size=40, unique_by=lambda d: d.item
)


@given(pool=POOLS, length=st.integers(-1, 50), seed=st.text(max_size=8))
def test_a_draw_asks_each_fact_once_and_no_more_than_wanted(
    pool: list[Drawable], length: int, seed: str
) -> None:
    drawn = draw_items(pool, length, seed)
    facts = {each.item: each.fact for each in pool}
    assert len(drawn) == max(0, min(length, len(set(facts.values()))))
    assert len({facts[item] for item in drawn}) == len(drawn)


@given(pool=POOLS, seed=st.text(max_size=8), order=st.randoms())
def test_a_draw_depends_on_what_there_is_and_the_seed_alone(
    pool: list[Drawable], seed: str, order: object
) -> None:
    shuffled = [*pool, *pool[:3]]
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert draw_items(shuffled, 10, seed) == draw_items(pool, 10, seed)


@given(pool=POOLS, seed=st.text(max_size=8), length=st.integers(1, 10))
def test_a_longer_draw_begins_like_a_shorter_one(pool: list[Drawable], seed: str, length: int) -> None:
    assert draw_items(pool, length + 3, seed)[:length] == draw_items(pool, length, seed)


def test_an_empty_pool_gives_nothing() -> None:
    assert draw_items([], 10, "seed") == ()


def test_every_fact_item_and_place_is_equally_likely() -> None:
    """A fact with three items is no likelier than one with one. 2,000 draws; each count lies within
    five standard deviations."""
    pool = [Drawable(item, fact) for item, fact in ((1, 1), (2, 1), (3, 1), (4, 2), (5, 3), (6, 4))]
    draws = [draw_items(pool, 2, str(seed)) for seed in range(2_000)]
    items = Counter(item for drawn in draws for item in drawn)
    first = Counter({1: 1, 2: 1, 3: 1, 4: 2, 5: 3, 6: 4}[drawn[0]] for drawn in draws)
    assert all(abs(items[item] - 1_000) < 112 for item in (4, 5, 6))
    assert all(abs(items[item] - 333) < 84 for item in (1, 2, 3))
    assert all(abs(count - 500) < 97 for count in first.values())


@given(pool=POOLS, seed=st.text(max_size=8), length=st.integers(0, 20), odd=st.integers(2, 5))
def test_two_that_are_kept_apart_are_never_drawn_together(
    pool: list[Drawable], seed: str, length: int, odd: int
) -> None:
    def apart(one: int, other: int) -> bool:
        return (one + other) % odd == 0

    drawn = draw_items(pool, length, seed, apart)
    assert not [(a, b) for i, a in enumerate(drawn) for b in drawn[i + 1 :] if apart(a, b)]
    assert len(drawn) <= length


def test_of_two_kept_apart_either_is_drawn_and_another_fills_the_place() -> None:
    pool = [Drawable(1, 1), Drawable(2, 2), Drawable(3, 3)]
    draws = {frozenset(draw_items(pool, 2, str(seed), lambda a, b: {a, b} == {1, 2})) for seed in range(50)}
    assert draws == {frozenset({1, 3}), frozenset({2, 3})}
