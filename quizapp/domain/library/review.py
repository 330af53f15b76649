"""The states of a question on its way to students, and the steps between them."""

from __future__ import annotations

from enum import StrEnum

from quizapp.domain.errors import Conflict
from quizapp.domain.language.translation import _

LONGEST_COMMENT = 2_000
MOST_COMMENTS = 200  # on one question


class State(StrEnum):
    """Where a question stands; students see published ones only."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    RETIRED = "retired"


class Step(StrEnum):
    """What a teacher does about it."""

    PUBLISH = "publish"  # or, where another teacher has to approve it, ask for that
    WITHDRAW = "withdraw"  # back to the desk of anyone who wrote it
    APPROVE = "approve"
    SEND_BACK = "send_back"
    RETIRE = "retire"


STEPS: dict[Step, tuple[frozenset[State], State]] = {
    Step.PUBLISH: (frozenset({State.DRAFT, State.IN_REVIEW, State.RETIRED}), State.PUBLISHED),
    Step.WITHDRAW: (frozenset({State.IN_REVIEW}), State.DRAFT),
    Step.APPROVE: (frozenset({State.IN_REVIEW}), State.PUBLISHED),
    Step.SEND_BACK: (frozenset({State.IN_REVIEW}), State.DRAFT),
    Step.RETIRE: (frozenset({State.DRAFT, State.IN_REVIEW, State.PUBLISHED}), State.RETIRED),
}


def after(state: State, step: Step, *, approval: bool) -> State:
    """Where a step leads. approval: another teacher has to approve what this one publishes.

    A step that leads where the question is already changes nothing (a button pressed twice). Raises
    Conflict where the step does not lead from here any more.
    """
    origins, target = STEPS[step]
    if step is Step.PUBLISH and approval and state is not State.PUBLISHED:
        target = State.IN_REVIEW
    if state is target:
        return state
    if state not in origins:
        raise Conflict(_("The state of this question has changed in the meantime. Nothing was done."))
    return target


def first(wish: str, *, approval: bool) -> State:
    """The state of a new question: a draft where that was wished, else as far as its author can bring it."""
    if wish == State.DRAFT:
        return State.DRAFT
    return State.IN_REVIEW if approval else State.PUBLISHED
