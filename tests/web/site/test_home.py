"""The start page: what waits, one button, and the same cost however much there is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Chosen
from quizapp.storage.library.tables import Item
from quizapp.web.site.pages import HomePage
from tests.conftest import NOW
from tests.world import QUIZZED, Visitor, add_deck, add_item

PLANET = "single_choice-1-choose"


def test_a_newcomer_is_told_what_this_is_and_begins_with_one_button(
    visitor: Visitor, questions: dict[str, int]
) -> None:
    page = visitor.open("/")
    assert len(page.soup.select(".button.primary")) == 1
    assert "No account needed" in page.text
    assert "Deck every" in page.text
    first = visitor.send(page, {}, "/study/begin")
    assert (first.path, first.heading) == ("/study/", "Question 1 today")


def test_someone_who_studies_is_told_what_waits_and_how_long_it_takes(
    visitor: Visitor, questions: dict[str, int]
) -> None:
    visitor.begin()
    page = visitor.open("/")
    assert page.heading == "10 new"
    assert "About 3 min" in page.text
    visitor.answer(visitor.ask(questions[PLANET]), Chosen(("Venus",)))
    page = visitor.open("/")
    assert page.heading == "1 to review and 9 new"
    assert "1 done today" in page.text
    assert visitor.open(page.link("Continue")).status == 200


def test_anyone_who_is_done_is_told_of_tomorrow(
    visitor: Visitor, questions: dict[str, int], session: Session
) -> None:
    visitor.begin().answer(visitor.ask(questions[PLANET]), Chosen(("Mercury",)))
    session.execute(update(Item).where(Item.id != questions[PLANET]).values(state="retired"))
    session.commit()
    page = visitor.open("/")
    assert page.heading == "Done for today."
    assert "1 question is due tomorrow" in page.text


def test_without_any_deck_the_next_step_is_taught(visitor: Visitor) -> None:
    assert "quizapp bank load" in visitor.open("/").text
    visitor.begin()
    assert visitor.open("/").heading == "Nothing is due today."


@pytest.mark.parametrize("begun", [False, True])
def test_it_costs_the_same_with_twice_the_decks(
    begun: bool, visitor: Visitor, session: Session, count_queries: Callable[[], list[str]]
) -> None:
    costs = []
    for round_ in range(2):
        for number in range(3):
            deck = add_deck(session, f"deck-{round_}-{number}", now=NOW)
            for place in range(3):
                add_item(session, deck, f"{round_}/{number}/{place}", QUIZZED[0].content, now=NOW)
        session.commit()
        if begun:
            visitor.begin()
        before = len(count_queries())
        assert visitor.open("/").text.count("Deck deck-") == 3 * (round_ + 1)
        costs.append(len(count_queries()) - before)
    assert costs[0] == costs[1] <= 8


def test_counts_are_put_in_words() -> None:
    assert HomePage(decks=(), due=14).headline == "14 to review"
    assert HomePage(decks=(), due=14, new=5).headline == "14 to review and 5 new"
    assert HomePage(decks=()).next_words == "Nothing is due tomorrow either."
    assert HomePage(decks=(), tomorrow=1).next_words.startswith("1 question is due")
    assert HomePage(decks=(), tomorrow=2).next_words.startswith("2 questions are due")
