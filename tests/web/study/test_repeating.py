"""The same answer sent twice, two tabs, undo, and questions that change while they are being answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Chosen, Typed
from quizapp.services.library.items import Draft, write_version
from quizapp.storage.library.tables import Item
from quizapp.storage.study.tables import Card, LearnerDay, Review
from tests.world import Seen, Visitor, rows_of

PLANET = "single_choice-1-choose"
RIGHT, WRONG = Chosen(("Mercury",)), Chosen(("Venus",))


@pytest.fixture
def asked(questions: dict[str, int], visitor: Visitor) -> Seen:
    """A question of single choice before a new guest."""
    return visitor.begin().ask(questions[PLANET])


def test_the_same_form_sent_twice_gives_the_same_result_and_counts_once(
    asked: Seen, visitor: Visitor, session: Session
) -> None:
    first, second = visitor.answer(asked, WRONG), visitor.answer(asked, WRONG)
    assert first.heading == second.heading == "Incorrect"
    assert "already answered" not in first.text
    assert "Only your first answer counts" in second.text
    assert len(rows_of(session, Review)) == 1
    assert rows_of(session, LearnerDay)[0].answers == 1


def test_a_second_answer_to_the_same_question_does_not_change_the_first(
    asked: Seen, visitor: Visitor, session: Session
) -> None:
    visitor.answer(asked, WRONG)
    again = visitor.answer(asked, RIGHT)
    assert again.heading == "Incorrect"
    assert rows_of(session, Review)[0].score == 0


def test_the_same_question_in_two_tabs_counts_once(
    asked: Seen, visitor: Visitor, questions: dict[str, int], session: Session
) -> None:
    other_tab = visitor.ask(questions[PLANET])
    visitor.answer(asked, RIGHT)
    assert visitor.answer(other_tab, WRONG).heading == "Correct"
    (review,) = rows_of(session, Review)
    assert review.score == 1
    assert rows_of(session, Card)[0].reps == 1


def test_by_fetch_the_answer_is_the_feedback_itself(asked: Seen, visitor: Visitor, session: Session) -> None:
    fetched = {"X-Requested-With": "fetch"}
    first = visitor.answer(asked, RIGHT, headers=fetched)
    assert (first.status, first.path, first.heading) == (200, "/study/answer", "Correct")
    assert "already answered" not in first.text
    assert "already answered" in visitor.answer(asked, RIGHT, headers=fetched).text
    assert len(rows_of(session, Review)) == 1


def test_feedback_can_be_opened_again(asked: Seen, visitor: Visitor, questions: dict[str, int]) -> None:
    first = visitor.answer(asked, WRONG)
    again = visitor.open(first.path.partition("?")[0])
    assert (again.status, again.heading) == (200, "Incorrect")
    assert "already answered" not in again.text
    visitor.answer(visitor.ask(questions[PLANET]), RIGHT)
    assert visitor.open(first.path).heading == "Incorrect", "a later answer changes nothing about this one"


# --- undo ---------------------------------------------------------------------------------------


def test_undo_takes_the_answer_back_and_asks_again(asked: Seen, visitor: Visitor, session: Session) -> None:
    feedback = visitor.answer(asked, WRONG)
    page = visitor.send(feedback, {}, "/study/undo")
    assert "Undone" in page.text
    assert "Which planet is nearest to the Sun?" in page.text
    assert rows_of(session, Card) == []
    assert rows_of(session, LearnerDay) == []
    assert len(rows_of(session, Review)) == 2, "the log keeps both"
    assert visitor.answer(page, RIGHT).heading == "Correct"
    assert rows_of(session, LearnerDay)[0].right == 1


def test_undo_sent_twice_undoes_one_answer(
    asked: Seen, visitor: Visitor, questions: dict[str, int], session: Session
) -> None:
    visitor.answer(asked, RIGHT)
    feedback = visitor.answer(visitor.ask(questions["single_choice-2-choose"]), Chosen(("2",)))
    assert "Undone" in visitor.send(feedback, {}, "/study/undo").text
    assert "Nothing was undone" in visitor.send(feedback, {}, "/study/undo").text
    assert rows_of(session, LearnerDay)[0].answers == 1


def test_an_undone_answer_says_so_when_it_is_opened_again(asked: Seen, visitor: Visitor) -> None:
    feedback = visitor.answer(asked, WRONG)
    visitor.send(feedback, {}, "/study/undo")
    page = visitor.open(feedback.path)
    assert page.status == 200
    assert "undone" in page.text


@pytest.mark.parametrize("headers", [{}, {"X-Requested-With": "fetch"}])
def test_a_page_from_before_an_undo_asks_again(
    asked: Seen, visitor: Visitor, session: Session, headers: dict[str, str]
) -> None:
    visitor.send(visitor.answer(asked, WRONG), {}, "/study/undo")
    again = visitor.answer(asked, RIGHT, headers=headers)
    assert (again.status, again.heading) == (422, "Question 1 today")
    assert "You undid this answer" in again.text
    assert "Incorrect" not in again.text
    assert len(rows_of(session, Review)) == 2
    assert visitor.answer(again, RIGHT).heading == "Correct"
    assert len(rows_of(session, Review)) == 3
    assert rows_of(session, LearnerDay)[0].right == 1


def test_undo_works_after_the_last_card(
    visitor: Visitor, questions: dict[str, int], session: Session
) -> None:
    visitor.begin()
    session.execute(update(Item).where(Item.id != questions[PLANET]).values(state="retired"))
    session.commit()
    page = visitor.open("/study/")
    assert "Which planet" in page.text
    visitor.answer(page, RIGHT)
    done = visitor.open("/study/")
    assert done.heading == "Done for today"
    assert "You answered 1 question today and know 1." in done.text
    assert "Which planet" in visitor.send(done, {}, "/study/undo").text
    assert rows_of(session, LearnerDay) == []


def test_undo_of_something_else_changes_nothing(asked: Seen, visitor: Visitor, session: Session) -> None:
    visitor.answer(asked, RIGHT)
    for review in ("", "nonsense", "00000000-0000-0000-0000-000000000000", "\x00"):
        assert "Nothing was undone" in visitor.post("/study/undo", {"review": review}).text
    assert len(rows_of(session, Review)) == 1


# --- the done page -------------------------------------------------------------------------------


def test_the_done_page_tells_of_the_day_and_of_tomorrow(
    visitor: Visitor, questions: dict[str, int], session: Session
) -> None:
    visitor.begin()
    keep = [questions[key] for key in (PLANET, "single_choice-2-choose")]
    session.execute(update(Item).where(Item.id.not_in(keep)).values(state="retired"))
    session.commit()
    visitor.answer(visitor.ask(keep[0]), RIGHT)
    visitor.answer(visitor.ask(keep[1]), Chosen(("2",)))
    done = visitor.open("/study/?deck=every")
    assert "You answered 2 questions of “Deck every” today and know 2" in done.text
    assert "tomorrow" in done.text


def test_a_deck_without_questions_is_done_at_once(visitor: Visitor, session: Session, questions: Any) -> None:
    visitor.begin()
    session.execute(update(Item).values(state="retired"))
    session.commit()
    assert visitor.open("/study/").heading == "Done for today"
    assert visitor.open("/study/?deck=every").status == 200


# --- changes between serving and answering ---------------------------------------------------------


def test_a_question_retired_in_the_meantime_is_still_graded(
    asked: Seen, visitor: Visitor, questions: dict[str, int], session: Session
) -> None:
    session.execute(update(Item).where(Item.id == questions[PLANET]).values(state="retired"))
    session.commit()
    assert visitor.answer(asked, RIGHT).heading == "Correct"
    assert rows_of(session, Review)[0].score == 1


def test_a_question_reworded_in_the_meantime_is_graded_as_it_was_asked(
    asked: Seen, visitor: Visitor, questions: dict[str, int], session: Session
) -> None:
    item = session.get_one(Item, questions[PLANET])
    before = item.version_id
    content = msgspec.structs.replace(
        item.version.content, key="Venus", distractors=("Mercury", "Mars"), feedback=()
    )
    assert write_version(session, item, Draft(content=content), author_id=None, now=item.version.created_at)
    after = item.version_id
    session.commit()
    assert visitor.answer(asked, RIGHT).heading == "Correct"
    assert rows_of(session, Review)[0].version_id == before
    assert visitor.answer(visitor.ask(questions[PLANET]), RIGHT).heading == "Incorrect"
    assert {review.version_id for review in rows_of(session, Review)} == {before, after}


def test_a_question_answered_the_next_day_counts_for_the_next_day(
    asked: Seen, visitor: Visitor, session: Session, time_machine_from_now: Any
) -> None:
    with time_machine_from_now(timedelta(days=1, minutes=5)):
        assert visitor.answer(asked, RIGHT).heading == "Correct"
    (review,) = rows_of(session, Review)
    assert review.duration_ms == 5 * 60_000, "a question left open says nothing about thinking"


@pytest.fixture
def time_machine_from_now() -> Any:
    from datetime import UTC, datetime

    import time_machine

    return lambda ahead: time_machine.travel(datetime.now(UTC) + ahead, tick=True)


# --- what no page of ours sends --------------------------------------------------------------------


def test_another_learners_question_is_refused(asked: Seen, app: Flask, session: Session) -> None:
    other = Visitor(app.test_client()).begin()
    for path in ("/study/answer", "/study/hint", "/study/reveal"):
        page = other.post(path, {"serving": asked.fields()["serving"], "choice": "0"})
        assert page.status == 400
        assert "Nothing was saved" in page.text
    assert rows_of(session, Review) == []


@pytest.mark.parametrize("path", ["/study/answer", "/study/hint", "/study/reveal"])
def test_a_tampered_question_is_refused(path: str, asked: Seen, visitor: Visitor, session: Session) -> None:
    serving = asked.fields()["serving"][0]
    other = "A" if serving[-2] != "A" else "B"  # the last character holds two bits that say nothing
    changed = (serving[:-2] + other + serving[-1], serving[1:], serving[:-1], serving * 2)
    for text in ("", "x", "a.b.c", "é" * 50, "\x00", "A" * 100_000, *changed):
        page = visitor.post(path, {"serving": text, "choice": "0"})
        assert page.status == 400, text
        assert "Open your study page again" in page.text
    assert rows_of(session, Review) == []


def test_a_malformed_answer_is_refused_with_a_page(asked: Seen, visitor: Visitor, session: Session) -> None:
    long = "9" * 1_000_000
    for choice in ("4", "-1", "99999", "1.0", "0x1", "Mercury", " 1", "١", "1\x00", "\x00\xff", long):
        page = visitor.send(asked, {"choice": choice})
        assert page.status == 400, choice[:20]
        assert "Nothing was saved" in page.text
    assert rows_of(session, Review) == []
    assert visitor.answer(asked, RIGHT).heading == "Correct", "the question still takes its answer"


def test_two_choices_where_one_may_be_chosen_are_refused(asked: Seen, visitor: Visitor) -> None:
    assert visitor.send(asked, {"choice": ["0", "1"]}).status == 400


def test_a_huge_answer_is_refused_with_a_page(
    visitor: Visitor, questions: dict[str, int], session: Session
) -> None:
    page = visitor.begin().ask(questions["short_answer-1-type"])
    for size in (1_001, 1_000_000):
        refused = visitor.answer(page, Typed(("a" * size,)))
        assert refused.status == 400
        assert f"can have 1,000 characters, and this one has {size:,}" in refused.text
    assert rows_of(session, Review) == []


def test_more_than_the_server_takes_is_refused_with_a_page(
    asked: Seen, visitor: Visitor, session: Session
) -> None:
    refused = visitor.send(asked, {"choice": "a" * 2_100_000})
    assert refused.status == 413
    assert "Too large" in refused.text
    assert rows_of(session, Review) == []


def test_very_many_fields_are_refused(asked: Seen, visitor: Visitor, session: Session) -> None:
    fields = {f"x{number}": "1" for number in range(1_500)}
    refused = visitor.send(asked, fields | {"choice": "0"}, content_type="multipart/form-data")
    assert refused.status == 413
    assert rows_of(session, Review) == []


def test_bytes_that_are_no_text_are_refused_or_graded_never_an_error(
    visitor: Visitor, questions: dict[str, int]
) -> None:
    page = visitor.begin().ask(questions["short_answer-1-type"])
    serving = page.fields()["serving"][0].encode()
    form = {"content_type": "application/x-www-form-urlencoded"}
    raw = visitor.post("/study/answer", b"serving=" + serving + b"&answer=" + bytes(range(128, 256)), **form)
    assert raw.status == 400
    quoted = visitor.post("/study/answer", b"serving=" + serving + b"&answer=%ff%fe%80", **form)
    assert (quoted.status, quoted.heading) == (200, "Incorrect")
    nul = visitor.send(visitor.ask(questions["numeric-1-type"]), {"answer": "8\x00"})
    assert nul.status == 400


def test_an_answer_for_another_kind_is_asked_for_again(
    visitor: Visitor, questions: dict[str, int], session: Session
) -> None:
    page = visitor.begin().ask(questions["ordering-1-arrange"])
    again = visitor.post(
        "/study/answer", {"serving": page.fields()["serving"], "choice": "0", "answer": "Earth"}
    )
    assert again.status == 422
    assert rows_of(session, Review) == []


def test_an_incomplete_order_is_told_what_is_missing(visitor: Visitor, questions: dict[str, int]) -> None:
    visitor.begin()
    page = visitor.ask(questions["ordering-1-arrange"])
    assert "Give every entry a place" in visitor.send(page, {"rank-0": "1"}).text
    twice = visitor.send(page, {f"rank-{i}": "1" for i in range(4)})
    assert (twice.status, "Use each place once" in twice.text) == (422, True)
    pairs = visitor.ask(questions["matching-1-match"])
    assert "Match every entry" in visitor.send(pairs, {"match-0": "1"}).text
    same = visitor.send(pairs, {f"match-{i}": "1" for i in range(3)})
    assert (same.status, "Use each answer once" in same.text) == (422, True)


def test_unknown_answers_are_not_found(asked: Seen, visitor: Visitor) -> None:
    for review in ("00000000-0000-4000-8000-000000000000", "x", ""):
        assert visitor.open(f"/study/feedback/{review}").status == 404


def test_an_undo_event_has_no_page_of_its_own(asked: Seen, visitor: Visitor, session: Session) -> None:
    visitor.send(visitor.answer(asked, WRONG), {}, "/study/undo")
    undone = next(review for review in rows_of(session, Review) if review.voids)
    assert visitor.open(f"/study/feedback/{undone.id}").status == 404


def test_someone_signed_out_in_another_tab_is_told_that_nothing_was_stored(
    asked: Seen, visitor: Visitor, session: Session
) -> None:
    visitor.client.delete_cookie("quizapp")
    page = visitor.answer(asked, RIGHT)
    assert page.status == 404
    assert "nothing was saved" in page.text
    assert rows_of(session, Review) == []
