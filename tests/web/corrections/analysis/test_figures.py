"""The page on how questions do, and the queue's hints: what they say, whom, and at what cost."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.services.corrections.suspicions import refresh
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Item
from tests.factories import NOW, add_deck, choice
from tests.services.corrections.test_analysis import answers, strength, wrong_key
from tests.world import Seen, Visitor, client_of, person


@pytest.fixture
def teacher(session: Session) -> Account:
    return person(session, "teacher", name="Ms Rossi", now=NOW)


@pytest.fixture
def desk(app: Flask, session: Session, teacher: Account) -> Visitor:
    return Visitor(client_of(app, session, teacher, now=NOW))


def deck_of(session: Session, owner: Account | None, slug: str = "rivers") -> list[Item]:
    deck = add_deck(session, [choice(n) for n in range(8)], owner=owner, slug=slug)
    session.commit()
    return list(session.scalars(select(Item).where(Item.deck_id == deck.id).order_by(Item.id)))


def suspected(session: Session, teacher: Account, slug: str = "rivers") -> list[Item]:
    items = deck_of(session, teacher, slug)
    answers(session, items, wrong_key, 30)
    refresh(session, items[0].deck_id, now=NOW)
    session.commit()
    return items


def column(page: Seen, place: int) -> list[str]:
    return [row.find_all("td", recursive=False)[place].get_text(" ", strip=True) for row in page.soup.select(".figures-table > tbody > tr")]  # fmt: skip


def test_before_anyone_has_answered_the_page_says_what_it_will_tell(
    session: Session, teacher: Account, desk: Visitor
) -> None:
    deck_of(session, teacher)
    page = desk.open(desk.open("/teach/decks/rivers").link("Question statistics"))
    assert "No answers yet" in page.text


def test_every_question_has_its_figures_and_the_suspected_one_comes_first(
    session: Session, teacher: Account, desk: Visitor
) -> None:
    suspected(session, teacher)
    page = desk.open("/teach/decks/rivers/figures")
    first = page.soup.select_one(".figures-table > tbody > tr")
    assert "10 of the 10 students who know the deck best chose “Elbe”" in first.get_text()
    assert column(page, 0) == ["30"] * 8
    assert any(share in column(page, 1)[1] for share in ("33\N{NO-BREAK SPACE}%", "67\N{NO-BREAK SPACE}%"))
    assert "works against" in column(page, 3)[0]
    assert "10 of 10" in first.get_text()


@pytest.mark.parametrize("down", [False, True])
def test_columns_sort_both_ways(session: Session, teacher: Account, desk: Visitor, down: bool) -> None:
    items = deck_of(session, teacher)
    answers(session, items, strength, 30)
    session.commit()
    page = desk.open(f"/teach/decks/rivers/figures?by=known{'&down=1' if down else ''}")
    known = [int(text.split()[0]) for text in column(page, 2)]
    assert known == sorted(known, reverse=down)
    assert page.soup.select_one("th[aria-sort]")["aria-sort"] == ("descending" if down else "ascending")


def test_a_column_that_is_none_sorts_as_usual(session: Session, teacher: Account, desk: Visitor) -> None:
    suspected(session, teacher)
    assert desk.open("/teach/decks/rivers/figures?by=nonsense").soup.select_one("th[aria-sort]") is None


def test_a_suspected_question_is_a_hint_in_the_queue_until_put_aside(
    session: Session, teacher: Account, desk: Visitor
) -> None:
    suspected(session, teacher)
    queue = desk.open("/teach/queue/")
    assert "Is the key right?" in queue.text
    assert queue.soup.select_one(".tabs .badge") is None, "nobody waits for it"
    after = desk.send(queue, {}, "/teach/queue/suspicions/")
    assert "Dismissed" in after.text
    assert "Is the key right?" not in after.text
    assert "Dismissed" in desk.open("/teach/decks/rivers/figures").text


def test_putting_aside_on_the_page_leads_back_to_it(
    session: Session, teacher: Account, desk: Visitor
) -> None:
    [item, *_] = suspected(session, teacher)
    page = desk.open("/teach/decks/rivers/figures")
    assert desk.send(page, {}, f"/suspicions/{item.id}").path == "/teach/decks/rivers/figures"


def test_a_shipped_deck_can_be_looked_into_but_not_decided_on(session: Session, desk: Visitor) -> None:
    items = deck_of(session, None)
    answers(session, items, wrong_key, 30)
    session.commit()
    page = desk.open("/teach/decks/rivers/figures")
    assert "Is the key right?" in page.text
    assert page.soup.select("main form") == []
    assert desk.post(f"/teach/queue/suspicions/{items[0].id}", {}).status == 404
    assert "Is the key right?" not in desk.open("/teach/queue/").text


def test_page_and_queue_cost_the_same_queries_with_more_questions_and_answers(
    session: Session, teacher: Account, desk: Visitor, count_queries: Callable[[], list[str]]
) -> None:
    def cost(address: str) -> int:
        before = len(count_queries())
        assert desk.open(address).status == 200
        return len(count_queries()) - before

    addresses = ("/teach/decks/rivers/figures", "/teach/queue/")
    items = suspected(session, teacher)
    few = [cost(address) for address in addresses]
    suspected(session, teacher, "lakes")
    answers(session, items, wrong_key, 30)
    session.commit()
    assert [cost(address) for address in addresses] == few


def test_the_queue_never_reads_the_log_of_answers(
    session: Session, teacher: Account, desk: Visitor, count_queries: Callable[[], list[str]]
) -> None:
    suspected(session, teacher)
    before = len(count_queries())
    assert "Is the key right?" in desk.open("/teach/queue/").text
    statements = count_queries()[before:]
    assert statements
    assert [each for each in statements if re.search(r"(FROM|JOIN|,) review\b", each)] == []
