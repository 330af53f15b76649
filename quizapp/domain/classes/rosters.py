"""A pasted roster: a table read into names, with what was understood of it, for a person to look at first."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from typing import NamedTuple

from quizapp.domain.accounts.names import name_key
from quizapp.domain.classes.names import read_name
from quizapp.domain.errors import Invalid, Problem
from quizapp.domain.language.translation import _

MOST = 300  # names of one roster
WHOLE = ("name", "fullname", "student", "pupil", "learner", "candidate", "displayname", "legalname")
LAST = ("lastname", "surname", "familyname", "secondname", "legalsurname")
FIRST = ("firstname", "forename", "givenname", "preferredname", "christianname", "preferredforename", "known")
OTHER = (
    *("class", "form", "tutor", "tutorgroup", "registration", "year", "grade", "group", "set", "house", "id"),
    *("upn", "uln", "number", "no", "nr", "email", "mail", "username", "login", "gender", "sex", "dob"),
    *("dateofbirth", "birthday", "room", "seat", "adno", "admissionno", "studentid", "middlename", "title"),
)


class Table(NamedTuple):
    """What was pasted, as rows of cells of one length; numbers: the line of each row, from 1."""

    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0


class Reading(NamedTuple):
    """How a table is read. heading: its first row names the columns; first and last: the columns (from 0)
    of first and last names; a whole name is in `first` with `last` None."""

    heading: bool
    first: int
    last: int | None


class LeftOut(NamedTuple):
    """A line that makes no one, and why."""

    number: int
    text: str
    why: str


class Roster(NamedTuple):
    """names: as they will be shown; left_out: what makes no one. Two who would look alike are never merged:
    the second is left out, and said."""

    names: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


def read_table(text: str) -> Table:
    """One name a line, or a table with tabs, semicolons or commas. Raises Invalid for what is neither."""
    lines = text.replace("\0", "\ufffd").splitlines()
    delimiter = next((mark for mark in "\t;" if any(mark in line for line in lines)), ",")
    rows, numbers = [], []
    try:
        reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
        for row in reader:
            cells = tuple(" ".join(cell.split()) for cell in row)
            if any(cells):
                rows.append(cells)
                numbers.append(reader.line_num)
    except csv.Error as error:
        raise _refused(_("This can’t be read as a table. Paste one name per line.")) from error
    if not rows:
        raise _refused(_("Paste at least one name, one per line."))
    if len(rows) > MOST + 1:
        raise _refused(_("Add at most {most} students at a time.").format(most=MOST))
    width = max(map(len, rows))
    return Table(tuple((*row, *[""] * (width - len(row))) for row in rows), tuple(numbers))


def guess(table: Table) -> Reading:
    """The likeliest reading: by the names of the columns; without them, two columns are “Last, First”."""
    heads = [_bare(cell) for cell in table.rows[0]]
    named = [each for each in heads if each]
    known = [each for each in named if any(_is_of(each, words) for words in (WHOLE, LAST, FIRST, OTHER))]
    heading = bool(known) and (len(table.rows) > 1 or len(known) == len(named))
    if heading:
        first, last = _column(heads, FIRST), _column(heads, LAST)
        if first is not None and last is not None:
            return Reading(True, first, last)
        whole = _column(heads, WHOLE)
        return Reading(True, next(each for each in (whole, first, last, 0) if each is not None), None)
    pairs = [row[:2] for row in table.rows]
    if table.width > 1 and all(_is_part(last) and (not first or _is_part(first)) for last, first in pairs):
        return Reading(False, 1, 0)
    return Reading(False, 0, None)


def read_roster(table: Table, reading: Reading) -> Roster:
    """The names that this reading gives. Raises Invalid for a column that is not there."""
    if not all(0 <= each < table.width for each in (reading.first, reading.last or 0)):
        raise _refused(_("Choose the columns again."))
    names: dict[str, tuple[str, int]] = {}
    left_out = []
    rows = list(zip(table.numbers, table.rows, strict=True))[int(reading.heading) :]
    for number, row in rows:
        shown = " · ".join(cell for cell in row if cell)
        try:
            name = read_name(_name(row, reading))
        except Invalid as error:
            left_out.append(LeftOut(number, shown, error.problems[0].message))
            continue
        twin = names.get(name_key(name))
        if twin is not None:
            why = _("Looks like {name} in line {line}. Add a letter or a middle name to tell them apart.")
            left_out.append(LeftOut(number, shown, why.format(name=twin[0], line=twin[1])))
        else:
            names[name_key(name)] = name, number
    return Roster(tuple(name for name, _number in names.values()), tuple(left_out))


def _name(row: Sequence[str], reading: Reading) -> str:
    if reading.last is not None:
        return f"{row[reading.first]} {row[reading.last]}"
    return turned(row[reading.first])


def turned(name: str) -> str:
    """ "Adams, Lily" as it is said: “Lily Adams”."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() else name


def _bare(cell: str) -> str:
    """A heading without what differs from file to file: “Pupil's Surname (legal)” and “LAST_NAME”."""
    return re.sub(r"[\W_\d]+", "", cell).casefold()


def _is_of(head: str, words: Sequence[str]) -> bool:
    bare = re.sub(r"^(?:student|pupil|learner|child|legal)s?(?=.)", "", head)
    return any(each in words or each.removesuffix("s") in words for each in (head, bare))


def _column(heads: Sequence[str], words: Sequence[str]) -> int | None:
    return next((number for number, head in enumerate(heads) if head and _is_of(head, words)), None)


def _is_part(cell: str) -> bool:
    """Whether a cell can be a first or a last name: letters, and few words."""
    return bool(cell) and not re.search(r"[\d@/]", cell) and len(cell.split()) <= 3 and "," not in cell


def _refused(message: str) -> Invalid:
    return Invalid(_("No one has been added yet."), (Problem("names", message),))
