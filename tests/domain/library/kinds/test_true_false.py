from __future__ import annotations

import pytest

from quizapp.domain.errors import MalformedResponse
from quizapp.domain.library.kinds.base import Choices, Chosen, Format, GaveUp, Outline, Part, Typed
from quizapp.domain.library.kinds.true_false import TrueFalse, TrueFalseKind

KIND = TrueFalseKind()


@pytest.mark.parametrize("key", [True, False])
def test_the_statement_is_judged(key: bool) -> None:
    content = TrueFalse(stem="Water is wet.", key=key)
    assert KIND.grade(content, Chosen((str(key),))).right
    assert KIND.grade(content, Chosen((str(not key),))).parts == (Part(str(not key), str(key), 0.0),)
    assert KIND.grade(content, GaveUp()).parts == (Part("", str(key), 0.0),)
    assert KIND.outline(content) == Outline((str(key),), (), (str(not key),))


@pytest.mark.parametrize("options", [(), ("True", "False"), ("true",)])
def test_both_or_neither_is_wrong(options: tuple[str, ...]) -> None:
    assert KIND.grade(TrueFalse(stem="Water is wet.", key=True), Chosen(options)).score == 0


def test_options_keep_one_order() -> None:
    for seed in "abcdefgh":
        (control,) = KIND.prompt(TrueFalse(stem="Water is wet.", key=False), Format.CHOOSE, seed).controls
        assert isinstance(control, Choices)
        assert control.options == ("True", "False")


def test_problems_chance_and_refusal() -> None:
    content = TrueFalse(stem="", key=True)
    assert [problem.field for problem in KIND.problems(content)] == ["stem"]
    assert KIND.chance(content, Format.CHOOSE) == 0.5
    with pytest.raises(MalformedResponse):
        KIND.grade(content, Typed(("True",)))


def test_of_what_is_never_typed_nothing_is_lacking_and_no_answer_is_learnt() -> None:
    content, given = TrueFalse(stem="Water is wet.", key=True), Chosen(("False",))
    assert KIND.typed(content) == ()
    assert KIND.lacking(content, given) == ""
    assert KIND.accepting(content, given) is None
    assert KIND.refusing(content, given) is None
