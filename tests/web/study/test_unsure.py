"""An answer that grading is not sure of: the learner sees the key and decides, once."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Content, Typed
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.storage.corrections.tables import Claim
from quizapp.storage.study.tables import Review
from tests import world
from tests.factories import NOW
from tests.world import Seen, Visitor, rows_of

KEY = "the construction of the Chinese Eastern Railway"
UNSURE = "building the Eastern Railway"
ASKED = "We’re not sure. Is yours the same?"


def posed(session: Session, content: Content) -> int:
    deck = world.add_deck(session, "doubt", now=NOW)
    item = world.add_item(session, deck, "doubt-1", content, now=NOW)
    session.commit()
    return item.id


@pytest.fixture
def item(session: Session) -> int:
    return posed(session, ShortAnswer(stem="Why did the city grow?", key=KEY, rationale="It says so."))


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app.test_client()).begin()


def say(visitor: Visitor, page: Seen, *words: str, **keywords: Any) -> Seen:
    """Press a button beneath what was decided so far."""
    before = page.fields("/study/answer").get("same", [])
    return visitor.send(page, {"same": [*before, *words]}, "/study/answer", **keywords)


def doubtful(visitor: Visitor, item: int) -> Seen:
    return visitor.answer(visitor.ask(item), Typed((UNSURE,)))


def test_the_answer_stands_beside_the_key_and_nothing_is_stored(
    visitor: Visitor, item: int, session: Session
) -> None:
    page = doubtful(visitor, item)
    assert page.heading == ASKED
    assert UNSURE in page.text
    assert KEY in page.text
    assert rows_of(session, Review) == rows_of(session, Claim) == []


@pytest.mark.parametrize(
    ("word", "heading", "stored", "said"),
    [
        ("yes", "You said it’s the same", (1.0, 0.5), "same"),
        ("no", "Incorrect", (0.0, 1.0), "different"),
    ],
)
def test_what_the_learner_says_counts_and_is_told_to_the_teacher(
    visitor: Visitor,
    item: int,
    session: Session,
    word: str,
    heading: str,
    stored: tuple[float, float],
    said: str,
) -> None:
    feedback = say(visitor, doubtful(visitor, item), word)
    assert feedback.heading == heading
    [row] = rows_of(session, Review)
    assert (row.score, row.weight, row.hinted) == (*stored, False)
    assert [(each.said, each.normal_form) for each in rows_of(session, Claim)] == [
        (said, "buildingtheeasternrailway")
    ]
    assert ("counts half" in feedback.text.lower()) == (word == "yes")
    assert ("I was right" in feedback.text) == (word == "no")


def test_two_tabs_decide_once(visitor: Visitor, item: int, session: Session) -> None:
    first, second = doubtful(visitor, item), doubtful(visitor, item)
    say(visitor, first, "yes")
    again = say(visitor, second, "no")
    assert again.heading == "You said it’s the same"
    assert "already answered" in again.text
    assert len(rows_of(session, Review)) == len(rows_of(session, Claim)) == 1


def test_a_decided_answer_sent_again_shows_what_came_of_it(
    visitor: Visitor, item: int, session: Session
) -> None:
    question = visitor.ask(item)
    say(visitor, visitor.answer(question, Typed((UNSURE,))), "yes")
    assert visitor.answer(question, Typed((UNSURE,))).heading == "You said it’s the same"
    assert len(rows_of(session, Review)) == 1


def test_who_goes_back_and_types_the_key_has_had_a_hint(
    visitor: Visitor, item: int, session: Session
) -> None:
    question = visitor.ask(item)
    visitor.answer(question, Typed((UNSURE,)))
    assert visitor.answer(question, Typed((KEY,))).heading == "Correct"
    [row] = rows_of(session, Review)
    assert (row.score, row.weight, row.hinted) == (1.0, 1.0, True)


def test_it_is_undone_like_any_other_answer(visitor: Visitor, item: int, session: Session) -> None:
    feedback = say(visitor, doubtful(visitor, item), "yes")
    visitor.send(feedback, {}, "/study/undo")
    assert [row.source for row in sorted(rows_of(session, Review), key=lambda row: row.at)] == [
        "review",
        "undo",
    ]
    assert doubtful(visitor, item).heading == ASKED


def test_a_wrong_answer_is_not_made_right_by_a_forged_word(
    visitor: Visitor, item: int, session: Session
) -> None:
    page = visitor.ask(item)
    feedback = visitor.send(page, {"answer": "a plague", "same": "yes"})
    assert feedback.heading == "Incorrect"
    assert rows_of(session, Claim) == []


def test_gaps_in_doubt_are_decided_one_by_one(visitor: Visitor, session: Session) -> None:
    stem = (
        f"It grew because of {{{{{KEY}}}}} when {{{{the imports of electrical goods}}}} rose in {{{{1898}}}}."
    )
    item = posed(session, Cloze(stem=stem))
    page = visitor.answer(visitor.ask(item), Typed((UNSURE, "the import of electric goods", "1900")))
    assert UNSURE in page.text
    page = say(visitor, page, "no")
    assert page.heading == ASKED
    assert "the import of electric goods" in page.text
    assert rows_of(session, Review) == []
    feedback = say(visitor, page, "yes")
    assert feedback.heading.startswith("Partly correct")
    [row] = rows_of(session, Review)
    assert (round(row.score, 3), row.weight) == (0.333, 0.5)
