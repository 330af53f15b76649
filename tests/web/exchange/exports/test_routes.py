"""Taking a deck out in the browser."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.services.exchange.formats import writers
from quizapp.storage.library.tables import Deck
from tests import factories
from tests.factories import NOW
from tests.world import Visitor, client_of, person


@pytest.fixture
def deck(session: Session) -> Deck:
    teacher = person(session, "teacher", name="Ada", now=NOW)
    made = factories.add_deck(session, [factories.choice(), factories.flip()], owner=teacher)
    session.commit()
    return made


@pytest.fixture
def teacher(app: Flask, session: Session, deck: Deck) -> Visitor:
    return Visitor(client_of(app, session, deck.owner, now=NOW))


def test_every_format_says_what_it_can_hold(teacher: Visitor, deck: Deck) -> None:
    page = teacher.open(teacher.open(f"/teach/decks/{deck.slug}").link("Export"))
    for format in writers():
        assert page.link(format.title).endswith(f"/export/{format.name}")
    assert "2 questions whole" in page.text
    assert "1 not at all" in page.text


def test_a_file_is_written_and_its_losses_can_be_read(teacher: Visitor, deck: Deck) -> None:
    sent = teacher.client.get(f"/teach/decks/{deck.slug}/export/gift")
    assert sent.headers["Content-Disposition"] == f"attachment; filename={deck.slug}.gift"
    assert "{=Danube ~Elbe" in sent.get_data(as_text=True)
    lost = teacher.client.get(f"/teach/decks/{deck.slug}/export/gift/report.csv").get_data(as_text=True)
    assert "GIFT has no question of this kind." in lost


def test_anyone_who_may_not_look_into_the_deck_takes_nothing_out(
    app: Flask, session: Session, deck: Deck
) -> None:
    other = Visitor(client_of(app, session, person(session, "teacher", name="Bob", now=NOW), now=NOW))
    assert other.open(f"/teach/decks/{deck.slug}/export").status == 404
    assert other.open(f"/teach/decks/{deck.slug}/export/gift").status == 404
