"""Versions of items: written when something changed, never otherwise; order in decks; search texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Format
from quizapp.services.library.items import (
    Citation,
    Draft,
    append_to_deck,
    create_item,
    fact_named,
    fill_deck,
    is_version,
    move_item,
    search_text,
    write_version,
)
from quizapp.storage.library.tables import DeckItem, Evidence, Item, ItemVersion
from quizapp.storage.study.tables import Card
from tests import factories
from tests.factories import NOW, typed

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def item(session: Session) -> Item:
    deck = factories.add_deck(session, [])
    return create_item(session, key="danube", deck=deck, fact=fact_named(session, "danube"))


def versions(session: Session, item: Item) -> list[ItemVersion]:
    query = select(ItemVersion).where(ItemVersion.item_id == item.id).order_by(ItemVersion.number)
    return list(session.scalars(query))


def citation(session: Session, sentence: int = 1) -> Citation:
    source = session.scalar(select(factories.Source)) or factories.add_source(session)
    return Citation(source.id, 1, sentence, "0123456789ab")


def test_the_first_draft_becomes_version_one(session: Session, item: Item) -> None:
    assert write_version(session, item, Draft(content=typed()), author_id=None, now=NOW, note="First")
    assert item.version is not None
    assert (item.version.number, item.version.kind, item.version.created_at) == (1, "short_answer", NOW)
    assert (item.version.content, item.version.note) == (typed(), "First")


def test_the_same_draft_again_is_no_new_version(session: Session, item: Item) -> None:
    draft = Draft(content=typed(), tags=("rivers",), evidence=(citation(session),))
    assert write_version(session, item, draft, author_id=None, now=NOW)
    assert not write_version(session, item, draft, author_id=None, now=LATER)
    assert len(versions(session, item)) == 1


@pytest.mark.parametrize("what", ["content", "formats", "tags", "evidence"])
def test_whatever_changes_makes_a_version(session: Session, item: Item, what: str) -> None:
    first = Draft(content=typed(), evidence=(citation(session),))
    changed = {
        "content": typed(2),
        "formats": (Format.TYPE,),
        "tags": ("rivers",),
        "evidence": (citation(session, 2),),
    }
    write_version(session, item, first, author_id=None, now=NOW)
    old = item.version
    assert write_version(session, item, replace(first, **{what: changed[what]}), author_id=None, now=LATER)
    assert [version.number for version in versions(session, item)] == [1, 2]
    assert old is not None
    assert old.content == typed()  # what was asked before stays as it was
    assert item.version_id == versions(session, item)[1].id


def test_evidence_belongs_to_its_version_and_stands_there_once(session: Session, item: Item) -> None:
    cited = citation(session)
    write_version(session, item, Draft(content=typed(), evidence=(cited, cited)), author_id=None, now=NOW)
    assert [row.version_id for row in session.scalars(select(Evidence))] == [item.version_id]
    assert item.version is not None
    assert is_version(session, item.version, Draft(content=typed(), evidence=(cited,)))
    assert not is_version(session, item.version, Draft(content=typed()))


def test_a_fact_is_made_once(session: Session) -> None:
    assert fact_named(session, "rivers").id == fact_named(session, "rivers").id


def test_cards_follow_an_item_to_its_new_fact(session: Session) -> None:
    learner = factories.add_learner(session)
    (item_id,) = factories.studied_deck(session, learner, [typed()])
    factories.answer(session, learner, item_id)
    item = session.get_one(Item, item_id)
    fact = fact_named(session, "other")
    move_item(session, item, deck_id=item.deck_id, fact_id=fact.id)
    assert session.scalars(select(Card.fact_id).where(Card.item_id == item_id)).one() == fact.id


def test_items_stand_in_a_deck_in_the_order_given(session: Session) -> None:
    deck = factories.add_deck(session, [typed(1), typed(2), typed(3)])
    first, second, third = factories.item_ids(session, deck)
    fill_deck(session, deck, [third, first])
    assert factories.item_ids(session, deck) == [third, first]
    append_to_deck(session, deck, session.get_one(Item, second))
    assert factories.item_ids(session, deck) == [third, first, second]


def test_filling_a_deck_with_what_it_holds_writes_nothing(session: Session) -> None:
    deck = factories.add_deck(session, [typed(1), typed(2)])
    before = list(session.scalars(select(DeckItem).order_by(DeckItem.position)))
    fill_deck(session, deck, factories.item_ids(session, deck))
    assert list(session.scalars(select(DeckItem).order_by(DeckItem.position))) == before
    assert not session.dirty
    assert not session.new


def test_search_texts_hold_stem_and_answers_folded() -> None:
    text = search_text(
        factories.choice().__class__(stem="Où est **Zürich**?", key="Élbe", distractors=("A", "B"))
    )
    assert text == "ou est zurich? elbe a b"
