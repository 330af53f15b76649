"""Pausing, leaving and restarting a deck in the browser, and its own target."""

from __future__ import annotations

import pytest

from quizapp.domain.library.kinds.base import Chosen
from tests.world import Visitor

PLAN = "/study/decks/every"
ONE = "single_choice-1-choose"


@pytest.fixture
def learner(visitor: Visitor, questions: dict[str, int]) -> Visitor:
    """Studies the deck, and has answered one question of it."""
    visitor.post("/study/begin", {"deck": "every"})
    visitor.answer(visitor.ask(questions[ONE]), Chosen(("Venus",)))
    return visitor


def test_a_deck_rests_and_goes_on(learner: Visitor) -> None:
    page = learner.open(learner.open("/decks/every").link("Pause, restart"))
    page = learner.post(PLAN, {"what": "pause"})
    assert "You’ve paused this deck" in page.text
    assert "Paused on" in page.text
    deck = learner.open("/decks/every")
    assert "nothing of it is asked" in deck.text
    assert "You’ve paused" not in learner.send(deck, {}, PLAN).text
    assert "Nothing was changed" in learner.post(PLAN, {"what": "begin"}).text


def test_a_deck_is_left_and_that_is_undone(learner: Visitor) -> None:
    page = learner.post(PLAN, {"what": "leave"})
    assert "You’ve left this deck" in page.text
    assert "Leave this deck" not in page.text
    deed = page.soup.select_one("[name=deed]")
    assert deed is not None
    undo = {"what": "undo", "deed": str(deed["value"])}
    assert "Undone." in learner.post(PLAN, undo).text
    assert "Nothing was changed" in learner.post(PLAN, undo).text
    assert "Nothing was changed" in learner.post(PLAN, {"what": "undo", "deed": "none"}).text
    assert "Leave this deck" in learner.open(PLAN).text


def test_a_deck_is_restarted(learner: Visitor) -> None:
    assert "The question you’ve answered" in learner.open(PLAN).text
    page = learner.post(PLAN, {"what": "restart"})
    assert "1 question is new again." in page.text
    assert "Restart this deck" not in page.text
    assert "0 known" not in page.text


def test_another_target_is_shown_before_it_is_saved_and_bad_ones_come_back(learner: Visitor) -> None:
    page = learner.open(PLAN)
    shown = learner.send(page, {"target": "95", "preview": "1"}, f"{PLAN}/target")
    assert "With this target:" in shown.text
    assert learner.open(PLAN).fields(f"{PLAN}/target")["target"] == [""]
    saved = learner.send(page, {"target": "85"}, f"{PLAN}/target")
    assert "have been rescheduled" in saved.text
    assert saved.fields(f"{PLAN}/target")["target"] == ["85"]
    for bad in ("20", "x"):
        refused = learner.send(page, {"target": bad}, f"{PLAN}/target")
        assert refused.status == 422
        assert "summary" in refused.html
    assert "have been rescheduled" in learner.send(page, {"target": ""}, f"{PLAN}/target").text


def test_a_newcomer_and_an_unknown_deck_are_sent_on(visitor: Visitor, questions: dict[str, int]) -> None:
    assert "Pause, restart" not in visitor.open("/decks/every").text
    assert visitor.begin().open("/study/decks/no-such-deck").status == 404
