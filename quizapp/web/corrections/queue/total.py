"""Counting the queue: one statement, however many sections there are."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from quizapp.storage.accounts.tables import Account
from quizapp.web.corrections.queue.section import Desk
from quizapp.web.corrections.queue.sections import SECTIONS


def counts(session: Session, desk: Desk) -> Mapping[str, int]:
    """How many entries wait in each section, by its name; sections of hints are not counted."""
    return _counts(session, desk.teacher, desk.of_deck)


def queued(session: Session, teacher: Account) -> int:
    """How many entries wait for a teacher: the number on the tab."""
    return sum(_counts(session, teacher, true()).values())


def _counts(session: Session, teacher: Account, of_deck: ColumnElement[bool]) -> dict[str, int]:
    columns = [
        section.count(section.scope(teacher) & of_deck).label(section.name)
        for section in SECTIONS
        if section.count is not None
    ]
    counts = session.execute(select(*columns)).mappings().one()
    return {str(name): int(number) for name, number in counts.items()}
