"""The start page of who teaches: what waits comes first, else the next step, else how the work stands."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Chosen
from quizapp.storage.library.tables import DeckShare, Item
from tests import factories
from tests.web.classes.conftest import NOW, Class
from tests.web.classes.conftest import room as room  # noqa: PLC0414 a fixture of another folder
from tests.world import Seen, Visitor, client_of, person


def primary(page: Seen) -> tuple[str, str]:
    """The one button that leads on: its words and where to."""
    [button] = page.soup.select("main .button.primary")
    return button.get_text(strip=True), str(button["href"])


def test_a_first_day_is_led_step_by_step(app: Flask, session: Session) -> None:
    teacher = person(session, "teacher", name="Fresh", now=NOW)
    session.commit()
    desk = Visitor(client_of(app, session, teacher, now=NOW))
    page = desk.open("/")
    assert page.heading == "Your first quiz, step by step"
    assert primary(page) == ("Add an article", "/teach/articles/add")
    assert len(page.soup.select("main a.button[href='/teach/articles/add']")) == 1
    factories.add_deck(session, [factories.choice(1)], slug="hers", owner=teacher)
    session.commit()
    assert primary(desk.open("/"))[0] == "Give them to a class"
    assert "hers" not in desk.open("/").text.casefold(), "a deck that she owns is not one that she studies"
    admin = person(session, "admin", name="Root", now=NOW)
    session.commit()
    assert "Invite colleagues" in Visitor(client_of(app, session, admin, now=NOW)).open("/").text


def test_what_waits_comes_first_and_is_in_the_header(app: Flask, session: Session, room: Class) -> None:
    colleague = person(session, "teacher", name="Carl", now=NOW)
    deck = factories.add_deck(session, [factories.choice(1)], slug="shared", owner=room.teacher)
    session.add(DeckShare(deck_id=deck.id, account_id=colleague.id, can_edit=True, added_at=NOW))
    item = session.query(Item).where(Item.deck_id == deck.id).one()
    assert item.version is not None
    item.state, item.version.author_id = "in_review", colleague.id
    session.commit()
    page = room.desk.open("/")
    assert page.heading == "1 thing waits for you"
    words, address = primary(page)
    assert words == "Decide"
    assert "shared" in room.desk.open(address).text.casefold()
    header = page.soup.select_one("header .badge")
    assert header is not None
    assert header.get_text(" ", strip=True) == "1 waiting for you"


def test_how_the_work_of_each_class_stands(room: Class) -> None:
    anna, _bela = room.seat("Anna", "Bela")
    made = room.give(title="Rivers today")
    phone = room.phone(anna)
    page = phone.send(phone.open(f"/assignments/{made}"), {}, "/begin")
    phone.answer(page, Chosen(("Danube",)))
    page = room.desk.open("/")
    assert page.heading == "Your classes today"
    assert "0 of 2 done" in page.text
    phone.send(phone.open(f"{phone.open(f'/assignments/{made}').link('Continue')}overview"), {}, "/finish")
    page = room.desk.open("/")
    assert "1 of 2 done" in page.text
    assert room.desk.open(page.link("Rivers today")).heading == "Rivers today"
