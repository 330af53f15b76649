"""Days as people live them: more than the plan, what was missed once more, a whole deck, a deck that rests."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Chosen
from quizapp.storage.library.tables import Item
from quizapp.storage.study.tables import Review
from tests.world import Visitor, rows_of

ONE, OTHER = "single_choice-1-choose", "single_choice-2-choose"


@pytest.fixture
def done(visitor: Visitor, questions: dict[str, int], session: Session) -> Visitor:
    """Done for today, with one of two questions missed and put right."""
    keep = [questions[ONE], questions[OTHER]]
    visitor.begin()
    session.execute(update(Item).where(Item.id.not_in(keep)).values(state="retired"))
    session.commit()
    visitor.answer(visitor.ask(keep[0]), Chosen(("Venus",)))
    visitor.answer(visitor.ask(keep[1]), Chosen(("2",)))
    visitor.answer(visitor.ask(keep[0]), Chosen(("Mercury",)))
    return visitor


@pytest.mark.parametrize("headers", [{}, {"X-Requested-With": "fetch"}])
def test_what_was_missed_is_practised_once_more(
    done: Visitor, session: Session, headers: dict[str, Any]
) -> None:
    page = done.open("/study/")
    page = done.open(page.link("Practise the 1 you missed"))
    assert "Which planet" in page.text
    assert "1 left" in page.text
    feedback = done.answer(page, Chosen(("Mercury",)), headers=headers)
    assert feedback.heading == "Correct"
    assert done.open(feedback.link("Next")).heading == "All reviewed"
    assert len(rows_of(session, Review)) == 4


def test_a_whole_deck_is_gone_over(done: Visitor) -> None:
    page = done.open(done.open("/decks/every").link("Go over all of it"))
    assert "2 left" in page.text
    assert "way=all-" in done.answer(page, Chosen(("Mercury",))).link("Next")


def test_a_question_is_dismissed_and_taken_back(done: Visitor, session: Session) -> None:
    page = done.open("/study/?way=all")
    feedback = done.answer(page, Chosen(("Mercury",)))
    left = done.send(feedback, {}, "/study/away")
    assert "Put away" in left.text
    assert "1 left" in done.open("/study/?way=all").text
    page = done.open(done.open("/progress/").link("Questions you’ve put away"))
    assert "Which planet" in page.text
    assert "It will be asked again" in done.send(page, {}, "/study/away").text
    assert "2 left" in done.open("/study/?way=all").text
    assert "isn’t put away" in done.send(page, {}, "/study/away").text
