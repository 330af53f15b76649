"""Who may do what with a deck: the whole table, and that acts build on one another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.library.sharing import ANYBODY, Act, Tie, allows

TABLE = {
    Tie.SHIPPED: {Act.STUDY, Act.TEACH, Act.GIVE},
    Tie.PUBLIC: {Act.STUDY, Act.TEACH, Act.GIVE},
    Tie.OWNER: set(Act),
    Tie.EDITOR: {Act.STUDY, Act.TEACH, Act.GIVE, Act.EDIT, Act.APPROVE},
    Tie.VIEWER: {Act.STUDY, Act.TEACH, Act.GIVE},
    Tie.TEACHES: {Act.STUDY, Act.TEACH, Act.APPROVE},
    Tie.ATTENDS: {Act.STUDY},
}


@pytest.mark.parametrize("tie", Tie)
def test_each_tie_allows_what_the_table_says(tie: Tie) -> None:
    assert {act for act in Act if allows(act, frozenset({tie}))} == TABLE[tie]


@given(st.frozensets(st.sampled_from(Tie)))
def test_ties_add_up_and_a_stranger_may_nothing(ties: frozenset[Tie]) -> None:
    for act in Act:
        assert allows(act, ties) == any(allows(act, frozenset({tie})) for tie in ties)
    order = (Act.OWN, Act.EDIT, Act.GIVE, Act.TEACH, Act.STUDY)  # who may do one may do all that follow
    granted = [allows(act, ties) for act in order]
    assert granted == sorted(granted)


def test_without_an_account_only_what_is_for_all_can_be_studied() -> None:
    assert {Tie.SHIPPED, Tie.PUBLIC} == ANYBODY
    assert not allows(Act.EDIT, ANYBODY)
