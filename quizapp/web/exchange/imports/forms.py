"""The forms of an import: what is brought, and what is said about a table."""

from __future__ import annotations

import msgspec
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from quizapp.domain.exchange.conversion.columns import COLUMNS
from quizapp.domain.exchange.file_format import FileFormat, Options
from quizapp.domain.language.translation import _, marked

LONGEST_PASTE = 2_000_000  # characters
MOST_COLUMNS = 30

FIND_OUT = "auto"
SEPARATORS = {
    FIND_OUT: marked("Find out"),
    "\t": marked("Tab"),
    ",": marked("Comma"),
    ";": marked("Semicolon"),
    "|": marked("Vertical bar"),
    " - ": marked("Hyphen between spaces"),
}
_SEPARATORS = [SelectChoice(sign, words) for sign, words in SEPARATORS.items()]
COLUMN_WORDS = {
    "": marked("Leave out"),
    "question": marked("Question"),
    "answer": marked("Right answer"),
    "accept": marked("Also accepted"),
    "option": marked("An option to choose"),
    "wrong": marked("Wrong answers"),
    "hint": marked("Hint"),
    "explanation": marked("Explanation"),
    "tags": marked("Tags"),
    "deck": marked("Chapter"),
    "id": marked("Id"),
    "kind": marked("Kind of question"),
}


class BringForm(FlaskForm):  # type: ignore[misc]
    """Questions as a teacher has them: in a file, or pasted."""

    file = FileField(marked("Choose a file"))
    text = TextAreaField(
        marked("Or paste a list"),
        description=marked(
            "From Quizlet or a spreadsheet: one question per line, with a tab before the answer."
        ),
    )

    def refuse(self, field: str, message: str) -> None:
        """Put a problem beside its field."""
        self[field].errors = [message]


class TableForm(FlaskForm):  # type: ignore[misc]
    """What is said about a table."""

    separator = SelectField(
        marked("Between the columns"),
        [InputRequired()],
        choices=_SEPARATORS,
    )
    ask = SelectField(
        marked("Two columns become"),
        [InputRequired()],
        choices=[
            SelectChoice("card", marked("Cards to flip")),
            SelectChoice("typed", marked("Answers to type")),
        ],
    )

    @classmethod
    def of(cls, options: Options) -> TableForm:
        """The form as the options stand."""
        return cls(formdata=None, separator=options.separator or FIND_OUT, ask=options.ask or "card")

    def said(self, options: Options, columns: list[str]) -> Options:
        """The options as the form has them."""
        known = tuple(name if name in COLUMNS else "" for name in columns[:MOST_COLUMNS])
        return msgspec.structs.replace(
            options,
            separator=self.separator.data if self.separator.data in SEPARATORS.keys() - {FIND_OUT} else "",
            ask="typed" if self.ask.data == "typed" else "card",
            columns=known if "question" in known else (),
        )


def endings(formats: tuple[FileFormat, ...]) -> str:
    """What the browser offers to choose."""
    return ",".join(dict.fromkeys(ending for each in formats if each.reads for ending in each.endings))


def column_words() -> list[tuple[str, str]]:
    """(name, what people call it) of everything that a column can hold."""
    return [(name, _(words)) for name, words in COLUMN_WORDS.items()]
