"""Counting the queue: one statement, however many sections there are."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from quizapp.storage.accounts import Account
from quizapp.storage.queries.tending import tended
from quizapp.web.queue.section import Desk
from quizapp.web.queue.sections import SECTIONS


def counts(session: Session, desk: Desk) -> Mapping[str, int]:
    """How many entries wait in each section, by its name; sections of hints are not counted."""
    return _counts(session, desk.decks)


def waiting(session: Session, teacher: Account) -> int:
    """How many entries wait for a teacher: the number on the tab."""
    return sum(_counts(session, tended(teacher)).values())


def _counts(session: Session, decks: ColumnElement[bool]) -> dict[str, int]:
    columns = [section.count(decks).label(section.name) for section in SECTIONS if section.count is not None]
    return {
        str(name): int(number) for name, number in session.execute(select(*columns)).mappings().one().items()
    }
