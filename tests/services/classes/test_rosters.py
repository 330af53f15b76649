"""Coming into a class by a list of names."""

from __future__ import annotations

from sqlalchemy.orm import Session

from quizapp.services.classes import rosters
from quizapp.storage.classes.tables import Classroom, Enrolment
from tests.factories import NOW
from tests.services.classes.entering import count, join


def test_a_roster_makes_those_who_are_not_there_yet(session: Session, classroom: Classroom) -> None:
    join(session, classroom.join_code, name="Anna")
    assert rosters.add_roster(session, classroom, ["anna", "Bela", "Cleo"], now=NOW) == (2, ["anna"])
    assert rosters.add_roster(session, classroom, ["anna", "Bela"], now=NOW) == (0, ["anna", "Bela"])
    assert count(session, Enrolment) == 3
