"""The history of one question, as its learner reads it."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session

from tests.web.study.test_sitting import study, two_decks
from tests.world import Visitor


def test_the_history_tells_each_answer_why_and_what_comes_next(
    visitor: Visitor, session: Session, app: Flask
) -> None:
    items = two_decks(session)
    visitor.post("/study/begin", {"deck": "first"})
    study(visitor, items["first-1"], right=False)
    study(visitor, items["first-1"], right=True)
    page = visitor.open(visitor.open("/study/met/").link("History"))
    assert page.heading == "Statement 1 of first."
    rows = [" ".join(row.get_text(" ").split()) for row in page.soup.select("tbody tr")]
    assert rows[1] == "Wrong, or “I don’t know” later today"
    assert [words for row in rows[2:] for words in ("Right", "I don’t know") if words in row] == [
        "Right",
        "I don’t know",
    ]
    assert "same day" in rows[3]
    assert "your target is 90 %" in page.text
    stranger = Visitor(app.test_client()).begin()
    assert stranger.open(f"/study/met/{items['first-1']}").status == 404
    assert visitor.open(f"/study/met/{items['first-2']}").status == 404


def test_a_restart_and_what_was_undone_are_told(visitor: Visitor, session: Session) -> None:
    items = two_decks(session)
    visitor.post("/study/begin", {"deck": "first"})
    study(visitor, items["first-1"], right=True)
    visitor.post("/study/decks/first", {"what": "restart"})
    page = visitor.open(f"/study/met/{items['first-1']}")
    assert "Restarted: new again" in page.text
    assert "It counts as new" in page.text
