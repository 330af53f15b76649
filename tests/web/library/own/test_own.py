"""A student's own cards: private, studied like any other, shared with a class if its teacher allows it."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask
from sqlalchemy.orm import Session

from quizapp.services.accounts import accounts
from quizapp.services.classes import classrooms
from quizapp.storage.classes.tables import ClassroomDeck
from quizapp.storage.library.tables import Deck, Item
from tests.conftest import NOW
from tests.world import Visitor, rows_of

CARD = {"question": "Capital of Peru?", "answer": "Lima", "way": "typed", "title": "Capitals"}


def write(visitor: Visitor, **fields: str) -> str:
    page = visitor.send(visitor.open("/own/cards/new"), CARD | {"deck": ""} | fields, "/own/cards/new")
    assert page.status == 200, page.text
    return page.path


def test_a_card_is_written_studied_changed_and_removed(visitor: Visitor, session: Session) -> None:
    path = write(visitor.begin())
    assert "Capital of Peru?" in visitor.open(path).text
    [deck] = rows_of(session, Deck, title="Capitals")
    asked = visitor.open(f"/study/?deck={deck.slug}")
    assert "Capital of Peru?" in asked.text
    assert "Lima" not in asked.text
    assert visitor.send(asked, {"answer": "lima"}).heading == "Correct"
    [item] = rows_of(session, Item, deck_id=deck.id)
    changed = visitor.send(
        visitor.open(f"/own/cards/{item.id}"),
        {"question": "Which city governs Peru?"},
        f"/own/cards/{item.id}",
    )
    assert "Which city governs Peru?" in changed.text
    gone = visitor.send(changed, {}, f"/own/cards/{item.id}/remove")
    assert "Which city governs Peru?" not in gone.text
    session.expire_all()
    assert rows_of(session, Item, deck_id=deck.id)[0].state == "retired"


def test_what_is_missing_is_said_and_what_was_written_stays(visitor: Visitor) -> None:
    page = visitor.begin().send(
        visitor.open("/own/cards/new"), {"question": "Why?", "deck": ""}, "/own/cards/new"
    )
    assert page.status == 422
    assert "Write the answer." in page.text
    assert "Why?" in str(page.form("/own/cards/new"))


def test_a_passage_goes_along_as_the_reason(visitor: Visitor) -> None:
    page = visitor.begin().open("/own/cards/new?quote=Trade+grew+by+a+third.")
    assert "Trade grew by a third." in page.text
    visitor.send(page, CARD | {"deck": "", "way": "turned"}, "/own/cards/new")
    back = visitor.send(visitor.open("/study/"), {}, "/study/reveal")
    assert "Trade grew by a third." in back.text


def test_no_one_else_sees_it(visitor: Visitor, app: Flask, session: Session) -> None:
    path = write(visitor.begin())
    stranger = Visitor(app.test_client()).begin()
    slug = path.rpartition("/")[2]
    assert stranger.open(path).status == 404
    assert stranger.open(f"/decks/{slug}").status == 404
    assert stranger.open(f"/study/?deck={slug}").status == 404
    [item] = rows_of(session, Item)
    for method in (stranger.open, lambda url: stranger.post(f"{url}/remove", {})):
        assert method(f"/own/cards/{item.id}").status == 404
    assert Visitor(app.test_client()).open(f"/decks/{slug}").status == 404


def test_a_deck_is_shared_with_a_class_only_where_its_teacher_allows_it(
    visitor: Visitor, app: Flask, session: Session
) -> None:
    teacher = accounts.sign_up(session, None, name="Ms V", password_hash="-", role="teacher", now=NOW)
    made = classrooms.create(session, teacher, name="7b", zone="UTC", now=NOW)
    classrooms.set_joining(session, made, is_open=True, now=datetime.now(UTC))
    session.commit()
    code, class_id = made.join_code, made.id
    for person, name in ((visitor, "Mia"), (Visitor(app.test_client()), "Noah")):
        person.send(person.open("/join"), {"code": code, "name": name}, "/join")
        mate = person
    slug = write(visitor).rpartition("/")[2]
    shared = {"deck": slug, "shared": "1"}
    assert visitor.post(f"/classes/{class_id}/own-decks", shared).status == 409
    classrooms.edit(session, made, name="7b", zone="UTC", own_decks=True)
    session.commit()
    assert "Share a deck of your own" in visitor.open("/classes/").text
    visitor.post(f"/classes/{class_id}/own-decks", shared)
    assert len(rows_of(session, ClassroomDeck)) == 1
    assert mate.open(f"/decks/{slug}").status == 200
    assert mate.post(f"/classes/{class_id}/own-decks", {"deck": slug, "shared": "0"}).status == 404
    visitor.send(visitor.open("/classes/"), {}, "/own-decks")
    assert mate.open(f"/decks/{slug}").status == 404
