"""The calendar of what is due, read without signing in, at an address that can be changed."""

from __future__ import annotations

import re

from flask import Flask
from sqlalchemy.orm import Session

from tests.web.study.test_sitting import study, two_decks
from tests.world import Visitor


def address(page_text: str) -> str:
    found = re.search(r'value="https?://[^/"]+(/calendar/[^"]+\.ics)"', page_text)
    assert found
    return found[1]


def test_a_calendar_shows_what_is_due_until_its_address_is_changed(
    visitor: Visitor, session: Session, app: Flask
) -> None:
    items, stranger = two_decks(session), app.test_client()
    visitor.post("/study/begin", {"deck": "first"})
    study(visitor, items["first-1"], right=True)
    assert "/calendar/" not in str(visitor.open("/settings").soup)
    first = address(str(visitor.send(visitor.open("/settings"), {"on": "1"}, "/reminders/calendar").soup))
    calendar = stranger.get(first)
    assert calendar.mimetype == "text/calendar"
    assert "SUMMARY:1 question to review" in calendar.text
    second = address(str(visitor.post("/reminders/calendar", {"on": "1"}).soup))
    assert stranger.get(first).status_code == 404
    assert stranger.get(second).status_code == 200
    visitor.post("/reminders/calendar", {"on": "0"})
    assert stranger.get(second).status_code == 404
    third = address(str(visitor.post("/reminders/calendar", {"on": "1"}).soup))
    assert third not in {first, second}
    assert stranger.get("/calendar/forged.ics").status_code == 404
