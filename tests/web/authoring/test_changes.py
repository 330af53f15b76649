"""What differs between versions, field by field."""

from __future__ import annotations

from quizapp.web.authoring.changes import changes


def test_fields_that_say_the_same_are_left_out() -> None:
    found = changes({"Question": "x", "Hint": "y"}, {"Question": "x", "Hint": ""})
    assert [(change.label, change.steps) for change in found] == [("Hint", (("removed", "y"),))]
