"""What a student sees: what is due when, beginning and going on, and the right words when it is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.classes.terms import Feedback, LateRule, Sort
from quizapp.domain.library.kinds.base import Chosen, Response
from quizapp.domain.library.kinds.true_false import TrueFalse
from quizapp.services.library.picture_drawing import Drawn
from quizapp.services.library.pictures import keep
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Assignment, Enrolment
from quizapp.storage.quizzes.tables import Attempt, AttemptQuestion
from quizapp.storage.study.tables import Card, Review
from tests import factories
from tests.web.classes.conftest import HOUR, NOW, Class
from tests.world import Seen, Visitor, rows_of

RIGHT, WRONG = Chosen(("Danube",)), Chosen(("Elbe",))


def due(page: Seen) -> list[str]:
    return [link.get_text() for link in page.soup.select("main li h3 a") if "/assignments/" in link["href"]]


def begin(phone: Visitor, assignment: int) -> Seen:
    return phone.send(phone.open(f"/assignments/{assignment}"), {}, "/begin")


def finish(phone: Visitor, page: Seen) -> Seen:
    return phone.send(phone.open(page.path.rpartition("/")[0] + "/overview"), {}, "/finish")


def test_what_is_due_is_on_the_start_page_the_next_first_with_its_zone(room: Class) -> None:
    [anna] = room.seat("Anna")
    room.give(title="Later", due=90)
    room.give(Sort.STUDY, title="Soon", due=20)
    room.give(title="Not open yet", opens=30, due=50)
    room.give(title="Over", due=-5)
    room.give(title="Long ago", opens=-24 * 9, due=-24 * 8)
    phone = room.phone(anna)
    page = phone.open("/")
    assert due(page) == ["Soon", "Not open yet", "Later", "Over"]
    assert "Due in 19 hours" in page.text or "Due in 20 hours" in page.text
    assert page.text.count("(Europe/Madrid)") == 4
    assert "Opens in" in page.text
    assert "Missed" in page.text
    assert due(phone.open("/classes/")) == ["Soon", "Not open yet", "Later", "Over"]


def test_what_is_done_leaves_the_start_page_and_stays_with_the_class(room: Class) -> None:
    [anna] = room.seat("Anna")
    made, phone = room.give(title="Rivers"), room.phone(anna)
    finish(phone, phone.answer(begin(phone, made), RIGHT))
    assert due(phone.open("/")) == []
    page = phone.open("/classes/")
    assert due(page) == ["Rivers"]
    assert "Done" in page.text


def test_an_attempt_is_begun_gone_on_with_and_finished_from_its_page(room: Class, session: Session) -> None:
    [anna] = room.seat("Anna")
    made, phone = room.give(), room.phone(anna)
    phone.answer(begin(phone, made), RIGHT)
    page = phone.open(f"/assignments/{made}")
    assert "not finished" in page.text
    page = phone.open(page.link("Continue"))
    assert page.heading == "Question 2"
    assert "Quizzes you started" not in phone.open("/").text
    result = finish(phone, phone.answer(page, WRONG))
    assert result.heading == "1 of 6 points"
    page = phone.open(result.link("Back to the assignment"))
    assert "1 of 6 points" in page.text
    assert not page.soup.select("form[action$='/begin']"), "there was one attempt"
    assert "all your attempts" in phone.post(f"/assignments/{made}/begin", {"attempt": str(uuid4())}).text
    assert len(rows_of(session, Attempt)) == 1


def test_another_attempt_begins_where_some_are_left(room: Class) -> None:
    [anna] = room.seat("Anna")
    made, phone = room.give(attempts_allowed=2), room.phone(anna)
    finish(phone, begin(phone, made))
    assert "Start another attempt" in phone.open(f"/assignments/{made}").text
    finish(phone, begin(phone, made))
    assert "Attempt 2" in phone.open(f"/assignments/{made}").text


def test_what_comes_too_late_is_refused_in_plain_words_and_nothing_is_lost(room: Class) -> None:
    [anna] = room.seat("Anna")
    made, phone = room.give(), room.phone(anna)
    page = begin(phone, made)
    second = phone.answer(page, RIGHT)
    room.move(made, due_at=-1)
    refused = phone.answer(second, RIGHT)
    assert refused.status == 409
    assert "Time was up, so the answer wasn’t accepted. Your earlier answers are kept." in refused.text
    assert "saved" not in refused.text.lower()
    assert refused.soup.select("form[action$='/finish'] button")
    page = phone.open(second.path)  # a question that cannot be answered is not asked
    assert page.heading == "Time is up."
    assert "You answered 1 of 6. Your answers are saved" in page.text
    assert not page.soup.select("main ol a")
    assert "Closed. What you did before then counts" in phone.open(f"/assignments/{made}").text
    assert phone.send(page, {}, "/finish").heading == "1 of 6 points"
    assert phone.post(f"/assignments/{made}/begin", {"attempt": str(uuid4())}).status == 409


def test_who_was_removed_is_told_and_can_finish(room: Class, session: Session) -> None:
    [anna] = room.seat("Anna")
    made, phone = room.give(), room.phone(anna)
    second = phone.answer(begin(phone, made), RIGHT)
    session.get_one(Enrolment, anna.id).removed_at = NOW
    session.commit()
    refused = phone.answer(second, RIGHT)
    assert (refused.status, "You’re no longer in 7b" in refused.text) == (409, True)
    page = phone.open(second.path)
    assert page.heading == "You’re no longer in 7b."
    result = phone.send(page, {}, "/finish")
    assert result.heading == "1 of 6 points"
    assert not result.soup.select(f'a[href="/assignments/{made}"]')  # it is not theirs to see any more
    assert phone.open(f"/assignments/{made}").status == 404
    assert due(phone.open("/")) == []


def test_late_is_said(room: Class) -> None:
    [anna] = room.seat("Anna")
    made, phone = room.give(due=-1, late_rule=LateRule.LATE, last_at=NOW + 50 * HOUR), room.phone(anna)
    assert "Overdue; late answers accepted until" in phone.open(f"/assignments/{made}").text
    finish(phone, phone.answer(begin(phone, made), RIGHT))
    page = phone.open(f"/assignments/{made}")
    assert "Done, after the due date" in page.text
    assert "late" in page.soup.select_one("section[aria-labelledby=attempts]").get_text()
    room.move(made, last_at=-0.5)
    assert "Done, after the due date" in phone.open(f"/assignments/{made}").text


@pytest.mark.parametrize("answers", [(WRONG, RIGHT), (RIGHT, WRONG), (RIGHT, RIGHT)])
def test_how_it_stands_does_not_tell_which_attempt_was_better_before_answers_are_shown(
    room: Class, session: Session, answers: tuple[Response, Response]
) -> None:
    [anna] = room.seat("Anna")
    terms = {"late_rule": LateRule.LATE, "last_at": NOW + 50 * HOUR, "feedback": Feedback.DUE}
    made, phone = room.give(due=2, attempts_allowed=2, **terms), room.phone(anna)
    finish(phone, phone.answer(begin(phone, made), answers[0]))
    session.get_one(Assignment, made).due_at = datetime.now(UTC)
    session.commit()
    finish(phone, phone.answer(begin(phone, made), answers[1]))
    words = phone.open(f"/assignments/{made}").text
    assert "Done" in words
    assert "Done, after the due date" not in words


def test_before_it_opens_it_cannot_be_begun(room: Class) -> None:
    [anna] = room.seat("Anna")
    made, phone = room.give(opens=5), room.phone(anna)
    page = phone.open(f"/assignments/{made}")
    assert "Opens in" in page.text
    assert not page.soup.select("form[action$='/begin']")
    refused = phone.post(f"/assignments/{made}/begin", {"attempt": str(uuid4())})
    assert (refused.status, "isn’t open yet" in refused.text) == (409, True)
    assert phone.post(f"/assignments/{made}/begin", {"attempt": "x"}).status == 400


def test_a_deck_to_know_tells_how_much_and_leads_to_studying_it(room: Class, session: Session) -> None:
    [anna] = room.seat("Anna")
    made, phone = room.give(Sort.STUDY), room.phone(anna)
    page = phone.open(f"/assignments/{made}")
    assert "Secured: 0 of 6 facts. If you follow the plan, expect to remember" in page.text
    assert "today 0 of" in page.text
    assert "today 0 of" in phone.open("/").text
    question = phone.open(page.link("Study"))
    assert question.soup.select("form[data-question]")
    phone.answer(question, RIGHT)
    assert len(rows_of(session, Review)) == 1


def test_anyone_who_lives_by_another_clock_sees_that_too(room: Class, session: Session) -> None:
    [anna] = room.seat("Anna")
    made = room.give()
    phone = room.phone(anna)
    assert "In your time zone" not in phone.open(f"/assignments/{made}").text
    session.scalars(select(Account).where(Account.id == anna.learner_id)).one().zone = "Asia/Tokyo"
    session.commit()
    assert "(Asia/Tokyo)" in phone.open(f"/assignments/{made}").text


def test_answers_after_the_due_date_are_told_and_remembered_then_and_no_earlier(
    room: Class, session: Session
) -> None:
    anna, bela = room.seat("Anna", "Bela")
    made, phone = room.give(feedback=Feedback.DUE, questions=3), room.phone(anna)
    page = begin(phone, made)
    for response in (RIGHT, WRONG, RIGHT):
        page = phone.answer(page, response)
    page = finish(phone, page)
    attempt = page.path.rpartition("/")[0]
    assert page.heading == "Handed in"
    assert "You answered 3 of 3 questions" in page.text
    assert "You’ll see the result and the answers after" in page.text
    assert phone.open(f"{attempt}/1").heading == "Handed in"
    assert phone.post(f"{attempt}/show", {}).status == 409
    report = {"reason": "wrong key", "text": "Is it?"}
    assert "only after you’ve seen its answer" in phone.post(f"/reports{attempt}/1", report).text
    own = phone.open(f"/assignments/{made}")
    assert ("handed in" in own.text, "points" in own.text) == (True, False)
    assert rows_of(session, Card) == []
    room.move(made, due_at=-1)
    page = phone.send(phone.open(f"{attempt}/result"), {}, "/show")
    assert page.heading == "2 of 3 points"
    assert phone.open(f"{attempt}/2").heading == "Incorrect"
    assert len(rows_of(session, Card)) == 3
    assert "2 of 3 points" in phone.open(f"/assignments/{made}").text
    missed = room.phone(bela)
    assert "Missed" in missed.open(f"/assignments/{made}").text
    assert missed.open(attempt + "/result").status == 404


def test_pictures_of_a_private_decks_questions_are_shown_to_whom_they_are_asked(
    room: Class, session: Session
) -> None:
    """A quiz does not open its deck; its pictures come with its questions."""
    anna, bela = room.seat("Anna", "Bela")
    picture = "0123456789abcdef" * 2
    keep(session, room.teacher.id, Drawn(b"drawn", 1, 1), picture_id=picture, now=NOW)
    content = TrueFalse(stem=f"![A map](picture:{picture}) Here it is.", key=True)
    factories.add_deck(session, [content], slug="maps", owner=room.teacher)
    session.commit()
    made, (phone, other) = room.give(deck_slug="maps"), (room.phone(anna), room.phone(bela))
    path = f"/pictures/{picture}.webp"
    assert phone.open("/decks/maps").status == 404
    assert phone.client.get(path).status_code == 404
    begin(phone, made)
    assert phone.client.get(path).status_code == 200
    assert other.client.get(path).status_code == 404


def test_the_server_tells_the_time_not_the_form(room: Class, session: Session) -> None:
    [anna] = room.seat("Anna")
    made, phone = room.give(), room.phone(anna)
    page = begin(phone, made)
    forged = {"at": "2001-01-01T00:00:00Z", "answered_at": "2001-01-01", "now": "0", "served": "x"}
    phone.send(page, {**forged, "choice": "0"})
    [attempt] = rows_of(session, Attempt)
    answered = [row.answered_at for row in rows_of(session, AttemptQuestion) if row.answered_at]
    assert len(answered) == 1
    for moment in (attempt.started_at, *answered):
        assert abs((moment - datetime.now(UTC)).total_seconds()) < 60


def test_a_quiz_says_until_when_it_is_open_and_in_the_last_hour_how_long(room: Class) -> None:
    [anna] = room.seat("Anna")
    made, phone = room.give(), room.phone(anna)
    page = begin(phone, made)
    assert "Open until" in page.text
    assert " left" not in page.text
    for minutes, words in (
        (40.5, "40 minutes left"),
        (1.5, "1 minute left"),
        (0.5, "less than a minute left"),
    ):
        room.move(made, due_at=1)
        with time_machine.travel(NOW + timedelta(minutes=60 - minutes), tick=False):
            assert words in phone.open(page.path).text
            assert words in phone.open(page.path.rpartition("/")[0] + "/overview").text
