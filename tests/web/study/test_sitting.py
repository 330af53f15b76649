"""The end of a session: figures of the deck that it names, what was missed, and the week."""

from __future__ import annotations

from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Chosen, GaveUp
from quizapp.domain.library.kinds.true_false import TrueFalse
from tests.conftest import NOW
from tests.world import Visitor, add_deck, add_item, item_ids


def two_decks(session: Session) -> dict[str, int]:
    for name in ("first", "second"):
        deck = add_deck(session, name, now=NOW)
        for number in (1, 2):
            content = TrueFalse(stem=f"Statement {number} of {name}.", key=True)
            add_item(session, deck, f"{name}-{number}", content, now=NOW)
    session.commit()
    return item_ids(session)


def study(visitor: Visitor, item: int, *, right: bool) -> None:
    visitor.answer(visitor.ask(item), Chosen(("True",)) if right else GaveUp())


def test_the_end_tells_the_figures_of_the_deck_that_it_names(visitor: Visitor, session: Session) -> None:
    items = two_decks(session)
    visitor.post("/study/begin", {"deck": "first"})
    visitor.post("/study/begin", {"deck": "second"})
    study(visitor, items["first-1"], right=True)
    study(visitor, items["first-2"], right=True)
    study(visitor, items["second-1"], right=False)
    study(visitor, items["second-1"], right=True)
    study(visitor, items["second-2"], right=True)
    first = visitor.open("/study/?deck=first")
    assert "You answered 2 questions of “Deck first” today and know 2." in first.text
    assert "Missed at first" not in first.text
    second = visitor.open("/study/?deck=second")
    assert "You answered 2 questions of “Deck second” today and know 2." in second.text
    assert "Missed at first" in second.text
    assert "Statement 1 of second." in second.text
    assert "You answered 4 questions today and know 4." in visitor.open("/study/").text


def test_a_weekly_aim_is_counted_and_not_scolded(visitor: Visitor, session: Session) -> None:
    items = two_decks(session)
    visitor.post("/study/begin", {"deck": "first"})
    visitor.send(visitor.open("/settings"), {"week_goal": "4"}, "/settings")
    study(visitor, items["first-1"], right=True)
    study(visitor, items["first-2"], right=True)
    assert "1 of 4 days this week." in visitor.open("/study/").text
