"""Reads for the library: decks in numbers, their items, an article's passages and citations."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import func, select

from quizapp.services.sources.shipped_texts import source_named
from quizapp.services.study import decks
from quizapp.storage.library import decks as queries
from quizapp.storage.library.tables import Item

DECK = "record-trade"


def test_a_deck_counts_published_items_and_the_learners_own_cards(session, learner, items, add_card, today):
    before = queries.deck_row(session, DECK, learner.id, today)
    add_card(items[0], due=3)
    add_card(items[1], due=0)
    add_card(items[2], due=0, learning=True)
    items[3].state = "retired"
    session.flush()
    row = queries.deck_row(session, DECK, learner.id, today)
    assert (row.met, row.due, row.known) == (3, 2, 1)
    assert row.total == before.total - 1
    assert queries.deck_row(session, DECK, None, 0).met == 0


def test_the_list_of_decks_says_of_each_what_the_deck_alone_says(session, learner, items, add_card, today):
    add_card(items[0], due=3)
    decks.begin(session, learner, DECK, now=datetime.now(UTC))
    rows = queries.deck_rows(session, learner.id, today)
    assert [row for row in rows if row.slug == DECK] == [queries.deck_row(session, DECK, learner.id, today)]
    assert [row.slug for row in rows if row.studied is not None] == [DECK]
    assert next(row for row in rows if row.slug == DECK).source_slug == DECK
    assert {row.source_slug for row in rows if row.theme_tag} == {None}


def test_there_is_no_deck_of_an_unknown_name(session, learner, today):
    assert queries.deck_row(session, "no-such-deck", learner.id, today) is None


def test_stretches_of_a_deck_together_are_the_deck_in_its_order(session, learner, items, add_card, today):
    add_card(items[0], due=3)
    deck = queries.deck_row(session, DECK, learner.id, today)
    whole = queries.deck_items(session, deck.id, learner.id, limit=1_000)
    parts = [
        row
        for offset in range(0, deck.total, 7)
        for row in queries.deck_items(session, deck.id, learner.id, offset=offset, limit=7)
    ]
    assert parts == whole
    assert len(whole) == deck.total
    assert [row.id for row in whole if row.card is not None] == [items[0].id]


def test_citations_name_each_published_item_by_paragraph(session, learner, items, add_card):
    add_card(items[0], due=3)
    source = source_named(session, DECK)
    rows = queries.source_citations(session, source.id, source.version_id, learner.id)
    home = select(func.count()).where(Item.deck_id == items[0].deck_id, Item.state == "published")
    assert [row.paragraph for row in rows] == sorted(row.paragraph for row in rows)
    assert len({row.id for row in rows}) >= session.scalar(home)
    assert {row.id for row in rows if row.card is not None} == {items[0].id}
    assert [deck.slug for deck in queries.source_decks(session, source.id, None)] == [DECK]
