"""Fields of several rows: a question's options, and pairs.

Row 0 of a field called “content-options” is sent as “content-options-0-text”, “content-options-0-feedback”;
the rows that are ticked as “content-options-right”, once each. What was typed stays, in its order; empty rows
do not count. Without scripts a row is added by the button `do=row`, removed by `drop=content-options-0`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from wtforms.fields.core import Field
from wtforms.utils import unset_value

from quizapp.domain.language.translation import _, marked
from quizapp.domain.library.kinds.writing.fields import FieldSpec
from quizapp.web.library.authoring.fields.texts import LONGEST, clean, one_line

MOST_ROWS = 100
FEWEST_SHOWN = 4


@dataclass(frozen=True)
class Row:
    """What was typed in one row. texts: one for each column; right: ticked."""

    texts: tuple[str, ...]
    right: bool = False


class RowsField(Field):  # type: ignore[misc]
    """Rows of texts. `holds`: the content's attributes that they hold."""

    columns: ClassVar[tuple[str, ...]]
    several_lines: ClassVar[tuple[str, ...]] = ()  # columns whose texts may have line breaks

    def __init__(self, *args: Any, holds: tuple[FieldSpec, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holds = tuple(spec.name for spec in holds)
        self.specs = holds
        self.rows: list[Row] = []
        self.room = 0  # empty rows that were asked for

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:  # noqa: ARG002
        self.process_errors: list[str] = []
        if formdata is None:
            self.rows = self.rows_of(data) if data is not unset_value and data is not None else []
            return
        self.room = int(formdata.get("do") == "row")
        self.rows = self._sent(formdata)
        if complaint := self.complaint():
            self.process_errors.append(complaint)

    @property
    def shown(self) -> list[Row]:
        """The rows with some that are empty."""
        missing = max(FEWEST_SHOWN - len(self.rows), self.room)
        return [*self.rows, *[Row(("",) * len(self.columns))] * missing]

    def values(self) -> dict[str, Any]:
        """The content's values by attribute."""
        raise NotImplementedError

    def texts(self) -> dict[str, str]:
        """The values as texts, by their labels."""
        raise NotImplementedError

    def rows_of(self, data: Any) -> list[Row]:
        """The rows of a content's values."""
        raise NotImplementedError

    def complaint(self) -> str:
        """What is wrong with the rows as such, with a remedy; "" if nothing."""
        longest = max((len(text) for row in self.rows for text in row.texts), default=0)
        if longest > LONGEST:
            return _("Shorten this to {most} characters; it has {length}.").format(
                most=f"{LONGEST:,}", length=f"{longest:,}"
            )
        return self._unclean

    def _sent(self, formdata: Any) -> list[Row]:
        pattern = re.compile(rf"{re.escape(self.name)}-([0-9]{{1,3}})-(?:{'|'.join(self.columns)})")
        numbers = sorted({int(found[1]) for name in formdata if (found := pattern.fullmatch(name))})
        ticked = set(formdata.getlist(f"{self.name}-right"))
        dropped = formdata.get("drop", "")
        rows = []
        self._unclean = ""
        for number in numbers[:MOST_ROWS]:
            if dropped == f"{self.name}-{number}":
                continue
            texts = tuple(self._typed(formdata, number, column) for column in self.columns)
            if any(text.strip() for text in texts):
                rows.append(Row(texts, str(number) in ticked))
        return rows

    def _typed(self, formdata: Any, number: int, column: str) -> str:
        text, complaint = clean(formdata.get(f"{self.name}-{number}-{column}", ""))
        self._unclean = self._unclean or complaint
        return text if column in self.several_lines else one_line(text)


class PairsField(RowsField):
    """Pairs: what stands left, and what belongs to it."""

    columns = ("left", "match")
    headings = (marked("Left"), marked("Right"))
    entry = marked("Pair {number}")

    def rows_of(self, data: Iterable[tuple[str, str]]) -> list[Row]:
        return [Row((one_line(left), one_line(right))) for left, right in data]

    def values(self) -> dict[str, Any]:
        return {self.holds[0]: tuple((row.texts[0].strip(), row.texts[1].strip()) for row in self.rows)}

    def texts(self) -> dict[str, str]:
        return {self.specs[0].label: "\n".join(" = ".join(row.texts) for row in self.rows)}

    def complaint(self) -> str:
        for row in self.rows:
            if not all(text.strip() for text in row.texts):
                there = one_line("".join(row.texts))[:60]
                return _("“{text}” stands alone. Write what belongs to it, or empty its row.").format(
                    text=there
                )
        return super().complaint()


class OptionsField(RowsField):
    """Options: the text, whether it is right, and the feedback to who chooses it.

    `one`: exactly one is right, and its attribute holds a text; else a tuple of them.
    """

    columns = ("text", "feedback")
    several_lines = ("feedback",)
    headings = (marked("Answer"), marked("Feedback"))
    entry = marked("Answer {number}")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_role = {spec.role: spec for spec in self.specs}
        self.right, self.wrong, self.said = by_role["right"], by_role["wrong"], by_role["feedback"]
        self.one = self.right.widget == "line"

    def rows_of(self, data: Mapping[str, Any]) -> list[Row]:
        right, said = data.get(self.right.name, ()), dict(data.get(self.said.name, ()))
        rights: Sequence[str] = (right,) if self.one and right else right
        options = [
            *((text, True) for text in rights),
            *((text, False) for text in data.get(self.wrong.name, ())),
        ]
        return [Row((one_line(text), said.get(text, "")), is_right) for text, is_right in options]

    def values(self) -> dict[str, Any]:
        options = [(row.texts[0].strip(), row) for row in self.rows if row.texts[0].strip()]
        right = tuple(text for text, row in options if row.right)
        return {
            self.right.name: "".join(right[:1]) if self.one else right,
            self.wrong.name: tuple(text for text, row in options if not row.right),
            self.said.name: tuple(
                (text, row.texts[1].strip()) for text, row in options if row.texts[1].strip()
            ),
        }

    def texts(self) -> dict[str, str]:
        values = self.values()
        right = values[self.right.name]
        return {
            self.right.label: right if self.one else "\n".join(right),
            self.wrong.label: "\n".join(values[self.wrong.name]),
            self.said.label: "\n".join(f"{option}: {text}" for option, text in values[self.said.name]),
        }

    def complaint(self) -> str:
        for row in self.rows:
            if not row.texts[0].strip():
                return _("The feedback “{text}” has no answer beside it. Write the answer.").format(
                    text=one_line(row.texts[1])[:60]
                )
        ticked = sum(row.right for row in self.rows)
        if not ticked:
            return _("Tick the answer that’s right.") if self.one else _("Tick each answer that’s right.")
        if self.one and ticked > 1:
            return _("Tick one right answer only.")
        return super().complaint()
