"""Every step from every state: where it leads, or that it leads nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.errors import Conflict
from quizapp.domain.library.review import State, Step, after, first
from quizapp.storage.library.tables import ITEM_STATES

D, R, P, X = State
WAYS = {
    Step.PUBLISH: {D: P, R: P, P: P, X: P},
    Step.WITHDRAW: {D: D, R: D},
    Step.APPROVE: {R: P, P: P},
    Step.SEND_BACK: {D: D, R: D},
    Step.RETIRE: {D: X, R: X, P: X, X: X},
}


def test_the_database_knows_the_same_states() -> None:
    assert tuple(State) == ITEM_STATES


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("state", State)
def test_a_step_leads_where_the_table_says_or_nowhere(state: State, step: Step) -> None:
    if state in WAYS[step]:
        assert after(state, step, approval=False) is WAYS[step][state]
    else:
        with pytest.raises(Conflict):
            after(state, step, approval=False)


@pytest.mark.parametrize(("state", "to"), [(D, R), (R, R), (X, R), (P, P)])
def test_where_another_has_to_approve_publishing_asks_for_it(state: State, to: State) -> None:
    assert after(state, Step.PUBLISH, approval=True) is to


@given(st.lists(st.sampled_from([step for step in Step if step is not Step.APPROVE]), max_size=12))
def test_without_approval_no_way_leads_to_students(steps: list[Step]) -> None:
    state = first("publish", approval=True)
    for step in steps:
        try:
            state = after(state, step, approval=True)
        except Conflict:
            continue
        assert state is not State.PUBLISHED


@pytest.mark.parametrize(
    ("wish", "approval", "state"),
    [("draft", False, D), ("draft", True, D), ("save", False, P), ("save", True, R)],
)
def test_a_new_question_begins(wish: str, approval: bool, state: State) -> None:
    assert first(wish, approval=approval) is state
