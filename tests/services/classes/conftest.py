"""A class that is open to be joined."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from quizapp.services.classes import classrooms
from quizapp.storage.classes.tables import Classroom
from tests import factories
from tests.factories import NOW


@pytest.fixture
def classroom(session: Session) -> Classroom:
    teacher = factories.add_account(session, role="teacher")
    made = classrooms.create(session, teacher, name="7b", zone="Europe/Madrid", now=NOW)
    classrooms.set_joining(session, made, is_open=True, now=NOW)
    return made
