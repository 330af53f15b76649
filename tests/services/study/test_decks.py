"""Which decks a learner studies: each once, in the order in which they were taken."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Missing
from quizapp.services.study.decks import begin
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck
from quizapp.storage.study.tables import StudyDeck
from tests import factories
from tests.factories import NOW


@pytest.fixture
def account(session: Session) -> Account:
    return factories.add_account(session)


@pytest.fixture
def decks(session: Session) -> None:
    """Three shipped decks, out of order, one of them a theme; and a teacher's."""
    teacher = factories.add_account(session, role="teacher")
    for slug, position, theme, owner in (
        ("second", 2, None, None),
        ("first", 1, None, None),
        ("theme", 3, "trade", None),
        ("own", 0, None, teacher),
    ):
        deck = factories.add_deck(session, [], slug=slug, owner=owner, public=True)
        deck.position, deck.theme_tag = position, theme
    session.flush()


def studied(session: Session, account: Account) -> list[str]:
    query = select(Deck.slug).join(StudyDeck, StudyDeck.deck_id == Deck.id)
    return list(session.scalars(query.where(StudyDeck.learner_id == account.id).order_by(StudyDeck.position)))


@pytest.mark.usefixtures("decks")
def test_a_beginner_gets_every_shipped_deck_in_order(session: Session, account: Account) -> None:
    begin(session, account, now=NOW)
    assert studied(session, account) == ["first", "second"]


@pytest.mark.usefixtures("decks")
def test_a_named_deck_comes_behind_those_taken_before(session: Session, account: Account) -> None:
    for slug in ("own", "theme", "first"):
        begin(session, account, slug, now=NOW)
    assert studied(session, account) == ["own", "theme", "first"]


@pytest.mark.usefixtures("decks")
def test_a_deck_taken_again_keeps_its_place(session: Session, account: Account) -> None:
    for slug in ("second", "first", "second"):
        begin(session, account, slug, now=NOW)
    assert studied(session, account) == ["second", "first"]


@pytest.mark.usefixtures("decks")
def test_one_who_studies_already_is_given_nothing_unasked(session: Session, account: Account) -> None:
    begin(session, account, "own", now=NOW)
    begin(session, account, now=NOW)
    assert studied(session, account) == ["own"]


@pytest.mark.usefixtures("decks")
def test_learners_choose_for_themselves(session: Session, account: Account) -> None:
    other = factories.add_account(session)
    begin(session, account, now=NOW)
    begin(session, other, "theme", now=NOW)
    assert studied(session, other) == ["theme"]


def test_an_unknown_deck_is_missing(session: Session, account: Account) -> None:
    with pytest.raises(Missing):
        begin(session, account, "atlantis", now=NOW)
    assert studied(session, account) == []


def test_a_site_without_decks_gives_none(session: Session, account: Account) -> None:
    begin(session, account, now=NOW)
    assert studied(session, account) == []


def test_a_deck_that_they_may_not_study_is_not_there(session: Session, account: Account) -> None:
    teacher = factories.add_account(session, role="teacher")
    factories.add_deck(session, [], slug="private", owner=teacher)
    with pytest.raises(Missing):
        begin(session, account, "private", now=NOW)
    begin(session, teacher, "private", now=NOW)
    assert (studied(session, account), studied(session, teacher)) == ([], ["private"])
