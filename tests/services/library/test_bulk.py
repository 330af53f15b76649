from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Invalid
from quizapp.domain.library.review import Step
from quizapp.services.library import bulk
from quizapp.services.library.bulk import Done
from quizapp.storage.accounts.tables import Account
from quizapp.storage.audit.tables import AuditEntry
from quizapp.storage.library.tables import Deck, DeckItem, Item
from quizapp.storage.study.tables import Card
from tests import factories, world
from tests.factories import NOW, choice


@pytest.fixture
def teacher(session: Session) -> Account:
    return world.person(session, "teacher", name="Ms Rivers", now=NOW)


@pytest.fixture
def deck(session: Session, teacher: Account) -> Deck:
    made = factories.add_deck(session, [], owner=teacher)
    for number in (1, 2, 3):
        factories.add_item(session, made, choice(), key=f"t-{number}")
    session.commit()
    return made


def items(session: Session) -> list[Item]:
    return list(session.scalars(select(Item).order_by(Item.id)))


def test_only_items_at_home_in_the_deck_are_chosen_in_its_order(
    session: Session, deck: Deck, teacher: Account
) -> None:
    other = world.add_deck(session, "other", owner_id=teacher.id, now=NOW)
    elsewhere = world.add_item(session, other, "o-1", choice(), now=NOW)
    first, second, _ = (item.id for item in items(session) if item.deck_id == deck.id)
    assert [item.id for item in bulk.chosen(session, deck, [second, elsewhere.id, first, 999])] == [
        first,
        second,
    ]
    with pytest.raises(Invalid, match="No questions selected"):
        bulk.chosen(session, deck, [elsewhere.id])


def test_those_in_another_state_are_published_or_retired(
    session: Session, deck: Deck, teacher: Account
) -> None:
    def take(step: Step, chosen: list[Item]) -> Done:
        return bulk.take_step(session, chosen, step, by=teacher, now=NOW)

    assert take(Step.RETIRE, items(session)[:2]) == Done(2, 2)
    assert take(Step.RETIRE, items(session)) == Done(1, 3)
    assert {item.state for item in items(session)} == {"retired"}
    assert take(Step.PUBLISH, items(session)) == Done(3, 3)
    assert {item.state for item in items(session)} == {"published"}
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == 6


def test_tags_are_added_and_taken_off_as_versions(session: Session, deck: Deck, teacher: Account) -> None:
    def tag(*tags: str, add: bool) -> Done:
        return bulk.tag(session, items(session), tags, add=add, author=teacher, now=NOW)

    def tags() -> set[str]:
        return {item.version.tags for item in items(session) if item.version}

    assert tag("rivers", "maps", add=True) == Done(3, 3)
    assert tag("maps", add=True) == Done(0, 3)
    assert tags() == {"rivers,maps"}
    assert tag("rivers", "none", add=False) == Done(3, 3)
    assert tags() == {"maps"}
    [version] = {(item.version.number, item.version.note) for item in items(session) if item.version}
    assert version == (3, "Tag removed: rivers, none")
    with pytest.raises(Invalid, match="Enter the tag"):
        tag(add=True)


def test_moving_takes_places_and_cards_along(session: Session, deck: Deck, teacher: Account) -> None:
    other = world.add_deck(session, "other", owner_id=teacher.id, now=NOW)
    world.add_item(session, other, "o-1", choice(), now=NOW)
    moving = items(session)[:2]
    learner = world.person(session, "guest", now=NOW)
    numbers = dict.fromkeys(("due_day", "reps", "lapses", "events", "right_streak", "misses_in_row"), 1)
    days = {
        "first_day": 1,
        "last_day": 1,
        "last_at": NOW,
        "stability": 1.0,
        "fast": 1.0,
        "folded": "",
        "difficulty": 5.0,
        "learning": False,
    }
    card = Card(
        learner_id=learner.id,
        item_id=moving[0].id,
        deck_id=deck.id,
        fact_id=moving[0].fact_id,
        **numbers,
        **days,
    )
    session.add(card)
    session.flush()
    assert bulk.move(session, moving, other) == Done(2, 2)
    assert bulk.move(session, moving, other) == Done(0, 2)
    placed = select(DeckItem.item_id).order_by(DeckItem.position)
    here = list(session.scalars(placed.where(DeckItem.deck_id == other.id)))
    assert here[1:] == [item.id for item in moving]
    assert len(list(session.scalars(placed.where(DeckItem.deck_id == deck.id)))) == 1
    assert session.scalars(select(Card.deck_id)).one() == other.id
