"""True or false: neither side is chosen for the author, and nothing is stored without a choice."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.true_false import TrueFalse
from quizapp.storage.library.tables import Item
from tests import factories
from tests.conftest import NOW
from tests.world import Visitor, client_of, person, rows_of


def test_a_key_is_never_a_default(app: Flask, session: Session) -> None:
    teacher = person(session, "teacher", name="Vera", now=NOW)
    factories.add_deck(session, [], slug="hers", owner=teacher)
    session.commit()
    desk = Visitor(client_of(app, session, teacher, now=NOW))
    page = desk.open("/teach/decks/hers/add/true_false")
    sides = page.soup.select(".truth input")
    assert [side["type"] for side in sides] == ["radio", "radio"]
    assert not any(side.has_attr("checked") for side in sides)
    said = {"content-stem": "West Berlin was supplied by air in 1948.", "do": "save"}
    page = desk.send(page, said, "/add/true_false")
    assert page.status == 422
    assert "Choose whether the statement is true or false" in page.text
    assert rows_of(session, Item) == []
    page = desk.send(page, said | {"content-key": "false"}, "/add/true_false")
    [item] = rows_of(session, Item)
    assert session.get_one(Item, item.id).version.content == TrueFalse(stem=said["content-stem"], key=False)
    sides = desk.open(f"/teach/items/{item.id}").soup.select(".truth input[checked]")
    assert [side["value"] for side in sides] == ["false"]
