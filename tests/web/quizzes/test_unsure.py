"""An answer in a quiz of which grading is not sure: wrong until decided, and claimed by one tap."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Typed
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.storage.corrections.tables import Claim
from quizapp.storage.quizzes.tables import AttemptQuestion
from tests.conftest import NOW
from tests.world import Seen, Visitor, add_deck, add_item, rows_of

ASKED = ShortAnswer(stem="Why did the city grow?", key="the construction of the Chinese Eastern Railway")
UNSURE = "building the Eastern Railway"


@pytest.fixture
def unsure(visitor: Visitor, session: Session) -> Seen:
    """The page that follows the answer."""
    deck = add_deck(session, "doubt", now=NOW)
    add_item(session, deck, "doubt-1", ASKED, now=NOW)
    session.commit()
    visitor.begin()
    page = visitor.open("/quiz/new?deck=doubt")
    page = visitor.send(page, {"feedback": "now", "length": "1"}, "/quiz/start")
    return visitor.answer(page, Typed((UNSURE,)))


def test_it_counts_as_wrong_and_says_that_nothing_is_decided(
    unsure: Seen, visitor: Visitor, session: Session
) -> None:
    assert unsure.heading == "Not sure"
    assert "counts as wrong until your teacher decides" in unsure.text
    assert ASKED.key in unsure.text
    assert [row.score for row in rows_of(session, AttemptQuestion)] == [0.0]
    result = visitor.send(unsure, {}, "/finish")
    assert result.heading == "0 of 1 points"
    assert "We’re not sure about one answer" in result.text
    assert [mark.get_text(strip=True) for mark in result.soup.select(".review-head .mark")] == ["Not sure"]


def test_one_tap_claims_it_and_the_teacher_decides(unsure: Seen, visitor: Visitor, session: Session) -> None:
    claimed = visitor.send(unsure, {}, "/claims/quiz")
    assert "You asked for a review" in claimed.text
    assert [(row.said, row.state, row.reason) for row in rows_of(session, Claim)] == [("right", "open", "")]
