"""Sharing a deck: with whom, how, and that each step is in the audit log."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Invalid, Missing
from quizapp.domain.library.sharing import Act
from quizapp.services.accounts import accounts
from quizapp.services.classes import assignments, class_decks, classrooms
from quizapp.services.library import sharing
from quizapp.storage.accounts.deck_rights import acts
from quizapp.storage.accounts.tables import Account
from quizapp.storage.audit.tables import AuditEntry
from quizapp.storage.library.tables import Deck
from tests import factories
from tests.factories import NOW
from tests.world import person


@pytest.fixture
def owner(session: Session) -> Account:
    return person(session, "teacher", name="Olga", now=NOW)


@pytest.fixture
def colleague(session: Session) -> Account:
    return person(session, "teacher", name="Ann Lee", now=NOW)


@pytest.fixture
def deck(session: Session, owner: Account) -> Deck:
    return factories.add_deck(session, [], owner=owner)


def share(session: Session, deck: Deck, owner: Account, name: str, *, can_edit: bool = False) -> Account:
    return sharing.share(session, deck, owner, name=name, can_edit=can_edit, now=NOW)


def refusal(session: Session, deck: Deck, owner: Account, name: str) -> str:
    with pytest.raises(Invalid) as caught:
        share(session, deck, owner, name)
    return caught.value.problems[0].message


def log(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_a_colleague_sees_then_edits_then_neither(
    session: Session, deck: Deck, owner: Account, colleague: Account
) -> None:
    assert share(session, deck, owner, "ann lee ") is colleague
    assert Act.GIVE in acts(session, deck.id, colleague.id)
    assert Act.EDIT not in acts(session, deck.id, colleague.id)
    share(session, deck, owner, "Ann Lee", can_edit=True)
    assert Act.EDIT in acts(session, deck.id, colleague.id)
    share(session, deck, owner, "Ann Lee")
    assert Act.EDIT not in acts(session, deck.id, colleague.id)
    sharing.unshare(session, deck, owner, account_id=colleague.id, now=NOW)
    assert acts(session, deck.id, colleague.id) == frozenset()
    with pytest.raises(Missing):
        sharing.unshare(session, deck, owner, account_id=colleague.id, now=NOW)
    assert log(session) == ["DECK_SHARED"] * 3 + ["DECK_UNSHARED"]


def test_a_mistyped_name_is_put_right_among_teachers_only(
    session: Session, deck: Deck, owner: Account, colleague: Account
) -> None:
    person(session, "student", name="Ann Leek", now=NOW)
    assert refusal(session, deck, owner, "Ann Le") == "No teacher has this name. Did you mean “Ann Lee”?"
    assert refusal(session, deck, owner, "Ann Leek") == "No teacher has this name. Did you mean “Ann Lee”?"
    assert "Ask which name they sign in with" in refusal(session, deck, owner, "Zebulon")
    assert refusal(session, deck, owner, "Olga") == "You already own this deck."
    accounts.set_disabled(session, colleague, disabled=True, now=NOW)
    assert "Did you mean" not in refusal(session, deck, owner, "Ann Lee")
    assert log(session) == []


def test_public_and_private_again(session: Session, deck: Deck, owner: Account) -> None:
    assert sharing.set_public(session, deck, owner, public=True, now=NOW)
    assert not sharing.set_public(session, deck, owner, public=True, now=NOW)
    assert sharing.set_public(session, deck, owner, public=False, now=NOW)
    assert log(session) == ["DECK_MADE_PUBLIC", "DECK_MADE_PRIVATE"]


def test_a_deck_is_taken_from_a_class(
    session: Session, deck: Deck, owner: Account, colleague: Account
) -> None:
    share(session, deck, owner, "Ann Lee")
    made = classrooms.create(session, colleague, name="4b", zone="UTC", now=NOW)
    assert class_decks.choose(session, made, colleague, [deck.slug], now=NOW) == (1, 0)
    sharing.unshare(session, deck, owner, account_id=colleague.id, now=NOW)
    assert acts(session, deck.id, colleague.id) == {Act.STUDY, Act.TEACH, Act.APPROVE}  # of their class
    other = classrooms.create(session, colleague, name="5c", zone="UTC", now=NOW)
    with pytest.raises(Missing):
        class_decks.choose(session, other, colleague, [deck.slug], now=NOW)
    assignments.take_deck_back(session, deck, owner, classroom_id=made.id, now=NOW)
    assert acts(session, deck.id, colleague.id) == frozenset()
    with pytest.raises(Missing):
        assignments.take_deck_back(session, deck, owner, classroom_id=made.id, now=NOW)


def test_a_deck_has_only_so_many_colleagues(
    session: Session, deck: Deck, owner: Account, colleague: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "MOST_COLLEAGUES", 1)
    share(session, deck, owner, "Ann Lee")
    person(session, "teacher", name="Bea", now=NOW)
    assert "at most 1 teachers" in refusal(session, deck, owner, "Bea")
