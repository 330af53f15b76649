"""A quiz in the browser: feedback now and at the end, resumed, finished once, looked at again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.domain.errors import MalformedResponse
from quizapp.domain.library.kinds import KINDS
from quizapp.domain.library.kinds.base import Response
from quizapp.domain.library.kinds.responses import form_fields
from quizapp.storage.library.tables import Deck, Item
from quizapp.storage.quizzes.tables import Attempt, AttemptQuestion
from quizapp.storage.study.tables import LearnerDay, Review
from tests.conftest import NOW
from tests.world import QUIZZED, Seen, Visitor, add_deck, add_item, filled, masked, rows_of

BY_KEY = {posed.key: posed for posed in QUIZZED}

Choose = Callable[[Seen, str], Response]


@pytest.fixture
def response_for(questions: dict[str, int], session: Session) -> Choose:
    """A response of this sort (right, wrong) that the question on a page can take."""
    keys = {item_id: key for key, item_id in questions.items()}

    def choose(page: Seen, verdict: str) -> Response:
        position = int(page.path.rpartition("/")[2])
        (row,) = rows_of(session, AttemptQuestion, position=position)
        posed = BY_KEY[keys[row.item_id]]
        prompt = posed.kind.prompt(posed.content, posed.format, "any")
        for response in getattr(posed.example, verdict):
            try:
                form_fields(prompt, response)
            except MalformedResponse:
                continue
            return response
        raise AssertionError((posed.key, verdict))

    return choose


@pytest.fixture
def quiz(questions: dict[str, int], visitor: Visitor) -> Callable[..., Seen]:
    """Begins a quiz on the deck of every kind."""

    def begin(feedback: str, length: int = 5, deck: str = "every") -> Seen:
        visitor.begin()
        page = visitor.open(f"/quiz/new?deck={deck}")
        return visitor.send(page, {"feedback": feedback, "length": str(length)}, "/quiz/start")

    return begin


def test_a_quiz_with_feedback_now_from_start_to_result(
    quiz: Callable[..., Seen], visitor: Visitor, session: Session, response_for: Choose
) -> None:
    page = quiz("now", len(QUIZZED))
    for number in range(1, len(QUIZZED) + 1):
        assert page.path.endswith(f"/{number}")
        verdict = "right" if number % 2 else "wrong"
        feedback = visitor.answer(page, response_for(page, verdict))
        assert feedback.heading == ("Correct" if number % 2 else "Incorrect")
        assert len(rows_of(session, Review)) == number
        if number < len(QUIZZED):
            page = visitor.open(feedback.link("Next"))
    result = visitor.send(feedback, {}, "/finish")
    right = (len(QUIZZED) + 1) // 2
    assert result.heading == f"{right} of {len(QUIZZED)} points"
    assert f"{right} of {len(QUIZZED)} fully correct" in result.text
    verdicts = [head.get_text(" ") for head in result.soup.select(".review-head")]
    assert ["Incorrect" in verdict for verdict in verdicts] == [True] * (len(QUIZZED) - right) + [
        False
    ] * right
    assert {review.source for review in rows_of(session, Review)} == {"quiz"}
    assert rows_of(session, LearnerDay)[0].answers == len(QUIZZED)


def test_every_kind_is_among_the_questions() -> None:
    assert {posed.kind.name for posed in QUIZZED} == {kind.name for kind in KINDS} - {"flip_card"}


def test_a_quiz_with_feedback_at_the_end_tells_and_counts_nothing_before_it_is_finished(
    quiz: Callable[..., Seen], visitor: Visitor, session: Session, response_for: Choose
) -> None:
    page = quiz("end", 4)
    for number in range(1, 5):
        assert page.heading == f"Question {number}"
        page = visitor.answer(page, response_for(page, "wrong"))
        assert rows_of(session, Review) == []
    assert page.heading == "All answered"
    again = visitor.open(page.link("1. "))
    assert "Your answer so far" in again.text
    assert "Incorrect" not in again.text
    overview = visitor.answer(again, response_for(again, "right"))
    assert overview.heading == "All answered"
    result = visitor.send(overview, {}, "/finish")
    assert result.heading == "1 of 4 points"
    reviews = rows_of(session, Review)
    assert sorted(review.score for review in reviews) == [0, 0, 0, 1]
    assert visitor.open(result.link("Question 1 with")).heading == "Correct"
    assert visitor.open(result.link("Question 2 with")).heading == "Incorrect"


def test_an_older_tab_that_replaces_a_newer_answer_says_so(
    quiz: Callable[..., Seen], visitor: Visitor, session: Session, response_for: Choose
) -> None:
    older = quiz("end", 2)
    newer = visitor.open(older.path)
    right, wrong = response_for(older, "right"), response_for(older, "wrong")
    assert "replaced" not in visitor.answer(newer, right).text
    assert "replaced" not in visitor.answer(older, right).text, "the same answer again is no other"
    told = visitor.answer(older, wrong)
    assert "Question 1: this replaced a newer answer, “" in told.text
    (row,) = rows_of(session, AttemptQuestion, position=1)
    assert row.score == 0, "what is sent last is what counts"
    seen = visitor.open(older.path)
    assert "replaced" not in visitor.answer(seen, right).text, "that page showed what it replaced"
    assert "replaced" not in visitor.send(seen, filled(seen, right) | {"served": "made up"}).text


def test_questions_left_open_are_told_and_say_nothing_about_memory(
    quiz: Callable[..., Seen], visitor: Visitor, session: Session, response_for: Choose
) -> None:
    page = quiz("end", 3)
    visitor.answer(page, response_for(page, "right"))
    attempt = page.path.rpartition("/")[0]
    overview = visitor.open(f"{attempt}/overview")
    assert overview.heading == "2 questions still open"
    result = visitor.send(overview, {}, "/finish")
    assert (result.heading, "2 not answered" in result.text) == ("1 of 3 points", True)
    assert len(rows_of(session, Review)) == 1


def test_a_quiz_is_resumed_where_it_was_left(
    quiz: Callable[..., Seen], visitor: Visitor, response_for: Choose
) -> None:
    page = quiz("now", 3)
    visitor.answer(page, response_for(page, "right"))
    new = visitor.open("/quiz/new?deck=every")
    assert "answered 1 of 3" in new.text
    resumed = visitor.open(new.link("Continue this quiz"))
    assert resumed.heading == "Question 2"


def test_the_same_start_sent_twice_begins_one_quiz(
    questions: dict[str, int], visitor: Visitor, session: Session
) -> None:
    page = visitor.begin().open("/quiz/new?deck=every")
    first = visitor.send(page, {}, "/quiz/start")
    second = visitor.send(page, {}, "/quiz/start")
    assert first.path == second.path
    assert len(rows_of(session, Attempt)) == 1


def test_an_answer_sent_twice_and_the_back_button_count_once(
    quiz: Callable[..., Seen], visitor: Visitor, session: Session, response_for: Choose
) -> None:
    page = quiz("now", 3)
    wrong, right = response_for(page, "wrong"), response_for(page, "right")
    assert visitor.answer(page, wrong).heading == "Incorrect"
    assert visitor.answer(page, right).heading == "Incorrect", "the first answer is final"
    assert visitor.open(page.path).heading == "Incorrect", "going back shows what came of it"
    assert len(rows_of(session, Review)) == 1


def test_finishing_twice_counts_once_and_an_answer_after_the_end_is_not_taken(
    quiz: Callable[..., Seen], visitor: Visitor, session: Session, response_for: Choose
) -> None:
    page = quiz("end", 2)
    second = visitor.answer(page, response_for(page, "right"))
    attempt = page.path.rpartition("/")[0]
    overview = visitor.open(f"{attempt}/overview")
    results = [visitor.send(overview, {}, "/finish") for _ in range(2)]
    assert masked(results[0].html) == masked(results[1].html)
    assert len(rows_of(session, Review)) == 1
    late = visitor.answer(second, response_for(second, "right"))
    assert late.status == 409
    assert "finished" in late.text
    assert visitor.open(f"{attempt}/result").heading == "1 of 2 points"
    assert visitor.open(f"{attempt}/2").path == f"{attempt}/result"
    assert visitor.open(f"{attempt}/").path == f"{attempt}/result"


@pytest.mark.parametrize("feedback", ["now", "end"])
def test_an_empty_or_malformed_answer_stores_nothing(
    feedback: str, quiz: Callable[..., Seen], visitor: Visitor, session: Session
) -> None:
    page = quiz(feedback, len(QUIZZED))
    empty = visitor.send(page, {})
    assert (empty.status, "first" in empty.text) == (422, True)
    assert empty.fields()["served"] == page.fields()["served"], "time goes on from the first serving"
    assert empty.heading == page.heading
    names = {control["name"] for control in page.form().select("fieldset input, input[type=text], select")}
    huge = visitor.send(page, dict.fromkeys(names, "9" * 2_000))
    assert huge.status == 400
    assert all(question.answered_at is None for question in rows_of(session, AttemptQuestion))


def test_the_time_taken_is_measured_only_where_the_form_tells_truly(
    quiz: Callable[..., Seen], visitor: Visitor, session: Session
) -> None:
    page = quiz("end", 2)
    for served in ("", "x", "9" * 100, "WzFd.AAAA", "\x00"):
        visitor.post(page.path, {"give_up": "1", "served": served})
        row = next(row for row in rows_of(session, AttemptQuestion) if row.position == 1)
        assert (row.answered_at is not None, row.duration_ms) == (True, 0)


def test_giving_up_is_an_answer(quiz: Callable[..., Seen], visitor: Visitor) -> None:
    page = quiz("now", 2)
    assert visitor.post(page.path, {"give_up": "1"}).heading == "Here’s the answer"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"length": "0"}, 422), ({"length": "101"}, 422), ({"length": "-5"}, 422), ({"length": str(2**70)}, 422),
        ({"feedback": "never"}, 422), ({"feedback": ""}, 422), ({"deck": "no-such"}, 404), ({"deck": "\x00"}, 404),
        ({"attempt": "x"}, 400), ({"attempt": ""}, 400), ({"length": "all"}, 422),
    ],
)  # fmt: skip
def test_odd_ways_to_start_are_refused_with_a_page(
    changes: dict[str, str], status: int, questions: Any, visitor: Visitor, session: Session
) -> None:
    page = visitor.begin().open("/quiz/new?deck=every")
    assert visitor.send(page, changes, "/quiz/start").status == status
    assert len(rows_of(session, Attempt)) == (status == 200)


def test_someone_elses_quiz_cannot_be_joined(quiz: Callable[..., Seen], app: Flask, session: Session) -> None:
    quiz("now", 2)
    other = Visitor(app.test_client()).begin()
    taken = str(rows_of(session, Attempt)[0].id)
    assert other.post("/quiz/start", {"deck": "every", "attempt": taken, "length": "2"}).status == 404
    assert len(rows_of(session, Attempt)) == 1


def test_a_deck_without_questions_has_no_quiz(visitor: Visitor, session: Session) -> None:
    add_deck(session, "empty", now=NOW)
    session.commit()
    visitor.begin()
    assert visitor.open("/quiz/new?deck=empty").status == 404
    attempt = {"deck": "empty", "attempt": str(uuid4()), "length": "5"}
    assert visitor.post("/quiz/start", attempt).status == 422
    assert rows_of(session, Attempt) == []


def test_a_question_retired_after_the_start_is_still_asked(
    quiz: Callable[..., Seen], visitor: Visitor, session: Session, response_for: Choose
) -> None:
    page = quiz("now", 2)
    session.execute(update(Item).values(state="retired"))
    session.commit()
    assert visitor.answer(page, response_for(page, "right")).heading == "Correct"


def test_a_quiz_costs_the_same_with_twice_the_questions(
    questions: Any, visitor: Visitor, session: Session, count_queries: Callable[[], list[str]]
) -> None:
    content = QUIZZED[0].content
    costs: dict[str, list[int]] = {}
    visitor.begin()
    for length in (4, 8):
        deck = session.scalars(select(Deck).where(Deck.slug == "many")).one_or_none()
        deck = deck or add_deck(session, "many", now=NOW)
        for number in range(4):
            add_item(session, deck, f"many-{length}-{number}", content, now=NOW)
        session.commit()

        def cost(name: str, what: Callable[[], Seen]) -> Seen:
            before = len(count_queries())
            page = what()
            assert page.status == 200
            costs.setdefault(name, []).append(len(count_queries()) - before)
            return page

        new = cost("new", lambda: visitor.open("/quiz/new?deck=many"))
        form = {"feedback": "end", "length": str(length)}
        page = visitor.send(new, form, "/quiz/start")
        attempt = page.path.rpartition("/")[0]
        cost("question", lambda: visitor.open(f"{attempt}/1"))  # noqa: B023 called at once
        visitor.post(f"{attempt}/1", {"give_up": "1"})  # counts, once in a while, how the site answers
        cost("answer", lambda: visitor.post(f"{attempt}/2", {"give_up": "1"}))  # noqa: B023 called at once
        overview = cost("overview", lambda: visitor.open(f"{attempt}/overview"))  # noqa: B023 called at once
        visitor.send(overview, {}, "/finish")
        cost("result", lambda: visitor.open(f"{attempt}/result"))  # noqa: B023 called at once
    assert {name: few == many for name, (few, many) in costs.items()} == dict.fromkeys(costs, True), costs
