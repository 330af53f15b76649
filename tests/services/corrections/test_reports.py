"""Reports: one open one per learner and version, settled with a reason, kept without the person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.corrections.reports import LONGEST_TEXT, MOST_AN_HOUR, MOST_OPEN
from quizapp.domain.errors import Conflict, Invalid
from quizapp.services.corrections import reports as reporting
from quizapp.services.library import editor
from quizapp.services.library.items import Draft
from quizapp.services.privacy import erasure, guest_merge
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.corrections import reports as queries
from quizapp.storage.corrections.tables import Report
from quizapp.storage.library.tables import Item
from tests import factories
from tests.factories import NOW, add_account, add_deck, choice


@pytest.fixture
def teacher(session: Session) -> Account:
    return add_account(session, role="teacher", name="Ms Rossi", name_key="ms rossi")


@pytest.fixture
def student(session: Session) -> Account:
    return add_account(session, name="Ada", name_key="ada")


@pytest.fixture
def item(session: Session, teacher: Account) -> Item:
    deck = add_deck(session, [choice()], owner=teacher)
    return session.scalars(select(Item).where(Item.deck_id == deck.id)).one()


def send(session: Session, learner: Account, item: Item, **changes: Any) -> Report:
    assert item.version_id is not None
    given = {"reason": "wrong_key", "text": "It is the Elbe.", "version_id": item.version_id, "now": NOW}
    return reporting.report(session, learner, item_id=item.id, **(given | changes))


def reword(session: Session, item: Item, teacher: Account) -> None:
    editor.save_item(
        session, item, Draft(content=choice(2)), base=item.version_id, fact="", author=teacher, now=NOW
    )


def settle(session: Session, item: Item, teacher: Account, *reports: Report, **given: Any) -> int:
    given = {"outcome": "declined", "reply": "The map says so.", "now": NOW} | given
    return reporting.settle(session, item, [report.id for report in reports], by=teacher, **given)


def test_a_second_report_on_the_same_version_takes_the_place_of_the_first(
    session: Session, student: Account, item: Item
) -> None:
    first = send(session, student, item)
    second = send(session, student, item, reason="typo", text=" Danub ")
    assert first.id == second.id
    assert session.scalars(select(Report.text)).all() == ["Danub"]


def test_another_version_and_another_learner_are_other_reports(
    session: Session, teacher: Account, student: Account, item: Item
) -> None:
    old = item.version_id
    reword(session, item, teacher)
    for learner in (student, teacher):
        for version in (old, item.version_id):
            send(session, learner, item, version_id=version)
    assert queries.count_open(session, item.id) == 4


def test_a_settled_report_does_not_keep_one_from_reporting_again(
    session: Session, teacher: Account, student: Account, item: Item
) -> None:
    settle(session, item, teacher, send(session, student, item))
    send(session, student, item)
    assert session.scalars(select(Report.state).order_by(Report.id)).all() == ["declined", "open"]


@pytest.mark.parametrize(
    "changes", [{"reason": "boring"}, {"text": "x" * (LONGEST_TEXT + 1)}, {"text": "a\0"}]
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(
    session: Session, student: Account, item: Item, changes: dict[str, Any]
) -> None:
    with pytest.raises(Invalid):
        send(session, student, item, **changes)
    assert session.scalars(select(Report)).all() == []


def test_so_many_reports_an_hour_and_then_no_more_until_it_is_over(
    session: Session, teacher: Account, student: Account
) -> None:
    deck = add_deck(session, [choice(n) for n in range(MOST_AN_HOUR + 1)], owner=teacher, slug="many")
    *first, last = session.scalars(select(Item).where(Item.deck_id == deck.id)).all()
    for each in first:
        send(session, student, each)
    with pytest.raises(Invalid, match="Wait"):
        send(session, student, last)
    send(session, student, first[0], text="changing one's own is no new one")
    send(session, student, last, now=NOW + timedelta(hours=1, seconds=1))


def test_no_one_can_heap_reports_on_one_question(session: Session, item: Item) -> None:
    for _ in range(MOST_OPEN):
        send(session, add_account(session), item)
    with pytest.raises(Invalid, match="already reported this question"):
        send(session, add_account(session), item)


def test_declining_takes_words(session: Session, teacher: Account, student: Account, item: Item) -> None:
    report = send(session, student, item)
    with pytest.raises(Invalid) as caught:
        settle(session, item, teacher, report, reply="  ")
    assert [problem.field for problem in caught.value.problems] == ["reply"]
    assert settle(session, item, teacher, report) == 1
    assert (report.state, report.reply, report.settled_by) == ("declined", "The map says so.", teacher.id)


def test_only_what_has_changed_counts_as_fixed(
    session: Session, teacher: Account, student: Account, item: Item
) -> None:
    report = send(session, student, item)
    with pytest.raises(Invalid) as caught:
        settle(session, item, teacher, report, outcome="fixed", reply="")
    assert [problem.field for problem in caught.value.problems] == ["outcome"]
    reword(session, item, teacher)
    settle(session, item, teacher, report, outcome="fixed", reply="")
    assert (report.state, report.fixed_version_id) == ("fixed", item.version_id)


def test_a_question_that_is_not_asked_any_more_counts_as_fixed(
    session: Session, teacher: Account, student: Account, item: Item
) -> None:
    report = send(session, student, item)
    factories.set_published(session, item, published=False)
    assert settle(session, item, teacher, report, outcome="fixed") == 1


@pytest.mark.parametrize("given", [{"outcome": ""}, {"outcome": "open"}, {"reply": "x" * 501}])
def test_what_says_nothing_settles_nothing(
    session: Session, teacher: Account, student: Account, item: Item, given: dict[str, Any]
) -> None:
    report = send(session, student, item)
    with pytest.raises(Invalid):
        settle(session, item, teacher, report, **given)
    assert report.state == "open"


def test_what_is_settled_is_not_settled_again(
    session: Session, teacher: Account, student: Account, item: Item
) -> None:
    report = send(session, student, item)
    settle(session, item, teacher, report)
    with pytest.raises(Conflict):
        settle(session, item, teacher, report, reply="Something else")
    assert report.reply == "The map says so."


def test_an_answer_is_new_until_it_was_read(
    session: Session, teacher: Account, student: Account, item: Item
) -> None:
    report = send(session, student, item)
    assert queries.unread(session, student.id) == 0
    settle(session, item, teacher, report)
    assert queries.unread(session, student.id) == 1
    reporting.mark_read(session, student, now=NOW)
    assert queries.unread(session, student.id) == 0


@pytest.mark.parametrize("author", [False, True])
def test_erasing_an_account_leaves_its_reports_without_the_person(
    session: Session, student: Account, item: Item, author: bool
) -> None:
    if author:
        add_deck(session, [], owner=student, slug="of-the-student")
    send(session, student, item)
    session.flush()
    erasure.erase(session, student, now=NOW)
    kept = session.scalars(select(Report)).one()
    assert (kept.learner_id, kept.text) == (None, "It is the Elbe.")


def test_a_guests_reports_go_with_them_into_their_account(
    session: Session, teacher: Account, student: Account, item: Item
) -> None:
    guest = add_account(session, role="guest")
    send(session, student, item)
    send(session, guest, item, text="Said as a guest, and before in the account")
    settled = send(session, guest, item, version_id=item.version_id)
    settle(session, item, teacher, settled)
    send(session, guest, item, text="Again")
    guest_merge.merge_guest(session, guest, student, Settings())
    rows = session.execute(select(Report.learner_id, Report.state).order_by(Report.id)).all()
    assert [tuple(row) for row in rows] == [(student.id, "open"), (student.id, "declined"), (None, "open")]
