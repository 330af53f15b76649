"""Fields of one value: texts, lists of lines, numbers, ticks and choices.

Each keeps the text as it was typed, so that a form that comes back has lost nothing, and turns it into
the content's value; `dump` is the way back from the value to the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import TextArea, TextInput

from quizapp.domain.language import numbers
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds.writing.soundness import unstorable

LONGEST = 50_000  # characters of any one field; each kind asks for far less
SHOWN_FOR_UNSTORABLE = "\ufffd"

_LINE_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Spaces that word processors set, and marks that no one sees; each would count as a letter.
_PASTED = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u00ad": "", "\ufeff": ""})


def clean(text: str) -> tuple[str, str]:
    """(a pasted text as it can be stored, what had to be replaced in words or "").

    Line breaks and spaces of word processors become plain ones; control characters become “�”, so
    that one sees where they stood.
    """
    plain = _LINE_BREAKS.sub("\n", unicodedata.normalize("NFC", text)).translate(_PASTED)
    if not any(unstorable(character) for character in plain):
        return plain, ""
    shown = "".join(SHOWN_FOR_UNSTORABLE if unstorable(character) else character for character in plain)
    return shown, _("This held characters that cannot be stored. Each now shows as “�”: remove or retype it.")


class WrittenField(StringField):  # type: ignore[misc]
    """A text in a form. `written` is what is shown; `data` the content's value."""

    written = ""

    def __init__(self, *args: Any, longest: int = LONGEST, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.longest = longest

    def process_data(self, value: Any) -> None:
        self.data = self.parse("") if value is None else value
        self.written = "" if value is None else self.dump(value)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.written, complaint = clean(valuelist[0] if valuelist else "")
        self.data = self.parse("")
        if len(self.written) > self.longest:
            most, length = f"{self.longest:,}", f"{len(self.written):,}"
            raise ValueError(f"Shorten this to {most} characters; it has {length}.")
        self.data = self.parse(self.written)
        if complaint:
            raise ValueError(complaint)

    def _value(self) -> str:
        return self.written

    def parse(self, text: str) -> Any:
        """The content's value; raises ValueError with a remedy where the text is none."""
        return text.strip()

    def dump(self, value: Any) -> str:
        """The text that `parse` reads as this value."""
        return str(value)


class LineField(WrittenField):
    """One line; line breaks that were pasted become spaces."""

    def parse(self, text: str) -> Any:
        return " ".join(text.split("\n")).strip()


class MarkdownField(WrittenField):
    """A text of several lines, in Markdown."""

    widget = TextArea()


class LinesField(WrittenField):
    """Entries, one a line; empty lines do not count."""

    widget = TextArea()

    def parse(self, text: str) -> Any:
        return tuple(line.strip() for line in text.split("\n") if line.strip())

    def dump(self, value: Iterable[str]) -> str:
        return "\n".join(one_line(entry) for entry in value)


class NumberField(WrittenField):
    """A plain number, or nothing."""

    widget = TextInput()

    def parse(self, text: str) -> Any:
        text = text.strip()
        if not text:
            return None
        if len(text) <= 100:
            try:
                return Decimal(text)
            except InvalidOperation:
                quantity = numbers.parse(text)
            if quantity is not None and not quantity.unit:
                return quantity.value
        raise ValueError("Write a number alone, such as 240.1; the unit has a field of its own.")


def tags_in(text: str) -> tuple[str, ...]:
    """The tags of a text that parts them by commas."""
    tags = ("-".join(tag.casefold().split()) for tag in re.split(r"[,;\n]", text))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


class TagsField(WrittenField):
    """Tags, parted by commas; spaces within a tag become hyphens."""

    def parse(self, text: str) -> Any:
        return tags_in(text)

    def dump(self, value: Iterable[str]) -> str:
        return ", ".join(value)


class FlagField(BooleanField):  # type: ignore[misc]
    """Yes or no."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type = "BooleanField"  # what templates know a tick box by

    @property
    def written(self) -> str:
        return "yes" if self.data else "no"


SIDES = {"true": True, "false": False, True: True, False: False}


class TruthField(RadioField):  # type: ignore[misc]
    """True or false, with neither chosen: what is right is never a default."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        sides = [SelectChoice("true", _("True")), SelectChoice("false", _("False"))]
        super().__init__(*args, choices=sides, coerce=SIDES.get, validate_choice=False, **kwargs)

    def process_data(self, value: Any) -> None:
        self.data = value
        self.written = "" if value is None else str(value).lower()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.written = valuelist[0] if valuelist else ""
        self.data = SIDES.get(self.written)
        if self.data is None:
            raise ValueError(_("Choose whether the statement is true or false."))


class OneOfField(SelectField):  # type: ignore[misc]
    """One of a few names."""

    @property
    def written(self) -> str:
        return str(self.data or "")


class Needed:
    """Marks a field that may not stay empty; what is wrong with it the kind says in its own words."""

    field_flags = {"required": True}  # noqa: RUF012 WTForms reads it from the class

    def __call__(self, form: Any, field: Any) -> None:
        """Nothing: see above."""


def one_line(text: str) -> str:
    """A text with its line breaks as spaces."""
    return " ".join(text.split("\n")).strip()
