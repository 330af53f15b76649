"""Ticked questions changed at once, and the list found again as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.storage.library.tables import Item
from tests import world
from tests.factories import NOW, choice
from tests.world import Seen, Visitor, rows_of


@pytest.fixture
def desk(app: Flask, session: Session) -> Visitor:
    """The browser of a teacher with two decks, the first with a question of two kinds each."""
    teacher = world.person(session, "teacher", name="Ms Rivers", now=NOW)
    rivers = world.add_deck(session, "rivers", owner_id=teacher.id, now=NOW)
    world.add_deck(session, "lakes", owner_id=teacher.id, now=NOW)
    for number in (1, 2):
        world.add_item(session, rivers, f"c-{number}", choice(), now=NOW)
        world.add_item(session, rivers, f"s-{number}", ShortAnswer(stem="Which Élbe?", key="Labe"), now=NOW)
    session.commit()
    return Visitor(world.client_of(app, session, teacher, now=NOW))


def ticks(page: Seen) -> list[str]:
    return [tick["value"] for tick in page.soup.select('input[name="item"][form="bulk"]')]


def change(desk: Visitor, page: Seen, *items: str, **fields: Any) -> Seen:
    return desk.send(page, {"item": list(items), **fields}, "/bulk")


def test_ticked_questions_are_retired_and_the_rest_is_left(desk: Visitor, session: Session) -> None:
    page = desk.open("/teach/decks/rivers")
    first, second, *_ = ticks(page)
    page = change(desk, page, first, second, do="retire")
    assert "2 of 2 selected questions archived" in page.text
    assert {item.id for item in rows_of(session, Item, state="retired")} == {int(first), int(second)}
    assert "1 were so already" not in page.text
    assert (
        "1 of 3 selected questions archived: students no longer see them; nothing to change for 2."
        in change(desk, page, *ticks(page)[:3], do="retire").text
    )


def test_tags_are_written_as_in_the_editor_and_found_by(desk: Visitor) -> None:
    page = desk.open("/teach/decks/rivers")
    page = change(desk, page, ticks(page)[0], do="tag", tag="Rivers, big  ones")
    assert "rivers · big-ones" in page.text
    assert len(ticks(desk.open("/teach/decks/rivers?tagged=big-ones"))) == 1
    page = change(
        desk, desk.open("/teach/decks/rivers?tagged=big-ones"), *ticks(page), do="untag", tag="big-ones"
    )
    assert page.path.startswith("/teach/decks/rivers?tagged=big-ones")
    assert "big-ones" not in page.soup.select_one(".items").get_text()


def test_questions_move_to_another_deck_of_the_same_teacher(desk: Visitor, session: Session) -> None:
    page = desk.open("/teach/decks/rivers")
    assert "lakes" in [option["value"] for option in page.soup.select("#bulk-target option")]
    page = change(desk, page, ticks(page)[1], do="move", target="lakes")
    assert "1 of 1 selected questions moved" in page.text
    assert len(ticks(desk.open("/teach/decks/lakes"))) == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"do": "retire"}, "No questions selected"),
        ({"do": "nonsense", "item": ["1"]}, "Choose what to do"),
        ({"do": "tag", "all": True}, "Enter the tag"),
        ({"do": "move", "all": True}, "Choose the deck"),
        ({"do": "move", "all": True, "target": "every"}, "Choose the deck"),
        ({"do": "retire", "item": ["x", "9" * 30, "-1", "1.5"]}, "No questions selected"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    fields: dict[str, Any], said: str, desk: Visitor
) -> None:
    page = desk.open("/teach/decks/rivers")
    if fields.pop("all", False):
        fields["item"] = ticks(page)
    page = desk.send(page, fields, "/bulk")
    assert said in page.text
    assert "Nothing was changed." in page.text


def test_the_list_is_filtered_by_kind_state_and_words(desk: Visitor) -> None:
    def found(query: str) -> int:
        return len(ticks(desk.open(f"/teach/decks/rivers?{query}")))

    assert found("kind=short_answer") == 2
    assert found("kind=short_answer&words=elbe") == 2
    assert found("kind=single_choice&words=elbe+labe") == 0
    assert found("state=retired") == 0
    assert found("kind=nonsense&state=nonsense&tagged=nonsense") == 4


def test_twice_the_questions_cost_no_more_queries(
    desk: Visitor, session: Session, count_queries: Callable[[], list[str]]
) -> None:
    def cost() -> int:
        before = len(count_queries())
        desk.open("/teach/decks/rivers?kind=short_answer")
        return len(count_queries()) - before

    few = cost()
    deck = rows_of(session, Item)[0].deck_id
    home = session.get_one(world.Deck, deck)
    for number in range(10):
        world.add_item(session, home, f"more-{number}", ShortAnswer(stem="Which?", key="Labe"), now=NOW)
    session.commit()
    assert cost() == few
