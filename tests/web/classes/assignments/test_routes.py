"""A teacher's pages of assignments: making, changing, extending, following and downloading them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.classes.moments import day_ends
from quizapp.domain.classes.terms import LateRule, Sort
from quizapp.domain.library.kinds.base import Chosen
from quizapp.domain.study.scheduling.day import day_starts, study_day
from quizapp.storage.audit.tables import AuditEntry
from quizapp.storage.classes.tables import Assignment, AssignmentExtension, ClassroomDeck
from quizapp.storage.library.tables import Deck
from quizapp.storage.quizzes.tables import Attempt
from tests import factories
from tests.web.classes.conftest import HOUR, NOW, Class
from tests.world import Seen, Visitor, rows_of

MADRID = ZoneInfo("Europe/Madrid")
FRIDAY = (NOW.astimezone(MADRID) + timedelta(days=4)).date()


def cells(page: Seen, name: str) -> list[str]:
    """The cells of a student's row."""
    [found] = [each for each in page.soup.select("tbody tr") if name in each.th.get_text()]
    return [" ".join(cell.get_text(" ").split()) for cell in found.find_all("td")]


def take(phone: Visitor, assignment: int, *rivers: str) -> Seen:
    """Take a quiz whose answers can be changed until the end, and finish it."""
    page = phone.send(phone.open(f"/assignments/{assignment}"), {}, "/begin")
    for river in rivers:
        page = phone.answer(page, Chosen((river,)))
    return phone.send(phone.open(page.path.rpartition("/")[0] + "/overview"), {}, "/finish")


# --- making and changing ---------------------------------------------------------------------------


def test_a_quiz_is_given_with_a_due_day_that_ends_by_the_classs_clock(room: Class, session: Session) -> None:
    page = room.desk.open(f"/classes/{room.id}")
    page = room.desk.open(page.link("New assignment"))
    page = room.desk.open(page.link("Take a quiz"))
    assert page.fields("/new")["due_date"] == [
        (NOW.astimezone(MADRID) + timedelta(days=7)).date().isoformat()
    ]
    form = {"deck": "rivers", "questions": "4", "due_date": FRIDAY.isoformat(), "title": "Rivers, quickly"}
    page = room.desk.send(page, form, "/new")
    assert (page.status, page.heading) == (200, "Rivers, quickly")
    assert f"end of {FRIDAY:%a} {FRIDAY.day} {FRIDAY:%B}" in page.text
    assert "(Europe/Madrid)" in page.text
    assert "in 4 days" in page.text
    [made] = rows_of(session, Assignment)
    assert (made.sort, made.due_at, made.questions, made.attempts_allowed) == (
        "quiz",
        day_ends(FRIDAY, MADRID),
        4,
        1,
    )
    assert made.opens_at <= datetime.now(UTC)
    assert "Rivers, quickly" in room.desk.open(f"/classes/{room.id}").text
    assert rows_of(session, ClassroomDeck) == []


def test_a_deck_to_know_is_learnt_by_the_class(room: Class, session: Session) -> None:
    page = room.desk.open(f"/classes/{room.id}/assignments/new")
    times = {"due_time": "14:30", "opens_date": NOW.date().isoformat(), "opens_time": "06:00"}
    late = {"late_rule": "late", "last_date": (FRIDAY + timedelta(days=2)).isoformat()}
    form = {"deck": "rivers", "target": "0.95", "due_date": FRIDAY.isoformat(), **times, **late}
    page = room.desk.send(page, form, "/new")
    assert "95 % likely" in page.text
    assert "and marked late" in page.text
    [made] = rows_of(session, Assignment)
    assert made.due_at == datetime(FRIDAY.year, FRIDAY.month, FRIDAY.day, 14, 30, tzinfo=MADRID)
    assert made.opens_at == datetime(NOW.year, NOW.month, NOW.day, 6, tzinfo=MADRID)
    assert made.last_at == day_ends(FRIDAY + timedelta(days=2), MADRID)
    assert len(rows_of(session, ClassroomDeck)) == 1


@pytest.mark.parametrize(
    ("sort", "wrong", "said"),
    [
        ("quiz", {"due_date": ""}, "Choose a due date"),
        ("quiz", {"due_date": "2019-01-01"}, "Choose a due date after the opening date"),
        ("quiz", {"due_date": "0001-01-01"}, "Choose a year between"),
        ("quiz", {"due_date": "9999-12-31"}, "Choose a year between"),
        ("quiz", {"due_date": "soon"}, "Not a valid date value"),
        ("quiz", {"questions": "0"}, "Ask 1 to 100 questions"),
        ("quiz", {"attempts": "77"}, "Not a valid choice"),
        ("study", {"target": "0.1"}, "Not a valid choice"),
        ("study", {"title": "x" * 101}, "x" * 101),
        ("study", {"late_rule": "late", "last_date": NOW.date().isoformat()}, "last date after the due date"),
    ],
)
def test_a_form_that_is_wrong_comes_back_and_says_why(
    room: Class, session: Session, sort: str, wrong: dict[str, str], said: str
) -> None:
    path = f"/classes/{room.id}/assignments/new?sort={sort}"
    form = {"deck": "rivers", "due_date": FRIDAY.isoformat(), **wrong}
    page = room.desk.send(room.desk.open(path), form, "/new")
    assert page.status == 422
    assert said in page.html
    assert rows_of(session, Assignment) == []


def test_a_form_comes_back_with_what_stands_and_changes_it(room: Class, session: Session) -> None:
    made = room.give(title="Rivers", attempts_allowed=None, questions=5)
    path = f"/classes/assignments/{made}/edit"
    page = room.desk.open(path)
    before = page.fields("/edit")
    assert (before["attempts"], before["questions"], before["title"]) == ([""], ["5"], ["Rivers"])
    page = room.desk.send(page, {"due_date": FRIDAY.isoformat(), "due_time": "", "attempts": "3"}, "/edit")
    assert "The changes apply from now on" in page.text
    [found] = rows_of(session, Assignment)
    assert (found.due_at, found.attempts_allowed) == (day_ends(FRIDAY, MADRID), 3)
    again = room.desk.open(path).fields("/edit")
    assert (again["due_date"], again["due_time"]) == ([FRIDAY.isoformat()], [""])
    room.desk.send(room.desk.open(path), {}, "/edit")
    assert rows_of(session, Assignment)[0].due_at == day_ends(FRIDAY, MADRID)
    assert room.desk.post(path, {"due_date": "2019-01-01", "questions": "5"}).status == 422


def test_a_deck_to_know_is_changed_too(room: Class, session: Session) -> None:
    made = room.give(Sort.STUDY, late_rule=LateRule.LATE, last_at=NOW + 72 * HOUR, target=0.85)
    page = room.desk.open(f"/classes/assignments/{made}/edit")
    before = page.fields("/edit")
    assert before["target"] == ["0.85"]
    assert before["last_date"][0]
    room.desk.send(page, {"target": "0.8"}, "/edit")
    [found] = rows_of(session, Assignment)
    assert found.target == 0.8
    assert found.last_at is not None
    assert abs(found.last_at - (NOW + 72 * HOUR)) < timedelta(minutes=1)


def test_deleting_keeps_what_students_did(room: Class, session: Session) -> None:
    [anna] = room.seat("Anna")
    made = room.give()
    take(room.phone(anna), made, "Danube")
    page = room.desk.send(room.desk.open(f"/classes/assignments/{made}/edit"), {}, "/delete")
    assert "has been deleted. Students keep their answers." in page.text
    assert rows_of(session, Assignment) == []
    [kept] = rows_of(session, Attempt)
    assert room.phone(anna).open(f"/quiz/{kept.id}/").heading == "1 of 6 points"


# --- more time -------------------------------------------------------------------------------------


def test_a_student_gets_more_time_and_it_is_shown(room: Class, session: Session) -> None:
    anna, _ = room.seat("Anna", "Bela")
    made = room.give(due=-1)
    path = f"/classes/assignments/{made}/extensions"
    page = room.desk.open(path)
    page = room.desk.send(page, {"student": str(anna.id), "date": FRIDAY.isoformat()}, "/extensions")
    assert "Anna has more time" in page.text
    assert f"until end of {FRIDAY:%a}" in page.text
    assert cells(room.desk.open(f"/classes/assignments/{made}"), "Anna")[0] == "open"
    assert cells(room.desk.open(f"/classes/assignments/{made}"), "Bela")[0] == "missed"
    assert "Start" in room.phone(anna).open(f"/assignments/{made}").text
    page = room.desk.send(room.desk.open(path), {}, "/withdraw")
    assert "Anna’s extension was removed" in page.text
    assert rows_of(session, AssignmentExtension) == []


def test_more_time_is_later_than_the_classs_and_for_its_students(room: Class) -> None:
    [anna] = room.seat("Anna")
    path = f"/classes/assignments/{room.give()}/extensions"
    page = room.desk.post(path, {"student": str(anna.id), "date": NOW.date().isoformat(), "time": "00:00"})
    assert (page.status, "after the due date of the class" in page.text) == (422, True)
    assert room.desk.post(path, {"student": "999", "date": FRIDAY.isoformat()}).status == 422
    for who in ("", "x", "999", "9" * 30):
        assert room.desk.post(path + "/withdraw", {"student": who}).status == 404


def test_what_changes_grades_is_in_the_log(room: Class, session: Session) -> None:
    [anna] = room.seat("Anna")
    made = room.give(due=-1)
    path = f"/classes/assignments/{made}"
    more = {"student": str(anna.id), "date": FRIDAY.isoformat()}
    room.desk.send(room.desk.open(f"{path}/extensions"), more, "/extensions")
    room.desk.send(room.desk.open(f"{path}/extensions"), {}, "/withdraw")
    room.desk.send(room.desk.open(f"{path}/edit"), {"late_rule": "late"}, "/edit")
    room.desk.send(room.desk.open(f"{path}/edit"), {}, "/delete")
    entries = {entry.action: entry for entry in rows_of(session, AuditEntry)}
    assert set(entries) == {
        "EXTENSION_GIVEN",
        "EXTENSION_TAKEN_BACK",
        "ASSIGNMENT_CHANGED",
        "ASSIGNMENT_REMOVED",
    }
    assert {entry.classroom_id for entry in entries.values()} == {room.id}
    assert entries["EXTENSION_GIVEN"].account_id == anna.learner_id


# --- following -------------------------------------------------------------------------------------


def test_the_page_tells_who_has_done_what_and_what_went_wrong(room: Class) -> None:
    anna, bela, _ = room.seat("Anna", "Bela", "Cleo")
    made = room.give()
    take(room.phone(anna), made, "Danube", "Danube", "Elbe", "Danube", "Danube", "Danube")
    page = room.phone(bela).send(room.phone(bela).open(f"/assignments/{made}"), {}, "/begin")
    room.phone(bela).answer(page, Chosen(("Elbe",)))
    page = room.desk.open(f"/classes/assignments/{made}")
    assert cells(page, "Anna")[:4] == ["done", "5 of 6", "83", "1"]
    assert cells(page, "Bela")[:4] == ["open", "1 of 6 answered", "–", "1"]
    assert cells(page, "Cleo") == ["open", "–", "–", "–", "–"]
    assert [" ".join(each.get_text(" ").split()) for each in page.soup.select("dl > div")] == [
        "done 1 of 3",
        "have started 2 of 3",
        "average score 83 %",
    ]
    wrong = page.soup.select("section[aria-labelledby=questions] li")
    assert len(wrong) == 6
    assert "Elbe" in wrong[0].get_text()
    assert "Danube" not in page.soup.select_one("section[aria-labelledby=questions]").get_text()
    assert page.soup.select_one("live-part[data-part=students] table")


def test_the_best_attempt_counts_and_the_first_tells_what_went_wrong(room: Class) -> None:
    [anna] = room.seat("Anna")
    made = room.give(attempts_allowed=2)
    take(room.phone(anna), made, *["Elbe"] * 6)
    take(room.phone(anna), made, *["Danube"] * 5)
    page = room.desk.open(f"/classes/assignments/{made}")
    assert cells(page, "Anna")[:4] == ["done", "5 of 6", "83", "2"]
    assert page.text.count("0 of 1 right") == 6


def test_late_and_missed_are_told(room: Class) -> None:
    anna, _ = room.seat("Anna", "Bela")
    made = room.give(due=-2, late_rule=LateRule.LATE)
    assert cells(room.desk.open(f"/classes/assignments/{made}"), "Bela")[0] == "overdue"
    take(room.phone(anna), made, *["Danube"] * 6)
    assert cells(room.desk.open(f"/classes/assignments/{made}"), "Anna")[:2] == ["done late", "6 of 6"]
    room.desk.send(room.desk.open(f"/classes/assignments/{made}/edit"), {"late_rule": "closed"}, "/edit")
    assert cells(room.desk.open(f"/classes/assignments/{made}"), "Bela")[0] == "missed"


def test_progress_with_a_deck_is_what_will_be_known_on_the_due_day(room: Class, session: Session) -> None:
    anna, _ = room.seat("Anna", "Bela")
    day_over = day_starts(
        study_day(NOW, MADRID) + 1, MADRID
    )  # due on the study day of the answers, at any hour
    made = room.give(Sort.STUDY, due=(day_over - NOW) / HOUR - 0.001)
    deck = session.get_one(Assignment, made).deck_id
    items = factories.item_ids(session, session.get_one(factories.Deck, deck))
    for item, right in zip(items[:4], (True, True, True, False), strict=True):
        factories.answer(session, room.learner(anna), item, right, at=NOW)
    session.commit()
    page = room.desk.open(f"/classes/assignments/{made}")
    assert cells(page, "Anna")[:3] == ["due soon", "3 of 6", "50"]
    assert cells(page, "Bela")[:3] == ["due soon", "0 of 6", "0"]
    assert "3 of 3 right" not in page.text
    assert page.text.count("1 of 1 right") == 3
    assert page.text.count("0 of 1 right") == 1


def test_what_was_studied_after_the_due_moment_does_not_count(room: Class, session: Session) -> None:
    [anna] = room.seat("Anna")
    made = room.give(Sort.STUDY, due=1)
    deck = session.get_one(Assignment, made).deck_id
    items = factories.item_ids(session, session.get_one(factories.Deck, deck))
    for item in items:
        factories.answer(session, room.learner(anna), item, item != items[0], at=NOW - 30 * HOUR)
    for item in items[:3]:
        factories.answer(session, room.learner(anna), item, True, at=NOW - HOUR)
    session.commit()
    room.move(made, opens_at=-40, due_at=-29)
    page = room.desk.open(f"/classes/assignments/{made}")
    assert cells(page, "Anna")[:2] == ["not finished", "5 of 6"]
    room.desk.send(room.desk.open(f"/classes/assignments/{made}/edit"), {"late_rule": "late"}, "/edit")
    assert cells(room.desk.open(f"/classes/assignments/{made}"), "Anna")[:2] == ["done late", "6 of 6"]


def test_no_one_in_the_class_is_an_empty_page_that_says_what_to_do(room: Class) -> None:
    page = room.desk.open(f"/classes/assignments/{room.give()}")
    assert "No students yet" in page.text
    assert "No students yet" in room.desk.open(page.link("More time")).text


@pytest.mark.parametrize("sort", [Sort.QUIZ, Sort.STUDY])
@pytest.mark.parametrize("path", ["", ".csv", "/extensions"])
def test_a_page_costs_as_many_queries_with_twice_the_students(
    room: Class, count_queries: Callable[[], list[str]], sort: Sort, path: str
) -> None:
    made, costs = room.give(sort), []
    for names in (["a", "b"], ["c", "d", "e", "f"]):
        for place in room.seat(*names):
            if sort is Sort.QUIZ:
                take(room.phone(place), made, "Danube", "Elbe")
        before = len(count_queries())
        assert room.desk.open(f"/classes/assignments/{made}{path}").status == 200
        costs.append(len(count_queries()) - before)
    assert costs[0] == costs[1] <= 10


def test_the_class_page_costs_as_many_queries_with_twice_the_assignments(
    room: Class, count_queries: Callable[[], list[str]]
) -> None:
    [anna] = room.seat("Anna")
    phone, costs = room.phone(anna), []
    for count in (2, 4):
        for _ in range(count):
            room.give()
            room.give(Sort.STUDY)
        counted = []
        for who, page in ((room.desk, f"/classes/{room.id}"), (phone, "/"), (phone, "/classes/")):
            before = len(count_queries())
            assert who.open(page).status == 200
            counted.append(len(count_queries()) - before)
        costs.append(counted)
    assert costs[0] == costs[1]


# --- downloading -----------------------------------------------------------------------------------


def test_the_download_is_a_table_that_holds_no_formula(room: Class) -> None:
    anna, *_ = room.seat("Anna", "=1+1", "＠SUM(A1)", "-2")
    made = room.give(title="Rivers")
    take(room.phone(anna), made, *["Danube"] * 4)
    page = room.desk.open(f"/classes/assignments/{made}.csv")
    assert page.response.mimetype == "text/csv"
    assert f"assignment-{made}.csv" in page.response.headers["Content-Disposition"]
    assert page.html.startswith("\ufeff")
    heads, *rows = csv.reader(io.StringIO(page.html.removeprefix("\ufeff")))
    assert heads[:7] == ["Name", "State", "Points", "Possible points", "Percent", "Attempts", "Late"]
    assert heads[7] == "Due (Europe/Madrid)"
    by_name = {row[0]: row[1:] for row in rows}
    assert by_name["Anna"][:6] == ["done", "4", "6", "67", "1", ""]
    assert set(by_name) == {"Anna", "'=1+1", "'＠SUM(A1)", "'-2"}


def test_the_download_of_a_deck_to_know_tells_facts(room: Class) -> None:
    room.seat("Anna")
    text = room.desk.open(f"/classes/assignments/{room.give(Sort.STUDY)}.csv").html
    assert "Facts known,Facts,Percent" in text
    assert "Anna,open,0,6,0,0," in text


def test_taking_away_a_deck_that_is_still_to_be_known_is_refused_and_keeps_the_ticks(room: Class) -> None:
    room.give(Sort.STUDY, title="By heart")
    page = room.desk.send(room.desk.open(f"/classes/{room.id}/decks"), {"deck": []}, "/decks")
    assert page.status == 422
    assert "still has an assignment on “By heart”" in page.text
    assert not page.soup.select("input[name=deck][checked]")  # as it was sent
    assert room.desk.open(f"/classes/{room.id}/decks").soup.select("input[name=deck][checked]")


def test_the_owner_who_takes_their_deck_from_a_class_ends_its_work(room: Class, session: Session) -> None:
    session.scalars(select(Deck)).one().owner_id = room.teacher.id
    session.commit()
    made = room.give(Sort.STUDY)
    page = room.desk.open("/teach/decks/rivers/sharing")
    page = room.desk.send(page, {}, "/withdraw")
    assert "open assignments on it have ended" in page.text
    session.expire_all()
    assert session.get_one(Assignment, made).due_at <= datetime.now(UTC)
    assert "over" in room.desk.open(f"/classes/{room.id}").text
