"""Who answered what: the grid, an attempt as its student saw it, marks by hand, resets, files, a gradebook."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.classes.terms import Feedback, Sort
from quizapp.domain.library.kinds.base import Chosen, Typed
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.services.corrections import regrades
from quizapp.storage.audit.tables import AuditEntry
from quizapp.storage.quizzes.tables import Attempt, AttemptQuestion
from tests import factories
from tests.web.classes.conftest import NOW, Class, Place
from tests.world import Seen, Visitor, rows_of


def take(phone: Visitor, assignment: int, *answers: Any, finish: bool = True) -> None:
    """Take a quiz whose answers can be changed until the end."""
    page = phone.send(phone.open(f"/assignments/{assignment}"), {}, "/begin")
    for answer in answers:
        page = phone.answer(page, answer)
    if finish:
        phone.send(phone.open(page.path.rpartition("/")[0] + "/overview"), {}, "/finish")


def rivers(*names: str) -> list[Chosen]:
    return [Chosen((name,)) for name in names]


def own(room: Class, session: Session, *contents: Any) -> str:
    """A deck of Vera's; its address."""
    deck = factories.add_deck(session, list(contents), slug="hers", owner=room.teacher)
    session.commit()
    return deck.slug


def signs(page: Seen, name: str) -> list[str]:
    """What the grid shows of a student."""
    [row] = [row for row in page.soup.select("tbody tr") if name in row.th.get_text()]
    return [" ".join(cell.get_text(" ").split()) for cell in row.select("td.cell")]


def test_a_grid_leads_to_each_answer_as_its_student_saw_it(room: Class) -> None:
    anna, bela, _cleo = room.seat("Anna", "Bela", "Cleo")
    made = room.give()
    take(room.phone(anna), made, *rivers("Danube", "Danube", "Elbe", "Danube", "Danube", "Danube"))
    take(room.phone(bela), made, *rivers("Elbe"), finish=False)
    page = room.desk.open(room.desk.open(f"/classes/assignments/{made}").link("Who answered what"))
    assert sorted(signs(page, "Anna")) == ["Correct"] * 5 + ["Incorrect"]
    assert sorted(signs(page, "Bela")) == ["Incorrect"] + ["Not answered"] * 5
    assert signs(page, "Cleo") == ["Not asked"] * 6
    wrong = page.soup.select_one("td.cell.wrong a")
    assert wrong is not None
    page = room.desk.open(str(wrong["href"]))
    assert page.heading == "Anna : attempt 1"
    assert "5 of 6 points" in page.text
    assert "Your answer, incorrect" in page.text
    assert page.text.count("Your answer, correct") == 5
    for name in ("Anna", "Who answered what"):
        assert room.desk.open(page.link(name)).status == 200


def test_every_name_and_heading_of_an_assignment_leads_on(room: Class) -> None:
    [anna] = room.seat("Anna")
    made = room.give()
    take(room.phone(anna), made, *rivers(*["Elbe"] * 6))
    page = room.desk.open(f"/classes/assignments/{made}")
    assert room.desk.open(page.link("Anna")).heading == "Anna"
    assert room.desk.open(page.link("0 of 6")).heading == "Anna : attempt 1"
    for heading in page.soup.select("#questions ~ ol h3 a"):
        assert room.desk.open(str(heading["href"])).status == 200
    student = room.desk.open(f"/classes/students/{anna.id}")
    assert "Incorrect" in student.text
    answer = student.soup.select_one("#latest ~ ul h3 a")
    assert answer is not None
    assert "Your answer, incorrect" in room.desk.open(str(answer["href"])).text


def test_a_wrong_answer_is_accepted_for_all_from_where_it_stands(room: Class, session: Session) -> None:
    anna, bela = room.seat("Anna", "Bela")
    slug = own(room, session, ShortAnswer(stem="Which river flows through Vienna?", key="Danube"))
    made = room.give(deck_slug=slug)
    for student in (anna, bela):
        take(room.phone(student), made, Typed(("the Rhine",)))
    page = room.desk.open(f"/classes/assignments/{made}/answers")
    assert signs(page, "Anna") == ["Incorrect"]
    page = room.desk.open(page.soup.select_one("td.cell.wrong a")["href"])  # type: ignore[index]
    assert "Edit question" in page.text
    page = room.desk.send(page, {}, "/accept")
    assert "Accepted" in page.text
    assert "KEY_CHANGED" in {entry.action for entry in rows_of(session, AuditEntry)}
    regrades.carry_on(session, factories.SETTINGS, now=NOW)
    session.commit()
    page = room.desk.open(f"/classes/assignments/{made}/answers")
    assert signs(page, "Anna") == signs(page, "Bela") == ["Correct"]


def test_a_mark_by_hand_counts_and_stays_through_a_regrade(room: Class, session: Session) -> None:
    [anna] = room.seat("Anna")
    slug = own(room, session, ShortAnswer(stem="Which river flows through Vienna?", key="Danube"))
    made = room.give(deck_slug=slug)
    take(room.phone(anna), made, Typed(("the Rhine",)))
    [question] = rows_of(session, AttemptQuestion)
    address = f"/classes/attempts/{question.attempt_id}"
    page = room.desk.send(room.desk.open(address), {"points": "0,5", "reason": ""}, "/mark")
    assert "Say why" in page.text
    page = room.desk.send(page, {"points": "1.5", "reason": "Close"}, "/mark")
    assert "between 0 and the question’s points" in page.text
    page = room.desk.send(page, {"points": "0,5", "reason": "Close enough"}, "/mark")
    assert "0.5 of 1 points" in page.text
    assert "0 % changed to 50 % by Vera" in page.text
    assert "50" in room.desk.open(f"/classes/assignments/{made}").text
    phone = room.phone(anna)
    assert "0.5 of 1 points" in phone.open(f"/quiz/{question.attempt_id}/result").text
    assert "Your teacher gave this 50 %: Close enough" in phone.open(f"/quiz/{question.attempt_id}/1").text
    told = room.desk.open("/teach/log?about=grades")
    assert "You changed a mark by hand" in told.text
    assert "Close enough" in told.text
    room.desk.send(room.desk.open(address), {}, "/accept")
    regrades.carry_on(session, factories.SETTINGS, now=NOW)
    session.commit()
    assert [each.score for each in rows_of(session, AttemptQuestion)] == [0.5]
    page = room.desk.send(room.desk.open(address), {"points": "", "reason": "By the key"}, "/mark")
    assert "0 of 1 points" in page.text


def test_an_attempt_that_goes_on_is_not_marked_yet(room: Class, session: Session) -> None:
    [anna] = room.seat("Anna")
    made = room.give()
    take(room.phone(anna), made, *rivers("Elbe"), finish=False)
    [attempt] = rows_of(session, Attempt)
    page = room.desk.open(f"/classes/attempts/{attempt.id}")
    assert "Change the mark" not in page.text
    sent = room.desk.post(
        f"/classes/attempts/{attempt.id}/1/mark",
        {"csrf_token": page.fields("/reset")["csrf_token"][0], "points": "1", "reason": "x"},
    )
    assert "can still change this answer" in sent.text


def test_a_reset_lets_one_student_begin_again_and_is_told_with_its_reason(
    room: Class, session: Session
) -> None:
    anna, bela = room.seat("Anna", "Bela")
    made = room.give()
    for student in (anna, bela):
        take(room.phone(student), made, *rivers(*["Elbe"] * 6))
    attempt = session.scalars(select(Attempt.id).where(Attempt.learner_id == anna.learner_id)).one()
    session.rollback()
    assert "/begin" not in str(room.phone(anna).open(f"/assignments/{made}").soup)
    page = room.desk.send(room.desk.open(f"/classes/attempts/{attempt}"), {"reason": "Fire drill"}, "/reset")
    assert "Fire drill" in page.text
    assert "/reset" not in str(page.soup.find_all("form"))
    take(room.phone(anna), made, *rivers(*["Danube"] * 6))
    page = room.desk.open(f"/classes/assignments/{made}")
    assert page.link("6 of 6")
    assert page.link("0 of 6")
    assert "/begin" not in str(room.phone(bela).open(f"/assignments/{made}").soup)
    assert "reset" in room.desk.open(f"/classes/students/{anna.id}").text
    [entry] = [each for each in rows_of(session, AuditEntry) if each.action == "ATTEMPT_OPENED_AGAIN"]
    assert (entry.account_id, entry.classroom_id) == (anna.learner_id, room.id)
    assert "Fire drill" not in entry.detail
    assert "Fire drill" in room.desk.open("/teach/log").text


def test_a_reset_attempt_takes_nothing_more(room: Class, session: Session) -> None:
    [anna] = room.seat("Anna")
    made = room.give()
    phone = room.phone(anna)
    page = phone.send(phone.open(f"/assignments/{made}"), {}, "/begin")
    [attempt] = rows_of(session, Attempt)
    room.desk.send(room.desk.open(f"/classes/attempts/{attempt.id}"), {"reason": "Wrong room"}, "/reset")
    assert "reset this attempt" in phone.answer(page, Chosen(("Danube",))).text
    assert "Start" in phone.open(f"/assignments/{made}").text


def test_files_have_a_column_a_question(room: Class) -> None:
    anna, _bela = room.seat("Anna", "=Bela")
    made = room.give()
    take(room.phone(anna), made, *rivers("Danube", "Danube", "Elbe", "Danube", "Danube", "Danube"))
    page = room.desk.open(f"/classes/assignments/{made}")
    sent = room.desk.client.get(page.link("Download as CSV"))
    [heads, first, second] = list(csv.reader(io.StringIO(sent.get_data(as_text=True).removeprefix("\ufeff"))))
    assert len(heads) == 9 + 6
    assert all(each[0].isdigit() for each in heads[9:])
    assert sorted(first[9:]) == ["0", *["1"] * 5] or sorted(second[9:]) == ["0", *["1"] * 5]
    book = room.desk.client.get(page.link("Download for Excel"))
    with zipfile.ZipFile(io.BytesIO(book.data)) as archive:
        texts = archive.read("xl/sharedStrings.xml").decode()
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "=Bela" in texts
    assert "<f>" not in sheet


def test_a_gradebook_counts_the_best_the_last_or_the_mean(room: Class) -> None:
    anna, _bela = room.seat("Anna", "Bela")
    made = room.give(attempts_allowed=2)
    room.give(sort=Sort.STUDY)
    phone = room.phone(anna)
    take(phone, made, *rivers(*["Danube"] * 6))
    take(phone, made, *rivers(*["Elbe"] * 3, *["Danube"] * 3))

    def marks(rule: str, name: str) -> list[str]:
        page = room.desk.open(f"/classes/{room.id}/grades?rule={rule}")
        [row] = [row for row in page.soup.select("tbody tr") if name in row.th.get_text()]
        return [cell.get_text(strip=True) for cell in row.find_all("td")]

    assert "100" in marks("best", "Anna")
    assert "50" in marks("last", "Anna")
    assert "75" in marks("mean", "Anna")
    assert marks("best", "Bela") == ["–", "–", "–"]
    page = room.desk.open(f"/classes/{room.id}/grades?rule=last")
    assert "Marks in per cent." not in page.soup.select_one(".table-box").get_text(), "it would scroll away"
    assert "50" in room.desk.client.get(page.link("Download as CSV")).get_data(as_text=True)


def test_what_a_student_studies_otherwise_is_not_their_teachers_to_see(room: Class, session: Session) -> None:
    [anna] = room.seat("Anna")
    other = factories.add_deck(session, [factories.choice(9)], slug="private-joy")
    session.commit()
    learner = room.learner(anna)
    factories.study(session, learner, other)
    [item] = factories.item_ids(session, other)
    review = uuid4()
    factories.answer(session, learner, item, review=review)
    session.commit()
    assert "No answers yet" in room.desk.open(f"/classes/students/{anna.id}").text
    assert room.desk.open(f"/classes/answers/{review}").status == 404


def test_a_grid_costs_the_same_with_many_students(
    room: Class, count_queries: Callable[[], list[str]]
) -> None:
    made = room.give(feedback=Feedback.NOW)

    def cost(places: list[Place]) -> int:
        for student in places:
            take(room.phone(student), made, *rivers("Danube"), finish=False)
        before = len(count_queries())
        room.desk.open(f"/classes/assignments/{made}/answers")
        return len(count_queries()) - before

    assert cost(room.seat("Anna")) == cost(room.seat("Bela", "Cleo", "Dora"))
