"""Looking up what one has seen: question, answer and one's own note."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Chosen
from quizapp.domain.library.kinds.true_false import TrueFalse
from quizapp.services.accounts import accounts
from quizapp.storage.study.tables import ItemNote
from tests.conftest import NOW
from tests.web.study.test_sitting import study, two_decks
from tests.world import Visitor, add_deck, add_item, item_ids, rows_of


def test_what_was_seen_is_found_by_its_words_and_nothing_else_is_there(
    visitor: Visitor, session: Session, app: Flask
) -> None:
    items = two_decks(session)
    visitor.post("/study/begin", {"deck": "first"})
    assert "Nothing seen yet" in visitor.open("/study/met/").text
    study(visitor, items["first-1"], right=True)
    page = visitor.open("/study/met/")
    assert "Statement 1 of first." in page.text
    assert "Statement 2 of first." not in page.text
    assert "Statement 1 of first." in visitor.open("/study/met/?q=STATEMENT+first").text
    assert "Nothing found" in visitor.open("/study/met/?q=statement+second").text
    assert "Nothing seen yet" in Visitor(app.test_client()).begin().open("/study/met/").text


def test_a_note_is_kept_shown_found_and_taken_away(visitor: Visitor, session: Session, app: Flask) -> None:
    items = two_decks(session)
    visitor.post("/study/begin", {"deck": "first"})
    feedback = visitor.answer(visitor.ask(items["first-1"]), Chosen(("True",)))
    note = f"/study/met/{items['first-1']}/note"
    again = visitor.send(feedback, {"text": "Think of the <b>Vistula</b>"}, note)
    assert again.path.startswith("/study/feedback/"), "back where it was written"
    assert "Think of the <b>Vistula</b>" in again.text
    assert "Think of the" in visitor.open("/study/met/?q=vistula").text
    visitor.send(visitor.open("/study/met/"), {"text": " "}, note)
    assert rows_of(session, ItemNote) == []
    assert visitor.post(note, {"text": "x" * 1_001}).status == 422
    assert visitor.post(note, {"text": "x", "back": "//evil.example"}).path == "/study/met/"


def test_no_one_notes_at_what_they_may_not_study(visitor: Visitor, session: Session) -> None:
    teacher = accounts.sign_up(session, None, name="Ms V", password_hash="-", role="teacher", now=NOW)
    deck = add_deck(session, "private", owner_id=teacher.id, now=NOW)
    add_item(session, deck, "private-1", TrueFalse(stem="So.", key=True), now=NOW)
    session.commit()
    visitor.begin()
    for item in (item_ids(session)["private-1"], 10**6):
        assert visitor.post(f"/study/met/{item}/note", {"text": "x"}).status == 404


def test_the_list_costs_the_same_number_of_statements_at_any_length(
    visitor: Visitor, session: Session, count_queries: object
) -> None:
    items, count = two_decks(session), count_queries
    visitor.post("/study/begin", {"deck": "first"})

    def cost() -> int:
        before = len(count())  # type: ignore[operator]
        visitor.open("/study/met/")
        return len(count()) - before  # type: ignore[operator]

    study(visitor, items["first-1"], right=True)
    one = cost()
    for key in ("first-2", "second-1", "second-2"):
        study(visitor, items[key], right=True)
    assert cost() == one
