"""A learner's dates: set, looked at, removed; and what their classes set is there too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy.orm import Session

from quizapp.storage.study.tables import Goal
from tests.world import Visitor, rows_of


def soon(days: int) -> str:
    return str((datetime.now(UTC) + timedelta(days=days)).date())


def test_a_date_is_set_planned_and_removed(
    visitor: Visitor, questions: dict[str, int], session: Session
) -> None:
    visitor.begin()
    page = visitor.open("/dates/")
    assert "Set a date" in page.text
    deck = page.soup.select_one("input[name=decks]")
    assert deck is not None
    filled = {"title": "Exam", "decks": [deck["value"]], "date": soon(9)}
    empty, page = page, visitor.send(page, filled, "/dates/")
    assert visitor.send(empty, filled, "/dates/").text.count("Remove Exam") == 1, "sent twice makes one"
    assert "new facts in" in page.text
    assert "Secured: 0 of" in page.text
    assert "If you follow the plan, expect to remember" in page.text
    assert len(page.soup.select("table tbody tr")) == 4
    assert "Exam:" in visitor.open("/").text
    (goal,) = rows_of(session, Goal)
    page = visitor.send(page, {}, "/dates/remove")
    assert "Set a date" in page.text
    assert rows_of(session, Goal) == []
    assert "no longer exists" in visitor.post("/dates/remove", {"date": str(goal.id)}).text


def test_a_form_with_mistakes_comes_back_with_what_is_wrong(
    visitor: Visitor, questions: dict[str, int], session: Session
) -> None:
    page = visitor.begin().open("/dates/")
    sent = visitor.send(page, {"title": "Exam", "date": soon(-2), "decks": ["nonsense", "999999"]}, "/dates/")
    assert sent.status == 422
    assert "Choose a date that is still to come." in sent.text
    assert "Choose 1 to" in sent.text
    assert sent.fields("/dates/")["title"] == ["Exam"]
    assert visitor.send(page, {"title": "Exam"}, "/dates/").status == 422
    assert rows_of(session, Goal) == []


def test_no_one_removes_someone_elses_date(
    app: Flask, visitor: Visitor, questions: dict[str, int], session: Session
) -> None:
    page = visitor.begin().open("/dates/")
    deck = page.soup.select_one("input[name=decks]")
    assert deck is not None
    visitor.send(page, {"title": "Exam", "decks": [deck["value"]], "date": soon(9)}, "/dates/")
    (goal,) = rows_of(session, Goal)
    other = Visitor(app.test_client()).begin()
    assert "Exam" not in other.open("/dates/").text
    assert "no longer exists" in other.post("/dates/remove", {"date": str(goal.id)}).text
    assert len(rows_of(session, Goal)) == 1
