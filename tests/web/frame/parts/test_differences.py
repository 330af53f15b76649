"""What differs between versions, field by field."""

from __future__ import annotations

from quizapp.web.frame.parts.differences import Change, changes, whole


def test_fields_that_say_the_same_are_left_out() -> None:
    found = changes({"Question": "x", "Hint": "y"}, {"Question": "x", "Hint": ""})
    assert [(change.label, change.steps) for change in found] == [("Hint", (("removed", "y"),))]


def test_what_nothing_is_compared_with_is_told_whole() -> None:
    assert whole({"Question": "Why?", "Hint": ""}) == (Change("Question", (("same", "Why?"),)),)
