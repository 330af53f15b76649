"""A class's date: set by its teacher, worked towards by everyone in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from quizapp.domain.audit.actions import Action
from quizapp.domain.classes.terms import Sort
from quizapp.storage.audit.tables import AuditEntry
from quizapp.storage.study.tables import Goal
from tests.web.classes.conftest import Class, room
from tests.world import rows_of

__all__ = ["room"]


def test_a_class_learns_towards_a_date(room: Class, session: Session) -> None:
    [anna] = room.seat("Anna")
    room.give(sort=Sort.STUDY)
    phone = room.phone(anna)
    where = f"/classes/{room.id}/dates"
    page = room.desk.open(where)
    deck = page.soup.select_one("input[name=decks]")
    assert deck is not None
    day = str((datetime.now(UTC) + timedelta(days=9)).date())
    filled = {"title": "Finals", "decks": [deck["value"]], "date": day}
    empty, page = page, room.desk.send(page, filled, where)
    assert room.desk.send(empty, filled, where).text.count("Remove Finals") == 1, "sent twice makes one"
    assert "Finals" in page.text
    assert "Finals:" in phone.open("/").text
    own = phone.open("/dates/")
    assert "Finals" in own.text
    assert "Remove Finals" not in own.text
    assert phone.open(where).status == 404
    assert "Remove Finals" not in room.desk.send(page, {}, where + "/remove").text
    assert rows_of(session, Goal) == []
    acts = [entry.action for entry in rows_of(session, AuditEntry)]
    assert [name for name in acts if "DATE" in name] == [Action.DATE_SET.name, Action.DATE_REMOVED.name]
