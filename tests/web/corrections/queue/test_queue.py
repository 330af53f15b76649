"""The queue: what waits for whom, by deck and by sort, at a constant number of queries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.services.corrections import reports as reporting
from quizapp.storage.accounts.tables import Account
from quizapp.storage.corrections.tables import Report
from quizapp.storage.library.tables import Item
from quizapp.web.corrections.queue.building import A_PAGE, IN_SHORT
from quizapp.web.corrections.queue.reported import in_short
from quizapp.web.corrections.queue.sections import SECTIONS
from tests.factories import NOW, add_account, add_deck, choice
from tests.world import Visitor, client_of, person, rows_of


@pytest.fixture
def teacher(session: Session) -> Account:
    return person(session, "teacher", name="Ms Rossi", now=NOW)


@pytest.fixture
def desk(app: Flask, session: Session, teacher: Account) -> Visitor:
    return Visitor(client_of(app, session, teacher, now=NOW))


def deck_of(session: Session, owner: Account | None, slug: str, questions: int = 1) -> list[Item]:
    deck = add_deck(session, [choice(n) for n in range(questions)], owner=owner, slug=slug)
    session.commit()
    return list(session.scalars(select(Item).where(Item.deck_id == deck.id).order_by(Item.id)))


def report(session: Session, items: Sequence[Item], text: str = "Really?", times: int = 1) -> None:
    for item in items:
        for _ in range(times):
            learner = add_account(session)
            reporting.report(
                session, learner, item_id=item.id, version_id=item.version_id, reason="wrong_key", text=text, now=NOW
            )  # fmt: skip
    session.commit()


def test_an_empty_queue_tells_what_will_come_to_it(desk: Visitor) -> None:
    page = desk.open("/teach/queue/")
    assert "Nothing to review" in page.text
    for section in SECTIONS:
        assert section.about in page.text
    assert page.soup.select_one(".tabs .badge") is None


def test_a_report_waits_with_its_words_and_the_tab_counts_it(
    session: Session, teacher: Account, desk: Visitor
) -> None:
    report(session, deck_of(session, teacher, "rivers"), "It is the Elbe.")
    page = desk.open("/teach/queue/")
    assert "The answer is wrong It is the Elbe." in page.text
    for address in ("/teach/queue/", "/teach/"):
        assert desk.open(address).soup.select_one(".tabs .badge").get_text() == "1", address


def test_reports_on_one_question_are_one_entry(session: Session, teacher: Account, desk: Visitor) -> None:
    report(session, deck_of(session, teacher, "rivers"), times=3)
    page = desk.open("/teach/queue/")
    assert len(page.soup.select(".queue > .row")) == 1
    assert "3 reports" in page.text


def test_others_decks_and_shipped_ones_are_not_in_a_teachers_queue(
    app: Flask, session: Session, desk: Visitor
) -> None:
    other = person(session, "teacher", name="Mr Weiss", now=NOW)
    report(session, deck_of(session, other, "mountains"))
    report(session, deck_of(session, None, "shipped"))
    assert "Nothing to review" in desk.open("/teach/queue/").text


def test_an_admin_answers_for_the_shipped_bank(app: Flask, session: Session) -> None:
    admin = person(session, "admin", name="Root", now=NOW)
    [item] = deck_of(session, None, "shipped")
    report(session, [item])
    desk = Visitor(client_of(app, session, admin, now=NOW))
    page = desk.open(desk.open("/teach/queue/").link("Which river flows"))
    assert "only a new version of the bank can change it" in page.text
    desk.send(page, {"outcome": "declined", "reply": "The next edition has it."})
    assert [row.state for row in rows_of(session, Report)] == ["declined"]


def test_the_queue_can_be_narrowed_to_a_deck_and_to_a_sort(
    session: Session, teacher: Account, desk: Visitor
) -> None:
    report(session, deck_of(session, teacher, "rivers"), "about rivers")
    report(session, deck_of(session, teacher, "lakes"), "about lakes")
    page = desk.open("/teach/queue/?deck=lakes&sort=reports")
    assert "about lakes" in page.text
    assert "about rivers" not in page.text
    assert page.soup.select_one(".tabs .badge").get_text() == "2", "the tab counts all"
    deck_of(session, teacher, "seas")
    empty = desk.open("/teach/queue/?deck=seas")
    assert "Nothing here" in empty.text


@pytest.mark.parametrize("query", ["deck=nowhere", "sort=nothing", "deck=theirs"])
def test_what_is_not_there_cannot_be_looked_into(session: Session, desk: Visitor, query: str) -> None:
    deck_of(session, person(session, "teacher", name="Mr Weiss", now=NOW), "theirs")
    assert desk.open(f"/teach/queue/?{query}").status == 404


def test_a_long_section_is_shortened_and_leads_to_all_of_it(
    session: Session, teacher: Account, desk: Visitor
) -> None:
    report(session, deck_of(session, teacher, "rivers", A_PAGE + 1))
    page = desk.open("/teach/queue/")
    assert len(page.soup.select(".queue > .row")) == IN_SHORT
    full = desk.open(page.link("Show all"))
    assert len(full.soup.select(".queue > .row")) == A_PAGE
    assert len(desk.open(full.link("Next")).soup.select(".queue > .row")) == 1


def test_the_whole_queue_costs_the_same_queries_with_twice_the_entries(
    session: Session, teacher: Account, desk: Visitor, count_queries: Callable[[], list[str]]
) -> None:
    def cost(address: str) -> int:
        before = len(count_queries())
        assert desk.open(address).status == 200
        return len(count_queries()) - before

    addresses = ("/teach/queue/", "/teach/", "/teach/queue/?sort=reports")
    report(session, deck_of(session, teacher, "rivers", 2))
    few = [cost(address) for address in addresses]
    for slug in ("lakes", "seas", "bays"):
        report(session, deck_of(session, teacher, slug, 4), times=2)
    assert [cost(address) for address in addresses] == few
    assert few[0] <= 6 + 3 * len(SECTIONS)


# --- settling ---------------------------------------------------------------------------------------


def test_a_refused_settlement_keeps_what_was_written(
    session: Session, teacher: Account, desk: Visitor
) -> None:
    [item] = deck_of(session, teacher, "rivers")
    report(session, [item])
    page = desk.open(f"/teach/queue/reports/{item.id}")
    back = desk.send(page, {"outcome": "fixed", "reply": "I will."})
    assert back.status == 422
    assert "Edit it first" in back.text
    assert back.fields()["reply"] == ["I will."]
    assert [row.state for row in rows_of(session, Report)] == ["open"]


def test_only_the_reports_that_were_shown_are_settled(
    session: Session, teacher: Account, desk: Visitor
) -> None:
    [item] = deck_of(session, teacher, "rivers")
    report(session, [item])
    page = desk.open(f"/teach/queue/reports/{item.id}")
    report(session, [item], "came meanwhile")
    done = desk.send(page, {"outcome": "declined", "reply": "No."})
    assert "came meanwhile" in done.text
    assert sorted(row.state for row in rows_of(session, Report)) == ["declined", "open"]


def test_settling_twice_says_so(session: Session, teacher: Account, desk: Visitor) -> None:
    [item] = deck_of(session, teacher, "rivers")
    report(session, [item])
    page = desk.open(f"/teach/queue/reports/{item.id}")
    desk.send(page, {"outcome": "declined", "reply": "No."})
    assert "already been" in desk.send(page, {"outcome": "declined", "reply": "No."}).text
    assert "No open reports" in desk.open(f"/teach/queue/reports/{item.id}").text


def test_a_version_that_has_changed_since_shows_the_difference(
    session: Session, teacher: Account, desk: Visitor
) -> None:
    [item] = deck_of(session, teacher, "rivers")
    report(session, [item])
    desk.send(
        desk.open(f"/teach/items/{item.id}"),
        {"content-options-0-text": "The Danube", "do": "save"},
        f"/items/{item.id}",
    )
    page = desk.open(f"/teach/queue/reports/{item.id}")
    assert "What they reported about version 1" in page.text
    assert [tag.get_text() for tag in page.soup.select(".change ins")] == ["The "]
    assert page.soup.select_one("input[value=fixed]").has_attr("checked")


@pytest.mark.parametrize(
    ("reports", "lines"),
    [
        ([("typo", "")], [("A typo", "")]),
        ([("typo", "a"), ("typo", "a")], [("A typo (2)", "a")]),
        (
            [("wrong_key", "x"), ("typo", ""), ("wrong_key", "y")],
            [("The answer is wrong (2)", "x"), ("", "y"), ("A typo", "")],
        ),
    ],
)
def test_many_reports_are_said_in_short(reports: Any, lines: Any) -> None:
    assert [(said.what, said.text) for said in in_short(reports)] == lines
