"""Reviews that came with a file are answers in the log, each once, and the schedule goes on from them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.domain.exchange.bundle import Answered, Entry
from quizapp.domain.exchange.bundle import Item as Brought
from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.services.exchange import past_reviews
from quizapp.services.exchange.imports import store
from quizapp.services.exchange.media import Media
from quizapp.services.library.editor import create_deck
from quizapp.services.study.rebuild import rebuild
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck
from quizapp.storage.study.tables import Card, LearnerDay, Review
from tests import factories
from tests.factories import NOW, SETTINGS


@pytest.fixture
def teacher(session: Session) -> Account:
    return factories.add_account(session, role="teacher", name="Ada", name_key="ada")


@pytest.fixture
def deck(session: Session, teacher: Account) -> Deck:
    return create_deck(session, teacher, title="Rivers", summary="", now=NOW)


def entry(number: int, *ratings: int) -> Entry:
    """A card answered every third day, the last time yesterday."""
    days = range(3 * len(ratings) - 2, 0, -3)
    history = tuple(
        Answered(at=NOW - timedelta(days=day), rating=rating, duration_ms=2_000)
        for day, rating in zip(days, ratings, strict=True)
    )
    content = FlipCard(stem=f"Card {number}", answer="Back")
    return Entry(place="", title="", item=Brought(content=content, id=f"g{number}", history=history))


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Review)) or 0


def test_a_schedule_goes_on_from_the_reviews_of_the_file(
    session: Session, deck: Deck, teacher: Account
) -> None:
    entries = [entry(1, 3, 3, 3), entry(2, 3, 3, 1), entry(3), Entry(place="", title="", notes=("No.",))]
    store(session, deck, entries, author=teacher, now=NOW, media=Media())
    assert past_reviews.keep(session, deck, entries, teacher, SETTINGS) == 6
    known, missed = session.scalars(select(Card).order_by(Card.item_id))
    assert (known.reps, missed.reps, missed.lapses) == (3, 3, 1)
    assert known.stability > missed.stability
    assert known.due_day > missed.due_day
    assert session.scalar(select(func.sum(LearnerDay.answers))) == 6
    assert rebuild(session, SETTINGS, only_check=True).different == 0


def test_bringing_a_file_in_again_doubles_no_review(session: Session, deck: Deck, teacher: Account) -> None:
    entries = [entry(1, 3, 3)]
    store(session, deck, entries, author=teacher, now=NOW, media=Media())
    past_reviews.keep(session, deck, entries, teacher, SETTINGS)
    before = count(session)
    longer = [entry(1, 3, 3), entry(2, 3)]
    store(session, deck, longer, author=teacher, now=NOW, media=Media())
    past_reviews.keep(session, deck, longer, teacher, SETTINGS)
    assert count(session) == before + 1


def test_a_file_without_reviews_changes_nothing(session: Session, deck: Deck, teacher: Account) -> None:
    entries = [entry(1)]
    store(session, deck, entries, author=teacher, now=NOW, media=Media())
    assert past_reviews.keep(session, deck, entries, teacher, SETTINGS) == 0
    assert count(session) == 0
