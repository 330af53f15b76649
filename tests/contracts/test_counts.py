"""Pages agree on what is to be reviewed: one unit (facts that will be asked), whatever has happened."""

from __future__ import annotations

import random
import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.services.study.answer_log import undo
from quizapp.services.study.learner import learner_of
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck
from quizapp.storage.study.tables import Card
from tests import factories
from tests.factories import NOW, answer, flip
from tests.world import Visitor, client_of, person

DAY = timedelta(days=1)
DECKS = ("rivers", "lakes", "hills")


def world(session: Session, chance: random.Random) -> Account:
    """Someone with three decks, and some weeks of answers, undos and pauses behind them."""
    account = person(session, "student", name="Ada", now=NOW)
    learner = learner_of(account, factories.SETTINGS)
    items = []
    for number, slug in enumerate(DECKS):
        facts = [f"{slug}-{chance.randrange(8)}" for _item in range(12)]
        contents = [flip(100 * number + place) for place in range(12)]
        deck = factories.add_deck(session, contents, slug=slug, facts=facts)
        factories.study(session, learner, deck, number)
        items += factories.item_ids(session, deck)
    at = NOW - 20 * DAY
    for _answer in range(chance.randrange(20, 70)):
        given = answer(session, learner, chance.choice(items), chance.random() < 0.7, at=at)
        if chance.random() < 0.1:
            undo(session, learner, given.review, now=at)
        at += chance.choice((timedelta(seconds=30), timedelta(hours=9)))
        at = min(at, NOW - timedelta(minutes=chance.randrange(1, 300)))
    if chance.random() < 0.5:
        session.execute(update(Card).values(due_day=NOW.toordinal()))
    session.commit()
    return account


def number(text: str, pattern: str) -> int:
    found = re.search(pattern, text)
    return int(found[1]) if found else 0


@pytest.mark.parametrize("seed", range(6))
def test_the_pages_agree_on_what_is_to_be_reviewed(app: Flask, session: Session, seed: int) -> None:
    account = world(session, random.Random(seed))
    with time_machine.travel(NOW, tick=False):
        visitor = Visitor(client_of(app, session, account, now=NOW))
        home = visitor.open("/")
        due = number(home.text, r"(\d+) to review(?: and| ·| About)")
        later = number(home.text, r"(\d+) more waits? for the days")
        new = number(home.text, r"(?:and )?(\d+) new About")
        titles = dict(session.execute(select(Deck.slug, Deck.title)).all())
        session.rollback()
        by_deck = {}
        for slug in DECKS:
            page = visitor.open(f"/decks/{slug}")
            by_deck[slug] = number(page.text, r"to review (\d+)")
            row = home.soup.find(string=titles[slug]).find_parent("li")
            assert number(row.get_text(" "), r"(\d+) to review") == by_deck[slug], slug
            shelf = visitor.open("/decks/").soup.find(string=titles[slug]).find_parent("li")
            assert number(shelf.get_text(" "), r"(\d+) to review") == by_deck[slug], slug
        assert sum(by_deck.values()) == due + later
        progress = visitor.open("/progress/")
        assert number(progress.text, r"Review (\d+) question") == due
        study = visitor.open("/study/")
        assert number(study.text, r"(\d+) left") == due + new
