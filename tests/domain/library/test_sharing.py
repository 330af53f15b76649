"""Who may do what with a deck: the whole table, and that acts build on one another."""

from __future__ import annotations

from itertools import pairwise

import pytest

from quizapp.domain.library.sharing import ANYBODY, Act, Tie

TABLE = {
    Tie.SHIPPED: {Act.STUDY, Act.TEACH, Act.GIVE},
    Tie.PUBLIC: {Act.STUDY, Act.TEACH, Act.GIVE},
    Tie.OWNER: set(Act),
    Tie.EDITOR: {Act.STUDY, Act.TEACH, Act.GIVE, Act.EDIT, Act.APPROVE},
    Tie.VIEWER: {Act.STUDY, Act.TEACH, Act.GIVE},
    Tie.BANK: {Act.STUDY, Act.TEACH, Act.GIVE},
    Tie.TEACHES: {Act.STUDY, Act.TEACH, Act.APPROVE},
    Tie.ATTENDS: {Act.STUDY},
}


@pytest.mark.parametrize("tie", Tie)
def test_each_tie_allows_what_the_table_says(tie: Tie) -> None:
    assert {act for act in Act if tie in act.value} == TABLE[tie]


def test_who_may_do_one_may_do_all_that_follow() -> None:
    order = (Act.OWN, Act.EDIT, Act.GIVE, Act.TEACH, Act.STUDY)
    assert all(act.value < following.value for act, following in pairwise(order))


def test_without_an_account_only_what_is_for_all_can_be_studied() -> None:
    assert {Tie.SHIPPED, Tie.PUBLIC} == ANYBODY
    assert not Act.EDIT.value & ANYBODY
