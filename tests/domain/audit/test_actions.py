"""The words of the audit log."""

from __future__ import annotations

from string import Formatter

from quizapp.domain.audit.actions import Action

DETAILS = {"role", "before", "after", "students", "answers", "way", "added", "gone", "percent"}


def test_every_act_has_words_of_its_own_and_a_name_that_fits() -> None:
    words = [action.value for action in Action]
    assert len(set(words)) == len(words) == len(Action.__members__)
    assert max(map(len, Action.__members__)) <= 40
    for text in words:
        named = {name for _, name, _, _ in Formatter().parse(text) if name}
        assert named <= DETAILS, text
