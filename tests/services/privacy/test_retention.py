"""What is held too long goes, in small steps, and nothing else does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.domain.audit.actions import Action
from quizapp.services.accounts import accounts
from quizapp.services.audit import log
from quizapp.services.classes import classrooms, rosters
from quizapp.services.privacy import retention
from quizapp.services.study.learner import learner_of
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account, MailOrder, RecentCount, SetupLink, SignIn
from quizapp.storage.audit.tables import AuditEntry
from quizapp.storage.classes.tables import Classroom, Enrolment, SignInLink
from tests import factories
from tests.factories import NOW, SETTINGS
from tests.world import person

DAY = timedelta(days=1)


def sweep(session: Session, *, days: float = 0, **settings: Any) -> dict[str, int]:
    """What goes when it is so many days later."""
    done = {}
    for name, step in retention.steps(Settings(**settings), now=NOW + days * DAY).items():
        done[name] = 0
        while count := step(session):
            done[name] += count
    session.flush()
    return {name: count for name, count in done.items() if count}


def count(session: Session, entity: Any) -> int:
    return session.scalars(select(func.count()).select_from(entity)).one()


def test_a_guest_who_has_been_away_as_long_as_their_sign_in_lives_is_erased(session: Session) -> None:
    for number in range(12):  # more than one step
        guest = accounts.create_guest(session, zone="UTC", now=NOW)
        accounts.sign_in(session, guest, now=NOW, browser="")
        if number == 0:
            learner = learner_of(guest, SETTINGS)
            [item] = factories.studied_deck(session, learner, [factories.flip()])
            factories.answer(session, learner, item, at=NOW + 30 * DAY)
    person(session, "student", name="Mia", now=NOW)
    assert sweep(session, days=364) == {}
    assert sweep(session, days=366) == {"guests": 11, "sign-ins": 1}
    assert sweep(session, days=400) == {"guests": 1}
    assert session.scalars(select(Account.name)).all() == ["Mia"]
    assert sweep(session, days=9_999) == {}


def test_a_guest_who_came_back_stays(session: Session) -> None:
    guest = accounts.create_guest(session, zone="UTC", now=NOW)
    accounts.sign_in(session, guest, now=NOW, browser="")
    session.scalars(select(SignIn)).one().last_seen_at = NOW + 300 * DAY
    session.flush()
    assert sweep(session, days=500) == {}
    assert sweep(session, days=500, keep_guests=100) == {"guests": 1}
    accounts.create_guest(session, zone="UTC", now=NOW)
    assert "guests" not in sweep(session, days=5_000, keep_guests=0)


def test_sign_ins_and_links_go_once_they_open_nothing(session: Session) -> None:
    teacher = person(session, "teacher", name="Ann", now=NOW)
    pupil = person(session, "student", name="Mia", now=NOW)
    for account in (teacher, pupil):
        accounts.sign_in(session, account, now=NOW, browser="")
    accounts.make_setup_link(session, role="teacher", now=NOW)
    session.add(SignInLink(token_digest="x", account_id=pupil.id, created_at=NOW))
    session.add(RecentCount(source="x", minute=int(NOW.timestamp()) // 60, count=3))
    session.add(MailOrder(purpose="reset", address="mia@school.example", created_at=NOW, due_at=None))
    session.flush()
    assert sweep(session, days=1) == {}
    assert sweep(session, days=3) == {"mail orders": 1, "counts of a moment": 1}
    assert sweep(session, days=31) == {"links": 1, "sign-in links": 1, "sign-ins": 1}
    assert session.scalars(select(SignIn.account_id)).all() == [pupil.id]
    assert sweep(session, days=366) == {"sign-ins": 1}
    assert [count(session, entity) for entity in (SignIn, SetupLink, SignInLink, MailOrder)] == [0, 0, 0, 0]


def test_the_log_is_held_for_two_years_or_as_long_as_is_set(session: Session) -> None:
    log.record(session, None, Action.CLASS_MADE, (), now=NOW)
    assert sweep(session, days=729) == {}
    assert sweep(session, days=9_999, keep_log=0) == {}
    assert sweep(session, days=8, keep_log=7) == {"log entries": 1}
    assert count(session, AuditEntry) == 0


def test_an_archived_class_goes_with_the_students_whom_only_it_knows(session: Session) -> None:
    teacher = person(session, "teacher", name="Ann", now=NOW)
    old = classrooms.create(session, teacher, name="old", zone="UTC", now=NOW)
    new = classrooms.create(session, teacher, name="new", zone="UTC", now=NOW)
    rosters.add_roster(session, old, ["Mia", "Noah", "Yusuf"], now=NOW)
    moved, kept, _ = session.scalars(select(Enrolment).order_by(Enrolment.id)).all()
    session.add(
        Enrolment(classroom_id=new.id, learner_id=moved.learner_id, name="Mia", name_key="mia", joined_at=NOW)
    )
    session.get_one(Account, kept.learner_id).password_hash = "-"
    classrooms.set_archived(session, old, archived=True, now=NOW)
    assert sweep(session, days=9_999, keep_guests=0, keep_log=0) == {}  # unless it is asked for
    assert sweep(session, days=99, keep_archived_classes=100) == {}
    assert sweep(session, days=101, keep_archived_classes=100) == {"archived classes": 2}
    assert session.scalars(select(Classroom.name)).all() == ["new"]
    assert session.scalars(select(Account.name).order_by(Account.id)).all() == ["Ann", "Mia", "Noah"]


@pytest.mark.parametrize("hours", [0, 23])
def test_one_worker_does_a_days_round(session: Session, hours: int) -> None:
    midnight = NOW.replace(hour=0)
    assert retention.is_first_today(session, now=midnight)
    assert not retention.is_first_today(session, now=midnight + timedelta(hours=hours))
    assert retention.is_first_today(session, now=midnight + DAY)
