"""A student says what is wrong with a question they answered, and reads what became of it."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.domain.corrections.reports import Reason
from quizapp.domain.library.kinds.base import Chosen, GaveUp
from quizapp.storage.corrections.tables import Report
from quizapp.storage.library.tables import Deck
from quizapp.storage.study.tables import Review
from tests.house import House
from tests.world import Seen, Visitor, rows_of

ATTEMPT = UUID("00000000-0000-4000-8000-000000000001")
KEY = "single_choice-1-choose"


def published(session: Session, house: House) -> int:
    """The id of a question in a deck of the teacher's that everyone may study."""
    owned = house.owned["teacher"]
    session.execute(update(Deck).where(Deck.slug == owned.slug).values(public=True))
    session.commit()
    return owned.item_id


def answered(visitor: Visitor, questions: dict[str, int]) -> Seen:
    return visitor.answer(visitor.ask(questions[KEY]), Chosen(("Mercury",)))


def test_the_form_offers_every_reason(questions: dict[str, int], visitor: Visitor) -> None:
    page = answered(visitor.begin(), questions)
    form = page.form("/reports/study")
    offered = {box["value"]: box.parent.get_text(strip=True) for box in form.select("input[type=radio]")}
    assert offered == {reason.value: reason.words for reason in Reason}
    assert form.find_parent("details") is not None, "folded away"


def test_a_report_names_the_version_that_was_answered_and_leads_back(
    session: Session, questions: dict[str, int], visitor: Visitor
) -> None:
    page = answered(visitor.begin(), questions)
    done = visitor.send(page, {"reason": "typo", "text": "“Mercurry”"}, "/reports/study")
    assert done.path.partition("?")[0] == page.path.partition("?")[0]
    assert "Thank you" in done.text
    [report], [review] = rows_of(session, Report), rows_of(session, Review)
    assert (report.version_id, report.item_id) == (review.version_id, review.item_id)
    assert (report.reason, report.text) == ("typo", "“Mercurry”")


def test_without_a_reason_nothing_is_sent(
    session: Session, questions: dict[str, int], visitor: Visitor
) -> None:
    page = answered(visitor.begin(), questions)
    assert "Nothing has been sent" in visitor.send(page, {}, "/reports/study").text
    assert rows_of(session, Report) == []


@pytest.mark.parametrize("feedback", ["now", "end"])
def test_a_quiz_question_can_be_reported_once_its_answer_is_shown(
    session: Session, questions: dict[str, int], visitor: Visitor, feedback: str
) -> None:
    visitor.begin()
    form = {"deck": "every", "attempt": str(ATTEMPT), "length": "3", "feedback": feedback}
    visitor.answer(visitor.post("/quiz/start", form), GaveUp())
    early = visitor.post(f"/reports/quiz/{ATTEMPT}/1", {"reason": "unclear"})
    assert len(rows_of(session, Report)) == (feedback == "now")
    if feedback == "end":
        assert "only after you’ve seen its answer" in early.text
        visitor.post(f"/quiz/{ATTEMPT}/finish", {})
        page = visitor.open(f"/quiz/{ATTEMPT}/1")
        visitor.send(page, {"reason": "unclear"}, "/reports/quiz")
        assert len(rows_of(session, Report)) == 1


def test_the_answer_to_a_report_waits_on_the_start_page_until_it_was_read(
    session: Session, house: House
) -> None:
    teacher, student = Visitor(house.client("teacher")), Visitor(house.client("student"))
    item = published(session, house)
    page = student.answer(student.ask(item), Chosen(("Mercury",)))
    student.send(page, {"reason": "unclear", "text": "Which of them?"}, "/reports/study")
    assert "you reported" not in student.open("/").text
    assert "Being looked at" in student.open("/reports/").text
    settling = teacher.open(f"/teach/queue/reports/{item}")
    teacher.send(settling, {"outcome": "declined", "reply": "There is but one."})
    home = student.open("/")
    assert "A question you reported has been answered." in home.text
    own = student.open(home.link("Read the answer"))
    assert "There is but one." in own.text
    assert "Which of them?" in own.text
    assert "No change" in own.text
    student.send(home, {}, "/reports/read")
    assert "you reported" not in student.open("/").text
    assert "There is but one." in student.open("/reports/").text, "it stays to be read"


def test_what_was_fixed_shows_what_changed(session: Session, house: House) -> None:
    teacher, student = Visitor(house.client("teacher")), Visitor(house.client("student"))
    item = published(session, house)
    page = student.answer(student.ask(item), Chosen(("Mercury",)))
    student.send(page, {"reason": "typo"}, "/reports/study")
    editor = teacher.open(f"/teach/items/{item}")
    asking = teacher.send(
        editor, {"content-stem": "Which planet is nearest to the Sun of all?", "do": "save"}, f"/items/{item}"
    )
    assert asking.heading == "What kind of change is this?"
    settling = teacher.send(asking, {"change": "wording", "do": "save"}, f"/items/{item}")
    assert settling.path == f"/teach/queue/reports/{item}", "reports are settled right after"
    teacher.send(settling, {"outcome": "fixed"})
    own = student.open("/reports/")
    assert "Fixed" in own.text
    assert own.soup.select(".change ins")


def test_an_empty_list_says_how_to_report(app: Flask) -> None:
    page = Visitor(app.test_client()).begin().open("/reports/")
    assert "No reports yet" in page.text
