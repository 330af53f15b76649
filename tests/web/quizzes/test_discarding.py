"""A quiz of one's own that was begun can be discarded; what was answered in it stays in memory."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Chosen
from quizapp.storage.quizzes.tables import Attempt
from quizapp.storage.study.tables import Review
from tests.web.study.test_sitting import two_decks
from tests.world import Visitor, rows_of


def test_a_quiz_that_was_begun_is_discarded_and_its_answers_stay(
    visitor: Visitor, session: Session, app: Flask
) -> None:
    two_decks(session)
    visitor.post("/study/begin", {"deck": "first"})
    page = visitor.send(visitor.open("/quiz/new?deck=first"), {}, "/quiz/start")
    visitor.answer(page, Chosen(("True",)))
    home = visitor.open("/")
    assert "1 of 2 answered" in home.text
    [attempt] = rows_of(session, Attempt)
    stranger = Visitor(app.test_client()).begin()
    assert stranger.post(f"/quiz/{attempt.id}/discard", {}).status == 404
    gone = visitor.send(home, {}, "/discard")
    assert "answered" not in gone.soup.find("main").get_text()
    assert rows_of(session, Attempt) == []
    assert len(rows_of(session, Review)) == 1


def test_a_finished_quiz_is_kept(visitor: Visitor, session: Session) -> None:
    two_decks(session)
    visitor.post("/study/begin", {"deck": "first"})
    visitor.send(visitor.open("/quiz/new?deck=first"), {}, "/quiz/start")
    [attempt] = rows_of(session, Attempt)
    visitor.post(f"/quiz/{attempt.id}/finish", {})
    assert visitor.post(f"/quiz/{attempt.id}/discard", {}).status == 409
    assert len(rows_of(session, Attempt)) == 1
