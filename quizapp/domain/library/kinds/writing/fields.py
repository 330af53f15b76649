"""The fields of the editor's form: what each holds, and those that every kind has."""

from __future__ import annotations

from typing import Literal

import msgspec

from quizapp.domain.language.translation import marked

Widget = Literal["line", "markdown", "lines", "pairs", "number", "flag", "truth", "select"]
Role = Literal["", "right", "wrong", "feedback"]


class FieldSpec(msgspec.Struct, frozen=True):
    """One field of the editor's form. The content attribute has the same name.

    Widgets and what they hold: line, markdown → str; lines → tuple[str, ...] (one a line);
    pairs → tuple[tuple[str, str], ...] (“left = right”, one a line); number → Decimal or None;
    flag → bool; truth → bool that has to be chosen; select → str, one of `choices`.

    role: what it holds of the question's options. The fields of a kind that have one are shown together, a
    row for each option: its text, whether it is right, and the feedback to who chooses it.
    """

    name: str
    label: str
    widget: Widget
    help: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    role: Role = ""


COMMON_FIELDS_BEFORE = (
    FieldSpec(
        "stem",
        marked("Question"),
        "markdown",
        marked("Clear without the article at hand; at most about 35 words."),
        required=True,
    ),
)
COMMON_FIELDS_AFTER = (
    FieldSpec(
        "rationale",
        marked("Why"),
        "markdown",
        marked("Why the answer is right, and why the likeliest wrong one is wrong."),
    ),
    FieldSpec("hint", marked("Hint"), "line", marked("Shown on request. An answer with a hint counts less.")),
    FieldSpec(
        "difficulty",
        marked("Difficulty"),
        "select",
        marked(
            "Your estimate, if you like. It affects only the first answer: a right answer to a hard "
            "question is more likely to be a lucky guess."
        ),
        choices=("", "easy", "hard"),
    ),
)
