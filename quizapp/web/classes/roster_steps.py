"""A pasted roster: how it is to be read, and what is told when it was added or undone."""

from __future__ import annotations

from flask import request

from quizapp.domain.audit.actions import Action
from quizapp.domain.classes.rosters import Reading, Roster, Table, guess
from quizapp.domain.language.translation import _, ngettext
from quizapp.services.classes import rosters
from quizapp.storage.classes.tables import Classroom
from quizapp.web.frame.audit_entry import note
from quizapp.web.frame.clock import fresh_id, now
from quizapp.web.frame.database import session
from quizapp.web.frame.parts.whole_numbers import whole


def reading(table: Table) -> Reading:
    """How the form says that the table is to be read; as it is guessed where it says nothing."""
    if "first" not in request.form:
        return guess(table)
    last = request.form.get("last", type=whole)
    return Reading(request.form.get("heading") == "1", request.form.get("first", 0, type=whole), last)


def add(found: Classroom, read: Roster) -> str:
    """Add these students to a class; what is told of it."""
    added, there = rosters.add_roster(session(), found, read.names, import_id=fresh_id(), now=now())
    if added:
        note(Action.STUDENTS_ADDED, found, students=added)
    words = ngettext("{count} student added.", "{count} students added.", added)
    if there:
        names = ", ".join(there[:10])
        words = _("{words} Already in the class: {names}.").format(words=words, names=names)
    return words


def undone(gone: int, removed: int) -> str:
    """What is told of so many students deleted, and so many only removed."""
    words = ngettext("{count} student deleted.", "{count} students deleted.", gone)
    if removed:
        kept = ngettext(
            "{count} who had signed in was only removed from the class.",
            "{count} who had signed in were only removed from the class.",
            removed,
        )
        words = f"{words} {kept}"
    return words
