"""The names that pupils have in a class, one by one and as a pasted roster."""

from __future__ import annotations

import csv
from typing import NamedTuple

from quizapp.domain.accounts.names import name_key
from quizapp.domain.errors import Invalid, Problem
from quizapp.domain.language.translation import _

LONGEST = 40
MOST = 300  # names of one roster
HEADINGS = frozenset({"name", "names", "fullname", "student", "students", "pupil", "pupils", "studentname"})


class Roster(NamedTuple):
    """names: as they will be shown, each once; repeated: those that came again or look like one before."""

    names: tuple[str, ...]
    repeated: tuple[str, ...]


def read_name(text: str, field: str = "name") -> str:
    """The name as it will be shown; raises Invalid where it is none."""
    name = " ".join(text.split())
    if not name or not name_key(name):
        wrong = _("Enter your name as your teacher knows it.")
    elif len(name) > LONGEST:
        wrong = _("Use a name of at most {longest} characters.").format(longest=LONGEST)
    elif not name.isprintable():
        wrong = _("The name contains invisible characters. Type it again.")
    else:
        return name
    raise Invalid(_("Enter a different name."), (Problem(field, wrong),))


def read_roster(text: str) -> Roster:
    """One name a line, or the first column of a table with commas, semicolons or tabs.

    A heading (“Name”) and empty lines are left out. Raises Invalid naming the line that cannot be taken.
    """
    names: dict[str, str] = {}
    repeated: list[str] = []
    for number, cell in enumerate(_first_cells(text), start=1):
        if not cell.strip() or (not names and name_key(cell) in HEADINGS):
            continue
        try:
            name = read_name(cell)
        except Invalid as error:
            raise _refused(f"Line {number}, “{cell.strip()[:60]}”: {error.problems[0].message}") from error
        if name_key(name) in names:
            repeated.append(name)
        else:
            names[name_key(name)] = name
        if len(names) > MOST:
            raise _refused(_("Add at most {most} students at a time.").format(most=MOST))
    if not names:
        raise _refused(_("Paste at least one name, one per line."))
    return Roster(tuple(names.values()), tuple(repeated))


def _first_cells(text: str) -> list[str]:
    delimiter = next((mark for mark in "\t;" if mark in text), ",")
    lines = text.replace("\0", "\ufffd").splitlines()
    try:
        rows = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error as error:
        raise _refused(_("This can’t be read as a table. Paste one name per line.")) from error
    return [row[0] if row else "" for row in rows]


def _refused(message: str) -> Invalid:
    return Invalid(_("No one has been added yet."), (Problem("names", message),))
