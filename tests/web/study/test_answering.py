"""Every kind in every format, asked and answered in the browser: begun, hinted, revealed, graded."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.domain.errors import MalformedResponse
from quizapp.domain.library.kinds.base import Format, GaveUp, Rated, Response, Typed
from quizapp.domain.library.kinds.responses import form_fields
from quizapp.storage.study.tables import Card, LearnerDay, Review
from tests.world import POSED, Posed, Visitor, rows_of

every_question = pytest.mark.parametrize("posed", POSED, ids=lambda posed: posed.key)
TYPED = [posed for posed in POSED if posed.format is Format.TYPE]


def responses(posed: Posed) -> list[tuple[Response, str]]:
    """What an example names as right, wrong and partly right, as far as it can be given in this format."""
    prompt = posed.kind.prompt(posed.content, posed.format, "any")
    found: list[tuple[Response, str]] = []
    for verdict in ("right", "wrong", "partly"):
        for response in getattr(posed.example, verdict):
            try:
                form_fields(prompt, response)
            except MalformedResponse:
                continue
            found.append((response, verdict))
    return found


def expected_heading(response: Response, verdict: str) -> str:
    if isinstance(response, GaveUp):
        return "Here’s the answer"
    if isinstance(response, Rated):
        return "Remembered" if response.rating > 1 else "Not this time – you’ll see it again today"
    return {"right": "Correct", "wrong": "Incorrect", "partly": "Partly correct"}[verdict]


@every_question
def test_each_answer_is_told_what_it_is_worth_and_counted_once(
    posed: Posed, questions: dict[str, int], app: Flask, session: Session
) -> None:
    tried = responses(posed)
    assert {verdict for _, verdict in tried} >= {"right", "wrong"}
    for response, verdict in tried:
        visitor = Visitor(app.test_client()).begin()
        page = visitor.ask(questions[posed.key])
        if isinstance(response, GaveUp) and posed.format is Format.FLIP:
            continue  # a card is rated instead
        feedback = visitor.answer(page, response)
        if lacking := posed.kind.lacking(posed.content, response):
            assert feedback.status == 422
            assert lacking in feedback.text
            assert feedback.soup.select_one("#answer")["value"] == response.texts[0]
            continue
        assert feedback.status == 200
        if isinstance(response, Rated):  # straight on to the next question
            assert feedback.path == "/study/"
            assert ("Remembered. Back" in feedback.text) == (verdict == "right")
            feedback = visitor.open(f"/study/feedback/{rows_of(session, Review)[-1].id}")
        assert feedback.path.startswith("/study/feedback/")
        assert feedback.heading.startswith(expected_heading(response, verdict)), (response, feedback.heading)
        for key in posed.kind.outline(posed.content).keys:
            for part in filter(None, re.split(r"\n?- | – ", key)):
                assert part in feedback.text, part
        assert "Back " in feedback.text
        assert "already answered this question" not in feedback.text
        review = rows_of(session, Review)[-1]
        assert review.format == posed.format
        assert {"right": review.score == 1, "wrong": review.score == 0, "partly": 0 < review.score < 1}[
            verdict
        ]
        session.query(Review).delete()
        session.commit()


@every_question
def test_an_empty_answer_is_asked_for_again_and_stores_nothing(
    posed: Posed, questions: dict[str, int], visitor: Visitor, session: Session
) -> None:
    page = visitor.begin().ask(questions[posed.key])
    if posed.format is Format.FLIP:
        page = visitor.send(page, {}, "/study/reveal")
    again = visitor.send(page, {}, "/study/answer")
    assert again.status == 422
    assert "first" in again.text
    assert rows_of(session, Review) == []
    assert rows_of(session, Card) == []
    if posed.format is not Format.FLIP:
        assert again.fields("/study/answer")["serving"], "the page can be answered at once"


@every_question
def test_giving_up_shows_the_answer_and_brings_the_item_back_today(
    posed: Posed, questions: dict[str, int], visitor: Visitor, session: Session
) -> None:
    page = visitor.begin().ask(questions[posed.key])
    serving = page.fields()["serving"]
    feedback = visitor.post("/study/answer", {"serving": serving, "give_up": "1"})
    assert feedback.heading == "Here’s the answer"
    assert "later today" in feedback.text
    (review,) = rows_of(session, Review)
    assert (review.score, review.chance, review.rating) == (0, 0, None)
    assert rows_of(session, Card)[0].learning


HINTED = [posed for posed in POSED if posed.content.hint]


@pytest.mark.parametrize("posed", HINTED, ids=lambda posed: posed.key)
def test_a_hint_is_shown_when_asked_for_and_remembered(
    posed: Posed, questions: dict[str, int], visitor: Visitor, session: Session
) -> None:
    page = visitor.begin().ask(questions[posed.key])
    assert posed.content.hint not in page.text
    hinted = visitor.post("/study/hint", {"serving": page.fields()["serving"]})
    assert hinted.status == 200
    assert posed.content.hint in hinted.text
    assert rows_of(session, Review) == [], "asking for a hint records nothing"
    empty = visitor.send(hinted, {}, "/study/reveal" if posed.format is Format.FLIP else "/study/answer")
    if posed.format is not Format.FLIP:
        assert posed.content.hint in empty.text, "the hint stays after an empty answer"
    right = next(response for response, verdict in responses(posed) if verdict == "right")
    assert visitor.answer(hinted, right).status == 200
    (review,) = rows_of(session, Review)
    assert (review.hinted, review.score) == (True, 1)


@pytest.mark.parametrize("posed", HINTED[:1], ids=lambda posed: posed.key)
def test_a_hint_counts_also_when_the_question_is_loaded_again_or_answered_in_another_tab(
    posed: Posed, questions: dict[str, int], visitor: Visitor, session: Session
) -> None:
    other_tab = visitor.begin().ask(questions[posed.key])
    visitor.post("/study/hint", {"serving": visitor.ask(questions[posed.key]).fields()["serving"]})
    again = visitor.ask(questions[posed.key])
    assert posed.content.hint in again.text
    right = next(response for response, verdict in responses(posed) if verdict == "right")
    visitor.answer(other_tab, right)
    (review,) = rows_of(session, Review)
    assert review.hinted
    assert posed.content.hint not in visitor.ask(questions[posed.key]).text, "the next time is another one"


def test_questions_without_a_hint_offer_none(questions: dict[str, int], visitor: Visitor) -> None:
    visitor.begin()
    for posed in POSED:
        page = visitor.ask(questions[posed.key])
        assert bool(page.soup.select("[formaction='/study/hint']")) == bool(posed.content.hint), posed.key


@pytest.mark.parametrize("rating", [1, 2, 3, 4])
def test_a_card_is_turned_over_then_rated(
    rating: int, questions: dict[str, int], visitor: Visitor, session: Session
) -> None:
    page = visitor.begin().ask(questions["flip_card-1-flip"])
    back = visitor.send(page, {}, "/study/reveal")
    assert "Chlorophyll absorbs red and blue light." in back.text
    assert rows_of(session, Review) == [], "turning over records nothing"
    offered = [button["value"] for button in back.form("/study/answer").find_all("button")]
    assert offered == ["1", "3"], "two ratings unless the learner wants four"
    following = visitor.send(back, {"rating": str(rating)}, "/study/answer")
    assert following.path == "/study/", "no page between the rating and the next question"
    assert ("Remembered. Back " if rating > 1 else "Not this time. Back later today.") in following.text
    (review,) = rows_of(session, Review)
    assert (review.rating, review.score) == (rating, float(rating > 1))


def test_only_cards_can_be_turned_over(questions: dict[str, int], visitor: Visitor) -> None:
    visitor.begin()
    for posed in POSED:
        serving = visitor.ask(questions[posed.key]).fields()["serving"]
        shown = visitor.post("/study/reveal", {"serving": serving})
        assert shown.status == (200 if posed.format is Format.FLIP else 404), posed.key


ODD = (
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "{{ 7*7 }}",
    "ß" * 500,
    "🏳️‍🌈" * 50,
    "\u202eabc",
    "٤",
)


@pytest.mark.parametrize("posed", TYPED, ids=lambda posed: posed.key)
def test_odd_texts_are_graded_and_shown_as_they_were_typed(
    posed: Posed, questions: dict[str, int], visitor: Visitor, app: Flask
) -> None:
    for text in ODD:
        guest = Visitor(app.test_client()).begin()
        page = guest.ask(questions[posed.key])
        names = [box["name"] for box in page.form().select("input[type=text]")]
        feedback = guest.send(page, dict.fromkeys(names, text))
        if posed.kind.lacking(posed.content, Typed((text,))):
            assert feedback.status == 422
            continue
        assert feedback.status == 200, text
        assert feedback.heading in {"Incorrect", "Partly correct 1 of 2"}
        assert text in feedback.soup.get_text()
        assert not feedback.soup.find("script", string="alert(1)")


def test_the_day_is_counted_with_its_answers(
    questions: dict[str, int], visitor: Visitor, session: Session
) -> None:
    visitor.begin()
    for posed in POSED[:4]:
        right = responses(posed)[0][0]
        visitor.answer(visitor.ask(questions[posed.key]), right)
    (day,) = rows_of(session, LearnerDay)
    assert (day.answers, day.right, day.new_items, day.new_right) == (4, 4, 4, 4)
