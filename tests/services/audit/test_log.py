"""Entries of the audit log: what they name, and what is left of them when someone is erased."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.audit.actions import Action
from quizapp.services.audit import log
from quizapp.services.classes import classrooms, rosters
from quizapp.services.privacy import erasure
from quizapp.storage.accounts.tables import Account
from quizapp.storage.audit.tables import AuditEntry
from quizapp.storage.classes.tables import Classroom, Enrolment
from quizapp.storage.library.tables import Item
from tests import factories
from tests.factories import NOW


@pytest.fixture
def teacher(session: Session) -> Account:
    return factories.add_account(session, role="teacher", name="Ann", name_key="ann")


@pytest.fixture
def pupil(session: Session, teacher: Account) -> Enrolment:
    classroom = classrooms.create(session, teacher, name="4b", zone="UTC", now=NOW)
    rosters.add_roster(session, classroom, ["Bo"], now=NOW)
    return session.scalars(select(Enrolment)).one()


def test_an_entry_names_the_rows_that_its_subject_names(
    session: Session, teacher: Account, pupil: Enrolment
) -> None:
    classroom = session.get_one(Classroom, pupil.classroom_id)
    entry = log.record(session, teacher, Action.STUDENT_REMOVED, pupil, now=NOW)
    assert (entry.actor_id, entry.done_as) == (teacher.id, "teacher")
    assert (entry.account_id, entry.classroom_id) == (pupil.learner_id, classroom.id)
    assert (entry.deck_id, entry.item_id) == (None, None)

    deck = factories.add_deck(session, [factories.flip()], owner=teacher)
    item = session.scalars(select(Item)).one()
    entry = log.record(session, teacher, Action.KEY_CHANGED, item, {"version": 2}, now=NOW)
    assert (entry.deck_id, entry.item_id, json.loads(entry.detail)) == (deck.id, item.id, {"version": 2})

    both = log.record(session, teacher, Action.TEACHER_ADDED, (classroom, teacher), now=NOW)
    assert (both.classroom_id, both.account_id) == (classroom.id, teacher.id)


def test_the_command_line_is_no_one(session: Session) -> None:
    entry = log.record(session, None, Action.ACCOUNT_INVITED, (), {"role": "admin"}, now=NOW)
    assert (entry.actor_id, entry.done_as) == (None, "operator")


def test_an_entry_outlives_those_whom_it_names(session: Session, teacher: Account, pupil: Enrolment) -> None:
    log.record(session, teacher, Action.STUDENT_REMOVED, pupil, now=NOW)
    session.commit()
    erasure.erase(session, session.get_one(Account, pupil.learner_id), now=NOW)
    erasure.erase(session, teacher, now=NOW)
    session.commit()
    left = session.scalars(select(AuditEntry)).one()
    assert (left.account_id, left.actor_id, left.classroom_id) == (None, None, None)
    assert left.done_as == "teacher"
