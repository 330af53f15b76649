"""The scope of reads of decks says what the rule says, for every tie and for no one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.library.sharing import Act, Tie
from quizapp.services.classes import classrooms
from quizapp.storage.accounts.deck_rights import CONDITIONS, acts, may, may_with
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Classroom, ClassroomDeck, ClassroomTeacher, Enrolment
from quizapp.storage.library.tables import Deck, DeckShare, Item
from tests import factories
from tests.factories import NOW


@pytest.fixture
def owner(session: Session) -> Account:
    return factories.add_account(session, role="teacher", name="Owner", name_key="owner")


@pytest.fixture
def someone(session: Session) -> Account:
    return factories.add_account(session, role="teacher", name="Someone", name_key="someone")


@pytest.fixture
def deck(session: Session, owner: Account) -> Deck:
    return factories.add_deck(session, [factories.flip()], owner=owner)


@pytest.fixture
def classroom(session: Session, owner: Account, deck: Deck) -> Classroom:
    made = classrooms.create(session, owner, name="4b", zone="UTC", now=NOW)
    session.add(ClassroomDeck(classroom_id=made.id, deck_id=deck.id, position=1))
    session.flush()
    return made


@pytest.fixture
def tie(session: Session, someone: Account, deck: Deck, classroom: Classroom) -> Callable[[Tie], None]:
    """Ties `someone` to the deck."""

    def make(tie: Tie) -> None:
        match tie:
            case Tie.SHIPPED:
                deck.owner_id = None
            case Tie.PUBLIC:
                deck.public = True
            case Tie.OWNER:
                deck.owner_id = someone.id
            case Tie.EDITOR | Tie.VIEWER:
                edit = tie is Tie.EDITOR
                session.add(DeckShare(deck_id=deck.id, account_id=someone.id, can_edit=edit, added_at=NOW))
            case Tie.BANK:
                deck.department = True
            case Tie.TEACHES:
                session.add(ClassroomTeacher(classroom_id=classroom.id, account_id=someone.id, added_at=NOW))
            case Tie.ATTENDS:
                session.add(enrolment(classroom, someone))
        session.flush()

    return make


def enrolment(classroom: Classroom, account: Account) -> Enrolment:
    return Enrolment(classroom_id=classroom.id, learner_id=account.id, name="x", name_key="x", joined_at=NOW)


def granted(session: Session, deck: Deck, account_id: int | None) -> set[Act]:
    """By the scope of decks; that of rows that name a deck has to say the same."""
    found = {act for act in Act if session.scalar(select(Deck.id).where(may(act, account_id)))}
    item = select(Item.id).where(Item.deck_id == deck.id)
    assert found == {
        act for act in Act if session.scalar(item.where(may_with(act, account_id, Item.deck_id)))
    }
    return found


def test_every_tie_has_its_condition() -> None:
    assert set(CONDITIONS) == set(Tie)


@pytest.mark.parametrize("which", Tie)
def test_one_with_a_tie_may_do_what_the_rule_says_and_a_stranger_nothing(
    session: Session, deck: Deck, someone: Account, tie: Callable[[Tie], None], which: Tie
) -> None:
    assert granted(session, deck, someone.id) == granted(session, deck, None) == set()
    tie(which)
    expected = {act for act in Act if which in act.value}
    assert granted(session, deck, someone.id) == expected
    assert acts(session, deck.id, someone.id) == expected
    for_all = which in {Tie.SHIPPED, Tie.PUBLIC}
    assert granted(session, deck, None) == (expected if for_all else set())


def test_a_student_removed_or_of_an_archived_class_is_a_stranger(
    session: Session, deck: Deck, someone: Account, classroom: Classroom
) -> None:
    place = enrolment(classroom, someone)
    session.add(place)
    session.flush()
    assert granted(session, deck, someone.id) == {Act.STUDY}
    classrooms.set_archived(session, classroom, archived=True, now=NOW)
    assert granted(session, deck, someone.id) == set()
    classrooms.set_archived(session, classroom, archived=False, now=NOW)
    classrooms.set_removed(session, place, removed=True, now=NOW)
    assert granted(session, deck, someone.id) == set()


def test_a_share_of_another_deck_and_another_class_open_nothing(
    session: Session, deck: Deck, someone: Account, owner: Account
) -> None:
    other = factories.add_deck(session, [], slug="other", owner=owner)
    session.add(DeckShare(deck_id=other.id, account_id=someone.id, can_edit=True, added_at=NOW))
    elsewhere = classrooms.create(session, someone, name="5c", zone="UTC", now=NOW)
    session.add(ClassroomDeck(classroom_id=elsewhere.id, deck_id=other.id, position=1))
    session.flush()
    assert acts(session, deck.id, someone.id) == frozenset()
