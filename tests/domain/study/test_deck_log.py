"""What was done with a deck, folded: whether it is studied, paused or left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizapp.domain.study.deck_log import Did, Rest, in_force, rest

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Deed(NamedTuple):
    id: int
    at: datetime
    what: str
    voids: int | None = None


def log(*deeds: str) -> list[Deed]:
    """Deeds an hour apart; "undo 1" takes back the deed of that number."""
    return [
        Deed(
            number,
            BEGIN + timedelta(hours=number),
            what.split()[0],
            int(what.split()[1]) if " " in what else None,
        )
        for number, what in enumerate(deeds)
    ]


def at(number: int) -> datetime:
    return BEGIN + timedelta(hours=number)


@pytest.mark.parametrize(
    ("deeds", "expected"),
    [
        ((), Rest(None, None)),
        (("pause",), Rest(at(0), None)),
        (("pause", "leave"), Rest(at(1), at(1))),
        (("leave", "begin"), Rest(None, None)),
        (("pause", "restart"), Rest(at(0), None)),
        (("restart",), Rest(None, None)),
        (("pause", "leave", "undo 1"), Rest(at(0), None)),
        (("leave", "begin", "undo 1"), Rest(at(0), at(0))),
        (("pause", "undo 0"), Rest(None, None)),
    ],
)
def test_the_last_deed_that_stands_says_whether_a_deck_rests(deeds: tuple[str, ...], expected: Rest) -> None:
    assert rest(in_force(log(*deeds))) == expected


@given(
    st.lists(st.sampled_from([each.value for each in Did if each is not Did.UNDO])),
    st.randoms(use_true_random=False),
)
@example(["pause", "leave"], None)
def test_order_of_arrival_changes_nothing_and_all_taken_back_is_nothing(deeds: list[str], chance) -> None:
    clean = log(*deeds)
    mixed = list(clean)
    if chance is not None:
        chance.shuffle(mixed)
    assert in_force(mixed) == clean
    undone = [*clean, *(Deed(100 + deed.id, at(100), "undo", deed.id) for deed in clean)]
    assert in_force(undone) == []
