"""A learner's mark in each deck: all before it has been met, so the search for new items begins there."""

from __future__ import annotations

from functools import cache
from typing import cast

from sqlalchemy import Table, Update, and_, bindparam, func, select, update
from sqlalchemy.orm import Session

from quizapp.storage.library.tables import DeckItem, Item
from quizapp.storage.study.due import DECK_ITEM, LEARNER, MET, PUBLISHED, STUDY_DECK
from quizapp.storage.study.tables import StudyDeck


def pass_met(session: Session, learner_id: int, item_id: int) -> None:
    """Move the learner's mark in each deck that holds this item up to the first item not seen."""
    session.execute(_pass_met(), {"learner": learner_id, "item": item_id})


def unpass_item(session: Session, item_id: int, learner_id: int | None = None) -> None:
    """Put marks back to an item that can be new again: its only answer undone, or published again."""
    place = (
        select(DeckItem.position)
        .where(DeckItem.deck_id == StudyDeck.deck_id, DeckItem.item_id == item_id)
        .scalar_subquery()
    )
    holding = select(DeckItem.deck_id).where(DeckItem.item_id == item_id)
    change = update(StudyDeck).where(StudyDeck.deck_id.in_(holding), StudyDeck.met_before > place)
    if learner_id is not None:
        change = change.where(StudyDeck.learner_id == learner_id)
    session.execute(change.values(met_before=place), execution_options={"synchronize_session": False})


def unpass(session: Session, *, deck_id: int | None = None, learner_id: int | None = None) -> None:
    """Put marks back to the beginning: all in a deck whose order has changed, or all of a learner
    whose cards have been made again."""
    change = update(StudyDeck).where(
        *([] if deck_id is None else [StudyDeck.deck_id == deck_id]),
        *([] if learner_id is None else [StudyDeck.learner_id == learner_id]),
    )
    session.execute(change.values(met_before=0), execution_options={"synchronize_session": False})


@cache
def _pass_met() -> Update:
    held = select(DECK_ITEM.deck_id).where(DECK_ITEM.item_id == bindparam("item"))
    behind = DECK_ITEM.deck_id == STUDY_DECK.deck_id, DECK_ITEM.position >= STUDY_DECK.met_before
    first = (
        select(DECK_ITEM.position)
        .select_from(DeckItem.__table__.join(Item.__table__, and_(*PUBLISHED)))
        .where(*behind, ~MET)
        .order_by(DECK_ITEM.position)
        .limit(1)
    )
    end = select(func.max(DECK_ITEM.position) + 1).where(DECK_ITEM.deck_id == STUDY_DECK.deck_id)
    table = cast("Table", StudyDeck.__table__)
    mark = func.coalesce(*(each.correlate(table).scalar_subquery() for each in (first, end)))
    return (
        update(table)
        .where(STUDY_DECK.learner_id == LEARNER, STUDY_DECK.deck_id.in_(held))
        .values(met_before=mark)
    )
