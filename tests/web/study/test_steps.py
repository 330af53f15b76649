"""What a study step costs: the same few queries however much there is to study."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Chosen
from quizapp.domain.library.kinds.single_choice import SingleChoice
from tests.conftest import NOW
from tests.world import Visitor, add_deck, add_item

MOST = 8
FETCH = {"X-Requested-With": "fetch"}


def fill(session: Session, decks: range) -> list[int]:
    """Decks of twenty single-choice items; returns the items' ids."""
    ids = []
    for place in decks:
        deck = add_deck(session, f"deck-{place}", now=NOW)
        for number in range(20):
            stem, key = f"Which number is {number}?", f"n{number}"
            content = SingleChoice(stem=stem, key=key, distractors=("a", "b", "c"))
            ids.append(add_item(session, deck, f"{place}/{number}", content, now=NOW).id)
    session.commit()
    return ids


def step(
    visitor: Visitor, count: Callable[[], list[str]], item: int, next_page: str
) -> tuple[list[str], list[str]]:
    """The statements of answering an item by fetch, and of getting the next question."""
    page = visitor.ask(item)
    before = len(count())
    answered = visitor.answer(page, Chosen(("n0",)), headers=FETCH)
    between = len(count())
    following = visitor.open(next_page, headers=FETCH)
    after = count()
    assert answered.heading == "Correct"
    assert following.heading.startswith("Question")
    return after[before:between], after[between:]


@pytest.mark.parametrize("next_page", ["/study/", "/study/?deck=deck-0"])
def test_a_step_takes_few_queries_and_no_more_with_twice_the_rows(
    app: Flask, session: Session, count_queries: Callable[[], list[str]], next_page: str
) -> None:
    costs, ids = [], []
    for decks, answers in ((range(3), 3), (range(3, 6), 6)):
        ids += fill(session, decks)
        visitor = Visitor(app.test_client()).begin()
        for number in range(1, answers + 1):
            visitor.answer(visitor.ask(ids[number]), Chosen((f"n{number}",)), headers=FETCH)
        answering, asking = step(visitor, count_queries, ids[0], next_page)
        assert len(answering) <= MOST, answering
        assert len(asking) <= MOST, asking
        costs.append((len(answering), len(asking)))
    assert costs[0] == costs[1]
