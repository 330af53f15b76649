"""The page on sharing a deck, and copying, in the browser."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.services.classes import classrooms
from quizapp.storage.accounts.tables import Account
from tests.world import Visitor, add_deck, add_item, client_of, person

NOW = datetime.now(UTC)


@pytest.fixture
def owner(session: Session) -> Account:
    return person(session, "teacher", name="Olga", now=NOW)


@pytest.fixture
def colleague(session: Session) -> Account:
    return person(session, "teacher", name="Ann Lee", now=NOW)


@pytest.fixture(autouse=True)
def deck(session: Session, owner: Account) -> None:
    made = add_deck(session, "rivers", owner_id=owner.id, now=NOW)
    add_item(session, made, "rivers-1", FlipCard(stem="What flows past Ulm?", answer="Danube"), now=NOW)
    session.commit()


def visitor(app: Flask, session: Session, account: Account) -> Visitor:
    return Visitor(client_of(app, session, account, now=NOW))


def test_an_owner_shares_changes_and_takes_back(
    app: Flask, session: Session, owner: Account, colleague: Account
) -> None:
    here, there = visitor(app, session, owner), visitor(app, session, colleague)
    page = here.open(here.open("/teach/decks/rivers").link("Sharing"))
    refused = here.send(page, {"name": "Ann Lea"}, "/sharing")
    assert (refused.status, "Did you mean “Ann Lee”?" in refused.text) == (422, True)
    page = here.send(refused, {"name": "ann lee"}, "/sharing")
    assert "Ann Lee can now view this deck." in page.text
    assert "From Olga read only" in there.open("/teach/decks/rivers").text
    page = here.send(page, {"name": "Ann Lee", "way": "edit"}, "/sharing")
    assert "Ann Lee may edit" in page.text
    assert "can edit" in there.open("/teach/decks/rivers").text
    assert "Sharing" not in there.open("/teach/decks/rivers").text
    page = here.send(page, {}, "/unshare")
    assert "can no longer see this deck" in page.text
    assert there.open("/teach/decks/rivers").status == 404


def test_public_private_and_the_classes(
    app: Flask, session: Session, owner: Account, colleague: Account
) -> None:
    here, there = visitor(app, session, owner), visitor(app, session, colleague)
    page = here.send(here.open("/teach/decks/rivers/sharing"), {}, "/public")
    assert "Everyone on this site can study the deck." in page.text
    made = classrooms.create(session, colleague, name="4b", zone="UTC", now=NOW)
    session.commit()
    chooser = there.open(f"/classes/{made.id}/decks")
    there.send(chooser, {"deck": ["rivers"]}, f"/classes/{made.id}/decks")
    page = here.send(here.open("/teach/decks/rivers/sharing"), {}, "/public")
    assert "4b of Ann Lee" in page.text
    assert there.open("/teach/decks/rivers").status == 200  # teaches a class that learns it
    page = here.send(page, {}, "/withdraw")
    assert "None yet" in page.text
    assert there.open("/teach/decks/rivers").status == 404
    log = here.open("/teach/log").text
    for told in ("made the deck public", "made the deck private", "removed the deck from the class"):
        assert f"You {told}" in log


def test_a_copy_is_ones_own_and_tells_where_it_comes_from(
    app: Flask, session: Session, owner: Account, colleague: Account
) -> None:
    here, there = visitor(app, session, owner), visitor(app, session, colleague)
    here.send(here.open("/teach/decks/rivers/sharing"), {"name": "Ann Lee"}, "/sharing")
    copy = there.send(there.open("/teach/decks/rivers"), {}, "/copy")
    assert copy.heading == "Deck rivers (copy)"
    assert "Copied from Deck rivers" in copy.text
    assert copy.link("Deck rivers") == "/teach/decks/rivers"
    assert "What flows past Ulm?" in copy.text
    assert "Add a question" in copy.text
    here.send(here.open("/teach/decks/rivers/sharing"), {}, "/unshare")
    address = copy.path
    assert address.startswith("/teach/decks/t.deck-rivers-copy-")
    copy = there.open(address)
    assert "Copied from “Deck rivers”" in copy.text  # by name, without a way there
    assert "What flows past Ulm?" in copy.text
    assert here.open(address).status == 404


def test_a_form_that_names_nothing_changes_nothing(app: Flask, session: Session, owner: Account) -> None:
    here = visitor(app, session, owner)
    for step in ("public", "unshare", "withdraw"):
        assert here.post(f"/teach/decks/rivers/{step}", {"teacher": "x", "class": "0"}).status == 400
    assert here.post("/teach/decks/rivers/unshare", {"teacher": "999"}).status == 404
